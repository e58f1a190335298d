"""指标页: every school on one indicator, sorted, against the limit and the county mean."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from junheng.reporting.charts.theme import (
    HALO,
    WORDS,
    Language,
    Spec,
    apart,
    by_outcome,
    digits_for,
    figure,
    frame,
    named_lines,
    titled,
)


def dot_plot(
    rows: Sequence[Mapping[str, Any]],
    *,
    title: str,
    unit: str = "",
    limit: float | None = None,
    direction: Literal["at_least", "at_most"] = "at_least",
    mean: float | None = None,
    digits: int | None = None,
    language: Language = "zh",
) -> Spec:
    """One row a school, the furthest behind first; a thread from the limit to the dot shows the distance.

    Args:
        rows: school, value, outcome, href, and ``mine`` (true for the school whose page this is).
    """
    words = WORDS[language]
    sign = -1 if direction == "at_most" else 1
    found = sorted((row for row in rows if row["value"] is not None), key=lambda row: sign * float(row["value"]))
    places = digits if digits is not None else digits_for(float(row["value"]) for row in found)
    names = apart(str(row["school"]) for row in found)
    drawn = [
        {
            **row,
            "school": name,
            "value": float(row["value"]),
            "limit": None if limit is None else float(limit),
            "said": figure(float(row["value"]), places),
            "word": words.get(row.get("outcome") or "", ""),
        }
        for name, row in zip(names, found, strict=True)
    ]
    mine = [name for name, row in zip(names, found, strict=True) if row.get("mine")]
    top = max((*(row["value"] for row in drawn), limit or 0, mean or 0), default=1) * 1.12
    axis: Spec = {}
    if mine:
        test = f"indexof({json.dumps(mine)}, datum.value) >= 0"
        axis = {"labelFontWeight": {"condition": {"test": test, "value": "bold"}, "value": "normal"}}
    y: Spec = {"field": "school", "type": "nominal", "sort": names, "title": None, "axis": axis}
    x: Spec = {
        "field": "value",
        "type": "quantitative",
        "title": titled(title, unit, language),
        "scale": {"domain": [0, top or 1], "zero": True},
        "axis": {"orient": "bottom", "tickCount": 6},
    }
    # Figures stand on the side away from the thread, unless there is no room before the axis.
    below = f"isValid(datum.limit) && datum.value < datum.limit && datum.value > {top * 0.08!r}"
    right: Spec = {"type": "text", "align": "left", "baseline": "middle", "dx": 8}
    layers: list[Spec] = []
    if limit is not None:
        layers.append(
            {
                "mark": {"type": "rule", "strokeWidth": 2, "opacity": 0.55},
                "encoding": {"y": y, "x": x, "x2": {"field": "limit"}, "color": by_outcome()},
            }
        )
    layers += [
        {
            "mark": {"type": "circle", "size": 75, "opacity": 1, "stroke": "#ffffff", "strokeWidth": 0.5},
            "encoding": {
                "y": y,
                "x": x,
                "color": by_outcome(),
                "href": {"field": "href"},
                "tooltip": [
                    {"field": "school", "title": {"zh": "学校", "en": "School"}[language]},
                    {"field": "said", "title": title},
                    {"field": "word", "title": {"zh": "结论", "en": "Outcome"}[language]},
                ],
            },
        },
        *(
            {
                "transform": [{"filter": f"!({below})"}],
                "mark": mark,
                "encoding": {"y": y, "x": x, "text": {"field": "said"}},
            }
            for mark in (right | HALO, right)
        ),
        {
            "transform": [{"filter": below}],
            "mark": {"type": "text", "align": "right", "baseline": "middle", "dx": -8},
            "encoding": {"y": y, "x": x, "text": {"field": "said"}},
        },
    ]
    compare = {"at_least": "≥", "at_most": "≤"}[direction]
    lines = [(float(limit), f"{words['limit']} {compare} {limit:g}", False)] if limit is not None else []
    if mean is not None:
        lines.append(
            (float(mean), f"{ {'zh': '县均', 'en': 'county mean'}[language] } {figure(float(mean), places)}", True)
        )
    missed = sum(row.get("outcome") in ("unmet", "tolerated") for row in found)
    sentence = {
        "zh": f"{title}：{len(drawn)} 所学校从差到好排列，{missed} 所低于达标要求。",
        "en": f"{title}: {len(drawn)} schools, the furthest behind first; {missed} miss the limit.",
    }[language]
    return frame(sentence, drawn, layers + named_lines(lines), {"step": 17})
