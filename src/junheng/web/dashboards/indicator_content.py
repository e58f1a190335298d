"""指标页: one indicator over all schools of a county and stage."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import polars as pl
from django.utils.translation import gettext as _

from junheng.indicators.words import Words
from junheng.reporting.charts.contributions import contributions
from junheng.reporting.charts.dot_plot import dot_plot
from junheng.reporting.charts.table import table
from junheng.standards.source import Source
from junheng.verdict.balance import contributions as shares_of
from junheng.verdict.judgement import Judgement
from junheng.verdict.sentences import cite
from junheng.web.dashboards import answers
from junheng.web.dashboards.doors import reasons_url, school_url
from junheng.web.dashboards.models import Evaluation
from junheng.web.dashboards.overview_content import language
from junheng.web.dashboards.school_lines import Lack, school_lines
from junheng.web.templatetags.words import label
from junheng.web.templatetags.words import outcome as outcome_word
from junheng.web.templatetags.words import stage as stage_word
from junheng.web.templatetags.words import unit as unit_word

_UPPER = ("at_most", "below")


@dataclass(frozen=True, slots=True)
class Coefficient:
    """The coefficient of one stage."""

    stage: str
    schools: int
    absent: int
    mean: float | None
    cv: float | None
    limit: float | None
    near: bool
    outcome: str | None


@dataclass(frozen=True, slots=True)
class SchoolValue:
    """What one school has of the indicator."""

    school: str
    name: str
    town: str
    href: str
    reasons: str
    pupils: int | None
    value: float | None
    absent: str | None
    operator: str
    limit: float | None
    outcome: str | None
    lack: str
    share: float | None


def stages_of(judgement: Judgement, name: str) -> list[str]:
    """The stages in which the indicator says something of any school."""
    rows = judgement.in_scope
    column = f"{name}__outcome"
    there = rows.filter(pl.col(column).is_not_null())["stage"] if column in rows.columns else pl.Series([])
    return [stage for stage in judgement.standard.stages if stage in there]


def coefficients(judgement: Judgement, county: str, name: str) -> list[Coefficient]:
    found = judgement.balance.filter((pl.col("county_code") == county) & (pl.col("indicator") == name))
    fields = ("stage", "schools", "absent", "mean", "cv", "limit", "near", "outcome")
    return [Coefficient(**{field: row[field] for field in fields}) for row in found.iter_rows(named=True)]


def school_values(
    judgement: Judgement, evaluation: Evaluation, county: str, name: str, stage: str
) -> list[SchoolValue]:
    """The schools of one stage, the worst first; those without a value last."""
    rows = judgement.in_scope.filter((pl.col("county_code") == county) & (pl.col("stage") == stage))
    shares = _shares(judgement, rows, county, name, stage)
    lacks = {
        (line.school, lack.indicator): lack
        for line in school_lines(judgement)
        if line.stage == stage
        for lack in line.lacks
    }
    found = [
        SchoolValue(
            school=row["school_code"],
            name=row["school_name"] or row["school_code"],
            town=row["town"] or "",
            href=school_url(row["school_code"], evaluation),
            reasons=reasons_url(evaluation, row["school_code"], stage, name),
            pupils=row["pupils"],
            value=row.get(f"{name}__value"),
            absent=row.get(f"{name}__absent"),
            operator="≤" if row.get(f"{name}__operator") in _UPPER else "≥",
            limit=row.get(f"{name}__limit"),
            outcome=row[f"{name}__outcome"],
            lack=_lack_words(lacks.get((row["school_code"], name))),
            share=shares.get(row["school_code"]),
        )
        for row in rows.iter_rows(named=True)
    ]
    sign = -1 if any(value.operator == "≤" for value in found) else 1
    return sorted(found, key=lambda value: (value.value is None, sign * (value.value or 0), value.school))


def _lack_words(lack: Lack | None) -> str:
    if lack is None or lack.amount is None:
        return ""
    text = _("超出 %(amount)s") if lack.amount < 0 else _("差 %(amount)s")
    return text % {"amount": answers.amount_words(abs(lack.amount), lack.unit)}


def _shares(judgement: Judgement, rows: pl.DataFrame, county: str, name: str, stage: str) -> dict[str, float]:
    """Each school's share of S², where the coefficient was computed."""
    means = [found.mean for found in coefficients(judgement, county, name) if found.stage == stage]
    if not means or means[0] is None:
        return {}
    found = shares_of(rows, name, means[0], weighted=judgement.standard.weighted)
    return dict(found.select("school_code", "share").iter_rows())


