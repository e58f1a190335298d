"""城乡、乡镇比较: the mean of groups of schools side by side, against the limit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from junheng.reporting.charts.bars import grouped_bars
from junheng.reporting.charts.theme import WORDS, Language, Spec, digits_for, figure, titled

# Light enough for the words on them; a county compares two stages, at most three.
_SHADES = ("#8fc0c6", "#c9b58a", "#b9b9d9")


def groups(
    rows: Sequence[Mapping[str, Any]],
    *,
    title: str = "",
    unit: str = "",
    limit: float | Mapping[str, float] | None = None,
    digits: int | None = None,
    language: Language = "zh",
) -> Spec:
    """Bars from zero, one per group and series.

    Args:
        rows: group, value, series (小学, 初中), schools (how many), href; names as shown.
        limit: one limit, or one by series.
    """
    found = [row for row in rows if row["value"] is not None]
    places = digits if digits is not None else digits_for(float(row["value"]) for row in found)
    names = list(dict.fromkeys(str(row.get("series") or "") for row in found))
    if isinstance(limit, Mapping):
        limits = {name: float(limit[name]) for name in names if name in limit}
        lines = [(at, f"{name} ≥ {at:g}", True) for name, at in limits.items()]
    else:
        limits = {} if limit is None else dict.fromkeys(names, float(limit))
        lines = [] if limit is None else [(float(limit), f"{WORDS[language]['limit']} ≥ {limit:g}", True)]
    drawn = [
        {
            **row,
            "series": (name := str(row.get("series") or "")),
            "value": float(row["value"]),
            "limit": limits.get(name),
            "said": figure(float(row["value"]), places),
        }
        for row in found
    ]
    said = {"zh": "；", "en": "; "}[language].join(f"{row['group']} {row['series']} {row['said']}" for row in drawn)
    return grouped_bars(
        drawn,
        description=f"{title} {said}".strip(),
        title=titled(title, unit, language),
        colour={
            "field": "series",
            "type": "nominal",
            "scale": {"domain": names, "range": list(_SHADES)},
            "legend": None,
        },
        tooltip=[
            {"field": "group", "title": {"zh": "组别", "en": "Group"}[language]},
            {"field": "series", "title": {"zh": "学段", "en": "Stage"}[language]},
            {"field": "said", "title": title or {"zh": "平均值", "en": "Mean"}[language]},
            {"field": "schools", "title": {"zh": "学校数", "en": "Schools"}[language]},
        ],
        lines=lines,
    )
