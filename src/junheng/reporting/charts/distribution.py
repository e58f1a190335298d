"""省市监测: how the counties lie on one value; every county is a dot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil
from statistics import median
from typing import Any, Literal

from junheng.reporting.charts.theme import (
    WORDS,
    Language,
    Spec,
    by_outcome,
    digits_for,
    figure,
    frame,
    named_lines,
    titled,
)

_PILES = 28
_TALLEST = 320
_DOT = 11
_DOTS = {
    "counties": {"zh": "县（市、区）", "en": "County"},
    "schools": {"zh": "学校", "en": "School"},
}


def distribution(
    rows: Sequence[Mapping[str, Any]],
    *,
    title: str,
    unit: str = "",
    limit: float | None = None,
    direction: Literal["at_least", "at_most"] = "at_least",
    digits: int | None = None,
    of: Literal["counties", "schools"] = "counties",
    language: Language = "zh",
) -> Spec:
    """Dots piled where counties have about the same value, from zero, with the limit and the county in the middle.

    Args:
        rows: county, value, outcome, href.
        of: what a dot is; of schools, the field ``county`` names the school.
    """
    words = WORDS[language]
    found = sorted((row for row in rows if row["value"] is not None), key=lambda row: float(row["value"]))
    values = [float(row["value"]) for row in found]
    places = digits if digits is not None else digits_for(values)
    top = max((*values, limit or 0), default=1) * 1.08 or 1
    # A pile ends where the limit is, so that no pile mixes counties on both sides of it.
    width = limit / max(1, round(limit / top * _PILES)) if limit else top / _PILES
    piles: dict[int, int] = {}
    drawn = []
    for row, value in zip(found, values, strict=True):
        place = value / width
        pile = max(0, ceil(place) - 1) if direction == "at_most" else int(place)
        piles[pile] = piles.get(pile, 0) + 1
        drawn.append(
            {
                **row,
                "value": value,
                "at": (pile + 0.5) * width,
                "level": piles[pile],
                "said": figure(value, places),
                "word": words.get(row.get("outcome") or "", ""),
            }
        )
    levels = max(piles.values(), default=1)
    step = min(_DOT, _TALLEST / levels)
    layers: list[Spec] = [
        {
            "mark": {"type": "circle", "size": (step * 0.85) ** 2, "opacity": 1},
            "encoding": {
                "x": {
                    "field": "at",
                    "type": "quantitative",
                    "title": titled(title, unit, language),
                    "scale": {"domain": [0, top], "zero": True, "nice": False},
                    "axis": {"tickCount": 8, "grid": False},
                },
                "y": {
                    "field": "level",
                    "type": "quantitative",
                    "scale": {"domain": [0, levels + 0.5], "nice": False},
                    "axis": None,
                },
                "color": by_outcome(),
                "href": {"field": "href"},
                "tooltip": [
                    {"field": "county", "title": _DOTS[of][language]},
                    {"field": "said", "title": title},
                    {"field": "word", "title": {"zh": "结论", "en": "Outcome"}[language]},
                ],
            },
        }
    ]
    compare = {"at_least": "≥", "at_most": "≤"}[direction]
    lines = [(float(limit), f"{words['limit']} {compare} {limit:g}", False)] if limit is not None else []
    if values:
        middle = median(values)
        lines.append((middle, f"{ {'zh': '中位数', 'en': 'median'}[language] } {figure(middle, places)}", True))
    dots, counted = ("所学校", "所") if of == "schools" else ("个县（市、区）", "个")
    sentence = {"zh": f"{title}：{len(found)} {dots}", "en": f"{title}: {len(found)} {of}"}[language]
    if any(row.get("outcome") for row in found):
        missed = sum(row.get("outcome") == "unmet" for row in found)
        missed_words = {"zh": f"，{missed} {counted}未达标", "en": f", {missed} do not meet the limit"}
        sentence += missed_words[language]
    sentence += {"zh": "。", "en": "."}[language]
    return frame(sentence, drawn, layers + named_lines(lines), max(120, round(step * (levels + 1))))
