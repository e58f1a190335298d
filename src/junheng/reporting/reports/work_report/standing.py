"""自评达标情况: the conclusion, then 校舍、设施、教师、经费、质量与管理 as far as standard and data have them."""

from __future__ import annotations

from collections.abc import Iterator

from junheng.base.outcome import Outcome
from junheng.base.terms import Stage
from junheng.reporting.facts.county_year import CountyYear
from junheng.reporting.facts.facts import Facts, size
from junheng.reporting.report.blocks import Block, Heading, Paragraph
from junheng.reporting.report.runs import Figure, Quote, Text, listed, say
from junheng.reporting.wording.parts import label_of, part_clause, verdict
from junheng.reporting.wording.phrases import brief, counted, joined
from junheng.standards.indicator import Indicator

_PREMISES = ("land_area", "building_area", "teaching_area", "sports_ground_area", "indoor_sports_area")
_SECTIONS = ("校舍和场地", "设施设备", "教师队伍")
_QUALITY = ("quality", "satisfaction", "vetoes", "government", "eligibility", "coverage")
# 经费: growth is told of what is filed for the last fiscal years.
_FUNDS = ("appropriation", "expense_primary", "expense_junior", "public_funds_primary", "public_funds_junior")


def standing(facts: Facts) -> Iterator[Block]:
    """The whole, then field by field."""
    now = facts.now
    clauses = [(label_of(now, part), "方面，", *part_clause(now, part)) for part in ("resources", "balance")
               if part in now.parts]  # fmt: skip
    yield Paragraph((*verdict(now), "。", *((*joined(clauses), "。") if clauses else ())))
    for section in _SECTIONS:
        told = [text for name, one in now.standard.resources.items() if _section(one) == section
                if (text := _indicator(now, name))]  # fmt: skip
        if told:
            yield Heading((section,), level=2)
            yield from (Paragraph((*text, "。")) for text in told)
    if funds := list(_funds(now)) if now.standard.stages else []:
        yield Heading(("教育经费",), level=2)
        yield from (Paragraph((*text, "。")) for text in funds)
    parts = [(label_of(now, part), "：", *part_clause(now, part)) for part in _QUALITY if now.items.part(part)]
    if parts:
        yield Heading(("质量与管理",), level=2)
        yield from (Paragraph((*text, "。")) for text in parts)


def _section(indicator: Indicator) -> str:
    """By what is counted: rooms and grounds, people, or else equipment."""
    columns = sorted(indicator.formula.amount.columns())
    if any(column.startswith(("teachers", "backbone")) or column == "staff" for column in columns):
        return "教师队伍"
    if any(column in _PREMISES or column.endswith(("_area", "_track")) for column in columns):
        return "校舍和场地"
    return "设施设备"


def _indicator(year: CountyYear, name: str) -> Text:
    """``生均体育运动场馆面积：小学全县平均7.93㎡，25所未达到要求；…``."""
    label = Quote(year.standard.resources[name].label.zh)
    clauses = [clause for stage in year.schools.stages if (clause := _stage(year, stage, name))]
    return (label, "：", *joined(clauses)) if clauses else ()


def _stage(year: CountyYear, stage: Stage, name: str) -> Text:
    told: list[Text] = []
    row = year.balance.find(stage, name)
    if row is not None and row["mean"] is not None:
        told.append(say("全县平均{mean}", mean=brief(year.balance.mean(row))))
    if year.standard.resources[name].thresholds:
        missing = year.schools.missing_indicator
        counts = [
            ("{count}达到要求", missing(stage, name, Outcome.MET)),
            ("{count}未达到", missing(stage, name, Outcome.UNMET, Outcome.TOLERATED)),
            ("{count}不能判定", missing(stage, name, Outcome.UNKNOWN)),
        ]
        told.append(counted(counts))
    return (stage.zh, *joined(told, "，")) if any(told) else ()


def grown(growth: Figure) -> Text:
    """``（增长5.16%）``, ``（下降1.20%）``; empty where the year before is not known."""
    if growth.value is None:
        return ()
    if growth.value == 0:
        return ("（与上年持平）",)
    return say("（{way}{size}）", way="增长" if growth.value > 0 else "下降", size=size(growth))


def _funds(year: CountyYear) -> Iterator[Text]:
    """The last fiscal years: what was spent and how much more than the year before."""
    funds = year.form_funds
    for column in _FUNDS:
        told = []
        for fiscal in funds.years(3):
            amount, growth = year.filed.cell("finance_year", column, fiscal_year=fiscal), funds.growth(column, fiscal)
            if amount.value is None:
                continue
            text = say("{year}{amount}", year=funds.label(fiscal), amount=amount)
            told.append((*text, *grown(growth)))
        if told:
            label = year.filed.dataset.tables["finance_year"].columns[column].label.zh
            yield (Quote(label), "：", *listed(told))
