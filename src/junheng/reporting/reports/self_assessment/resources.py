"""资源配置情况: per stage how many schools miss which indicator, what is lacking, which schools miss most."""

from __future__ import annotations

from collections.abc import Iterator

from junheng.base.outcome import Outcome
from junheng.base.terms import Stage
from junheng.indicators.words import Words
from junheng.reporting.facts.county_year import CountyYear
from junheng.reporting.facts.facts import Facts
from junheng.reporting.facts.schools import Row
from junheng.reporting.report.blocks import Block, Cell, Heading, Paragraph, Table, cell, heads
from junheng.reporting.report.runs import Figure, Quote, Text, listed, say
from junheng.reporting.wording.parts import stage_clause
from junheng.reporting.wording.phrases import short_label
from junheng.reporting.wording.problems import lacking, missed_indicators
from junheng.standards.words import school_rule_in_words

_MOST_SCHOOLS = 10


def resources(facts: Facts) -> Iterator[Block]:
    """The rule, then each stage; nothing where the standard has no rule for schools."""
    now = facts.now
    rule = now.standard.school_rule
    if rule is None or not now.standard.resources or not now.schools.rows:
        return
    words = Quote(school_rule_in_words(rule, len(now.standard.counted())))
    yield Paragraph(say("学校达标按以下规则判定：{rule}。", rule=words))
    for stage in now.schools.stages:
        if now.schools.of_stage(stage):
            yield Heading((stage.zh,), level=2)
            yield Paragraph(_stage(now, stage))
            yield indicator_table(now, stage)
    yield from _worst(now)


def _stage(year: CountyYear, stage: Stage) -> Text:
    schools = year.schools
    text: Text = (*stage_clause(year, stage), "。")
    tolerated = schools.count(stage, Outcome.TOLERATED)
    if tolerated.value:
        text = (*text, *say("达标学校中有{count}存在未达到要求的指标，但按规则允许。", count=tolerated))
    share = schools.share(stage, Outcome.MET, Outcome.TOLERATED)
    if schools.of_stage(stage, Outcome.MET, Outcome.TOLERATED):
        text = (*text, *say("达标学校占{share}。", share=share))
    names = missed_indicators(year, stage)
    if names:
        told = [
            (Quote(year.standard.resources[name].label.zh), "（", missed(year, stage, name), "）") for name in names
        ]
        alike = len({missed(year, stage, name).value for name in names}) == 1  # then none is missed by more schools
        lead = "有学校未达到要求的指标是" if alike else "未达到要求的学校较多的指标依次是"
        text = (*text, lead, *listed(told if alike else told[:3]), "。")
    return text


def missed(year: CountyYear, stage: Stage, indicator: str) -> Figure:
    """How many schools of a stage miss an indicator, tolerated or not."""
    return year.schools.missing_indicator(stage, indicator, Outcome.UNMET, Outcome.TOLERATED)


def indicator_table(year: CountyYear, stage: Stage) -> Table:
    """One row an indicator: what is asked for, how many schools meet and miss it, what is lacking in all."""
    tolerant = year.standard.school_rule is not None and year.standard.school_rule.rest is not None
    outcomes = [Outcome.MET, *([Outcome.TOLERATED] if tolerant else []), Outcome.UNMET, Outcome.UNKNOWN]
    words = Words(year.judgement.dataset.tables)
    rows = []
    for name, indicator in year.standard.resources.items():
        asked = words.limits(indicator.thresholds[0], stage, indicator.unit, "；") if indicator.thresholds else ""
        counts = [year.schools.missing_indicator(stage, name, outcome) for outcome in outcomes]
        rows.append((cell(Quote(indicator.label.zh)), cell(Quote(asked or "—")), *(cell(count) for count in counts),
                     _lack(year, stage, name)))  # fmt: skip
    head = heads("指标", "要求", *(outcome.zh for outcome in outcomes), "差额合计")
    note: Text = ("学校数的单位为所；差额是未达到要求的学校各自补到要求所需之和，不以富余的学校抵减。",)
    if tolerant:
        note = (*note, "“余项容许”指低于要求但不低于余项底线。")
    widths = (3.4, 3, *(1.1 for _ in outcomes), 2.8)
    return Table(
        f"indicators_{stage.value}", (f"{stage.zh}各项指标达标情况",), widths, (head, *rows), note=note,
    )  # fmt: skip


def _lack(year: CountyYear, stage: Stage, indicator: str) -> Cell:
    """With its unit: each indicator lacks something else."""
    said = lacking(year, stage, indicator)
    return cell(*said, align="right") if said else cell("—", align="right")


def _missed_labels(year: CountyYear, row: Row) -> Text:
    """The indicators that a school misses, in short; where nearly all, those that it does not."""
    missed = year.schools.missed(row)
    others = [name for name in year.standard.resources if row[f"{name}__outcome"] and name not in missed]

    def labels(names: list[str]) -> Text:
        return listed((Quote(short_label(year.standard.resources[name].label.zh)) for name in names), "；")

    if not others:
        return ("各项指标",)
    if len(others) == 1 and len(missed) > 2:
        return ("除“", *labels(others), "”外的各项指标")
    return labels(missed)


def _worst(year: CountyYear) -> Iterator[Block]:
    """The schools that miss most, both stages together."""
    schools = year.schools
    rows = [row for stage in schools.stages for row in schools.of_stage(stage, Outcome.UNMET)]
    ordered = sorted(rows, key=lambda row: -len(schools.missed(row)))[:_MOST_SCHOOLS]
    if not ordered:
        return
    lines = [
        (
            cell(schools.name(row)),
            cell(Stage(row["stage"]).zh, align="centre"),
            cell(schools.pupils(row)),
            cell(schools.missed_count(row)),
            cell(*_missed_labels(year, row)),
        )
        for row in ordered
    ]
    yield Heading(("短板较多的学校",), level=2)
    some = len(ordered) < len(rows)
    yield Paragraph(
        (
            "未达标的学校中，未达到要求的指标较多的学校见下表" if some else "未达标的学校见下表",
            "，全部学校的情况见附件。",
        )
    )
    head = heads("学校", "学段", "在校生（人）", "未达到项数", "未达到要求的指标")
    note: Text = ("指标名称从简，全称见各项指标达标情况表。",)
    yield Table("worst", ("未达到要求的指标较多的学校",), (3.2, 0.9, 1.2, 1.2, 6), (head, *lines), note=note)
