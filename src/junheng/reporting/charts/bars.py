"""Bars in groups, each against its own limit: the name of the group above them, so that a phone has room too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from junheng.reporting.charts.theme import INK, LABEL_SIZE, Spec, frame, named_lines

_STEP = 21


def grouped_bars(
    rows: Sequence[Mapping[str, Any]],
    *,
    description: str,
    title: str,
    colour: Spec,
    tooltip: Sequence[Spec],
    lines: Sequence[tuple[float, str, bool]],
    number_format: str = "",
) -> Spec:
    """Bars from zero; the value is written at the right edge, a tick on the bar marks its limit.

    Args:
        rows: group, series, value, limit (or None), said (the value in words), href.
        lines: limits named at the top (see ``named_lines``).
    """
    series = list(dict.fromkeys(row["series"] for row in rows))
    named = [{"group": name, "series": ""} for name in dict.fromkeys(row["group"] for row in rows)]
    highest = max((value for row in rows for value in (row["value"], row["limit"] or 0)), default=1)
    place: Spec = {
        "y": {"field": "group", "type": "nominal", "sort": None, "axis": None, "scale": {"paddingInner": 0.12}},
        "yOffset": {
            "field": "series",
            "type": "nominal",
            "sort": ["", *series],
            "scale": {"domain": ["", *series], "paddingInner": 0.14},
        },
    }
    axis: Spec = {"tickCount": 5, **({"format": number_format} if number_format else {})}
    x: Spec = {
        "field": "value",
        "type": "quantitative",
        "title": title or None,
        "scale": {"domain": [0, highest * 1.4 or 1], "zero": True},
        "axis": axis,
    }
    zero: Spec = {"datum": 0, "type": "quantitative"}
    layers: list[Spec] = [
        {
            "mark": {"type": "bar", "cornerRadiusEnd": 2},
            "encoding": {**place, "x": x, "color": colour, "href": {"field": "href"}, "tooltip": list(tooltip)},
        },
        {
            "data": {"values": named},
            "mark": {"type": "text", "align": "left", "baseline": "middle", "fontWeight": 600, "fontSize": LABEL_SIZE},
            "encoding": {**place, "x": {"value": 0}, "text": {"field": "group"}},
        },
        {
            "mark": {"type": "text", "align": "left", "dx": 6, "baseline": "middle"},
            "encoding": {**place, "x": zero, "text": {"field": "series"}},
        },
        {
            "transform": [{"filter": "isValid(datum.limit)"}],
            "mark": {"type": "tick", "color": INK, "thickness": 3, "bandSize": _STEP - 3},
            "encoding": {**place, "x": {"field": "limit", "type": "quantitative"}},
        },
        {
            "mark": {"type": "text", "align": "right", "baseline": "middle"},
            "encoding": {**place, "x": {"value": "width"}, "text": {"field": "said"}},
        },
    ]
    return frame(description, rows, layers + named_lines(lines), {"step": _STEP})
