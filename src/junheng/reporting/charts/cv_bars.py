"""校际差异系数: the coefficient of each indicator and stage against its limit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from junheng.reporting.charts.bars import grouped_bars
from junheng.reporting.charts.theme import WORDS, Language, Spec, by_outcome


def cv_bars(rows: Sequence[Mapping[str, Any]], *, language: Language = "zh") -> Spec:
    """Bars from zero, one per indicator and stage, each with a tick at its own limit.

    Args:
        rows: indicator, stage (both as shown), cv, limit, outcome, href.
    """
    words = WORDS[language]
    drawn = [
        {
            "group": row["indicator"],
            "series": row["stage"],
            "value": float(row["cv"]),
            "limit": None if row["limit"] is None else float(row["limit"]),
            "said": f"{float(row['cv']):.3f} {words.get(row['outcome'] or '', '')}".strip(),
            "outcome": row["outcome"],
            "href": row.get("href"),
        }
        for row in rows
        if row["cv"] is not None
    ]
    limits = dict.fromkeys((row["series"], row["limit"]) for row in drawn if row["limit"] is not None)
    said = {"zh": "；", "en": "; "}[language].join(f"{row['group']} {row['series']} {row['said']}" for row in drawn)
    return grouped_bars(
        drawn,
        description={
            "zh": f"各指标校际差异系数，竖线为达标要求：{said}。",
            "en": f"Coefficients of variation by indicator; the ticks are the limits: {said}.",
        }[language],
        title={"zh": "校际差异系数", "en": "Coefficient of variation between schools"}[language],
        colour=by_outcome(),
        tooltip=[
            {"field": "group", "title": {"zh": "指标", "en": "Indicator"}[language]},
            {"field": "series", "title": {"zh": "学段", "en": "Stage"}[language]},
            {"field": "said", "title": {"zh": "差异系数", "en": "CV"}[language]},
            {"field": "limit", "title": words["limit"], "format": ".2f"},
        ],
        lines=[(limit, f"{stage} ≤ {limit:.2f}", True) for stage, limit in limits],
        number_format=".2f",
    )
