"""``junheng claims compare``: what two reports, or a report and the forms, state differently."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click
from rich.markup import escape

from junheng import workflow
from junheng.base.exact import half_up
from junheng.claims.account import amount
from junheng.claims.compare import Discrepancy, Side
from junheng.cli.console import console, new_table
from junheng.cli.options import Day, SchoolYear, format_option


@click.command()
@click.argument("first", metavar="甲", type=click.Path(exists=True, path_type=Path))
@click.argument("second", metavar="乙", type=click.Path(exists=True, path_type=Path))
@click.option("--on", "day", type=Day(), help="乙是填报数据时，按哪一天判定，如 2025-12-31；不写则只比填报数。")
@click.option("--standard", metavar="标准", help="乙是填报数据时，按哪个标准判定。")
@click.option("--year", type=SchoolYear(), metavar="学年", help="乙是填报数据时，报告没有写年份的数是哪一学年的。")
@format_option("table", "json")
def compare(
    first: Path,
    second: Path,
    day: date | None,
    standard: str | None,
    year: int | None,
    form: str,
) -> None:
    """比较两份报告，或报告和报表：同一件事的数字前后不一的，逐项列出。

    甲是报告；乙是另一份报告，或填报模板、基础报表（工作簿或文件夹）。有不一致的退出码为 1。
    年份、学段、学校不同的数不算不一致；说不准是不是同一件事的不列。一件事列一次，写明各处。

    \b
        junheng claims compare 自查报告.docx 汇报材料.docx
        junheng claims compare 自查报告.docx 县数据.xlsx --on 2025-12-31
    """
    found = workflow.compare_claims(first, second, standard=standard, on=day, year=year)
    if form == "json":
        click.echo(json.dumps([_as_json(one) for one in found], ensure_ascii=False, indent=2))
    elif found:
        table = new_table("说法不一的数字", "数字", f"甲：{first.name}", f"乙：{second.name}")
        for one in found:
            table.add_row(escape(one.name), escape(_words(one.first)), escape(_words(one.second)))
        console().print(table)
    click.echo(f"{first.name} 与 {second.name}：{len(found)} 件事的数字不一致。", err=True)
    sys.exit(1 if found else 0)


def _words(sides: Sequence[Side]) -> str:
    lines = []
    for side in sides:
        shown = amount(side.value, side.unit)
        place = "".join(side.quote.split()) or _place(side.source)
        lines.append(f"{shown}（{place}）" if place else shown)
    return "\n".join(dict.fromkeys(lines))


def _place(source: str) -> str:
    """Whose and which year's: the snapshot and the column before it are for programs."""
    places = [one.partition("，")[2] or one for one in source.split("；")]
    return "；".join(dict.fromkeys(places))


def _as_json(one: Discrepancy) -> dict[str, Any]:
    return {
        "name": one.name,
        "first": [_side(side) for side in one.first],
        "second": [_side(side) for side in one.second],
    }


def _side(side: Side) -> dict[str, Any]:
    value = side.value
    shown = None if value is None else value.numerator if value.denominator == 1 else float(half_up(value, 6))
    return {
        "document": side.document,
        "value": shown,
        "unit": side.unit,
        "quote": side.quote or None,
        "start": side.start if side.start >= 0 else None,
        "source": side.source,
    }
