"""``junheng judge``: judge a county by a standard and say why."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click
import polars as pl
from rich.console import Console
from rich.table import Table

from junheng import workflow
from junheng.base.exact import half_up, plain
from junheng.base.outcome import Outcome
from junheng.base.terms import Stage
from junheng.cli.console import console, new_table, words
from junheng.cli.options import force_option, format_option, judging_options, may_write
from junheng.reporting.result import long_csv, result_document
from junheng.reporting.result_book import write_result_book
from junheng.verdict.drivers import drivers
from junheng.verdict.judgement import Judgement
from junheng.verdict.lacks import shortages
from junheng.verdict.notices import notices
from junheng.verdict.sentences import indicator_label, part_label, summary

_SHOWN = 20
_LEFT_OUT_SHOWN = 10


@click.command()
@judging_options
@format_option("table", "json", "csv", "xlsx")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="写入文件；缺省输出到屏幕（xlsx 必须写文件）。")
@click.option("--fail-on-unmet", is_flag=True, help="有县未达标或无法判定时退出码为 3，供脚本使用。")
@force_option
def judge(
    data: str,
    standard: str,
    day: date,
    year: int | None,
    relax: tuple[str, ...],
    gate: str | None,
    form: str,
    output: Path | None,
    fail_on_unmet: bool,
    force: bool,
) -> None:
    """按标准判定一个县（或多个县）是否达标。

    数据可以是 .xlsx、.csv、文件夹，或已入库的快照编号。
    csv 为指标长表，xlsx 为结果册，json 的结构见 junheng schema result。

    \b
        junheng judge 县数据.xlsx --on 2025-12-31
        junheng judge 县数据.xlsx --standard CN/youzhi_2017 --on 2025-12-31 --format xlsx -o 结果册.xlsx
    """
    if form == "xlsx" and output is None:
        raise click.UsageError("结果册要写入文件，请加 -o 结果册.xlsx。")
    if form == "xlsx" and output is not None and output.suffix.lower() != ".xlsx":
        raise click.UsageError("结果册是 .xlsx 文件，请把文件名写成 结果册.xlsx 的样子。")
    if output is not None:
        may_write(output, (data, standard, gate), force=force)
    judgement = workflow.judge(data, standard=standard, on=day, year=year, relax=relax, gate=gate)
    if form == "xlsx" and output is not None:
        write_result_book(judgement, output)
        click.echo(f"已写入 {output}。", err=True)
    elif form == "table":
        _show(judgement)
    else:
        text = _as_text(judgement, form)
        if output is None:
            click.echo(text, nl=not text.endswith("\n"))
        else:
            # With the mark at its start Excel and WPS know a CSV file as UTF-8.
            output.write_text(text, encoding="utf-8-sig" if form == "csv" else "utf-8")
            click.echo(f"已写入 {output}。", err=True)
    passes = all(Outcome(outcome).passes for outcome in judgement.counties["outcome"])
    sys.exit(3 if fail_on_unmet and not passes else 0)


def _as_text(judgement: Judgement, form: str) -> str:
    if form == "json":
        return result_document(judgement).model_dump_json(indent=2)
    return long_csv(judgement)


def _show(judgement: Judgement) -> None:
    screen = console()
    single = judgement.counties.height == 1
    if not single:
        _show_notices(screen, judgement)
    for county, name, outcome in judgement.counties.iter_rows():
        screen.print(f"\n{name or county}　{county}", style="bold", markup=False)
        screen.print(words(outcome))
        screen.print(summary(judgement, county), markup=False)
        if single:
            _show_notices(screen, judgement)
        if judgement.relax:
            labels = "、".join(judgement.standard.relaxations[name].label.zh for name in judgement.relax)
            screen.print(f"启用的宽限条款：{labels}", markup=False)
        if left_out := _left_out(judgement, county):
            screen.print(f"不计入：{left_out}", markup=False)
        screen.print(_parts_table(judgement, county))
        if judgement.standard.balance_rule:
            screen.print(_balance_table(judgement, county))
        if judgement.gate is not None:
            _show_gate(screen, judgement.gate, county)
    for line in _driver_lines(judgement):
        screen.print(line, markup=False)
    missed = shortages(judgement)
    if missed.height:
        screen.print(_shortage_table(judgement, missed))
        if missed.height > _SHOWN:
            screen.print(f"…… 共 {missed.height} 条差距，全部见结果册（--format xlsx -o 结果册.xlsx）。", markup=False)
    unverified = sum(source.confidence != "seen" for _, source in judgement.standard.sources())
    screen.print(
        f"\n标准 {judgement.standard.id}（{unverified} 条规则未见原文，见 junheng standards show）"
        f"；评估日期 {judgement.day}；{judgement.year} 学年；快照 {judgement.snapshot[:12] or '未入库'}；"
        f"junheng {judgement.version}",
        style="bright_black",
        markup=False,
    )


def _show_notices(screen: Console, judgement: Judgement) -> None:
    for notice in notices(judgement):
        screen.print(f"提醒：{notice}", style="yellow", markup=False)


def _left_out(judgement: Judgement, county: str) -> str:
    """The schools that the rules leave out, each with the reason; the first few, then how many there are."""
    rows = judgement.rows.filter((pl.col("county_code") == county) & pl.col("left_out").is_not_null())
    rows = rows.unique("school_code", maintain_order=True)
    words = [
        f"{row['school_name'] or row['school_code']}（{judgement.standard.leave_out[row['left_out']].label.zh}）"
        for row in rows.head(_LEFT_OUT_SHOWN).iter_rows(named=True)
    ]
    return "、".join(words) + (f"……共 {rows.height} 所" if rows.height > _LEFT_OUT_SHOWN else "")


def _show_gate(screen: Console, gate: Judgement, county: str) -> None:
    """What the basic standard says of the same county."""
    screen.print(f"\n先决条件：办学基本标准 {gate.standard.label.zh}（{gate.standard.id}）", style="bold", markup=False)
    screen.print(words(gate.outcome(county)))
    screen.print(summary(gate, county), markup=False)
    missed = shortages(gate).filter(pl.col("county_code") == county)
    if missed.height:
        screen.print(_shortage_table(gate, missed))
        if missed.height > _SHOWN:
            screen.print(f"…… 共 {missed.height} 条差距，全部见 --format json。", markup=False)


def _parts_table(judgement: Judgement, county: str) -> Table:
    table = new_table("各部分", "部分", "结论", "得分", right=("得分",))
    for row in judgement.parts.filter(pl.col("county_code") == county).iter_rows(named=True):
        table.add_row(
            part_label(judgement, row["part"]),
            words(row["outcome"]),
            "" if row["score"] is None else plain(row["score"], 2),
        )
    return table


def _balance_table(judgement: Judgement, county: str) -> Table:
    heads = ("学段", "指标", "校数", "缺数据", "全县平均", "差异系数", "限值", "结论")
    table = new_table("校际差异系数", *heads, right=heads[2:7])
    for row in judgement.balance.filter(pl.col("county_code") == county).iter_rows(named=True):
        table.add_row(
            Stage(row["stage"]).zh,
            indicator_label(judgement, row["indicator"]),
            str(row["schools"]),
            str(row["absent"] or ""),
            "" if row["mean"] is None else plain(row["mean"], 3),
            "不可计算" if row["cv"] is None else str(half_up(row["cv"], 6 if row["near"] else 3)),
            "" if row["limit"] is None else str(half_up(row["limit"], 2)),
            words(row["outcome"]),
        )
    return table


def _driver_lines(judgement: Judgement) -> Iterator[str]:
    """For every coefficient over its limit, the schools that drive it."""
    over = judgement.balance.filter(pl.col("outcome") == Outcome.UNMET).select("county_code", "stage", "indicator")
    found = drivers(judgement, most=5).join(over, on=over.columns, how="semi", maintain_order="left")
    for (_, stage, indicator), rows in found.group_by(over.columns, maintain_order=True):
        names = [f"{row['school_name']} {plain(row['share'] * 100, 1)}%" for row in rows.iter_rows(named=True)]
        label = indicator_label(judgement, str(indicator))
        yield f"{Stage(str(stage)).zh}{label}的差异主要来自：{'、'.join(names)}"


def _shortage_table(judgement: Judgement, missed: pl.DataFrame) -> Table:
    heads = ("学校", "学段", "指标", "数值", "要求", "结论", "差")
    table = new_table("差距（未达标在前）", *heads, right=("数值", "要求", "差"))
    ordered = missed.sort(pl.col("outcome") != Outcome.UNMET, maintain_order=True)
    for row in ordered.head(_SHOWN).iter_rows(named=True):
        lack = "" if row["lack"] is None else f"{plain(row['lack'], 2)} {row['unit']}"
        value = "无配备" if row["value"] == float("inf") else plain(row["value"], 3)
        name = row["school_name"] or row["school_code"]
        label = indicator_label(judgement, row["indicator"])
        table.add_row(name, Stage(row["stage"]).zh, label, value, plain(row["limit"], 3), words(row["outcome"]), lack)
    return table
