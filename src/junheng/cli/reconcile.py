"""``junheng reconcile``: what the statistics forms say against what was read of them."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from rich.text import Text

from junheng import workflow
from junheng.cli.console import console, new_table
from junheng.cli.options import force_option, format_option, may_write
from junheng.reporting.reconciliation import Reconciliation, Status, amount_text, as_csv, as_json, stage_word
from junheng.reporting.reconciliation_book import write_reconciliation_book

_STYLES = {Status.AGREES: "green", Status.DIFFERS: "red", Status.UNREAD: "bright_black"}
_MARKS = {Status.AGREES: "✓", Status.DIFFERS: "✗", Status.UNREAD: "?"}
_SHOWN = 20


@click.command()
@click.argument("forms", metavar="年报文件夹")
@format_option("table", "json", "csv", "xlsx")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="写入文件；缺省输出到屏幕（xlsx 必须写文件）。",
)
@force_option
def reconcile(forms: str, form: str, output: Path | None, force: bool) -> None:
    """对账：统计报表各表各项的合计与读入后的合计逐项核对，读到的学校与已读入的学校核对。

    有不符、未读的项目、未收的学校，或读入有错误、不能对账完时，退出码为 1。

    \b
        junheng reconcile 年报/
        junheng reconcile 年报/ --format xlsx -o 对账表.xlsx
    """
    if form == "table" and output is not None and output.suffix.lower() == ".xlsx":
        form = "xlsx"
    if form == "xlsx" and (output is None or output.suffix.lower() != ".xlsx"):
        raise click.UsageError("对账表是 .xlsx 文件，请加 -o 对账表.xlsx。")
    if form == "table" and output is not None:
        raise click.UsageError("屏幕上的表不写文件。要写文件请加 --format json、csv 或 xlsx。")
    if output is not None:
        may_write(output, (forms,), force=force)
    found = workflow.reconcile(forms)
    if form == "table":
        _show(found)
    elif form == "xlsx" and output is not None:
        write_reconciliation_book(found, output)
    else:
        text = as_json(found) if form == "json" else as_csv(found)
        if output is None:
            click.echo(text, nl=not text.endswith("\n"))
        else:
            # With the mark at its start Excel and WPS know a CSV file as UTF-8.
            output.write_text(text, encoding="utf-8-sig" if form == "csv" else "utf-8", newline="")
    if output is not None:
        click.echo(f"已写入 {output}。", err=True)
    sys.exit(0 if found.agrees else 1)


def _show(found: Reconciliation) -> None:
    screen = console()
    heads = ("报表", "指标", "学段", "学校数", "报表合计", "系统合计", "差", "单位", "结果")
    table = new_table("各项对账", *heads, right=heads[3:7])
    for item in found.items:
        amounts = (amount_text(amount) or "" for amount in (item.printed, item.kept, item.difference))
        table.add_row(
            item.form, item.label, stage_word(item.stage), str(item.schools), *amounts, item.unit, _word(item.status)
        )
    screen.print(table)
    differing = [(item, school) for item in found.items for school in item.differing]
    for item, school in differing[:_SHOWN]:
        kept = amount_text(school.kept) or "没有"
        screen.print(
            f"{item.form} {item.label}：{school.school_name or school.school_code} 报表 {amount_text(school.printed)}，"
            f"系统 {kept}（{'、'.join(school.cells)}）",
            style="red",
            markup=False,
        )
    if len(differing) > _SHOWN:
        screen.print(f"…… 共 {len(differing)} 处，全部见对账表（-o 对账表.xlsx）。", markup=False)
    for item in found.items:
        if item.total_differs:
            words = (
                f"{item.form} {item.label}：表印合计 {amount_text(item.total)}，各行相加 {amount_text(item.printed)}"
            )
            screen.print(words, style="red", markup=False)
    unread = [(item, cell) for item in found.items for cell in item.unread]
    for item, cell in unread[:_SHOWN]:
        screen.print(f"{item.form} {item.label}：{cell} 没有读到", style="red", markup=False)
    if len(unread) > _SHOWN:
        screen.print(f"…… 共 {len(unread)} 格没有读到，全部见对账表（-o 对账表.xlsx）。", markup=False)
    lost = [school for school in found.schools if not school.kept]
    if lost:
        names = "、".join(school.school_code or school.school_name for school in lost[:_SHOWN])
        more = f"等 {len(lost)} 所" if len(lost) > _SHOWN else ""
        screen.print(f"未收的学校：{names}{more}", style="red", markup=False)
    for finding in found.findings:
        screen.print(f"{finding.severity.zh} {finding.check} {finding.cell}：{finding.message}", markup=False)
    for obstacle in found.obstacles:
        screen.print(f"不能对账完：{obstacle}", style="red", markup=False)
    counts = "，".join(f"{status.zh} {found.count(status)}" for status in Status)
    years = "、".join(str(year) for year in found.school_years)
    screen.print(
        f"{years} 学年：{len(found.items)} 项，{counts}；"
        f"学校 {len(found.schools)} 所 = 已读入 {found.stored} + 未收 {found.rejected}。",
        markup=False,
    )


def _word(status: Status) -> Text:
    """A status as mark and word; colour never speaks alone."""
    return Text(f"{_MARKS[status]} {status.zh}", style=_STYLES[status])
