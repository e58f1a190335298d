"""预测: what was, what is expected, and how far it may lie beside it: a lighter band 95 %, a darker one 80 %."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from junheng.reporting.charts.theme import ACCENT, INK, Language, Spec, figure, frame, titled

_HALF = 0.5
_WIDE, _NARROW = "#dcebed", "#a9cdd1"


def forecast_fan(
    past: Sequence[Mapping[str, Any]],
    expected: Sequence[Mapping[str, Any]],
    *,
    title: str,
    unit: str = "",
    language: Language = "zh",
) -> Spec:
    """A line over the years, dashed from the last known one on.

    Args:
        past: year, value; None where it is not known.
        expected: year, value, low_80, high_80, low_95, high_95; ends that nobody can give are None.
    """
    words = {
        "zh": {"year": "学年", "past": "实际", "next": "预测", "80": "80% 区间", "95": "95% 区间"},
        "en": {"year": "Year", "past": "filed", "next": "forecast", "80": "80 % interval", "95": "95 % interval"},
    }[language]
    known = [row for row in past if row["value"] is not None]
    joint = [{**known[-1], "low_80": None, "high_80": None, "low_95": None, "high_95": None}] if known else []

    def span(row: Mapping[str, Any], share: str) -> str:
        low, high = row[f"low_{share}"], row[f"high_{share}"]
        return "—" if low is None or high is None else f"{figure(low, 0)} – {figure(high, 0)}"

    ahead = [
        {**row, "said": figure(row["value"], 0), "s80": span(row, "80"), "s95": span(row, "95")}
        for row in [*joint, *expected]
    ]
    # The fan opens at the last known value.
    fan = [
        {**row, **{f"{end}_{share}": row["value"] for share in ("80", "95") for end in ("low", "high")}}
        for row in joint
    ] + [dict(row) for row in expected]
    years = sorted({int(row["year"]) for row in [*past, *expected]})
    values = [
        float(row[name]) for row in [*known, *expected] for name in ("value", "high_95", "high_80") if row.get(name)
    ]
    top = max(values, default=1) * 1.12
    x: Spec = {
        "field": "year",
        "type": "quantitative",
        "title": None,
        "scale": {"domain": [years[0] - _HALF, years[-1] + _HALF] if years else [0, 1], "zero": False, "nice": False},
        "axis": {"values": years, "format": "d", "grid": False, "labelOverlap": True},
    }
    y: Spec = {
        "type": "quantitative",
        "title": titled(title, unit, language),
        "scale": {"domain": [0, top], "nice": False},
        "axis": {"tickCount": 5},
    }
    line = {"encoding": {"x": x, "y": {**y, "field": "value"}}}
    tips = [{"field": "year", "title": words["year"], "format": "d"}]
    said_past = [*tips, {"field": "said", "title": words["past"]}]
    said_next = [
        *tips,
        {"field": "said", "title": words["next"]},
        {"field": "s80", "title": words["80"]},
        {"field": "s95", "title": words["95"]},
    ]
    shown = [{**row, "said": figure(row["value"], 0)} for row in known]
    dots = {"type": "circle", "size": 60, "opacity": 1}
    layers: list[Spec] = [
        _fan(fan, "95", _WIDE, x, y),
        _fan(fan, "80", _NARROW, x, y),
        {
            "data": {"values": ahead},
            "mark": {"type": "line", "strokeWidth": 2, "strokeDash": [5, 3], "color": INK},
            **line,
        },
        {"data": {"values": shown}, "mark": {"type": "line", "strokeWidth": 2.5, "color": ACCENT}, **line},
        {
            "data": {"values": ahead[len(joint) :]},
            "mark": {**dots, "color": INK},
            "encoding": {**line["encoding"], "tooltip": said_next},
        },
        {
            "data": {"values": shown},
            "mark": {**dots, "color": ACCENT},
            "encoding": {**line["encoding"], "tooltip": said_past},
        },
    ]
    said = {"zh": "；", "en": "; "}[language].join(
        f"{row['year']}: {row['said']}" for row in [*shown, *ahead[len(joint) :]]
    )
    return frame(f"{title} {said}", [], layers, 260)


def _fan(rows: Sequence[Mapping[str, Any]], share: str, colour: str, x: Spec, y: Spec) -> Spec:
    known = [row for row in rows if row[f"low_{share}"] is not None and row[f"high_{share}"] is not None]
    return {
        "data": {"values": known},
        "mark": {"type": "area", "color": colour},
        "encoding": {"x": x, "y": {**y, "field": f"low_{share}"}, "y2": {"field": f"high_{share}"}},
    }
