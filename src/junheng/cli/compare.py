"""``junheng compare``: two datasets judged by one standard, side by side."""

from __future__ import annotations

from datetime import date

import click

from junheng import workflow
from junheng.base.exact import half_up
from junheng.base.terms import Stage
from junheng.cli.console import console, new_table, words
from junheng.cli.options import Day, standard_option
from junheng.verdict.comparison import compare as compare_judgements
from junheng.verdict.judgement import Judgement
from junheng.verdict.sentences import indicator_label, part_label

_SHOWN = 40


@click.command()
@click.argument("before", metavar="甲")
@click.argument("after", metavar="乙")
@standard_option
@click.option("--on", "day", type=Day(), required=True, help="乙的评估日期，如 2025-12-31。")
@click.option("--before-on", "earlier", type=Day(), help="甲的评估日期；缺省与乙相同。")
def compare(before: str, after: str, standard: str, day: date, earlier: date | None) -> None:
    """前后对照：同一标准下比较两份数据的结论、差异系数和学校变化。

    用于比较两个年度，或比较改动前后：把工作簿另存一份，改几个数，看结论和差异系数怎样变。

    \b
        junheng compare 县数据.xlsx 假设增配之后.xlsx --on 2025-12-31
        junheng compare 县数据.xlsx 县数据.xlsx --before-on 2024-12-31 --on 2025-12-31
    """
    old = workflow.judge(before, standard=standard, on=earlier or day)
    new = workflow.judge(after, standard=standard, on=day)
    found = compare_judgements(old, new)
    screen = console()
    for mark, file, judgement in (("甲", before, old), ("乙", after, new)):
        screen.print(_heading(mark, file, judgement), markup=False)
    names = {code: name or code for side in (old, new) for code, name, _ in side.counties.iter_rows()}
    table = new_table("结论", "县", "部分", "甲", "乙")
    for county, was, now in found.counties.iter_rows():
        table.add_row(names[county], "县结论", words(was), words(now))
    for county, part, was, now in found.parts.iter_rows():
        table.add_row(names[county], part_label(new, part), words(was), words(now))
    screen.print(table)
    heads = ("学段", "指标", "甲", "乙", "变化", "限值", "结论")
    table = new_table("差异系数", *heads, right=heads[2:6])
    for row in found.balance.iter_rows(named=True):
        numbers = [(row["cv_before"], 4), (row["cv_after"], 4), (row["change"], 4), (row["limit"], 2)]
        shown = ["" if value is None else str(half_up(value, digits)) for value, digits in numbers]
        table.add_row(Stage(row["stage"]).zh, indicator_label(new, row["indicator"]), *shown, words(row["after"]))
    screen.print(table)
    table = new_table(f"结论有变化的学校（{found.rows.height}）", "学校", "学段", "甲", "乙")
    for row in found.rows.head(_SHOWN).iter_rows(named=True):
        name = row["school_name"] or row["school_code"]
        table.add_row(name, Stage(row["stage"]).zh, words(row["before"]), words(row["after"]))
    screen.print(table)
    if found.rows.height > _SHOWN:
        screen.print(f"…… 还有 {found.rows.height - _SHOWN} 所。", markup=False)


def _heading(mark: str, file: str, judgement: Judgement) -> str:
    snapshot = judgement.snapshot[:12] or "未入库"
    return f"{mark}：{file}　评估日期 {judgement.day}　{judgement.year} 学年　快照 {snapshot}"
