"""What the page of trends shows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import polars as pl
from django.utils.translation import gettext as _

from junheng.monitoring.observed import CV
from junheng.reporting.charts.bands import bands
from junheng.reporting.charts.table import table
from junheng.reporting.charts.trend import trend
from junheng.standards.library import load_standard
from junheng.web.dashboards.overview_content import language
from junheng.web.monitoring.area import said
from junheng.web.monitoring.asked import Asked
from junheng.web.monitoring.map_content import figure_words
from junheng.web.monitoring.measures import Measure
from junheng.web.templatetags.words import label
from junheng.web.templatetags.words import stage as stage_word
from junheng.web.templatetags.words import unit as unit_word

Row = dict[str, Any]
_LOCATIONS = ("urban", "town", "rural")


def spread_rows(asked: Asked, measure: Measure) -> list[Row]:
    """How a measure lies over the counties, a row a year: known, lowest, low, middle, high, highest, passed, limit.

    Low and high are the quartiles. Of a single county all of them are its value.
    """
    values = _values(asked, measure)
    rows = []
    for year in asked.years:
        own = values.filter(pl.col("school_year") == year)
        known = own["value"].drop_nulls()
        limits = own["limit"].drop_nulls()
        rows.append(
            {
                "year": year,
                "counties": own.height,
                "known": len(known),
                "lowest": known.min(),
                "low": known.quantile(0.25, "linear"),
                "middle": known.median(),
                "high": known.quantile(0.75, "linear"),
                "highest": known.max(),
                "passed": int(own["passes"].sum()),
                "limit": limits.mode().sort()[0] if len(limits) else None,
            }
        )
    return rows


def _values(asked: Asked, measure: Measure) -> pl.DataFrame:
    """school_year, value, limit, passes of each county."""
    if measure.is_share:
        return asked.counties.select(
            "school_year",
            value="met_share",
            limit=pl.lit(None, pl.Float64),
            passes=pl.col("outcome").is_in(["met", "tolerated"]),
        )
    found = asked.watch.frame("directions", kind=measure.kind, stage=measure.stage, name=measure.name)
    unknown = pl.col("outcome").eq_missing("unknown")
    return found.select(
        "school_year",
        "limit",
        value=pl.when(~unknown & pl.col("value").is_finite()).then("value"),
        passes=pl.col("outcome").is_in(["met", "tolerated"]).fill_null(value=False),
    )


def trend_answer(asked: Asked, measure: Measure, rows: Sequence[Row]) -> str:
    """How the middle moved from the first year with a value to the last."""
    known = [row for row in rows if row["middle"] is not None]
    about = {"area": said(asked.area), "measure": measure.label}
    if not known:
        return _("%(area)s：%(measure)s还没有数据") % about
    first, last = known[0], known[-1]
    about |= {"year": last["year"], "value": figure_words(measure, last["middle"])}
    if asked.area.is_county:
        text = _("%(area)s：%(measure)s %(year)s 学年为 %(value)s") % about
    else:
        text = _("%(area)s：%(measure)s %(year)s 学年中位数 %(value)s") % about
    if first is not last:
        before = {"year": first["year"], "value": figure_words(measure, first["middle"])}
        text += _("，%(year)s 学年为 %(value)s") % before
    return text


def charts(asked: Asked, measure: Measure, rows: Sequence[Row]) -> list[dict[str, Any]]:
    found = [_spread(asked, measure, rows), _shares(asked)]
    if measure.kind == CV and measure.name in load_standard(asked.watch.standard).resources:
        found.append(_by_location(asked, measure))
    return [chart for chart in found if chart]


def _spread(asked: Asked, measure: Measure, rows: Sequence[Row]) -> dict[str, Any]:
    limits = _changes(rows)
    scale = 100 if measure.is_share else 1
    axis = _("差异系数") if measure.kind == CV else ""  # the title of the chart says the rest
    unit = "%" if measure.is_share else ""
    digits = 1 if measure.is_share else 3 if measure.kind == CV else None
    scaled = [
        {
            **row,
            **{
                name: None if row[name] is None else row[name] * scale
                for name in ("lowest", "low", "middle", "high", "highest")
            },
        }
        for row in rows
    ]
    if asked.area.is_county:
        points = [{"year": row["year"], "value": row["middle"]} for row in scaled]
        spec = trend(points, limits=limits, title=axis, unit=unit, digits=digits, language=language())
    else:
        words = {"middle": _("中位数"), "inner": _("中间一半的县"), "outer": _("最低至最高")}
        spec = bands(scaled, limits=limits, title=axis, words=words, unit=unit, digits=digits, language=language())
    note = "" if asked.area.is_county else _("点是中位数，深色是中间一半的县，细线从最低的县到最高的县；虚线是限值。")
    return {"id": "spread", "title": measure.label, "spec": spec, "note": note, "table": None}


def _changes(rows: Sequence[Row]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for row in rows:
        if row["limit"] is not None and (not found or found[-1]["limit"] != row["limit"]):
            found.append({"from": row["year"], "limit": row["limit"]})
    return found


def _shares(asked: Asked) -> dict[str, Any]:
    by_year = asked.counties.group_by("school_year").agg(
        counties=pl.len(),
        passed=pl.col("outcome").is_in(["met", "tolerated"]).sum(),
        schools=pl.col("schools").sum(),
        met=pl.col("met").sum(),
    )
    rows = []
    for row in by_year.sort("school_year").iter_rows(named=True):
        year = row["school_year"]
        if not asked.area.is_county:
            rows.append({"year": year, "series": _("达标的县"), "value": 100 * row["passed"] / row["counties"]})
        if row["schools"]:
            rows.append({"year": year, "series": _("达标的学校"), "value": 100 * row["met"] / row["schools"]})
    title = _("达标比例")
    columns = [("series", _("范围")), ("year", _("学年")), ("value", _("达标比例（%）"))]
    spec = trend(rows, title=title, unit="%", digits=1, language=language())
    return {"id": "shares", "title": title, "spec": spec, "note": "", "table": table(rows, columns)}


def _by_location(asked: Asked, measure: Measure) -> dict[str, Any]:
    """What a pupil finds on average in 城区, 镇区 and 乡村, weighted by pupils."""
    indicator = load_standard(asked.watch.standard).resources[measure.name]
    found = asked.watch.frame("school_distribution", by="location").filter(
        (pl.col("indicator") == measure.name) & (pl.col("stage") == measure.stage)
    )
    names = {"urban": _("城区"), "town": _("镇区"), "rural": _("乡村")}
    rows = [
        {"year": row["school_year"], "series": names[row["group"]], "value": row["mean"], "schools": row["known"]}
        for own in _LOCATIONS
        for row in found.filter(pl.col("group") == own).sort("school_year").iter_rows(named=True)
    ]
    if not any(row["value"] is not None for row in rows):
        return {}
    title = _("%(stage)s · %(indicator)s，城区、镇区、乡村") % {
        "stage": stage_word(measure.stage),
        "indicator": label(indicator),
    }
    spec = trend(rows, title=_("平均"), unit=unit_word(indicator.unit), language=language())
    columns = [("series", _("城乡")), ("year", _("学年")), ("schools", _("学校")), ("value", _("平均（按学生数）"))]
    note = _("按学生数加权的平均值，不是学校的简单平均。")
    return {"id": "locations", "title": title, "spec": spec, "note": note, "table": table(rows, columns)}


def heads() -> tuple[str, ...]:
    return (
        _("学年"),
        _("县"),
        _("有数据的县"),
        _("最低"),
        _("下四分位数"),
        _("中位数"),
        _("上四分位数"),
        _("最高"),
        _("达标的县"),
        _("限值"),
    )


def export_rows(rows: Iterable[Row]) -> Iterable[tuple[object, ...]]:
    keys = ("year", "counties", "known", "lowest", "low", "middle", "high", "highest", "passed", "limit")
    for row in rows:
        yield tuple(row[key] for key in keys)
