"""The coefficients over the years: which fell, which rose, which crossed their limits."""

from __future__ import annotations

from collections.abc import Iterator

from junheng.base.outcome import Outcome
from junheng.base.terms import Stage
from junheng.reporting.facts.facts import Facts, change
from junheng.reporting.report.blocks import Block, Paragraph, Table, cell, heads
from junheng.reporting.report.runs import Quote, Text, listed, say
from junheng.verdict.balance import COMPOSITE


def years(facts: Facts) -> Iterator[Block]:
    """Every coefficient over the years, and which rose and fell since the year before."""
    if len(facts.years) < 2:
        return
    now, before = facts.years[-1], facts.years[-2]
    rows = []
    for row in now.balance.rows:
        old = [year.balance.find(Stage(row["stage"]), row["indicator"]) for year in facts.years[:-1]]
        figures = [year.balance.cv(found) if found else None for year, found in zip(facts.years[:-1], old, strict=True)]
        cv = now.balance.cv(row)
        last = change(cv, figures[-1]) if figures[-1] is not None else None
        rows.append(
            (
                cell(Stage(row["stage"]).zh, align="centre"),
                cell(Quote("综合差异系数" if row["indicator"] == COMPOSITE else now.balance.label(row))),
                *(cell(figure) if figure else cell("无", align="right") for figure in figures),
                cell(cv),
                cell(last) if last else cell("—", align="right"),
                cell(now.balance.limit(row)),
            )
        )
    if not rows or all(row["cv"] is None for year in facts.years for row in year.balance.rows):
        return
    yield Paragraph(_moved(facts))
    head = heads(
        "学段", "指标", *(cell(Quote(f"{year.year}学年"), label=True) for year in facts.years), "比上年", "限值"
    )
    widths = (1, 4.3, *(1.7 for _ in facts.years), 1.4, 1.2)
    note = ("“比上年”为负，表示差异缩小。各年按当年有效的规定计算；增减按未经四舍五入的数计算。",)
    yield Table("cv_years", ("差异系数历年比较",), widths, (head, *rows), note=note if before else ())


def _moved(facts: Facts) -> Text:
    """How many coefficients fell and rose since the year before, and which crossed their limit."""
    now, before = facts.years[-1], facts.years[-2]
    trend = facts.trend
    fell, rose = trend.cvs_moved(-1), trend.cvs_moved(1)
    pieces = [say("{count}下降", count=fell)] if fell.value else []
    pieces += [say("{count}上升", count=rose)] if rose.value else []
    same = trend.cvs_moved(0)
    pieces += [say("{count}不变", count=same)] if same.value else []
    open_ = trend.cvs_not_compared()
    pieces += [say("{count}因数据不全不能比较", count=open_)] if pieces and open_.value else []
    year = Quote(f"{before.year}学年")
    text = say("与{year}比，{pieces}", year=year, pieces=listed(pieces, "，")) if pieces else say(
        "与{year}的差异系数不能逐项比较", year=year
    )  # fmt: skip
    worse = trend.crossed(Outcome.MET, Outcome.UNMET)
    better = trend.crossed(Outcome.UNMET, Outcome.MET)
    for crossed, word in ((worse, "由不超过限值变为超过限值"), (better, "降到限值以内")):
        if crossed:
            names = listed((Stage(row["stage"]).zh, Quote(now.balance.label(row))) for row in crossed)
            text = (*text, "；", *names, word)
    return (*text, "。")
