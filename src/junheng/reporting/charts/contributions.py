"""差异来源: which schools make up the spread (S²) of one indicator."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from junheng.reporting.charts.theme import Language, Spec, apart, frame, named_lines


def contributions(rows: Sequence[Mapping[str, Any]], *, top: int = 15, language: Language = "zh") -> Spec:
    """Bars of shares, the largest first; a line shows what each would have if all were alike.

    The rest is one line of words.

    Args:
        rows: school, share (of S², 0 to 1), value (as shown), href; all schools of the stage.
    """
    ordered = sorted((row for row in rows if row["share"] is not None), key=lambda row: -float(row["share"]))
    first, rest = ordered[:top], ordered[top:]
    names = apart(str(row["school"]) for row in first)
    drawn: list[dict[str, Any]] = [
        {**row, "school": name, "share": float(row["share"]), "said": _percent(float(row["share"]))}
        for name, row in zip(names, first, strict=True)
    ]
    if rest:
        name = {"zh": f"其余 {len(rest)} 所", "en": f"{len(rest)} others"}[language]
        together = sum(float(row["share"]) for row in rest)
        drawn.append(
            {"school": name, "share": 0, "value": "", "said": {"zh": "合占 ", "en": ""}[language] + _percent(together)}
        )
    y: Spec = {"field": "school", "type": "nominal", "sort": None, "title": None}
    largest = max((row["share"] for row in drawn), default=1) or 1
    x: Spec = {
        "field": "share",
        "type": "quantitative",
        "title": {"zh": "占差异（S²）的比重", "en": "Share of the spread (S²)"}[language],
        "scale": {"domain": [0, largest * 1.15], "zero": True},
        "axis": {"format": "~%", "tickCount": 5},
    }
    tooltip = [
        {"field": "school", "title": {"zh": "学校", "en": "School"}[language]},
        {"field": "said", "title": {"zh": "比重", "en": "Share"}[language]},
        {"field": "value", "title": {"zh": "数值", "en": "Value"}[language]},
    ]
    layers: list[Spec] = [
        {
            "mark": {"type": "bar", "cornerRadiusEnd": 2, "color": "#5f9ea8"},
            "encoding": {"y": y, "x": x, "href": {"field": "href"}, "tooltip": tooltip},
        },
        {
            "mark": {"type": "text", "align": "left", "baseline": "middle", "dx": 6},
            "encoding": {"y": y, "x": x, "text": {"field": "said"}},
        },
    ]
    lines = []
    if ordered:
        even = 1 / len(ordered)
        said = {"zh": f"平均每校 {_percent(even)}", "en": f"even share {_percent(even)}"}[language]
        lines = [(even, said, True)]
    largest_together = _percent(sum(float(row["share"]) for row in first))
    sentence = {
        "zh": f"差异最大的 {len(first)} 所学校合占 {largest_together}。",
        "en": f"The first {len(first)} schools make up {largest_together} of the spread.",
    }[language]
    return frame(sentence, drawn, layers + named_lines(lines), {"step": 24})


def _percent(share: float) -> str:
    return f"{share * 100:.1f}%"
