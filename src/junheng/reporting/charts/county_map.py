"""监测地图: counties as their outlines lie, or, where none are given, as tiles; coloured by classes with words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from junheng.reporting.charts.theme import (
    CONFIG,
    HALO,
    INK,
    LABEL_SIZE,
    OUTCOME_COLOURS,
    SCHEMA,
    WORDS,
    Language,
    Spec,
    figure,
)
from junheng.reporting.charts.zone_map import across, points_of, scaled

_HEIGHT = 440
_CLASSES = 5
# From far beyond a limit to far on its good side; and from few to many of what is no outcome.
_WORSE, _BETTER = ("#d9694a", "#eca58c", "#f7d3c4"), ("#cde8e2", "#8fc7ba", "#4d9a8a")
_AMOUNT = ("#e5f0f1", "#b7d6d9", "#86b9bf", "#4f959d", "#0f5c66")
_NONE = "#eceff2"
_TILES_A_ROW, _NAMED_A_ROW = 18, 6
_NAMED_TILES = 40  # with more the tiles are too small for names
_NAME_WIDTH = 110
_NAMED_PLACES = 40  # nor on a map


@dataclass(frozen=True, slots=True)
class Scale:
    """Classes of a map: the word and the colour of each, in order, and the class of each county."""

    classes: Sequence[tuple[str, str]]
    of: Mapping[str, str]


def by_outcome_scale(outcomes: Mapping[str, str], language: Language = "zh") -> Scale:
    """Counties (code → outcome) in the four outcomes; one without has a class of its own."""
    words = WORDS[language]
    classes = [(words[name], colour) for name, colour in OUTCOME_COLOURS.items() if name in outcomes.values()]
    return _with_none(classes, {code: words.get(outcome, "") for code, outcome in outcomes.items()}, language)


def by_room_scale(rooms: Mapping[str, float | None], language: Language = "zh") -> Scale:
    """Counties (code → distance to a limit as a share of it) on both sides of the limit, in fixed steps."""
    beyond = {
        "zh": ("差 20% 以上", "差 5%–20%", "差不到 5%"),
        "en": ("> 20% beyond", "5–20% beyond", "< 5% beyond"),
    }
    within = {
        "zh": ("余量不到 5%", "余量 5%–20%", "余量 20% 以上"),
        "en": ("< 5% to spare", "5–20% to spare", "≥ 20% to spare"),
    }
    classes = [*zip(beyond[language], _WORSE, strict=True), *zip(within[language], _BETTER, strict=True)]

    def word(room: float) -> str:
        if room < 0:
            return classes[0 if room < -0.2 else 1 if room < -0.05 else 2][0]
        return classes[3 if room < 0.05 else 4 if room < 0.2 else 5][0]

    of = {code: "" if room is None else word(room) for code, room in rooms.items()}
    return _with_none([entry for entry in classes if entry[0] in of.values()], of, language)


def by_amount_scale(
    values: Mapping[str, float | None], *, digits: int = 3, percent: bool = False, language: Language = "zh"
) -> Scale:
    """Counties (code → amount) in classes that hold about as many counties each; whole numbers keep their own."""
    known = sorted({value for value in values.values() if value is not None})
    if not known:
        return _with_none([], dict.fromkeys(values, ""), language)
    lows = [known[len(known) * n // min(_CLASSES, len(known))] for n in range(min(_CLASSES, len(known)))]

    def said(value: float) -> str:
        return f"{figure(value * 100, 1)}%" if percent else figure(value, digits)

    words = []
    for low, following in zip(lows, [*lows[1:], None], strict=True):
        last = known[-1] if following is None else max(value for value in known if value < following)
        words.append(said(low) if low == last else f"{said(low)} – {said(last)}")
    colours = _AMOUNT if len(lows) == _CLASSES else _AMOUNT[: len(lows)]

    def word(value: float) -> str:
        return words[max(n for n, low in enumerate(lows) if value >= low)]

    of = {code: "" if value is None else word(value) for code, value in values.items()}
    return _with_none(list(zip(words, colours, strict=True)), of, language)


def with_absent(scale: Scale, codes: Iterable[str], language: Language = "zh") -> Scale:
    """The same, with further counties that nothing is known of."""
    blank = dict.fromkeys(codes, "")
    return _with_none(list(scale.classes), {**scale.of, **blank}, language) if blank else scale


def _with_none(classes: list[tuple[str, str]], of: Mapping[str, str], language: Language) -> Scale:
    none = {"zh": "没有数据", "en": "no data"}[language]
    if all(of.values()):
        return Scale(classes, of)
    classes = [entry for entry in classes if entry[0] != none]
    return Scale([*classes, (none, _NONE)], {code: word or none for code, word in of.items()})


def county_map(
    rows: Sequence[Mapping[str, Any]],
    outlines: Mapping[str, Sequence[Any]],
    scale: Scale,
    *,
    title: str,
    description: str,
    language: Language = "zh",
) -> Spec:
    """Counties in the colours of their classes: where they lie; those without an outline are left out.

    Args:
        rows: code, county, said (the figure in words), href.
        outlines: code → polygons of GeoJSON in degrees.
    """
    shapes = {code: {"type": "MultiPolygon", "coordinates": polygons} for code, polygons in outlines.items()}
    narrow = across([point for shape in shapes.values() for point in points_of(shape)])
    drawn = [
        {
            "type": "Feature",
            "geometry": {
                "type": "MultiPolygon",
                "coordinates": scaled(shapes[row["code"]]["coordinates"], narrow),
            },
            "properties": _properties(row, scale),
        }
        for row in rows
        if row["code"] in shapes
    ]
    place = {"mark": {"type": "geoshape", "stroke": "#ffffff", "strokeWidth": 0.6}, "encoding": {}}
    spec = _framed(drawn, [place], scale, title, description, language, "properties.")
    if len(drawn) <= _NAMED_PLACES:
        spec["layer"] += _names(drawn)
    return {**spec, "height": _HEIGHT, "projection": {"type": "identity", "reflectY": True}}


def _names(drawn: Sequence[Mapping[str, Any]]) -> list[Spec]:
    """The name of each county in the middle of its longest ring."""
    named = []
    for feature in drawn:
        ring = max((polygon[0] for polygon in feature["geometry"]["coordinates"]), key=len)
        x, y = _centre(ring)
        about = feature["properties"]
        named.append({"x": x, "y": y, "said": _short(about["county"]), "href": about["href"]})
    encoding = {
        "longitude": {"field": "x", "type": "quantitative"},
        "latitude": {"field": "y", "type": "quantitative"},
        "text": {"field": "said"},
        "href": {"field": "href"},  # a click on the name is one on the county
    }
    texts = {"type": "text", "fontSize": LABEL_SIZE}
    looks: tuple[Spec, ...] = ({**texts, **HALO, "opacity": 0.7}, {**texts, "color": INK})
    return [{"data": {"values": named}, "mark": look, "encoding": encoding} for look in looks]


def _centre(ring: Sequence[Sequence[float]]) -> tuple[float, float]:
    """The centre of gravity of a ring; its first corner where it has no area."""
    x0, y0 = ring[0][0], ring[0][1]
    double = east = north = 0.0
    for (x1, y1, *_a), (x2, y2, *_b) in pairwise(ring):
        cross = (x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0)
        double += cross
        east += cross * (x1 + x2 - 2 * x0)
        north += cross * (y1 + y2 - 2 * y0)
    return (x0 + east / (3 * double), y0 + north / (3 * double)) if double else (x0, y0)


def _short(county: str) -> str:
    """A name without what stands in brackets behind it."""
    return county.partition("（")[0][:8]


def county_tiles(
    rows: Sequence[Mapping[str, Any]], scale: Scale, *, title: str, description: str, language: Language = "zh"
) -> Spec:
    """Counties as tiles, a line or several for each city, in the colours of their classes.

    Args:
        rows: code, county, said, href.
    """
    drawn: list[dict[str, Any]] = []
    named = len(rows) <= _NAMED_TILES
    longest = _NAMED_A_ROW if named else _TILES_A_ROW
    line, in_line, city = -1, 0, None
    for row in sorted(rows, key=lambda row: str(row["code"])):
        if row["code"][:4] != city or in_line == longest:
            line, in_line, city = line + 1, 0, row["code"][:4]
        drawn.append({"column": in_line, "line": line, "short": _short(str(row["county"])), **_properties(row, scale)})
        in_line += 1
    axis: Spec = {"axis": None, "scale": {"paddingInner": 0.06, "paddingOuter": 0}}
    at: Spec = {"x": {"field": "column", "type": "ordinal", **axis}, "y": {"field": "line", "type": "ordinal", **axis}}
    layers: list[Spec] = [{"mark": {"type": "rect", "cornerRadius": 3}, "encoding": at}]
    spec = _framed(drawn, layers, scale, title, description, language, "")
    if named:
        mark = {"type": "text", "fontSize": LABEL_SIZE, "color": INK, "limit": _NAME_WIDTH}
        text = {"mark": mark, "encoding": {**at, "text": {"field": "short"}, "href": {"field": "href"}}}
        spec["layer"].append(text)
    return {**spec, "height": (line + 1) * (44 if named else 26)}


def _properties(row: Mapping[str, Any], scale: Scale) -> dict[str, Any]:
    return {
        "county": row["county"],
        "said": row["said"],
        "class": scale.of[row["code"]],
        "href": row.get("href") or "",
    }


def _framed(
    drawn: list[dict[str, Any]],
    layers: list[Spec],
    scale: Scale,
    title: str,
    description: str,
    language: Language,
    at: str,
) -> Spec:
    words, colours = [word for word, _ in scale.classes], [colour for _, colour in scale.classes]
    county = {"zh": "县（市、区）", "en": "County"}[language]
    encoding: Spec = {
        "color": {
            "field": f"{at}class",
            "type": "nominal",
            "scale": {"domain": words, "range": colours},
            "legend": {
                "title": None,
                "orient": "bottom",
                "columns": 3,
                "labelFontSize": LABEL_SIZE,
                "symbolType": "square",
            },
        },
        "tooltip": [{"field": f"{at}county", "title": county}, {"field": f"{at}said", "title": title}],
        "href": {"field": f"{at}href"},
    }
    for layer in layers:
        layer["encoding"] = {**layer["encoding"], **encoding}
    return {
        "$schema": SCHEMA,
        "description": description,
        "width": "container",
        "autosize": {"type": "fit-x", "contains": "padding"},
        "config": CONFIG,
        "data": {"values": drawn},
        "layer": layers,
    }
