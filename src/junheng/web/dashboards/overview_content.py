"""县域总览: what is shown of one judged county, read from its judgement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import polars as pl
from django.utils.translation import gettext as _

from junheng.reporting.charts.cv_bars import cv_bars
from junheng.reporting.charts.table import table
from junheng.reporting.charts.trend import trend
from junheng.standards.item import ItemPart
from junheng.standards.source import Source
from junheng.verdict.balance import COMPOSITE
from junheng.verdict.judgement import Judgement
from junheng.verdict.reason import Reason
from junheng.verdict.reasons import county_reasons
from junheng.verdict.sentences import cite
from junheng.web.dashboards import answers
from junheng.web.dashboards.doors import indicator_url, overview_url
from junheng.web.dashboards.models import Evaluation
from junheng.web.dashboards.school_lines import Total, lacks_in_all
from junheng.web.templatetags.words import in_english, label
from junheng.web.templatetags.words import outcome as outcome_word
from junheng.web.templatetags.words import stage as stage_word

_LINES = 3  # of one trend chart: more cannot be told apart


def language() -> Literal["zh", "en"]:
    return "en" if in_english() else "zh"


@dataclass(frozen=True, slots=True)
class Tile:
    """One part of the standard: how it came out, and what of it fails or is open."""

    part: str
    name: str
    outcome: str
    notes: tuple[str, ...]


def tiles(judgement: Judgement, county: str) -> list[Tile]:
    """The parts in the order they are judged, the basic standard beside them where one was asked for."""
    found = [
        Tile(part, answers.part_name(judgement, part), outcome, answers.part_notes(judgement, county, part))
        for part, outcome in answers.part_outcomes(judgement, county).items()
    ]
    if gate := judgement.gate:
        notes = answers.stage_notes(gate, county)
        found.insert(0, Tile("gate", label(gate.standard), str(gate.outcome(county)), notes))
    return found


def coefficients(judgement: Judgement, county: str, evaluation: Evaluation) -> dict[str, Any]:
    """Bars of the coefficients of all stages against their limits, with their table."""
    own = judgement.balance.filter(pl.col("county_code") == county)
    order = {name: place for place, name in enumerate(own["indicator"].unique(maintain_order=True))}
    rows = [
        {
            "indicator": answers.indicator_name(judgement, row["indicator"]),
            "stage": stage_word(row["stage"]),
            "cv": row["cv"],
            "limit": row["limit"],
            "outcome": row["outcome"],
            "word": outcome_word(row["outcome"]),
            "schools": row["schools"],
            "absent": row["absent"],
            "mean": row["mean"],
            "href": ""
            if row["indicator"] == COMPOSITE
            else indicator_url(row["indicator"], evaluation, stage=row["stage"]),
        }
        for row in sorted(own.iter_rows(named=True), key=lambda row: order[row["indicator"]])
    ]
    heads = [
        ("indicator", _("指标")),
        ("stage", _("学段")),
        ("cv", _("差异系数")),
        ("limit", _("限值")),
        ("word", _("结论")),
        ("mean", _("全县平均")),
        ("schools", _("学校数")),
        ("absent", _("缺数据")),
    ]
    return {"spec": cv_bars(rows, language=language()), "table": table(rows, heads)} if rows else {}


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One item of a part, with who answers for it and where it is asked."""

    number: str
    name: str
    outcome: str | None
    because: str
    responsible: str
    source: str
    confidence: str
    confidence_word: str


@dataclass(frozen=True, slots=True)
class ItemTable:
    part: str
    name: str
    outcome: str
    lines: tuple[ItemLine, ...]


def item_tables(judgement: Judgement, county: str) -> list[ItemTable]:
    """The parts made of items, those that fail or are open first within each."""
    reasons = {reason.key: reason for reason in _below(county_reasons(judgement, county))}
    outcomes = answers.part_outcomes(judgement, county)
    return [
        ItemTable(
            name,
            answers.part_name(judgement, name),
            outcomes.get(name, ""),
            tuple(_item_lines(judgement, county, name, part, reasons)),
        )
        for name, part in judgement.standard.parts()
    ]


def _below(reason: Reason) -> list[Reason]:
    return [reason, *(found for child in reason.children for found in _below(child))]


_WORST_FIRST = {"unmet": 0, "unknown": 1, "tolerated": 2, "met": 3, None: 4}


