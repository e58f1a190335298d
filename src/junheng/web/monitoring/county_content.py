"""What the page of one county shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import polars as pl
from django.utils.translation import gettext as _

from junheng.monitoring.observed import CV
from junheng.reporting.charts.table import table
from junheng.reporting.charts.trend import trend
from junheng.standards.library import load_standard
from junheng.verdict.balance import COMPOSITE
from junheng.web.access import Action, Person, places_for
from junheng.web.dashboards.answers import listed
from junheng.web.dashboards.overview_content import language
from junheng.web.monitoring.asked import Asked
from junheng.web.monitoring.map_content import figure_words
from junheng.web.monitoring.measures import Measure, measure_name
from junheng.web.regions.models import PlaceKind
from junheng.web.templatetags.words import label, number
from junheng.web.templatetags.words import outcome as outcome_word
from junheng.web.templatetags.words import stage as stage_word
from junheng.web.templatetags.words import unit as unit_word

Row = dict[str, Any]
_LINES = 3  # of one chart: more cannot be told apart
_SIGNS = {"at_least": "≥", "at_most": "≤", "above": ">", "below": "<"}


def name_of(asked: Asked) -> str:
    return str(asked.now["county_name"][0] or asked.area.code)


def county_answer(asked: Asked) -> str:
    """How the county came out, how many schools fail, and which limit is nearest."""
    row = asked.now.row(0, named=True)
    about: dict[str, Any] = {
        "county": name_of(asked),
        "year": asked.year,
        "outcome": outcome_word(row["outcome"]),
        "schools": row["schools"],
        "unmet": row["unmet"],
    }
    text = _("%(county)s %(year)s 学年%(outcome)s：%(schools)s 所学校（按学段）中 %(unmet)s 所未达标") % about
    if row["tightest_room"] is not None:
        measure = {key: row[f"tightest_{key}"] for key in ("kind", "stage", "name")}
        near = {
            "measure": measure_name(asked, measure),
            "percent": number(abs(row["tightest_room"]) * 100, 1),
        }
        text += (
            _("；离限值最近的是%(measure)s，余 %(percent)s%%") % near
            if row["tightest_room"] >= 0
            else _("；离限值最远的是%(measure)s，差 %(percent)s%%") % near
        )
    return text


def year_rows(asked: Asked) -> list[Row]:
    """The county in every year, the newest first."""
    rows = asked.counties.sort("school_year", descending=True)
    return [{**row, "href": _at_year(asked, row["school_year"])} for row in rows.iter_rows(named=True)]


def _at_year(asked: Asked, year: int) -> str:
    before, _sign, _year = asked.county_url(asked.area.code).rpartition("=")
    return f"{before}={year}"


def part_rows(asked: Asked) -> list[Row]:
    """The parts of the standard in the year: name and outcome."""
    monitoring = asked.watch.monitoring
    found = monitoring.frames["parts"].filter(pl.col("school_year") == asked.year).collect()
    return [
        {"name": label(monitoring.label("part", row["part"])), "outcome": row["outcome"]}
        for row in found.iter_rows(named=True)
    ]


def measure_rows(asked: Asked) -> list[Row]:
    """Every measure of the year: value, limit, room, change, direction; those beyond their limits first."""
    found = asked.watch.frame("directions", year=asked.year)
    measured = asked.watch.monitoring.measured
    rows = []
    for row in found.iter_rows(named=True):
        measure = Measure(row["kind"], row["stage"] or "", row["name"], measure_name(asked, row))
        rows.append(
            {
                **row,
                "measure": measure.label,
                "unit": unit_word(measured.unit(row["kind"], row["name"])),
                "said": figure_words(measure, row["value"]),
                "said_last": figure_words(measure, row["last_value"]),
                "said_limit": _limit_words(row),
            }
        )
    rows.sort(key=lambda row: (row["room"] is None, row["room"] if row["room"] is not None else 0))
    return rows


def _limit_words(row: Mapping[str, Any]) -> str:
    if row["limit"] is None:
        return "—"
    return f"{_SIGNS.get(row['operator'] or '', '')} {number(row['limit'])}".strip()


def charts(asked: Asked) -> list[Row]:
    """The coefficients of each stage nearest to their limits, over the years; and the share of schools that pass."""
    standard = load_standard(asked.watch.standard)
    found = asked.watch.frame("directions", kind=CV)
    drawn = []
    for own in standard.stages:
        of_stage = found.filter((pl.col("stage") == own) & pl.col("value").is_finite())
        now = of_stage.filter(pl.col("school_year") == asked.year).sort("room", nulls_last=True)
        chosen = now["name"].to_list()[:_LINES]
        rows = [
            {"year": row["school_year"], "series": _short(asked, row["name"]), "value": row["value"]}
            for name in chosen
            for row in of_stage.filter(pl.col("name") == name).sort("school_year").iter_rows(named=True)
        ]
        if not rows:
            continue
        limits = of_stage.filter(pl.col("name") == chosen[0]).select("school_year", "limit").drop_nulls()
        title = _("%(stage)s：离限值最近的 %(count)s 项差异系数") % {"stage": stage_word(own), "count": len(chosen)}
        spec = trend(
            rows, limits=_changes(limits.sort("school_year").rows()), title=_("差异系数"), digits=3, language=language()
        )
        columns = [("series", _("指标")), ("year", _("学年")), ("value", _("差异系数"))]
        drawn.append({"id": f"cv-{own}", "title": title, "spec": spec, "table": table(rows, columns)})
    return drawn


def _short(asked: Asked, name: str) -> str:
    """The name of the indicator alone: the title says that it is its coefficient."""
    if name == COMPOSITE:
        return _("综合")
    return label(load_standard(asked.watch.standard).resources[name])


def _changes(limits: Sequence[tuple[int, float]]) -> list[Row]:
    found: list[Row] = []
    for year, limit in limits:
        if not found or found[-1]["limit"] != limit:
            found.append({"from": year, "limit": limit})
    return found


def slipped_rows(asked: Asked, user: Person) -> list[Row]:
    """Schools that passed the year before and no longer do; a door where this server knows the school."""
    found = asked.watch.frame("slipped_schools", year=asked.year)
    monitoring = asked.watch.monitoring
    mine = places_for(user, Action.VIEW_SCHOOL_RESULT).filter(kind=PlaceKind.SCHOOL)
    known = set(mine.filter(code__in=found["school_code"].to_list()).values_list("code", flat=True))
    return [
        {
            "code": row["school_code"],
            "school": row["school_name"] or row["school_code"],
            "stage": row["stage"],
            "before": row["before"],
            "outcome": row["outcome"],
            "turned": listed(label(monitoring.label("indicator", name)) for name in row["turned"]),
            "is_known": row["school_code"] in known,
        }
        for row in found.iter_rows(named=True)
    ]


def heads() -> tuple[str, ...]:
    return (
        _("指标"),
        _("数值"),
        _("单位"),
        _("限值"),
        _("离限值的余量"),
        _("结论"),
        _("上一学年"),
        _("变化"),
        _("每年变化"),
        _("方向"),
    )


def export_rows(rows: Iterable[Row]) -> Iterable[tuple[object, ...]]:
    words = {"improving": _("好转"), "steady": _("平稳"), "worsening": _("变差")}
    for row in rows:
        yield (
            row["measure"],
            row["value"],
            row["unit"],
            row["limit"],
            row["room"],
            outcome_word(row["outcome"]),
            row["last_value"],
            row["change"],
            row["slope"],
            words.get(row["direction"] or "", ""),
        )
