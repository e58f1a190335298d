"""分解: amounts that add up, one bar a year or a line each, in parts with their names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from junheng.reporting.charts.theme import (
    ACCENT,
    LABEL_SIZE,
    Language,
    Spec,
    apart,
    digits_for,
    figure,
    frame,
    titled,
)

# Light enough for dark words, apart for the colour-blind.
_COLOURS = (ACCENT, "#86b9bf", "#dcb04a", "#c3c7d9")
_ROW = 30


def stacked(
    rows: Sequence[Mapping[str, Any]],
    *,
    parts: Mapping[str, str],
    title: str,
    unit: str = "",
    along: Literal["years", "names"] = "years",
    digits: int | None = None,
    language: Language = "zh",
) -> Spec:
    """Bars in parts.

    Args:
        rows: label (a year or a name) and an amount for each part; a row with None in a part is left out.
        parts: key of a part → its name, from the axis outwards.
        along: ``years`` stand beside each other, ``names`` below each other.
    """
    known = [row for row in rows if all(row[key] is not None for key in parts)]
    totals = [sum(float(row[key]) for key in parts) for row in known]
    places = digits if digits is not None else max(4, digits_for(totals))
    labels = apart(str(row["label"]) for row in known)
    drawn = [
        {
            "label": label,
            "part": name,
            "order": order,
            "value": float(row[key]),
            "said": figure(float(row[key]), places),
            "share": f"{float(row[key]) / total * 100:.1f}%" if total else "—",
        }
        for row, label, total in zip(known, labels, totals, strict=True)
        for order, (key, name) in enumerate(parts.items())
    ]
    name_axis: Spec = {
        "field": "label",
        "type": "nominal",
        "sort": None,
        "title": None,
        "axis": {"labelAngle": 0, "grid": False},
    }
    if along == "years":
        name_axis["scale"] = {"paddingInner": 0.5, "paddingOuter": 0.4}
    amount_axis: Spec = {
        "field": "value",
        "type": "quantitative",
        "title": titled(title, unit, language),
        "stack": "zero",
        "axis": {"tickCount": 5},
    }
    layers: list[Spec] = [
        {
            "mark": {"type": "bar"},
            "encoding": {
                "x": name_axis if along == "years" else amount_axis,
                "y": amount_axis if along == "years" else name_axis,
                "color": {
                    "field": "part",
                    "type": "nominal",
                    "scale": {"domain": list(parts.values()), "range": list(_COLOURS[: len(parts)])},
                    "legend": {
                        "title": None,
                        "orient": "bottom",
                        # English words are long: two in a row run out of a phone's page.
                        "columns": 1 if language == "en" else 2,
                        "labelFontSize": LABEL_SIZE,
                        "labelLimit": 240,
                    },
                },
                "order": {"field": "order", "type": "quantitative"},
                "tooltip": [
                    {"field": "label", "title": {"zh": "项目", "en": "Bar"}[language]},
                    {"field": "part", "title": {"zh": "部分", "en": "Part"}[language]},
                    {"field": "said", "title": title},
                    {"field": "share", "title": {"zh": "占比", "en": "Share"}[language]},
                ],
            },
        }
    ]
    said = {"zh": "；", "en": "; "}[language].join(
        f"{label}: {figure(total, places)}" for label, total in zip(labels, totals, strict=True)
    )
    height = 280 if along == "years" else max(1, len(known)) * _ROW
    return frame(f"{title} {said}".strip(), drawn, layers, height)
