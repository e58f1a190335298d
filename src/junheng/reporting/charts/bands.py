"""分布逐年: how the values of many counties lie, year by year: the middle, the middle half, the ends; the limit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from junheng.reporting.charts.theme import ACCENT, HALO, INK, Language, Spec, digits_for, figure, frame, titled
from junheng.reporting.charts.trend import limit_steps

_HALF = 0.5
_OUTER, _INNER = "#cfe0e2", "#a9cdd1"
_THIN, _BROAD = 0.04, 0.18  # of a year, to each side


def bands(
    rows: Sequence[Mapping[str, Any]],
    *,
    limits: Sequence[Mapping[str, Any]] = (),
    title: str,
    words: Mapping[str, str],
    unit: str = "",
    digits: int | None = None,
    language: Language = "zh",
) -> Spec:
    """A line in the middle of two bands, from zero.

    Args:
        rows: year, middle, and low, high of the inner band, lowest, highest of the outer one; None: a gap.
        limits: dated limits: from (year), limit.
        words: what the tooltip calls ``middle``, ``inner`` and ``outer``.
    """
    years = [int(row["year"]) for row in rows]
    known = [row for row in rows if row["middle"] is not None]
    places = digits if digits is not None else digits_for(float(row["middle"]) for row in known)
    ends = ("lowest", "low", "middle", "high", "highest")

    def span(row: Mapping[str, Any], low: str, high: str) -> str:
        if row[low] is None or row[high] is None:
            return "—"
        return f"{figure(float(row[low]), places)} – {figure(float(row[high]), places)}"

    drawn: list[dict[str, Any]] = [
        {
            "year": int(row["year"]),
            **{name: None if row[name] is None else float(row[name]) for name in ends},
            "said": "—" if row["middle"] is None else figure(float(row["middle"]), places),
            "inner": span(row, "low", "high"),
            "outer": span(row, "lowest", "highest"),
        }
        for row in rows
    ]
    steps = limit_steps(limits, years, language)
    values = [row[name] for row in drawn for name in ends if row[name] is not None]
    top = max((*values, *(step["limit"] for step in steps)), default=1) * 1.12 or 1
    bottom = min((*values, 0.0))
    first, last = (min(years), max(years)) if years else (0, 0)
    x: Spec = {
        "field": "year",
        "type": "quantitative",
        "title": None,
        "scale": {"domain": [first - _HALF, last + _HALF], "zero": False, "nice": False},
        "axis": {"values": years, "format": "d", "grid": False},
    }
    y: Spec = {
        "type": "quantitative",
        "title": titled(title, unit, language),
        "scale": {"domain": [bottom * 1.12, top], "nice": False},
        "axis": {"tickCount": 5},
    }
    at_limit: Spec = {"x": {"field": "start", "type": "quantitative"}, "y": {"field": "limit", "type": "quantitative"}}
    texts = {"type": "text", "align": "left", "baseline": "bottom", "dx": 2, "dy": -3}
    tooltip = [
        {"field": "year", "title": {"zh": "年度", "en": "Year"}[language], "format": "d"},
        {"field": "said", "title": words["middle"]},
        {"field": "inner", "title": words["inner"]},
        {"field": "outer", "title": words["outer"]},
    ]
    layers: list[Spec] = [
        _band("lowest", "highest", _THIN, _OUTER, y),
        _band("low", "high", _BROAD, _INNER, y),
        {
            "data": {"values": steps},
            "mark": {"type": "rule", "strokeWidth": 1.5, "strokeDash": [5, 3], "color": INK},
            "encoding": {**at_limit, "x2": {"field": "stop"}},
        },
        {
            "mark": {"type": "line", "strokeWidth": 2.5, "color": ACCENT},
            "encoding": {"x": x, "y": {**y, "field": "middle"}},
        },
        {
            "mark": {"type": "circle", "size": 70, "opacity": 1, "color": ACCENT},
            "encoding": {"x": x, "y": {**y, "field": "middle"}, "tooltip": tooltip},
        },
        *(
            {"data": {"values": steps}, "mark": {**texts, **look}, "encoding": {**at_limit, "text": {"field": "said"}}}
            for look in ({**HALO, "color": "#ffffff"}, {"color": INK})
        ),
    ]
    said = {"zh": "；", "en": "; "}[language].join(f"{row['year']}: {row['said']}" for row in drawn)
    return frame(f"{title} {said}", drawn, layers, 280)


def _band(low: str, high: str, half: float, colour: str, y: Spec) -> Spec:
    """A bar a year between two fields; a year without them has none."""
    return {
        "transform": [
            {"calculate": f"datum.year - {half}", "as": "start"},
            {"calculate": f"datum.year + {half}", "as": "stop"},
            {"filter": f"datum.{low} !== null && datum.{high} !== null"},
        ],
        "mark": {"type": "rect", "color": colour},
        "encoding": {
            "x": {"field": "start", "type": "quantitative"},
            "x2": {"field": "stop"},
            "y": {**y, "field": low},
            "y2": {"field": high},
        },
    }
