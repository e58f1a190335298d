"""How every chart looks: one typeface, one set of colours, lines of limits, the frame around layers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

Language = Literal["zh", "en"]
Spec = dict[str, Any]

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
FACE = "PingFang SC, Microsoft YaHei, Noto Sans CJK SC, sans-serif"
INK, SOFT, GRID = "#1f2937", "#4b5563", "#e1e5ea"
ACCENT = "#0f5c66"
# The same hues as in the pages, light enough for dark words on them.
OUTCOME_COLOURS = {"met": "#6fb3a2", "tolerated": "#dcb04a", "unmet": "#e08a6b", "unknown": "#aab0c9"}
SERIES_COLOURS = (ACCENT, "#b45309", "#5b5ea6", "#4b5563")
WORDS = {
    "zh": {"met": "达标", "tolerated": "余项容许", "unmet": "未达标", "unknown": "无法判定", "limit": "达标要求"},
    "en": {"met": "met", "tolerated": "tolerated", "unmet": "not met", "unknown": "cannot say", "limit": "limit"},
}
LABEL_SIZE = 12
# Words are drawn twice where lines may pass behind them, first in a broad white line.
HALO: Spec = {"stroke": "#ffffff", "strokeWidth": 4, "strokeJoin": "round"}

CONFIG: Spec = {
    "font": FACE,
    "background": "#ffffff",
    "view": {"stroke": None},
    "axis": {
        "labelColor": INK,
        "labelFontSize": LABEL_SIZE,
        "labelLimit": 220,
        "titleColor": SOFT,
        "titleFontSize": LABEL_SIZE,
        "titleFontWeight": "normal",
        "titlePadding": 8,
        "gridColor": GRID,
        "domainColor": "#9aa3af",
        "tickColor": "#9aa3af",
    },
    "axisY": {"ticks": False, "labelPadding": 6},
    "text": {"fontSize": LABEL_SIZE, "color": INK},
}


def titled(title: str, unit: str, language: Language) -> str:
    """The title of an axis, with the unit where there is one."""
    if not unit:
        return title
    return f"{title}（{unit}）" if language == "zh" else f"{title} ({unit})"


def frame(
    description: str, data: Iterable[Mapping[str, Any]], layers: Sequence[Spec], height: int | dict[str, int]
) -> Spec:
    """A whole specification: as wide as its place, with the sentence a screen reader says."""
    return {
        "$schema": SCHEMA,
        "description": description,
        "width": "container",
        "height": height,
        "autosize": {"type": "fit-x", "contains": "padding"},
        "padding": {"left": 2, "top": 4, "right": 4, "bottom": 2},
        "config": CONFIG,
        "data": {"values": [dict(row) for row in data]},
        "layer": list(layers),
    }


def limit_line(
    at: float, text: str, *, align: Literal["left", "right", "center"] = "left", dashed: bool = False
) -> list[Spec]:
    """A line across the chart at a value of x, named at its top."""
    shift = {"left": 4, "right": -4, "center": 0}[align]
    rule: Spec = {"type": "rule", "color": SOFT if dashed else INK, "strokeWidth": 1 if dashed else 1.5}
    if dashed:
        rule["strokeDash"] = [4, 3]
    x = {"datum": at, "type": "quantitative"}
    return [
        {"data": {"values": [{}]}, "mark": rule, "encoding": {"x": x}},
        {
            "data": {"values": [{}]},
            "mark": {
                "type": "text",
                "align": align,
                "dx": shift,
                "baseline": "bottom",
                "fontWeight": "normal" if dashed else 600,
            },
            "encoding": {"x": x, "y": {"value": -4}, "text": {"value": text}},
        },
    ]


def named_lines(lines: Sequence[tuple[float, str, bool]]) -> list[Spec]:
    """Several such lines; names stand away from each other, the lowest to the left of its line."""
    layers: list[Spec] = []
    for at, text, dashed in lines:
        lowest = len(lines) > 1 and at == min(line[0] for line in lines)
        layers += limit_line(at, text, align="right" if lowest else "left", dashed=dashed)
    return layers


def by_outcome(field: str = "outcome") -> Spec:
    """Colour of a mark by its outcome; the word stands beside it in every chart."""
    return {
        "field": field,
        "type": "nominal",
        "scale": {"domain": list(OUTCOME_COLOURS), "range": list(OUTCOME_COLOURS.values())},
        "legend": None,
    }


def figure(value: float, digits: int) -> str:
    return f"{value:,.{digits}f}"


def digits_for(values: Iterable[float]) -> int:
    """As many decimals as tell the values apart: none for thousands, three for coefficients."""
    largest = max((abs(value) for value in values), default=0)
    return 0 if largest >= 1000 else 1 if largest >= 100 else 2 if largest >= 1 else 3


def apart(names: Iterable[str]) -> list[str]:
    """Names that occur twice, made different without a visible sign, so that each keeps a row of its own."""
    seen: dict[str, int] = {}
    different = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        different.append(name + "\u200b" * (seen[name] - 1))
    return different
