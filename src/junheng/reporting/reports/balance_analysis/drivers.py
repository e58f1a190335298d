"""Which schools make the coefficients what they are, and which few would bring them within their limits."""

from __future__ import annotations

from collections.abc import Iterator

from junheng.base.outcome import Outcome
from junheng.base.terms import Stage
from junheng.reporting.charts.contributions import contributions
from junheng.reporting.charts.distribution import distribution
from junheng.reporting.facts.balance import Row
from junheng.reporting.facts.facts import Facts, size
from junheng.reporting.report.blocks import Block, Chart, Heading, Paragraph, Table, cell, heads
from junheng.reporting.report.runs import Quote, Text, listed, say
from junheng.verdict.balance import COMPOSITE

_SHOWN = 10  # schools of one coefficient in the text; the annex has them all


def drivers(facts: Facts) -> Iterator[Block]:
    """Of each coefficient over its limit, the schools that drive it; where none is over, of each stage's largest."""
    found = shown(facts)
    if found and all(row["outcome"] != Outcome.UNMET for row in found):
        yield Paragraph(("以下分析各学段数值最大的一项差异系数。",))
    for row in found:
        yield Heading((Stage(row["stage"]).zh, Quote(facts.now.balance.label(row))), 2)
        yield Paragraph(_driving(facts, row))
        yield from _charts(facts, row)
        yield _table(facts, row)


def shown(facts: Facts) -> list[Row]:
    """The coefficients worth looking into."""
    own = [row for row in facts.now.balance.rows if row["indicator"] != COMPOSITE and row["mean"] and row["cv"]]
    over = [row for row in own if row["outcome"] == Outcome.UNMET]
    if over:
        return over
    stages = dict.fromkeys(row["stage"] for row in own)
    return [max((row for row in own if row["stage"] == stage), key=lambda row: row["cv"]) for stage in stages]


def _driving(facts: Facts, row: Row) -> Text:
    now = facts.now
    first = now.spread.drivers(row)[:3]
    told = [
        say("{name}（{value}，{way}全县平均值{distance}，占{share}）", name=one.name, value=one.value,
            way="低于" if one.below else "高于", distance=size(one.distance), share=one.share)
        for one in first
    ]  # fmt: skip
    text = say(
        "计入的{schools}学校中，{below}低于全县平均值{mean}。差异主要来自{told}",
        schools=now.spread.how_many(row), below=now.spread.how_many(row, below=True), mean=now.balance.mean(row),
        told=listed(told),
    )  # fmt: skip
    if len(now.spread.drivers(row)) > _SHOWN:
        return (*text, *say("；前十所合占离差平方和的{share}。", share=now.spread.together(row, _SHOWN)))
    return (*text, "。")


def _charts(facts: Facts, row: Row) -> Iterator[Block]:
    now, stage, label = facts.now, Stage(row["stage"]).zh, facts.now.balance.label(row)
    entry = now.standard.resources[row["indicator"]]
    rows = [
        {"school": one.name.text, "share": float(one.share.value or 0) / 100, "value": one.value.text}
        for one in now.spread.drivers(row)
    ]
    key = f"{row['stage']}_{row['indicator']}"
    spec = contributions(rows, top=_SHOWN)
    yield Chart(f"shares_{key}", (stage, Quote(label), "：差异来自哪些学校"), spec, says=spec["description"])
    dots = now.spread.dots(row)
    limits = {dot_limit for dot_limit in now.spread.limits(row) if dot_limit is not None}
    spec = distribution(
        dots, title=label, unit=entry.unit, limit=limits.pop() if len(limits) == 1 else None, of="schools"
    )
    yield Chart(f"dots_{key}", (stage, Quote(label), "：各校分布（一个点是一所学校）"), spec, says=spec["description"])


def _table(facts: Facts, row: Row) -> Table:
    lines = tuple(
        (cell(one.name), cell(one.pupils), cell(one.value), cell(one.distance), cell(one.share))
        for one in facts.now.spread.drivers(row)[:_SHOWN]
    )
    head = heads("学校", "在校生（人）", "指标值", "与平均值之差（%）", "占离差平方和（%）")
    caption = (Stage(row["stage"]).zh, Quote(facts.now.balance.label(row)), "偏离最大的学校")
    key = f"drivers_{row['stage']}_{row['indicator']}"
    unit = facts.now.standard.resources[row["indicator"]].unit
    note = ("指标值的单位：", Quote(unit), "。与平均值之差为负，表示低于全县平均值。")
    return Table(key, caption, (4, 1.5, 1.5, 1.8, 1.8), (head, *lines), note=note)


def rankings(facts: Facts) -> Iterator[Block]:
    """Every school's part in the spread of every indicator; the schools that drive most stand first."""
    now = facts.now
    for stage in now.schools.stages:
        names = [row["indicator"] for row in now.balance.of_stage(stage) if row["indicator"] != COMPOSITE]
        schools = now.spread.by_school(stage)
        if not schools:
            continue
        head = (
            *heads("学校", "在校生（人）"),
            *(cell(Quote(now.standard.resources[name].label.zh), label=True) for name in names),
        )
        lines = [
            (
                cell(school),
                cell(pupils),
                *(cell(shares[name]) if name in shares else cell("—", align="right") for name in names),
            )
            for school, pupils, shares in schools
        ]
        yield Table(
            f"ranking_{stage.value}", (stage.zh, "各校占离差平方和的比重"), (3.4, 1.4, *(1.5 for _ in names)),
            (head, *lines), unit="%", landscape=len(names) > 5,
            note=("按各项比重之和从大到小排列。“—”表示该校这项指标没有数值，或本学段没有学生。",),
        )  # fmt: skip


def remedies(facts: Facts) -> Iterator[Block]:
    """Of each coefficient over its limit: how few schools would have to be raised to the mean, and what then."""
    now = facts.now
    for row in now.balance.rows:
        found = now.spread.enough(row)
        if found is None:
            continue
        label = (Stage(row["stage"]).zh, Quote(now.balance.label(row)))
        names = listed(found.schools[:_SHOWN])
        more = "等" if len(found.schools) > _SHOWN else ""
        if found.reached:
            template = (
                "{label}差异系数现为{cv}，限值{limit}。把{names}{more}（{count}）提高到现在的全县平均值，"
                "其他学校不变，差异系数降为{then}，不超过限值。"
            )
        else:
            template = (
                "{label}差异系数现为{cv}，限值{limit}。即使把低于平均值的{count}学校（{names}{more}）都提高到现在的全县平均值，"
                "差异系数仍为{then}，还超过限值：差异也来自明显高于平均值的学校，需要从这些学校调出或等全县整体提高。"
            )
        yield Paragraph(
            say(template, label=label, cv=now.balance.cv(row), limit=now.balance.limit(row), names=names, more=more,
                count=found.count, then=found.cv)
        )  # fmt: skip
    composite = [row for row in now.balance.rows if row["indicator"] == COMPOSITE and row["outcome"] == Outcome.UNMET]
    for row in composite:
        largest = now.spread.largest(row["stage"])
        told = listed((Quote(now.balance.label(one)), now.balance.cv(one)) for one in largest)
        yield Paragraph(
            say("{stage}综合差异系数超过限值，先降低数值最大的几项：{told}。", stage=Stage(row["stage"]).zh, told=told)
        )
