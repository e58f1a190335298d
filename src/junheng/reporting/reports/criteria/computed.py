"""The criteria that are computed for every school: the indicators and their differences between schools."""

from __future__ import annotations

from junheng.base.outcome import Outcome, all_of
from junheng.base.terms import Stage
from junheng.indicators.words import Words
from junheng.reporting.facts.county_year import CountyYear
from junheng.reporting.report.blocks import Table, cell, heads
from junheng.reporting.report.runs import Quote, Text, say
from junheng.reporting.wording.items import basis
from junheng.reporting.wording.phrases import counted
from junheng.reporting.wording.problems import lacking
from junheng.standards.indicator import Indicator
from junheng.verdict.sentences import cite


def resource_table(year: CountyYear) -> Table:
    """One row an indicator and stage."""
    words = Words(year.judgement.dataset.tables)
    stages = [stage for stage in year.schools.stages if year.schools.of_stage(stage)]
    ruled = {name: one.thresholds[0].source for name, one in year.standard.resources.items() if one.thresholds}
    found, document = basis(year, [*ruled.values()])
    places = dict(zip(ruled, found, strict=True))
    rows = []
    for name, indicator in year.standard.resources.items():
        for at, stage in enumerate(stages):
            first = (cell(*_criterion(indicator, places.get(name)), rows=len(stages)),) if at == 0 else ()
            limits = indicator.thresholds[0] if indicator.thresholds else None
            asked = words.limits(limits, stage, indicator.unit, "；") if limits else ""
            outcome = _outcome(year, stage, name)
            rows.append(
                (
                    *first,
                    cell(stage.zh, align="centre"),
                    cell(Quote(asked or "—")),
                    cell(*_finding(year, stage, name), "。"),
                    cell(outcome.zh if outcome else "不涉及", outcome=outcome, align="centre"),
                )
            )
    head = heads("评估标准和依据", "学段", "要求", "经自查", "自评结论")
    note: Text = ("依据：", document, "。") if document.text else ()
    note = (*note, "自评结论指该学段是否每所学校都达到要求；学校是否达标另按学校达标规则判定。")
    return Table(
        "criteria_resources", ("资源配置逐条自评",), (4.2, 0.9, 3, 4.6, 1.4), (head, *rows), note=note, landscape=True
    )


def balance_table(year: CountyYear) -> Table:
    """One row a coefficient that decides."""
    rows = []
    for row in year.balance.rows:
        outcome = year.balance.outcome(row)
        if outcome is None:
            continue
        cv, limit = year.balance.cv(row), year.balance.limit(row)
        found: Text = say("差异系数为{cv}", cv=cv) if cv.value is not None else (cv, "，不能判定")
        if row["mean"] is not None:
            found = (*found, *say("；全县平均值为{mean}，标准差为{sd}，计入{schools}", mean=year.balance.mean(row),
                                  sd=year.balance.deviation(row), schools=year.balance.schools(row)))  # fmt: skip
        rows.append(
            (
                cell(Stage(row["stage"]).zh, align="centre"),
                cell(Quote(year.balance.label(row)), "校际差异系数"),
                cell("不超过", limit),
                cell(*found, "。"),
                cell(outcome.zh, outcome=outcome, align="centre"),
            )
        )
    rule = year.standard.balance_rule
    source = Quote(cite(year.standard, rule.source if rule else None))
    head = heads("学段", "评估标准", "要求", "经自查", "自评结论")
    return Table(
        "criteria_balance", ("校际均衡逐条自评",), (0.9, 4.4, 1.6, 5.4, 1.4), (head, *rows),
        note=("依据：", source, "。"), landscape=True,
    )  # fmt: skip


def _criterion(indicator: Indicator, place: Quote | None) -> Text:
    label = Quote(indicator.label.zh)
    return (label, "。依据：", place) if place and place.text else (label,)


def _outcome(year: CountyYear, stage: Stage, name: str) -> Outcome | None:
    """All schools must meet it; tolerated ones do not reach it, though a school may pass with one."""
    found = [row[f"{name}__outcome"] for row in year.schools.of_stage(stage) if row[f"{name}__outcome"]]
    return (
        all_of(Outcome.UNMET if Outcome(one) is Outcome.TOLERATED else Outcome(one) for one in found) if found else None
    )


def _finding(year: CountyYear, stage: Stage, name: str) -> Text:
    schools = year.schools
    counts = [
        (word, schools.missing_indicator(stage, name, *outcomes))
        for word, outcomes in (
            ("{count}达到", (Outcome.MET,)),
            ("{count}在余项容许范围内", (Outcome.TOLERATED,)),
            ("{count}未达到", (Outcome.UNMET,)),
            ("{count}不能判定", (Outcome.UNKNOWN,)),
        )
    ]
    lack = lacking(year, stage, name)
    found = counted(counts, "，")
    if not found:
        return ("没有学校涉及",)
    return (*found, *(("，合计", *lack) if lack else ()))
