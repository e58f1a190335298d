"""``junheng standards``: list, show, compare and check standards."""

from __future__ import annotations

import sys
from datetime import date

import click
from rich.table import Table

from junheng import workflow
from junheng.cli.console import console, new_table
from junheng.cli.options import Day
from junheng.standards.diff import diff_standards
from junheng.standards.library import load_standard, standard_ids
from junheng.standards.model import Indicator, Standard
from junheng.standards.words import CodeLabel, ColumnLabel, amount_in_words, threshold_in_words
from junheng.tables.model import Tables
from junheng.verdict.sentences import cite

_PURPOSES = {"evaluation": "评估标准", "gate": "办学基本标准"}


@click.group()
def standards() -> None:
    """查看、比较和检查标准。"""


@standards.command("list")
@click.option("--on", "day", type=Day(), help="只列这一天有效的标准。")
def list_(day: date | None) -> None:
    """列出已有的标准。

    \b
        junheng standards list --on 2025-12-31
    """
    table = new_table(
        "标准", "编号", "名称", "用途", "生效", "废止", "最近核对", "规则", "未见原文", right=("规则", "未见原文")
    )
    for standard in workflow.list_standards(on=day):
        sources = [source for _, source in standard.sources()]
        force = standard.in_force
        table.add_row(
            standard.id,
            standard.label.zh,
            _PURPOSES[standard.purpose],
            str(force.since),
            str(force.ends or ""),
            str(force.checked_on),
            str(len(sources)),
            str(sum(source.confidence != "seen" for source in sources)),
        )
    console().print(table)


@standards.command()
@click.argument("name", metavar="标准")
def show(name: str) -> None:
    """显示一个标准的全部规则、依据和可信程度。

    \b
        junheng standards show CN/youzhi_2017
    """
    standard = load_standard(name)
    tables = workflow.tables_for(standard)
    screen = console()
    screen.print(f"{standard.label.zh}　{standard.id}", style="bold", markup=False)
    screen.print(f"依据：{cite(standard, standard.in_force.source)}", markup=False)
    for entry in standard.leave_out:
        screen.print(f"不计入：{entry.label.zh}　依据：{cite(standard, entry.source)}", markup=False)
    if standard.school_rule:
        rest = standard.school_rule.rest
        floor = "" if rest is None else f"，其余不低于 {rest} 倍限值"
        text = f"学校达标：至少 {standard.school_rule.at_least} 项达标{floor}"
        screen.print(f"{text}　依据：{cite(standard, standard.school_rule.source)}", markup=False)
    if standard.resources:
        screen.print(_indicator_table(standard, tables))
    for _, part in standard.parts():
        table = new_table(part.label.zh, "序号", "事项", "编号", "怎样判定", "依据")
        for item_name, item in part.items.items():
            ways = [*(["人工认定"] if item.judged else []), *(["办学基本标准"] if item.gate else [])]
            ways += [f"计算：{check.label.zh} {_threshold(check, tables)}" for check in item.checks.values()]
            if item.points is not None:
                ways.append(f"分值 {item.points}")
            table.add_row(
                str(item.number or ""), item.label.zh, item_name, "\n".join(ways), cite(standard, item.source)
            )
        screen.print(table)
    for key, relaxation in standard.relaxations.items():
        screen.print(f"可选宽限 {key}：{relaxation.label.zh}　依据：{cite(standard, relaxation.source)}", markup=False)


def _indicator_table(standard: Standard, tables: Tables) -> Table:
    table = new_table("指标", "指标", "编号", "分子", "要求", "差异系数", "依据")
    for name, indicator in standard.resources.items():
        balance = indicator.balance[-1] if indicator.balance else None
        limits = [f"小学 ≤ {balance.limit('primary')}；初中 ≤ {balance.limit('junior')}"] if balance else []
        source = indicator.thresholds[-1].source if indicator.thresholds else None
        table.add_row(
            f"{indicator.label.zh}（{indicator.unit}）",
            name,
            amount_in_words(indicator.formula.amount, _label_of(tables)),
            _threshold(indicator, tables),
            "".join(limits),
            cite(standard, source),
        )
    return table


def _threshold(indicator: Indicator, tables: Tables) -> str:
    if not indicator.thresholds:
        return ""
    return threshold_in_words(indicator.thresholds[-1], indicator.unit, _label_of(tables), _code_of(tables))


def _label_of(tables: Tables) -> ColumnLabel:
    return lambda column: workflow.column_label(tables, column)


def _code_of(tables: Tables) -> CodeLabel:
    return lambda column, code: workflow.code_label(tables, column, code)


@standards.command()
@click.argument("before", metavar="甲")
@click.argument("after", metavar="乙")
def diff(before: str, after: str) -> None:
    """比较两个标准，列出不同之处。

    \b
        junheng standards diff CN/jiben_2012 CN/youzhi_2017
    """
    old, new = load_standard(before), load_standard(after)
    tables = workflow.tables_for(old, new)
    differences = diff_standards(old, new, _label_of(tables), _code_of(tables))
    table = new_table(f"{before} → {after}", "位置", before, after)
    for difference in differences:
        table.add_row(difference.place, difference.before, difference.after)
    console().print(table)
    click.echo(f"共 {len(differences)} 处不同。", err=True)


@standards.command()
@click.argument("names", nargs=-1, metavar="[标准]...")
def check(names: tuple[str, ...]) -> None:
    """检查标准：来源登记、文中数字、日期、引用的列和计算方式；列出未见原文的规则。

    不写编号则检查全部。有错误时退出码为 1。

    \b
        junheng standards check ./我的标准
    """
    wrong = 0
    screen = console()
    for name in names or standard_ids():
        standard = load_standard(name)
        problems = workflow.check_rules(standard)
        errors = [problem for problem in problems if problem.severity == "error"]
        wrong += len(errors)
        notes = len(problems) - len(errors)
        screen.print(f"{standard.id}：错误 {len(errors)}，待核对 {notes}", style="bold", markup=False)
        for problem in problems:
            mark = "✗" if problem.severity == "error" else "·"
            screen.print(f"  {mark} {problem.place}：{problem.message}", markup=False)
    sys.exit(1 if wrong else 0)
