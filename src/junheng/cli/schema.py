"""``junheng schema``: the published JSON Schemas."""

from __future__ import annotations

import json

import click
from pydantic import BaseModel

from junheng.claims.serial import Figures, FiguresOfDocuments
from junheng.reporting.result import Result
from junheng.reporting.several import Results
from junheng.standards.model import Standard

_MODELS: dict[str, type[BaseModel]] = {
    "result": Result,
    "results": Results,
    "standard": Standard,
    "figures": Figures,
    "figures-of-documents": FiguresOfDocuments,
}


@click.command()
@click.argument("what", type=click.Choice(list(_MODELS)))
def schema(what: str) -> None:
    """输出 JSON Schema。

    result 为判定结果的结构，results 为一次按几个标准判定时的结构，standard 为标准文件的结构（供编辑器校验），
    figures 为核对报告数字的结果，figures-of-documents 为一次核对几个文件时的结果。
    """
    click.echo(json.dumps(_MODELS[what].model_json_schema(), ensure_ascii=False, indent=2))
