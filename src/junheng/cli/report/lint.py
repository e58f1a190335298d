"""``junheng report lint``: what would have to be mended in a document before it goes out."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict
from pathlib import Path

import click
from rich.markup import escape

from junheng.cli.console import console, new_table
from junheng.reporting.lint.lint import lint_file


@click.command()
@click.argument("file", metavar="文件", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--county", default="", metavar="县", help="材料是哪个县的（县代码或全称）；缺省看标题。")
@click.option(
    "--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True, help="输出格式。"
)
@click.pass_context
def lint(ctx: click.Context, file: Path, county: str, form: str) -> None:
    """检查一份材料（.docx、.doc、.pdf、.txt、.md、.html、.xlsx）：占位没有填、别的县的名称、层级不对、单位和数字写法不一、日期不对。

    有“须改”的问题时退出码为 1；“请核对”的由人判断，不影响退出码。
    """
    findings = lint_file(file, county=county)
    if form == "json":
        click.echo(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=2))
    elif findings:
        table = new_table(f"{file.name}：检查结果", "程度", "位置", "原文", "问题", "怎么办")
        for one in findings:
            table.add_row(one.severity, *map(escape, (one.place, one.quote, one.why, one.next_step)))
        console().print(table)
    counts = Counter(finding.severity for finding in findings)
    click.echo(f"须改 {counts['须改']} 处，请核对 {counts['请核对']} 处。", err=True)
    ctx.exit(1 if counts["须改"] else 0)
