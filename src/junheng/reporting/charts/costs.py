"""What a plan costs, by measure or by year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from junheng.reporting.charts.bars import grouped_bars
from junheng.reporting.charts.theme import ACCENT, Language, Spec, figure


def cost_bars(rows: Sequence[Mapping[str, Any]], *, title: str, language: Language = "zh") -> Spec:
    """Bars from zero in 万元; a tick marks the budget where there is one.

    Args:
        rows: name, cost (in 万元), and budget (or None).
    """
    drawn = [
        {
            "group": str(row["name"]),
            "series": "\u200b",  # the name stands in a row of its own above
            "value": float(row["cost"]),
            "limit": None if row.get("budget") is None else float(row["budget"]),
            "said": figure(float(row["cost"]), 2),
            "href": None,
        }
        for row in rows
    ]
    said = {"zh": "；", "en": "; "}[language].join(f"{row['group']} {row['said']}" for row in drawn)
    return grouped_bars(
        drawn,
        description={"zh": f"{title}：{said}。", "en": f"{title}: {said}."}[language],
        title=title,
        colour={"value": ACCENT},
        tooltip=[
            {"field": "group", "title": {"zh": "项目", "en": "Item"}[language]},
            {"field": "said", "title": title},
            {"field": "limit", "title": {"zh": "预算", "en": "Budget"}[language], "format": ",.2f"},
        ],
        lines=[],
    )
