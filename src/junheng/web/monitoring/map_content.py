"""The map of an area: its counties by verdict, by distance to a limit, by a measure or by number of warnings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from junheng.reporting.charts.county_map import (
    Scale,
    by_amount_scale,
    by_outcome_scale,
    by_room_scale,
    county_map,
    county_tiles,
    with_absent,
)
from junheng.reporting.charts.table import table
from junheng.web.dashboards.overview_content import language
from junheng.web.monitoring.asked import Asked
from junheng.web.monitoring.boundaries import outlines_of
from junheng.web.monitoring.measures import Measure, measures_of
from junheng.web.monitoring.overview_content import CountyRow, absent
from junheng.web.templatetags.words import number
from junheng.web.templatetags.words import outcome as outcome_word

OUTCOME, ROOM, WARNED = "outcome", "room", "warned"


def map_measures(asked: Asked) -> dict[str, str]:
    """What the map can show, by key."""
    return {
        OUTCOME: _("结论"),
        ROOM: _("离最近限值的余量"),
        WARNED: _("预警条数"),
        **{key: measure.label for key, measure in measures_of(asked).items()},
    }


def map_chart(asked: Asked, measure: str, rows: Sequence[CountyRow], *, is_filtered: bool = False) -> dict[str, Any]:
    """The chart of the counties that a filter left, with its table; empty where it left none.

    Without a filter the counties of other years that have nothing of this one are shown as such.
    """
    if not rows:
        return {}
    scale, said = _scale(asked, measure, rows)
    title = map_measures(asked)[measure]
    drawn = [{"code": row.code, "county": row.name, "said": said[row.code], "href": row.href} for row in rows]
    if not is_filtered:
        drawn += [{"code": code, "county": name, "said": "—", "href": ""} for code, name in absent(asked).items()]
        scale = with_absent(scale, absent(asked), language())
        said |= dict.fromkeys(absent(asked), "—")
    outlines = {code: own for code, own in outlines_of(asked.area).items() if code in said}
    about = {"title": title, "count": len(rows)}
    if outlines:
        words = _("%(count)s 个县按“%(title)s”着色的地图") % about
        spec = county_map(drawn, outlines, scale, title=title, description=words, language=language())
    else:
        words = _("%(count)s 个县按“%(title)s”着色，每格一个县") % about
        spec = county_tiles(drawn, scale, title=title, description=words, language=language())
    missing = [row["county"] for row in drawn if row["code"] not in outlines] if outlines else []
    return {
        "spec": spec,
        "title": title,
        "table": table(drawn, [("county", _("县")), ("said", title)]),
        "is_map": bool(outlines),
        "missing": missing,
    }


def _scale(asked: Asked, measure: str, rows: Sequence[CountyRow]) -> tuple[Scale, dict[str, str]]:
    """The classes, and the figure of each county in words."""
    own = language()
    if measure == ROOM:
        rooms = {row.code: row.room for row in rows}
        said = {
            row.code: "—" if row.room is None else f"{number(row.room * 100, 1)}%（{row.tightest}）" for row in rows
        }
        return by_room_scale(rooms, own), said
    if measure == WARNED:
        return by_amount_scale({row.code: row.warned for row in rows}, digits=0, language=own), {
            row.code: str(row.warned) for row in rows
        }
    if measure in (known := measures_of(asked)):
        return _measured(asked, known[measure], rows)
    return by_outcome_scale({row.code: row.outcome for row in rows}, own), {
        row.code: outcome_word(row.outcome) or "—" for row in rows
    }


def _measured(asked: Asked, measure: Measure, rows: Sequence[CountyRow]) -> tuple[Scale, dict[str, str]]:
    values = {row.code: row.share for row in rows} if measure.is_share else dict.fromkeys(row.code for row in rows)
    if not measure.is_share:
        found = asked.watch.frame(
            "directions", kind=measure.kind, stage=measure.stage, name=measure.name, year=asked.year
        )
        values |= {code: value for code, value in found.select("county_code", "value").iter_rows() if code in values}
    said = {code: figure_words(measure, value) for code, value in values.items()}
    return by_amount_scale(values, percent=measure.is_share, language=language()), said


def figure_words(measure: Measure, value: float | None) -> str:
    """A value of a measure as pages write it."""
    if value is None:
        return "—"
    if measure.is_share:
        return f"{number(value * 100, 1)}%"
    return str(number(value, 3 if measure.kind == "cv" else None))
