"""A judgement on the screen: the answer, what stands in the way, and what is lacking."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import polars as pl
from rich.console import Console
from rich.table import Table

from junheng.base.exact import half_up, plain
from junheng.base.outcome import Outcome
from junheng.base.terms import Stage
from junheng.cli.console import console, new_table, words
from junheng.reporting.several import overview
from junheng.standards.tally import tally
from junheng.standards.words import PURPOSES, stages_not_found
from junheng.verdict.drivers import drivers
from junheng.verdict.judgement import Judgement
from junheng.verdict.lacks import shortages
from junheng.verdict.notices import notices
from junheng.verdict.sentences import indicator_label, part_label, summary

_SHOWN = 20
_LEFT_OUT_SHOWN = 10


def show_all(judgements: Sequence[Judgement]) -> None:
    """One judgement after the other; of several first an overview."""
    screen = console()
    if len(judgements) > 1:
        screen.print(_overview_table(judgements))
    for judgement in judgements:
        if len(judgements) > 1:
            screen.print()
            screen.rule(f"{judgement.standard.label.zh}　{judgement.standard.id}", align="left")
        _show(screen, judgement)


def _overview_table(judgements: Sequence[Judgement]) -> Table:
    """By county: every standard with its verdict and what decides it."""
    table = new_table("结论一览", "县", "标准", "名称", "用途", "结论", "主要原因")
    for row in overview(judgements).iter_rows(named=True):
        name = row["county_name"] or row["county_code"]
        purpose = PURPOSES[row["purpose"]]
        table.add_row(name, row["standard"], row["label"], purpose, words(row["outcome"]), row["reason"])
    return table


def _show(screen: Console, judgement: Judgement) -> None:
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
    _show_values_not_found(screen, judgement)
    if missed.height:
        screen.print(_shortage_table(judgement, missed))
        if missed.height > _SHOWN:
            screen.print(f"…… 共 {missed.height} 条差距，全部见结果册（--format xlsx -o 结果册.xlsx）。", markup=False)
    known = tally(judgement.standard)
    not_found = f"，{known.gaps} 处未见" if known.gaps else ""
    screen.print(
        f"\n标准 {judgement.standard.id}（{known.unverified} 条规则未见原文{not_found}，见 junheng standards show）"
        f"；评估日期 {judgement.day}；{judgement.year} 学年；快照 {judgement.snapshot[:12] or '未入库'}；"
        f"junheng {judgement.version}",
        style="bright_black",
        markup=False,
    )


def _show_notices(screen: Console, judgement: Judgement) -> None:
    for notice in notices(judgement):
        screen.print(f"提醒：{notice}", style="yellow", markup=False)


def _show_values_not_found(screen: Console, judgement: Judgement) -> None:
    """The indicators whose limit is not known: no school can be judged by them, and none can be short of them."""
    names = [
        f"{indicator.label.zh}（{limits}）" if limits else indicator.label.zh
        for indicator in judgement.standard.resources.values()
        for limits in [stages_not_found(indicator)]
        if limits is not None
    ]
    if names:
        screen.print(f"值未见，不能判定也不能算差距：{'、'.join(names)}", style="yellow", markup=False)


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
    _show_values_not_found(screen, gate)
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
