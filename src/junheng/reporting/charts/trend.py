"""趋势: a value over the years, with the limit as it was in each year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from junheng.reporting.charts.theme import (
    HALO,
    INK,
    SERIES_COLOURS,
    SOFT,
    WORDS,
    Language,
    Spec,
    digits_for,
    figure,
    frame,
    titled,
)

_HALF = 0.5
# Room for one line of words, as a share of the height of the drawing.
_LINE = 17 / 250


def trend(
    rows: Sequence[Mapping[str, Any]],
    *,
    limits: Sequence[Mapping[str, Any]] = (),
    title: str = "",
    unit: str = "",
    digits: int | None = None,
    height: int = 280,
    language: Language = "zh",
) -> Spec:
    """Lines with their values: at every point of a single line, at the end of several; a missing year is a gap.

    Args:
        rows: year, value, and where there are several lines series; href where a point is a door.
        limits: dated limits: from (year), limit, and series where they differ. Each holds until the next of its series.
    """
    years = sorted({int(row["year"]) for row in rows})
    places = digits if digits is not None else digits_for(float(r["value"]) for r in rows if r["value"] is not None)
    drawn = [
        {
            **row,
            "year": int(row["year"]),
            "value": None if row["value"] is None else float(row["value"]),
            "series": str(row.get("series") or ""),
            "said": "" if row["value"] is None else figure(float(row["value"]), places),
        }
        for row in rows
    ]
    series = list(dict.fromkeys(row["series"] for row in drawn))
    several = len(series) > 1
    steps = limit_steps(limits, years, language)
    top = max((*(row["value"] or 0 for row in drawn), *(step["limit"] for step in steps)), default=1) * 1.15 or 1
    first, last = (years[0], years[-1]) if years else (0, 0)
    x: Spec = {
        "field": "year",
        "type": "quantitative",
        "title": None,
        "scale": {"domain": [first - _HALF, last + _HALF], "zero": False, "nice": False},
        "axis": {"values": years, "format": "d", "grid": False},
    }
    y: Spec = {
        "field": "value",
        "type": "quantitative",
        "title": titled(title, unit, language) or None,
        "scale": {"domain": [0, top], "zero": True, "nice": False},
        "axis": {"tickCount": 5},
    }
    names = list(dict.fromkeys([*series, *(step["series"] for step in steps)]))
    colour: Spec = {
        "field": "series",
        "type": "nominal",
        "scale": {"domain": names, "range": [*SERIES_COLOURS[: len(series)], SOFT]},
        "legend": None,
    }
    limit_colour: Spec = colour if several else {"value": INK}
    at_limit: Spec = {
        "x": {"field": "start", "type": "quantitative"},
        "y": {"field": "limit", "type": "quantitative"},
    }
    known = [row for row in drawn if row["value"] is not None]
    layers: list[Spec] = [
        {
            "data": {"values": steps},
            "mark": {"type": "rule", "strokeWidth": 1.5, "strokeDash": [5, 3]},
            "encoding": {**at_limit, "x2": {"field": "stop"}, "color": limit_colour},
        },
        {"mark": {"type": "line", "strokeWidth": 2.5}, "encoding": {"x": x, "y": y, "color": colour}},
        *_words(
            steps,
            {"align": "left", "baseline": "bottom", "dx": 2, "dy": -3},
            {**at_limit, "text": {"field": "said"}},
            limit_colour,
        ),
        {
            "data": {"values": known},
            "mark": {"type": "circle", "size": 70, "opacity": 1},
            "encoding": {
                "x": x,
                "y": y,
                "color": colour,
                "href": {"field": "href"},
                "tooltip": [
                    {"field": "year", "title": {"zh": "年度", "en": "Year"}[language], "format": "d"},
                    *([{"field": "series", "title": {"zh": "项目", "en": "Line"}[language]}] if several else []),
                    {"field": "said", "title": title or {"zh": "数值", "en": "Value"}[language]},
                ],
            },
        },
    ]
    if several:
        ends = _names_at_the_end(known, top)
        place: Spec = {"x": {"value": "width"}, "y": {"field": "at", "type": "quantitative"}, "text": {"field": "word"}}
        layers += _words(ends, {"align": "right", "dx": -2, "fontWeight": 600}, place, colour)
    else:
        at_point: Spec = {"x": x, "y": y, "text": {"field": "said"}}
        layers += _words(known, {"baseline": "top", "dy": 8, "fontWeight": 600}, at_point, {"value": INK})
    said = {"zh": "；", "en": "; "}[language].join(
        f"{row['series']} {row['year']}: {row['said'] or '—'}".strip() for row in drawn
    )
    return frame(f"{title} {said}".strip(), drawn, layers, height)


def _words(rows: Sequence[Mapping[str, Any]], mark: Spec, encoding: Spec, colour: Spec) -> list[Spec]:
    """Words with white behind them, so that lines may pass."""
    data = {"values": list(rows)}
    return [
        {
            "data": data,
            "mark": {"type": "text", **mark, **HALO},
            "encoding": {**encoding, "color": {"value": "#ffffff"}},
        },
        {"data": data, "mark": {"type": "text", **mark}, "encoding": {**encoding, "color": colour}},
    ]


def limit_steps(limits: Sequence[Mapping[str, Any]], years: Sequence[int], language: Language) -> list[dict[str, Any]]:
    """Each dated limit as a line from its first year to the next change, within the years drawn."""
    if not years:
        return []
    steps = []
    for name in dict.fromkeys(str(limit.get("series") or "") for limit in limits):
        own = sorted((dict(e) for e in limits if str(e.get("series") or "") == name), key=lambda e: int(e["from"]))
        for entry, following in zip(own, [*own[1:], None], strict=True):
            start = max(int(entry["from"]), years[0]) - _HALF
            stop = (min(int(following["from"]) - 1, years[-1]) if following else years[-1]) + _HALF
            if start < stop:
                limit = float(entry["limit"])
                said = f"{name} {WORDS[language]['limit']} {limit:g}".strip()
                steps.append({"start": start, "stop": stop, "limit": limit, "series": name, "said": said})
    return steps


def _names_at_the_end(known: Sequence[Mapping[str, Any]], top: float) -> list[dict[str, Any]]:
    """The last value of each line with its name, just below the line and never on top of another name."""
    latest = {row["series"]: row for row in sorted(known, key=lambda row: int(row["year"]))}
    newest = max((row["year"] for row in known), default=0)
    room = _LINE * top
    highest_free = top
    ends = []
    for row in sorted(latest.values(), key=lambda row: -float(row["value"])):
        at = min(float(row["value"]) - room, highest_free)
        highest_free = at - room
        year = f" ({row['year']})" if row["year"] < newest else ""  # a line that ends early: not this year's value
        ends.append({"series": row["series"], "at": at, "word": f"{row['series']} {row['said']}{year}"})
    # A name that would hang below the axis moves up, and those above it with it.
    lowest_free = room / 2
    for end in reversed(ends):
        end["at"] = max(end["at"], lowest_free)
        lowest_free = end["at"] + room
    return ends