def _item_lines(
    judgement: Judgement, county: str, name: str, part: ItemPart, reasons: Mapping[str, Reason]
) -> list[ItemLine]:
    rows = judgement.items.filter((pl.col("county_code") == county) & (pl.col("part") == name))
    lines = []
    for row in sorted(rows.iter_rows(named=True), key=lambda row: _WORST_FIRST[row["outcome"]]):
        item = part.items[row["item"]]
        reason = reasons.get(f"{county}/{name}/{row['item']}")
        lines.append(
            ItemLine(
                str(item.number or ""),
                label(item),
                row["outcome"],
                reason.because if reason else "",
                row["responsible"] or "",
                cite(judgement.standard, item.source),
                item.source.confidence,
                answers.confidence_word(item.source.confidence),
            )
        )
    return lines


@dataclass(frozen=True, slots=True)
class LackCell:
    """What the schools of one stage lack together; empty where none misses the indicator."""

    schools: int | str = ""
    amount: str = ""
    unsaid: int = 0


@dataclass(frozen=True, slots=True)
class LackLine:
    """What all schools lack of one indicator, stage by stage."""

    name: str
    href: str
    cells: tuple[LackCell, ...]
    confidence: str
    confidence_word: str


def lack_lines(judgement: Judgement, county: str, evaluation: Evaluation) -> list[LackLine]:
    """The indicators that any school misses, in the order of the standard."""
    totals = {(total.indicator, total.stage): total for total in lacks_in_all(judgement, county)}
    missed = [name for name in judgement.standard.resources if any(own == name for own, _stage in totals)]
    lines = []
    for name in missed:
        confidence = confidence_of(judgement, name)
        lines.append(
            LackLine(
                answers.indicator_name(judgement, name),
                indicator_url(name, evaluation),
                tuple(_lack_cell(totals.get((name, stage))) for stage in judgement.standard.stages),
                confidence,
                answers.confidence_word(confidence) if confidence else "",
            )
        )
    return lines


def _lack_cell(total: Total | None) -> LackCell:
    if total is None:
        return LackCell()
    return LackCell(total.schools, answers.amount_words(total.amount, total.unit), total.unsaid)


def confidence_of(judgement: Judgement, name: str) -> str:
    """How sure we are of an indicator's limits: the least sure of them; empty where it has none."""
    indicator = judgement.standard.resources[name]
    return least_sure([entry.source for entry in (*indicator.thresholds, *indicator.balance)])


def least_sure(sources: Sequence[Source]) -> str:
    order = ("seen", "inferred", "general")
    return max((source.confidence for source in sources), key=order.index, default="")


def unseen_rules(judgement: Judgement) -> int:
    """How many rules of the standards used were not seen in print."""
    standards = [judgement.standard, *([judgement.gate.standard] if judgement.gate else [])]
    return sum(source.confidence != "seen" for standard in standards for _name, source in standard.sources())


def trends(judgement: Judgement, years: Mapping[int, Evaluation]) -> list[dict[str, Any]]:
    """A chart a stage: the coefficients over the school years, those nearest to or above their limit first."""
    if len(years) < 2:
        return []
    charts = []
    for own in judgement.standard.stages:
        rows = [
            {
                "year": year,
                "value": entry["cv"],
                "series": _name_of(judgement, entry["indicator"]),
                "name": entry["indicator"],
                "limit": entry["limit"],
                "href": overview_url(evaluation),
            }
            for year, evaluation in sorted(years.items())
            for entry in evaluation.summary.get("balance", [])
            if entry["stage"] == own and entry["cv"] is not None
        ]
        newest = [row for row in rows if row["year"] == max(years)]
        chosen = {row["name"] for row in sorted(newest, key=lambda row: -row["value"])[:_LINES]}
        shown = [row for row in rows if row["name"] in chosen]
        if not shown:
            continue
        limit_by_year = {row["year"]: row["limit"] for row in shown if row["limit"] is not None}
        charts.append(
            {
                "id": f"trend-{own}",
                "title": _("%(stage)s：差异系数最大的 %(count)s 项指标")
                % {"stage": stage_word(own), "count": len(chosen)},
                "spec": trend(
                    shown,
                    limits=_changes(limit_by_year),
                    title=_("差异系数"),
                    digits=3,
                    language=language(),
                ),
                "table": table(
                    sorted(rows, key=lambda row: (row["series"], row["year"])),
                    [("series", _("指标")), ("year", _("学年")), ("value", _("差异系数")), ("limit", _("限值"))],
                ),
            }
        )
    return charts


def _name_of(judgement: Judgement, indicator: str) -> str:
    """An indicator of an earlier year, which the standard of this one may not have."""
    known = indicator == COMPOSITE or indicator in judgement.standard.resources
    return answers.indicator_name(judgement, indicator) if known else indicator


def _changes(limits: Mapping[int, float]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for year, limit in sorted(limits.items()):
        if not found or found[-1]["limit"] != limit:
            found.append({"from": year, "limit": limit})
    return found
