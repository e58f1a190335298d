"""City and country, and the towns, beside each other: the means of groups of schools, weighted like the county's."""

from __future__ import annotations

from collections.abc import Iterator

from junheng.base.terms import Stage
from junheng.reporting.charts.groups import groups as group_chart
from junheng.reporting.facts.facts import Facts
from junheng.reporting.facts.spread import Row
from junheng.reporting.report.blocks import Block, Cell, Chart, Heading, Paragraph, Table, cell, heads
from junheng.reporting.report.runs import Name, Quote, Run, Text, listed, say
from junheng.verdict.groups import GroupBy

_ORDER = ("urban", "town", "rural", None)


def groups(facts: Facts) -> Iterator[Block]:
    """城区、镇区、乡村 beside each other with a chart; then the towns."""
    if facts.now.balance.rows:
        yield from _located(facts, _known(facts, "location"))
        yield from _towns(facts, _known(facts, "town"))


def _known(facts: Facts, by: GroupBy) -> list[Row]:
    """The groups of the stages of which anything is known."""
    rows = facts.now.spread.groups(by)
    stages = {row["stage"] for row in rows if row["mean"] is not None}
    return [row for row in rows if row["stage"] in stages]


def _located(facts: Facts, rows: list[Row]) -> Iterator[Block]:
    names = [group for group in _ORDER if any(row["group"] == group for row in rows)]
    if len(names) < 2:
        return
    yield Heading(("城乡比较",), 2)
    for stage in facts.now.schools.stages:
        own = [row for row in rows if row["stage"] == stage]
        if len({row["group"] for row in own}) < 2:
            continue
        yield Paragraph(_contrast(facts, stage, own))
        yield _table(facts, "location", stage, own, [name for name in names if any(r["group"] == name for r in own)])
    yield from _chart(facts, rows, names)


def _contrast(facts: Facts, stage: Stage, rows: list[Row]) -> Text:
    """Where each sort of place is lowest: one clause a sort."""
    spread, standard = facts.now.spread, facts.now.standard
    lowest: dict[str | None, list[Run]] = {}
    for name in standard.resources:
        own = [row for row in rows if row["indicator"] == name and row["mean"] is not None]
        if len(own) > 1 and len({row["mean"] for row in own}) > 1:
            last = min(own, key=lambda row: row["mean"])
            lowest.setdefault(last["group"], []).append(Quote(standard.resources[name].label.zh))
    clauses = [(spread.group_label("location", group), "最低的有", *listed(labels)) for group, labels in lowest.items()]
    if not clauses:
        return say("{stage}各项指标城乡之间没有差别，或只有一类学校有数据。", stage=stage.zh)
    return say("{stage}各项指标按城乡的平均值比较，{clauses}。", stage=stage.zh, clauses=listed(clauses, "；"))


def _chart(facts: Facts, rows: list[Row], names: list[str | None]) -> Iterator[Block]:
    """The indicator whose means lie furthest apart between town and country."""
    spread = facts.now.spread
    widest, apart = None, 0.0
    for name in facts.now.standard.resources:
        for stage in facts.now.schools.stages:
            means = [row["mean"] for row in rows if row["indicator"] == name and row["stage"] == stage and row["mean"]]
            if len(means) > 1 and max(means) / min(means) > apart:
                widest, apart = name, max(means) / min(means)
    if widest is None:
        return
    entry = facts.now.standard.resources[widest]
    drawn = [
        {
            "group": spread.group_label("location", row["group"]),
            "series": Stage(row["stage"]).zh,
            "value": row["mean"],
            "schools": row["schools"],
        }
        for group in names
        for stage in facts.now.schools.stages
        for row in rows
        if row["indicator"] == widest and row["group"] == group and row["stage"] == stage
    ]
    spec = group_chart(drawn, title=entry.label.zh, unit=entry.unit)
    yield Chart("located", (Quote(entry.label.zh), "城乡平均值比较"), spec, says=spec["description"])


def _towns(facts: Facts, rows: list[Row]) -> Iterator[Block]:
    listed_first = list(dict.fromkeys(row["town"] for row in facts.now.schools.rows))
    towns = sorted({row["group"] for row in rows}, key=listed_first.index)
    if len(towns) < 2:
        return
    yield Heading(("乡镇比较",), 2)
    for stage in facts.now.schools.stages:
        own = [row for row in rows if row["stage"] == stage]
        there = [town for town in towns if any(row["group"] == town for row in own)]
        if len(there) > 1:
            yield _table(facts, "town", stage, own, there, turned=True)


def _table(
    facts: Facts, by: GroupBy, stage: Stage, rows: list[Row], names: list[str | None], *, turned: bool = False
) -> Table:
    """Indicators down and groups across; the other way round where there are many groups."""
    spread, standard = facts.now.spread, facts.now.standard
    found = {(row["group"], row["indicator"]): row for row in rows}
    indicators = [name for name in standard.resources if any(row["indicator"] == name for row in rows)]
    labels = {name: _unit(standard.resources[name].label.zh, standard.resources[name].unit) for name in indicators}

    def mean(group: str | None, name: str) -> Cell:
        row = found.get((group, name))
        return cell("—", align="right") if row is None else cell(spread.group_mean(by, row))

    def called(group: str | None) -> Run:
        label = spread.group_label(by, group)
        return Name(label, "town") if by == "town" and group is not None else label

    def schools(group: str | None) -> Cell:
        row = next(row for row in rows if row["group"] == group)
        return cell(spread.group_schools(by, row))

    word = "城乡" if by == "location" else "乡镇"
    caption = (stage.zh, f"各项指标分{word}平均值")
    key = f"groups_{by}_{stage.value}"
    note: Text = ("平均值按学生数加权。",)
    if any(row["unknown"] for row in rows):
        note = (*note, "有学校缺少某项指标的数据时，该项平均值只按已有数据的学校计算。")
    if turned:
        head = (*heads("乡镇街道", "学校数（所）"), *(cell(labels[name], label=True) for name in indicators))
        lines = [(cell(called(group)), schools(group), *(mean(group, name) for name in indicators)) for group in names]
        widths = (2.2, 1.2, *(1.6 for _ in indicators))
        return Table(key, caption, widths, (head, *lines), landscape=len(indicators) > 5, note=note)
    head = (cell("指标", label=True), *(cell(called(group), label=True) for group in names))
    counted = (cell("学校数（所）"), *(schools(group) for group in names))
    lines = [(cell(labels[name]), *(mean(group, name) for group in names)) for name in indicators]
    return Table(key, caption, (4, *(1.5 for _ in names)), (head, counted, *lines), note=note)


def _unit(label: str, unit: str) -> Quote:
    return Quote(f"{label}（{unit}）" if unit else label)
