"""``junheng roster``: rosters of staff and classes – check, sum up, hold against filed data, fill blanks, structure."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import get_args

import click
from rich.console import Console

from junheng.base.exact import plain
from junheng.cli.check import show as show_reading
from junheng.cli.console import console, new_table
from junheng.cli.options import force_option, may_write
from junheng.reporting.rosters.comparison import Comparison, Status
from junheng.reporting.rosters.sheets import (
    Sheet,
    as_csv,
    comparison_sheet,
    structure_sheets,
    sums_sheets,
    write_book,
)
from junheng.reporting.rosters.structure import By, Line, Row, Structure
from junheng.workflow import rosters as workflow

_SHOWN = 40
_STYLES = {Status.DIFFERS: "red", Status.OPEN: "yellow"}

roster_argument = click.argument("file", metavar="花名册")
against_option = click.option(
    "--against", "data", metavar="数据", help="县数据：文件、文件夹或快照编号；用来核对，并取校名和乡镇。"
)
table_option = click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="写入 .xlsx 或 .csv 文件；缺省只输出到屏幕。",
)


@click.group()
def roster() -> None:
    """花名册：把教职工花名册、班级表按规则汇总成学校一年的数，与填报核对，补填空缺，看队伍结构。

    姓名等个人信息不参加汇总；不要填身份证号。

    \b
        junheng roster template -o 花名册.xlsx
        junheng roster check 花名册.xlsx
        junheng roster sum 花名册.xlsx --against 县数据.xlsx
    """


@roster.command()
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), required=True, help="写入的 .xlsx 文件。"
)
@force_option
def template(output: Path, force: bool) -> None:
    """生成花名册模板：学校、教职工花名册、班级三张表。"""
    if output.suffix.lower() != ".xlsx":
        raise click.UsageError("模板是 .xlsx 文件，请把文件名写成 花名册.xlsx 的样子。")
    may_write(output, (), force=force)
    workflow.roster_template(output)
    click.echo(f"已写入 {output}。", err=True)


@roster.command()
@roster_argument
@click.option("--all", "every", is_flag=True, help="逐条列出全部发现；缺省每个原因列前 5 处。")
def check(file: str, every: bool) -> None:
    """检查花名册，一次列出全部问题，逐格指出。有错误时退出码为 1。"""
    reading = workflow.check_rosters(file)
    show_reading(reading, every=every, ready="可以汇总。", refused="不能汇总")
    sys.exit(1 if reading.blocked else 0)


@roster.command("sum")
@roster_argument
@against_option
@table_option
@force_option
def sum_up(file: str, data: str | None, output: Path | None, force: bool) -> None:
    """按规则汇总；给了县数据，就逐校逐项核对，列出两边的数。有不一致时退出码为 1。

    花名册里空着的，与它有关的数就得不出来，写明差几行，不当作 0，也不少算。

    \b
        junheng roster sum 花名册.xlsx -o 汇总.xlsx
        junheng roster sum 花名册.xlsx --against 县数据.xlsx -o 核对.xlsx
    """
    _may_write_table(output, (file, data), force=force)
    rosters = workflow.load_rosters(file)
    if data is not None:
        found = workflow.compare_rosters(rosters, data)
        _write(output, [comparison_sheet(found)])
        _show_comparison(console(), found)
        sys.exit(0 if found.agrees else 1)
    sums = workflow.sum_rosters(rosters)
    _write(output, sums_sheets(sums, workflow.schools_of(rosters)))
    years = "、".join(map(str, sums.years))
    click.echo(
        f"{years} 学年：{sums.stages['school_code'].n_unique()} 所学校，教职工 {rosters['teacher'].height} 行，"
        f"班级 {rosters['class'].height} 行；得不出来的数 {workflow.open_amounts(sums)} 个，"
        f"登记在几所学校的 {workflow.people_twice(sums)} 人。"
    )
    if unplaced := workflow.unplaced_people(sums):
        click.echo(
            f"其中 {unplaced} 行没有填任教学段，不知道算在哪个学段：这些学校的各学段都得不出来。请补填后再汇总。"
        )


@roster.command()
@roster_argument
@click.argument("data", metavar="数据")
def fill(file: str, data: str) -> None:
    """用花名册的汇总数补填县数据中的空缺，另存为一个快照；已填的数一个不改。

    补填的数，理由中写明来自花名册。快照可以直接判定：junheng judge 快照编号 --on 2025-12-31。
    """
    found = workflow.fill_from_rosters(file, data)
    counts = Counter((entry.table, entry.column) for entry in found.fillings)
    table = new_table("补填的空缺", "表", "项目", "处", right=("处",))
    for (name, column), count in counts.items():
        home = found.dataset.tables[name]
        table.add_row(home.label.zh, home.columns[column].label.zh, str(count))
    if counts:
        console().print(table)
    click.echo(f"补填 {len(found.fillings)} 处，快照 {found.dataset.snapshot[:12]}。")


@roster.command()
@roster_argument
@against_option
@click.option("--by", type=click.Choice(get_args(By)), default="school", show_default=True, help="按学校、乡镇或县。")
@table_option
@force_option
def structure(file: str, data: str | None, by: By, output: Path | None, force: bool) -> None:
    """队伍结构：学历、高于规定学历、职称、年龄、骨干、持证、学科，和师生比（专任教师与教职工分开算）。

    \b
        junheng roster structure 花名册.xlsx --against 县数据.xlsx --by town
        junheng roster structure 花名册.xlsx -o 队伍结构.xlsx
    """
    _may_write_table(output, (file, data), force=force)
    found = workflow.roster_structure(file, data=data, by=by)
    _write(output, structure_sheets(found))
    _show_structure(console(), found)


def _may_write_table(output: Path | None, inputs: Iterable[str | None], *, force: bool) -> None:
    if output is None:
        return
    if output.suffix.lower() not in (".xlsx", ".csv"):
        raise click.UsageError("只能写 .xlsx 或 .csv 文件，请把文件名写成 汇总.xlsx 的样子。")
    may_write(output, inputs, force=force)


def _write(output: Path | None, sheets: Iterable[Sheet]) -> None:
    """As a workbook, or all sheets one below the other as CSV."""
    if output is None:
        return
    if output.suffix.lower() == ".xlsx":
        write_book(output, sheets)
    else:
        output.write_text("\n".join(as_csv(sheet) for sheet in sheets), encoding="utf-8-sig", newline="")
    click.echo(f"已写入 {output}。", err=True)


def _show_comparison(screen: Console, found: Comparison) -> None:
    shown = [entry for entry in found.differences if entry.status is not Status.BLANK]
    heads = ("学校", "学段", "项目", "填报", "花名册", "差", "结果", "填报位置")
    table = new_table("花名册与填报不一致的", *heads, right=heads[3:6])
    for entry in shown[:_SHOWN]:
        numbers = ["" if n is None else str(n) for n in (entry.filed, entry.summed, entry.difference)]
        result = f"{entry.status.zh}（{entry.blanks} 行不详）" if entry.blanks else entry.status.zh
        name = entry.school_name or entry.school_code
        table.add_row(name, entry.stage_zh, entry.label, *numbers, result, entry.cell, style=_STYLES.get(entry.status))
    if shown:
        screen.print(table)
    if len(shown) > _SHOWN:
        screen.print(f"…… 还有 {len(shown) - _SHOWN} 处，全部见写入的文件（-o）。", markup=False)
    counts = "，".join(f"{status.zh} {found.count(status)}" for status in Status if found.count(status))
    years = "、".join(map(str, found.years))
    screen.print(f"{years} 学年：一致 {found.agreeing}{'，' if counts else ''}{counts}。", markup=False)
    if found.count(Status.BLANK):
        screen.print("填报空缺而花名册有数的，可用 junheng roster fill 补填。", markup=False)


def _show_structure(screen: Console, found: Structure) -> None:
    heads: tuple[str, ...] = (found.by, "学年", "学段", "学生", "教职工", "专任教师", "生/专任教师", "生/教职工")
    table = new_table("人数和师生比", *heads, right=heads[3:])
    for row in found.rows:
        ratios = [row.pupils_per("teachers"), row.pupils_per("staff")]
        people = [row.pupils.amount, row.staff.amount if row.staff else None, row.teachers.amount]
        numbers = ["" if n is None else str(n) for n in people] + ["" if r is None else plain(r, 2) for r in ratios]
        table.add_row(row.group, str(row.school_year), row.stage, *numbers)
    screen.print(table)
    for part in found.parts:
        heads = (found.by, "学段", "专任教师", *(line.label for line in part.lines))
        table = new_table(f"{part.label}（人，占专任教师）", *heads, right=heads[2:])
        for row in found.rows:
            teachers = "" if row.teachers.amount is None else str(row.teachers.amount)
            table.add_row(row.group, row.stage, teachers, *(_shown(row, line) for line in part.lines))
        screen.print(table)


def _shown(row: Row, line: Line) -> str:
    count, share = row.counts[line.name], row.share(line)
    if count.blanks:
        return f"（{count.blanks} 人不详）"
    if line.mean:
        return "" if share is None else plain(share, 1)
    if count.amount is None:
        return ""
    return str(count.amount) if share is None else f"{count.amount} {plain(100 * share, 1)}%"
