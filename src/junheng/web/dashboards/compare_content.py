"""比较: groups of schools, three layers of balance, and years, as the judgements and their summaries say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args

import polars as pl
from django.utils.translation import gettext as _

from junheng.reporting.charts.groups import groups
from junheng.reporting.charts.table import table
from junheng.reporting.charts.trend import trend
from junheng.verdict.balance import COMPOSITE
from junheng.verdict.groups import GroupBy, compare_groups
from junheng.verdict.judgement import Judgement
from junheng.web.dashboards.answers import indicator_name
from junheng.web.dashboards.doors import indicator_url, overview_url
from junheng.web.dashboards.models import Evaluation
from junheng.web.dashboards.overview_content import language
from junheng.web.templatetags.words import label
from junheng.web.templatetags.words import outcome as outcome_word
from junheng.web.templatetags.words import stage as stage_word
from junheng.web.templatetags.words import unit as unit_word

GROUPS: tuple[GroupBy, ...] = ("location", "town", "school_kind", "operator")
assert set(GROUPS) <= set(get_args(GroupBy))


@dataclass(frozen=True, slots=True)
class GroupLine:
    """One group of one stage: its schools and how they stand on one indicator."""

    group: str
    stage: str
    schools: int
    pupils: int | None
    mean: float | None
    lowest: float | None
    highest: float | None
    missed: int
    unknown: int


def group_lines(judgement: Judgement, by: GroupBy, indicator: str) -> list[GroupLine]:
    """The groups of a county on one indicator, by stage; a blank group is one of its own."""
    found = compare_groups(judgement, by)
    if found.is_empty():
        return []
    lines = [
        GroupLine(
            group_word(judgement, by, row["group"]),
            row["stage"],
            row["schools"],
            row["pupils"],
            row["mean"],
            row["lowest"],
            row["highest"],
            row["missed"],
            row["unknown"],
        )
        for row in found.filter(pl.col("indicator") == indicator).iter_rows(named=True)
    ]
    # The best group first, its stages beside each other.
    best: dict[str, float] = {}
    for line in lines:
        best[line.group] = max(best.get(line.group, 0.0), line.mean or 0.0)
    order: list[str] = list(judgement.standard.stages)
    return sorted(lines, key=lambda line: (-best[line.group], line.group, order.index(line.stage)))


def group_word(judgement: Judgement, by: str, code: str | None) -> str:
    """What a group is called: codes by their words, towns as they are written."""
    if not code:
        return _("（未填）")
    known = judgement.dataset.tables.code_lists.get(by)
    return label(known.codes[code]) if known and code in known.codes else code


def group_chart(judgement: Judgement, lines: Sequence[GroupLine], indicator: str) -> dict[str, Any]:
    """Bars of the groups against the limit of each stage, with their table."""
    rows = [
        {"group": line.group, "value": line.mean, "series": stage_word(line.stage), "schools": line.schools}
        for line in lines
    ]
    limits = {stage_word(stage): limit for stage, limit in limits_of(judgement, indicator).items()}
    alike = set(limits.values())
    limit = alike.pop() if len(alike) == 1 else limits or None
    entry = judgement.standard.resources[indicator]
    heads = [("group", _("组别")), ("series", _("学段")), ("value", _("平均")), ("schools", _("学校数"))]
    spec = groups(rows, title=label(entry), unit=unit_word(entry.unit), limit=limit, language=language())
    return {"spec": spec, "table": table(rows, heads)}


def limits_of(judgement: Judgement, indicator: str) -> dict[str, float]:
    """By stage the limit that every school of it has; none where schools have different ones."""
    rows = judgement.in_scope.select("stage", limit=f"{indicator}__limit").drop_nulls().unique()
    alike = rows.group_by("stage").agg(pl.col("limit")).filter(pl.col("limit").list.len() == 1)
    return {stage: limits[0] for stage, limits in alike.iter_rows()}


def indicators_of(judgement: Judgement) -> dict[str, str]:
    """The indicators that can be compared, by their names."""
    return {
        name: label(entry)
        for name, entry in judgement.standard.resources.items()
        if f"{name}__value" in judgement.rows.columns and entry.formula.kind != "some_of"
    }


@dataclass(frozen=True, slots=True)
class Layers:
    """One indicator and stage in the three layers of balance: regions, schools, groups."""

    indicator: str
    name: str
    unit: str
    stage: str
    highest: GroupLine | None
    lowest: GroupLine | None
    cv: float | None
    limit: float | None
    outcome: str | None
    groups: tuple[GroupLine, ...]
    href: str


def layers(judgement: Judgement, evaluation: Evaluation) -> list[Layers]:
    """区域之间, 学校之间, 群体之间: for every indicator with a coefficient."""
    found = []
    for row in judgement.balance.iter_rows(named=True):
        name = row["indicator"]
        if name == COMPOSITE:
            continue
        towns = _known(group_lines(judgement, "town", name), row["stage"])
        places = _known(group_lines(judgement, "location", name), row["stage"])
        found.append(
            Layers(
                name,
                indicator_name(judgement, name),
                judgement.standard.resources[name].unit,
                row["stage"],
                max(towns, key=_mean, default=None),
                min(towns, key=_mean, default=None),
                row["cv"],
                row["limit"],
                row["outcome"],
                tuple(places),
                indicator_url(name, evaluation, stage=row["stage"]),
            )
        )
    return found


def _known(lines: Iterable[GroupLine], stage: str) -> list[GroupLine]:
    return [line for line in lines if line.stage == stage and line.mean is not None]


def _mean(line: GroupLine) -> float:
    return line.mean if line.mean is not None else 0.0


@dataclass(frozen=True, slots=True)
class StageLine:
    """One indicator in every stage: mean, coefficient and its limit, by the stage."""

    name: str
    unit: str
    stages: tuple[Mapping[str, Any], ...]


def stage_lines(judgement: Judgement, stages: Sequence[str]) -> list[StageLine]:
    """Every indicator with a coefficient, its stages beside each other."""
    rows = {(row["indicator"], row["stage"]): row for row in judgement.balance.iter_rows(named=True)}
    names = list(dict.fromkeys(name for name, _stage in rows))
    resources = judgement.standard.resources
    return [
        StageLine(
            indicator_name(judgement, name),
            resources[name].unit if name in resources else "",
            tuple(rows.get((name, stage), {}) for stage in stages),
        )
        for name in names
    ]


@dataclass(frozen=True, slots=True)
class YearLine:
    """What the evaluation that counts says of one school year."""

    year: int
    evaluation: Evaluation
    outcome: str
    parts: Mapping[str, str]
    schools: Mapping[str, int]
    href: str


def year_lines(years: Mapping[int, Evaluation]) -> list[YearLine]:
    """The years, the newest first, from what is kept of each evaluation."""
    lines = []
    for year, evaluation in sorted(years.items(), reverse=True):
        counted: dict[str, int] = {}
        for by_outcome in evaluation.summary.get("schools", {}).values():
            for outcome, count in by_outcome.items():
                counted[outcome] = counted.get(outcome, 0) + count
        lines.append(
            YearLine(
                year,
                evaluation,
                evaluation.outcome,
                evaluation.summary.get("parts", {}),
                counted,
                overview_url(evaluation),
            )
        )
    return lines


def coefficients_over_years(years: Mapping[int, Evaluation]) -> list[dict[str, Any]]:
    """Every coefficient and mean of every year: year, stage, indicator, cv, limit, outcome, mean."""
    return [
        {"year": year, **row}
        for year, evaluation in sorted(years.items())
        for row in evaluation.summary.get("balance", [])
    ]


def trend_chart(rows: Sequence[Mapping[str, Any]], indicator: str, what: str, unit: str) -> dict[str, Any]:
    """The coefficient (``cv``) or the mean of one indicator over the years, a line a stage."""
    own = [row for row in rows if row["indicator"] == indicator]
    drawn = [{"year": row["year"], "value": row[what], "series": stage_word(row["stage"])} for row in own]
    limits: list[dict[str, Any]] = []
    standing: dict[str, float] = {}
    for row in own:
        # A limit is named where it begins to hold.
        if what == "cv" and row["limit"] is not None and standing.get(row["stage"]) != row["limit"]:
            standing[row["stage"]] = row["limit"]
            limits.append({"from": row["year"], "limit": row["limit"], "series": stage_word(row["stage"])})
    title = _("差异系数") if what == "cv" else _("全县平均")
    listed = [
        {**row, "series": stage_word(row["stage"]), "word": outcome_word(row["outcome"]) if what == "cv" else ""}
        for row in own
    ]
    heads: list[tuple[str, Any]] = [("year", _("学年")), ("series", _("学段")), (what, title)]
    if what == "cv":
        heads += [("limit", _("限值")), ("word", _("结论"))]
    spec = trend(drawn, limits=limits, title=title, unit=unit_word(unit), language=language())
    return {"spec": spec, "table": table(listed, heads)}
