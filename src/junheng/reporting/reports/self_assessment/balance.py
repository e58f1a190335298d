"""校际均衡情况: every coefficient beside its limit, and the schools that drive the largest of them."""

from __future__ import annotations

from collections.abc import Iterator

from junheng.base.outcome import Outcome
from junheng.base.terms import Stage
from junheng.reporting.charts.cv_bars import cv_bars
from junheng.reporting.facts.balance import Row
from junheng.reporting.facts.county_year import CountyYear
from junheng.reporting.facts.facts import Facts
from junheng.reporting.report.blocks import Block, Chart, Heading, Paragraph, Table, cell, heads
from junheng.reporting.report.runs import Quote, Text, listed, say
from junheng.reporting.wording.parts import balance_clause
from junheng.verdict.balance import COMPOSITE

_MOST_DRIVEN = 3


def balance(facts: Facts) -> Iterator[Block]:
    """Sentences by stage, a chart, the table, then where the largest differences come from."""
    now = facts.now
    if not now.balance.rows:
        return
    for stage in now.schools.stages:
        if said := balance_clause(now, stage):
            yield Paragraph((*said, "。", *_largest(now, stage)))
    if any(now.balance.cv(row).value is not None for row in now.balance.rows):
        spec = cv_bars(_bars(now))
        yield Chart("balance_chart", ("各指标校际差异系数与限值",), spec, says=spec["description"])
    yield balance_table(now)
    yield from _drivers(now)


def balance_table(year: CountyYear) -> Table:
    """Every coefficient, those that only are shown among them."""
    rows = tuple(
        (
            cell(Stage(row["stage"]).zh, align="centre"),
            cell(Quote(year.balance.label(row))),
            cell(year.balance.mean(row)) if row["mean"] is not None else cell("—", align="right"),
            cell(year.balance.deviation(row)) if row["sd"] is not None else cell("—", align="right"),
            cell(year.balance.cv(row)),
            cell(year.balance.limit(row)),
            cell(outcome.zh if outcome else "只列示", outcome=outcome, align="centre"),
        )
        for row in year.balance.rows
        for outcome in [year.balance.outcome(row)]
    )
    head = heads("学段", "指标", "全县平均值", "标准差", "差异系数", "限值", "结论")
    note: Text = ("全县平均值、标准差的单位见指标名称。",)
    if any(row["outcome"] is None for row in year.balance.rows):
        note = (*note, "“只列示”的差异系数不单独判定。")
    return Table("balance", ("校际差异系数",), (0.9, 4.6, 1.6, 1.6, 1.5, 1.1, 1.5), (head, *rows), note=note)


def _bars(year: CountyYear) -> list[dict[str, object]]:
    return [
        {
            "indicator": year.balance.label(row),
            "stage": Stage(row["stage"]).zh,
            "cv": None if year.balance.cv(row).value is None else row["cv"],
            "limit": row["limit"],
            "outcome": row["outcome"],
        }
        for row in year.balance.rows
    ]


def _by_size(year: CountyYear, stage: Stage) -> list[Row]:
    """The coefficients of single indicators that are known, the largest first."""
    known = [row for row in year.balance.of_stage(stage) if year.balance.cv(row).value is not None]
    single = [row for row in known if row["indicator"] != COMPOSITE]
    return sorted(single, key=lambda row: -row["cv"])


def _largest(year: CountyYear, stage: Stage) -> Text:
    ordered = _by_size(year, stage)
    if len(ordered) < _MOST_DRIVEN:
        return ()
    told = [say("{name}（{cv}）", name=Quote(year.balance.label(row)), cv=year.balance.cv(row)) for row in ordered[:3]]
    return ("各指标中差异系数较大的是", *listed(told), "。")


def _drivers(year: CountyYear) -> Iterator[Block]:
    """Of each stage the coefficients over their limit, or else the largest one: the schools with the largest share."""
    rows = []
    for stage in year.schools.stages:
        ordered = _by_size(year, stage)
        over = [row for row in ordered if row["outcome"] == Outcome.UNMET]
        for row in over[:_MOST_DRIVEN] or ordered[:1]:
            driving = year.balance.driving(row)
            for at, (name, value, share) in enumerate(driving):
                first = (
                    cell(stage.zh, Quote(year.balance.label(row)), rows=len(driving), label=True),
                    cell(year.balance.mean(row), rows=len(driving)),
                )
                rows.append((*(first if at == 0 else ()), cell(name), cell(value), cell(share)))
    if not rows:
        return
    yield Heading(("对差异影响较大的学校",), level=2)
    yield Paragraph(
        (
            "差异系数由各校与全县平均值之差构成。下表列出超过限值的差异系数（没有超过的取最大的一项）"
            "中占差异比重较大的学校；数值高于平均值的学校也会拉大差异，补短板应从低于平均值的学校入手。",
        )
    )
    head = heads("学段和指标", "全县平均值", "学校", "本校数值", "占差异比重（%）")
    yield Table("drivers", ("对差异影响较大的学校",), (3.2, 1.5, 3.6, 1.4, 1.5), (head, *rows))
