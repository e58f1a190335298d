"""Before and after a plan: where each figure stood, where it comes to, and the limit between them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from junheng.reporting.charts.theme import (
    HALO,
    INK,
    LABEL_SIZE,
    OUTCOME_COLOURS,
    SOFT,
    WORDS,
    Language,
    Spec,
    by_outcome,
    figure,
    frame,
    named_lines,
)

_STEP = 22


def before_after(
    rows: Sequence[Mapping[str, Any]],
    *,
    title: str,
    digits: int = 3,
    lines: Sequence[tuple[float, str]] = (),
    language: Language = "zh",
) -> Spec:
    """A hollow dot before and a full one after on one thread; a tick marks the limit of the row.

    Args:
        rows: group, series (both as shown), before, after, and where they are judged limit, outcome_before,
            outcome_after (of the full dot's colour), href. Where no row has a series the names stand at the axis.
        lines: limits that all rows share, named at the top.
    """
    words = {"zh": ("现在", "方案后"), "en": ("now", "after the plan")}[language]
    drawn = [
        {
            "group": row["group"],
            "series": row["series"],
            "before": float(row["before"]),
            "after": float(row["after"]),
            "limit": None if row.get("limit") is None else float(row["limit"]),
            "outcome": row.get("outcome_after") or "met",
            "outcome_before": row.get("outcome_before") or "unmet",
            "word": WORDS[language].get(row.get("outcome_after") or "", ""),
            "said": f"{figure(float(row['before']), digits)} → {figure(float(row['after']), digits)}",
            "href": row.get("href"),
        }
        for row in rows
        if row["before"] is not None and row["after"] is not None
    ]
    named = [{"group": name, "series": ""} for name in dict.fromkeys(row["group"] for row in drawn)]
    series = list(dict.fromkeys(row["series"] for row in drawn))
    highest = max((value for row in drawn for value in (row["before"], row["after"], row["limit"] or 0)), default=1)
    place = _grouped(series) if any(series) else _plain([row["group"] for row in drawn])

    def x(field: str) -> Spec:
        scale = {"domain": [0, highest * 1.5 or 1], "zero": True}
        return {"field": field, "type": "quantitative", "title": title, "scale": scale, "axis": {"tickCount": 5}}

    tooltip = [
        {"field": "group", "title": {"zh": "指标", "en": "Indicator"}[language]},
        {"field": "series", "title": {"zh": "学段", "en": "Stage"}[language]},
        {"field": "before", "title": words[0], "format": f",.{digits}f"},
        {"field": "after", "title": words[1], "format": f",.{digits}f"},
        {"field": "word", "title": {"zh": "结论", "en": "Outcome"}[language]},
    ]
    dot: Spec = {"type": "point", "size": 85, "strokeWidth": 2, "opacity": 1}
    hollow = {**by_outcome("outcome_before"), "scale": _strokes()}
    layers: list[Spec] = [
        {
            "mark": {"type": "rule", "strokeWidth": 2, "color": SOFT, "opacity": 0.5},
            "encoding": {**place, "x": x("before"), "x2": {"field": "after"}},
        },
        {
            "mark": {**dot, "fill": "#ffffff"},
            "encoding": {**place, "x": x("before"), "stroke": hollow, "tooltip": tooltip},
        },
        {
            "mark": {**dot, "filled": True},
            "encoding": {
                **place,
                "x": x("after"),
                "color": by_outcome(),
                "href": {"field": "href"},
                "tooltip": tooltip,
            },
        },
        {
            "transform": [{"filter": "isValid(datum.limit)"}],
            "mark": {"type": "tick", "color": INK, "thickness": 3, "bandSize": _STEP - 4},
            "encoding": {**place, "x": x("limit")},
        },
        {
            "mark": {"type": "text", "align": "right", "baseline": "middle"},
            "encoding": {**place, "x": {"value": "width"}, "text": {"field": "said"}},
        },
    ]
    if any(series):
        layers += _heads(named, place)
    said = {"zh": "；", "en": "; "}[language].join(f"{row['group']} {row['series']} {row['said']}" for row in drawn)
    description = {
        "zh": f"{title}，空心点为现在，实心点为方案后：{said}。",
        "en": f"{title}; hollow dots are now, full dots after the plan: {said}.",
    }[language]
    return frame(description, drawn, layers + named_lines([(at, name, True) for at, name in lines]), {"step": _STEP})


def _grouped(series: Sequence[str]) -> Spec:
    """Rows in groups, the name of the group above its rows."""
    return {
        "y": {"field": "group", "type": "nominal", "sort": None, "axis": None, "scale": {"paddingInner": 0.12}},
        "yOffset": {
            "field": "series",
            "type": "nominal",
            "sort": ["", *series],
            "scale": {"domain": ["", *series], "paddingInner": 0.14},
        },
    }


def _plain(names: Sequence[str]) -> Spec:
    return {"y": {"field": "group", "type": "nominal", "sort": list(names), "title": None}}


def _heads(named: Sequence[Mapping[str, str]], place: Spec) -> list[Spec]:
    """Names of groups, and of the rows in them."""
    return [
        {
            "data": {"values": list(named)},
            "mark": {"type": "text", "align": "left", "baseline": "middle", "fontWeight": 600, "fontSize": LABEL_SIZE},
            "encoding": {**place, "x": {"value": 0}, "text": {"field": "group"}},
        },
        *(
            {"mark": mark, "encoding": {**place, "x": {"value": 0}, "text": {"field": "series"}}}
            for mark in (_left() | HALO, _left())
        ),
    ]


def _left() -> Spec:
    return {"type": "text", "align": "left", "dx": 6, "baseline": "middle"}


def _strokes() -> Spec:
    return {"domain": list(OUTCOME_COLOURS), "range": list(OUTCOME_COLOURS.values())}
