"""学校与要求对照: how far each indicator of one school is from its limit, in per cent of the limit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from junheng.reporting.charts.theme import HALO, INK, WORDS, Language, Spec, apart, by_outcome, frame, named_lines

# Beyond twice the limit nothing more is learned; the bar is cut there and its figure tells the rest.
_MOST = 200
# Figures of bars that end this near below the limit stand behind its line, which would else run through them.
_NEAR = 45
_LONGEST = 380  # pixels for the name of an indicator with its stage: none is cut
_ROOMY = 10  # rows; more stand closer, so that a school with two stages stays on its page


def attainment(rows: Sequence[Mapping[str, Any]], *, language: Language = "zh") -> Spec:
    """Bars of value ÷ limit with a line at 100 %; an indicator without a value keeps its row, without a bar.

    Args:
        rows: label, percent (of the limit; None where unknown), said (the value in words), outcome, href.
    """
    words = WORDS[language]
    names = apart(str(row["label"]) for row in rows)
    drawn = [
        {
            **row,
            "label": name,
            "percent": None if row["percent"] is None else min(float(row["percent"]), _MOST),
            "at": _beside(row["percent"]),
            "word": words.get(row["outcome"] or "", ""),
        }
        for name, row in zip(names, rows, strict=True)
    ]
    top = max((100, *(row["percent"] for row in drawn if row["percent"] is not None))) * 1.45
    y: Spec = {"field": "label", "type": "nominal", "sort": None, "title": None, "axis": {"labelLimit": _LONGEST}}
    x: Spec = {
        "field": "percent",
        "type": "quantitative",
        "title": {"zh": "数值占要求的百分比（%）", "en": "Value in per cent of the limit"}[language],
        "scale": {"domain": [0, top], "zero": True, "nice": False},
        "axis": {"values": [0, 50, 100, 150, 200]},
    }
    tooltip = [
        {"field": "label", "title": {"zh": "指标", "en": "Indicator"}[language]},
        {"field": "said", "title": {"zh": "数值", "en": "Value"}[language]},
        {"field": "word", "title": {"zh": "结论", "en": "Outcome"}[language]},
    ]
    layers: list[Spec] = [
        {
            "mark": {"type": "bar", "cornerRadiusEnd": 2},
            "encoding": {"y": y, "x": x, "color": by_outcome(), "href": {"field": "href"}, "tooltip": tooltip},
        },
    ]
    figures: list[Spec] = [
        {
            "mark": {"type": "text", "align": "left", "baseline": "middle", "dx": 6, **halo},
            "encoding": {
                "y": y,
                "x": {"field": "at", "type": "quantitative"},
                "text": {"field": "said"},
                "color": {"value": colour},
            },
        }
        for halo, colour in ((HALO, "#ffffff"), ({}, INK))  # so that the line of the limit may pass
    ]
    told = [f"{row['label']} {row['said']} {row['word']}".strip() for row in drawn]
    said = {"zh": "；", "en": "; "}[language].join(told)
    sentence = {
        "zh": f"各项指标的数值与要求对照：{said}。",
        "en": f"Each indicator against its limit: {said}.",
    }[language]
    line = {"zh": "要求", "en": "limit"}[language]
    step = 19 if len(drawn) <= _ROOMY else 15
    return frame(sentence, drawn, layers + named_lines([(100, f"{line} 100%", False)]) + figures, {"step": step})


def _beside(percent: float | None) -> float:
    """Where the figure of a bar begins: at its end, beyond the limit where that is near."""
    if percent is None:
        return 0
    return 100 if _NEAR <= percent < 100 else min(float(percent), _MOST)
