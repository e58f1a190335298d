"""``junheng standards``: list, show, compare and check standards."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click
from rich.table import Table

from junheng import workflow
from junheng.cli.console import console, new_table
from junheng.cli.options import Day, force_option, may_write
from junheng.cli.standards_compare import across, applying_, diff
from junheng.indicators.words import Words
from junheng.reporting.catalogue import catalogue as gather
from junheng.reporting.catalogue_book import write_catalogue
from junheng.reporting.catalogue_text import as_html, as_markdown
from junheng.standards.indicator import Indicator
from junheng.standards.library import load_standard, standard_ids
from junheng.standards.model import Standard
from junheng.standards.tally import tally
from junheng.standards.words import PURPOSES, school_rule_in_words
from junheng.verdict.sentences import cite


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
        "标准",
        "编号",
        "名称",
        "用途",
        "生效",
        "废止",
        "最近核对",
        "规则",
        "未见原文",
        "值未见",
        right=("规则", "未见原文", "值未见"),
    )
    for standard in workflow.list_standards(on=day):
        known, force = tally(standard), standard.in_force
        table.add_row(
            standard.id,
            standard.label.zh,
            PURPOSES[standard.purpose],
            str(force.since),
            str(force.ends or ""),
            str(force.checked_on),
            str(known.rules),
            str(known.unverified),
            str(known.gaps or ""),
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
    wording = workflow.words_for(standard)
    screen = console()
    screen.print(f"{standard.label.zh}　{standard.id}", style="bold", markup=False)
    screen.print(f"依据：{cite(standard, standard.in_force.source)}", markup=False)
    for entry in standard.leave_out:
        screen.print(f"不计入：{entry.label.zh}　依据：{cite(standard, entry.source)}", markup=False)
    if rule := standard.school_rule:
        text = school_rule_in_words(rule, len(standard.counted()))
        screen.print(f"学校达标：{text}　依据：{cite(standard, rule.source)}", markup=False)
    if standard.resources:
        screen.print(_indicator_table(standard, wording))
    for _, part in standard.parts():
        table = new_table(part.label.zh, "序号", "事项", "编号", "怎样判定", "依据")
        for item_name, item in part.items.items():
            ways = [*(["人工认定"] if item.judged else []), *(["办学基本标准"] if item.gate else [])]
            ways += [f"计算：{check.label.zh} {_threshold(check, wording)}" for check in item.checks.values()]
            if item.points is not None:
                ways.append(f"分值 {item.points}")
            table.add_row(
                str(item.number or ""), item.label.zh, item_name, "\n".join(ways), cite(standard, item.source)
            )
        screen.print(table)
    for key, relaxation in standard.relaxations.items():
        screen.print(f"可选宽限 {key}：{relaxation.label.zh}　依据：{cite(standard, relaxation.source)}", markup=False)


def _indicator_table(standard: Standard, wording: Words) -> Table:
    table = new_table("指标", "指标", "编号", "算法", "要求", "差异系数", "依据")
    for name, indicator in standard.resources.items():
        balance = indicator.balance[-1] if indicator.balance else None
        limits = [f"小学 ≤ {balance.limit('primary')}；初中 ≤ {balance.limit('junior')}"] if balance else []
        source = indicator.thresholds[-1].source if indicator.thresholds else None
        table.add_row(
            f"{indicator.label.zh}（{indicator.unit}）",
            name,
            wording.formula(indicator, standard.resources),
            _threshold(indicator, wording),
            "".join(limits),
            cite(standard, source),
        )
    return table


def _threshold(indicator: Indicator, wording: Words) -> str:
    if not indicator.thresholds:
        return ""
    return wording.threshold(indicator.thresholds[-1], indicator.unit)


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


@standards.command()
@click.argument("name", metavar="标准")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    help="写入的文件，扩展名为 .xlsx、.md 或 .html。",
)
@force_option
def catalogue(name: str, output: Path, force: bool) -> None:
    """写出一个标准的目录，供打印：起止日期、学校规则、指标和限值、事项和分值、依据、未见的内容。

    \b
        junheng standards catalogue CN/youzhi_2017 -o 目录.xlsx
    """
    ending = output.suffix.lower()
    if ending not in (".xlsx", ".md", ".html"):
        raise click.UsageError("目录按扩展名写成 .xlsx、.md 或 .html，请把文件名写成 目录.xlsx 的样子。")
    may_write(output, (name,), force=force)
    standard = load_standard(name)
    content = gather(standard, workflow.tables_for(standard))
    if ending == ".xlsx":
        write_catalogue(content, output)
    else:
        output.write_text(as_markdown(content) if ending == ".md" else as_html(content), encoding="utf-8")
    click.echo(f"已写入 {output}。", err=True)


for command in (applying_, diff, across):
    standards.add_command(command)
