"""``junheng schema``: the published JSON Schemas."""

from __future__ import annotations

import json

import click

from junheng.reporting.result import Result
from junheng.standards.model import Standard


@click.command()
@click.argument("what", type=click.Choice(["result", "standard"]))
def schema(what: str) -> None:
    """输出 JSON Schema：result 为判定结果的结构，standard 为标准文件的结构（供编辑器校验）。"""
    model = Result if what == "result" else Standard
    click.echo(json.dumps(model.model_json_schema(), ensure_ascii=False, indent=2))