def plots(judgement: Judgement, county: str, name: str, stage: str, values: list[SchoolValue]) -> dict[str, Any]:
    """The schools as dots against the limit, and their shares of S²."""
    indicator = judgement.standard.resources[name]
    rows: list[dict[str, Any]] = [
        {
            "school": value.name,
            "value": value.value,
            "outcome": value.outcome,
            "word": outcome_word(value.outcome),
            "share": value.share,
            "href": value.reasons,
        }
        for value in values
        if value.value is None or value.value != float("inf")
    ]
    limits = {value.limit for value in values if value.limit is not None}
    means = [found.mean for found in coefficients(judgement, county, name) if found.stage == stage]
    title = answers.indicator_name(judgement, name)
    drawn = {
        "dots": {
            "spec": dot_plot(
                rows,
                title=title,
                unit=unit_word(indicator.unit),
                # Where schools have limits of their own there is no line for all of them.
                limit=limits.pop() if len(limits) == 1 else None,
                direction="at_most" if any(value.operator == "≤" for value in values) else "at_least",
                mean=means[0] if means else None,
                language=language(),
            )
        }
    }
    shared = [row for row in rows if row["share"] is not None]
    if shared:
        ordered = sorted(shared, key=lambda row: float(row["share"] or 0), reverse=True)
        heads = [("school", _("学校")), ("share", _("占离差平方和的比例")), ("value", title)]
        drawn["shares"] = {"spec": contributions(shared, language=language()), "table": table(ordered, heads)}
    return drawn


@dataclass(frozen=True, slots=True)
class Article:
    """Where a limit stands, and how sure we are of it."""

    what: str
    said: str
    source: str
    confidence: str
    confidence_word: str


def definition(judgement: Judgement, name: str) -> str:
    """The formula in words."""
    standard = judgement.standard
    return Words(judgement.dataset.tables).formula(standard.resources[name], standard.resources)


def articles(judgement: Judgement, name: str) -> Iterator[Article]:
    """The limits of the indicator and of its coefficient, as the documents set them."""
    indicator = judgement.standard.resources[name]
    words = Words(judgement.dataset.tables)
    for threshold in indicator.thresholds:
        yield _article(judgement, _("学校要求"), words.threshold(threshold, indicator.unit), threshold.source)
    for balance in indicator.balance:
        limits = [(stage, balance.limit(stage)) for stage in judgement.standard.stages]
        said = answers.listed(f"{stage_word(stage)} ≤ {limit}" for stage, limit in limits if limit is not None)
        yield _article(judgement, _("差异系数限值"), said, balance.source)


def _article(judgement: Judgement, what: str, said: str, source: Source) -> Article:
    word = answers.confidence_word(source.confidence)
    return Article(what, said, cite(judgement.standard, source), source.confidence, word)


def heads(judgement: Judgement, name: str) -> list[str]:
    """Heads of the exported list."""
    entry = judgement.standard.resources[name]
    return [
        _("学校标识码"),
        _("学校"),
        _("乡镇"),
        _("学段"),
        _("在校生数"),
        _("%(indicator)s（%(unit)s）") % {"indicator": label(entry), "unit": unit_word(entry.unit)},
        _("要求"),
        _("结论"),
        _("差多少"),
        _("占离差平方和的比例"),
    ]


def exported(values: list[SchoolValue], stage: str) -> Iterator[list[object]]:
    for value in values:
        limit = "" if value.limit is None else f"{value.operator} {value.limit:g}"
        endless = value.value == float("inf")
        yield [
            value.school,
            value.name,
            value.town,
            stage_word(stage),
            value.pupils,
            "∞" if endless else value.value,
            limit,
            outcome_word(value.outcome),
            value.lack,
            value.share,
        ]
