"""Charts of monitoring: maps with their classes, bands over the years, amounts that add up, forecasts."""

import json
from functools import cache

import jsonschema
import pytest
from repository import ROOT

from junheng.reporting.charts.bands import bands
from junheng.reporting.charts.county_map import (
    by_amount_scale,
    by_outcome_scale,
    by_room_scale,
    county_map,
    county_tiles,
    with_absent,
)
from junheng.reporting.charts.forecast_fan import forecast_fan
from junheng.reporting.charts.stacked import stacked

ROWS = [{"code": f"33600{n}", "county": f"合成{n}县（合成）", "said": str(n), "href": f"/c/{n}/"} for n in range(1, 7)]
OUTLINE = [[[[120.0, 30.0], [121.0, 30.0], [121.0, 31.0], [120.0, 30.0]]]]
VALUES = {row["code"]: n / 10 for n, row in enumerate(ROWS)}
WORDS = {"middle": "中位数", "inner": "中间一半", "outer": "最低至最高"}
SPREAD = [
    {"year": 2023, "lowest": 0.2, "low": 0.3, "middle": 0.4, "high": 0.5, "highest": 0.6},
    {"year": 2024, "lowest": None, "low": None, "middle": None, "high": None, "highest": None},
    {"year": 2025, "lowest": 0.3, "low": 0.3, "middle": 0.3, "high": 0.3, "highest": 0.3},
]
PARTS = {"between": "县之间", "within": "县内"}
SHARES = [
    {"label": 2024, "between": 0.01, "within": 0.03},
    {"label": 2025, "between": None, "within": None},
]
PAST = [{"year": 2024, "value": None}, {"year": 2025, "value": 1000}]
NEXT = [
    {"year": 2026, "value": 990, "low_80": 950, "high_80": 1030, "low_95": 900, "high_95": 1080},
    {"year": 2027, "value": 980, "low_80": None, "high_80": None, "low_95": None, "high_95": None},
]


def specimens(language="zh"):
    scale = by_amount_scale(VALUES, language=language)
    outlines = {row["code"]: OUTLINE for row in ROWS[:3]}
    return {
        "map": county_map(ROWS, outlines, scale, title="差异系数", description="图", language=language),
        "tiles": county_tiles(ROWS, scale, title="差异系数", description="图", language=language),
        "no tiles": county_tiles([], by_amount_scale({}), title="差异系数", description="图"),
        "bands": bands(SPREAD, limits=[{"from": 2023, "limit": 0.5}], title="差异系数", words=WORDS, language=language),
        "no bands": bands(SPREAD[1:2], title="差异系数", words=WORDS),
        "years": stacked(SHARES, parts=PARTS, title="泰尔指数", language=language),
        "names": stacked(SHARES, parts=PARTS, title="泰尔指数", along="names", language=language),
        "nothing": stacked([], parts=PARTS, title="泰尔指数"),
        "fan": forecast_fan(PAST, NEXT, title="在校生", unit="人", language=language),
        "no fan": forecast_fan([], [], title="在校生"),
    }


@cache
def schema():
    file = ROOT / "frontend/node_modules/vega-lite/build/vega-lite-schema.json"
    published = json.loads(file.read_text(encoding="utf-8"))
    return jsonschema.Draft7Validator({**published, "$ref": "#/definitions/TopLevelLayerSpec"})


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", sorted(specimens()))
def test_each_is_valid_vega_lite(name, language):
    sent = json.loads(json.dumps(specimens(language)[name], allow_nan=False))
    assert [(list(error.path), error.message) for error in schema().iter_errors(sent)] == []


def test_a_map_draws_the_counties_that_have_outlines_as_wide_as_they_are():
    spec = specimens()["map"]
    drawn = spec["data"]["values"]
    assert [found["properties"]["county"] for found in drawn] == [row["county"] for row in ROWS[:3]]
    (west, south), (east, _), *_rest = drawn[0]["geometry"]["coordinates"][0][0]
    # A degree of longitude at 30.5 degrees north is cos 30.5° of one of latitude.
    assert east - west == pytest.approx(0.8636, abs=1e-3)
    assert south == 30.0


def test_the_names_on_a_map_leave_out_what_stands_in_brackets():
    texts = [layer for layer in specimens()["map"]["layer"] if layer["mark"]["type"] == "text"]
    named = texts[0]["data"]["values"]
    assert {row["said"] for row in named} == {"合成1县", "合成2县", "合成3县"}
    # The centre of gravity of a triangle is the mean of its corners.
    assert named[0]["y"] == pytest.approx((30 + 30 + 31) / 3)


def test_cities_begin_lines_of_their_own_among_tiles():
    rows = [{**ROWS[0], "code": code} for code in ("336001", "336002", "336101")]
    scale = by_outcome_scale({"336001": "met", "336002": "unmet", "336101": ""})
    tiles = county_tiles(rows, scale, title="结论", description="图")["data"]["values"]
    assert [(tile["line"], tile["column"]) for tile in tiles] == [(0, 0), (0, 1), (1, 0)]
    assert [tile["class"] for tile in tiles] == ["达标", "未达标", "没有数据"]


@pytest.mark.parametrize(
    ("room", "word"),
    [
        (-0.21, "差 20% 以上"),
        (-0.2, "差 5%–20%"),
        (-0.05, "差不到 5%"),
        (-1e-9, "差不到 5%"),
        (0, "余量不到 5%"),
        (0.05, "余量 5%–20%"),
        (0.2, "余量 20% 以上"),
        (None, "没有数据"),
    ],
)
def test_what_is_beyond_a_limit_never_looks_as_if_it_kept_to_it(room, word):
    scale = by_room_scale({"1": room})
    assert scale.of == {"1": word}
    assert [entry[0] for entry in scale.classes] == [word]


def test_classes_of_an_amount_hold_every_county_once():
    values = {str(n): (n * 7 % 100) / 100 for n in range(100)} | {"none": None}
    scale = by_amount_scale(values)
    counted = [sum(word == own for own in scale.of.values()) for word, _ in scale.classes]
    assert counted == [20, 20, 20, 20, 20, 1]
    assert scale.of["none"] == "没有数据"
    assert len(dict(scale.classes)) == len(scale.classes)


def test_few_values_have_a_class_each():
    scale = by_amount_scale({"a": 0.0, "b": 0.0, "c": 3.0}, digits=0)
    assert scale.of == {"a": "0", "b": "0", "c": "3"}
    assert with_absent(scale, ["d"]).of["d"] == "没有数据"
    assert with_absent(scale, []) == scale


def test_a_year_without_values_is_a_gap_and_not_a_zero():
    drawn = specimens()["bands"]["data"]["values"]
    assert [row["middle"] for row in drawn] == [0.4, None, 0.3]
    assert drawn[1]["said"] == "—"


def test_a_bar_without_a_part_is_left_out():
    spec = specimens()["years"]
    assert {row["label"] for row in spec["data"]["values"]} == {"2024"}
    assert [row["share"] for row in spec["data"]["values"]] == ["25.0%", "75.0%"]


def test_the_fan_opens_at_the_last_known_value_and_ends_where_nobody_can_say():
    wide, narrow = specimens()["fan"]["layer"][:2]
    assert [(row["year"], row["low_95"], row["high_95"]) for row in wide["data"]["values"]] == [
        (2025, 1000, 1000),
        (2026, 900, 1080),
    ]
    assert [row["year"] for row in narrow["data"]["values"]] == [2025, 2026]
