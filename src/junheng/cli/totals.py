"""``junheng totals``: sums by town, kind or stage, which add up to the county."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import click

from junheng import workflow
from junheng.base.exact import plain
from junheng.cli.console import console, new_table
from junheng.cli.options import SchoolYear, data_argument, force_option, format_option, may_write
from junheng.reporting.csv_text import csv_text
from junheng.reporting.totals import SETS, By, Group, Sum, Totals

_SCHOOLS = ("学校数", "其中：教学点", "其中：一贯制", "其中：民办", "另：不计校数校区")


@click.command()
@data_argument
@click.option("--by", type=click.Choice(get_args(By)), default="town", show_default=True, help="按什么分组。")
@click.option(
    "--what",
    type=click.Choice(list(SETS)),
    default="basic",
    show_default=True,
    help="汇总什么：basic 基本数，special 随迁子女、留守儿童、择校生，conditions 办学条件。",
)
@click.option("--year", type=SchoolYear(), metavar="学年", help="汇总的学年（起始年）。缺省为最近一个已填报的学年。")
@format_option("table", "csv")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="写入 .csv 文件。")
@force_option
def totals(data: str, by: By, what: str, year: int | None, form: str, output: Path | None, force: bool) -> None:
    """汇总：按乡镇、办学类型、城乡、举办者、学段或学校列出合计，末行为全县。

    “其中”是左边学校数的一部分，不另加；有学校没有填的，写明缺几处，缺的不当作 0。
    分学段的数只计义务教育阶段（小学、初中）；按学段汇总时“高中”单列一行，不计入全县合计。

    \b
        junheng totals 县数据.xlsx --by town
        junheng totals 县数据.xlsx --by school --what special
    """
    if output is not None and form != "csv":
        raise click.UsageError("写入文件请加 --format csv。")
    if output is not None:
        may_write(output, (data,), force=force)
    found = workflow.totals(data, by=by, what=what, year=year)
    if form == "table":
        _show(found)
        return
    for note in found.notes:  # beside the table, which stays one of heads and rows
        click.echo(f"注：{note}", err=True)
    text = _as_csv(found)
    if output is None:
        click.echo(text, nl=False)
    else:
        output.write_text(text, encoding="utf-8-sig", newline="")
        click.echo(f"已写入 {output}。", err=True)


def _show(found: Totals) -> None:
    heads = [*_SCHOOLS, *(f"{label}（{unit}）" for label, unit in found.columns)]
    table = new_table(f"{found.school_year} 学年按{found.by}汇总", found.by, *heads, right=tuple(heads))
    for group in found.groups:
        table.add_row(group.name, *_counts(group), *map(_words, group.sums))
    table.add_section()
    table.add_row(found.county.name, *_counts(found.county), *map(_words, found.county.sums))
    screen = console()
    screen.print(table)
    for note in found.notes:
        screen.print(f"注：{note}", markup=False)


def _counts(group: Group) -> list[str]:
    counts = (group.schools, group.teaching_points, group.continuous, group.private, group.uncounted)
    return [str(count) for count in counts]


def _words(entry: Sum) -> str:
    amount = "" if entry.amount is None else plain(entry.amount, 2)
    return f"{amount}（缺 {entry.missing}）" if entry.missing else amount


def _as_csv(found: Totals) -> str:
    measures = [head for label, unit in found.columns for head in (f"{label}（{unit}）", f"{label}缺报")]
    rows = [
        [group.name, found.school_year, *_counts(group), *(cell for entry in group.sums for cell in _cells(entry))]
        for group in (*found.groups, found.county)
    ]
    return csv_text([found.by, "学年", *_SCHOOLS, *measures], rows)


def _cells(entry: Sum) -> tuple[str | None, int]:
    return None if entry.amount is None else plain(entry.amount, 16), entry.missing
