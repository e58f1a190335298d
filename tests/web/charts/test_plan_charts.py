"""Charts of plans: before and after, costs, the map of zones."""

import json

import jsonschema
import pytest
from repository import ROOT
from specimens import marks, written

from junheng.reporting.charts.before_after import before_after
from junheng.reporting.charts.costs import cost_bars
from junheng.reporting.charts.zone_map import zone_map

ROWS = [
    {
        "group": "骨干教师",
        "series": stage,
        "before": before,
        "after": after,
        "limit": 0.5,
        "outcome_before": "unmet",
        "outcome_after": "met",
    }
    for stage, before, after in (("小学", 0.61, 0.42), ("初中", None, 0.4))
]
COSTS = [{"name": "招聘教师", "cost": 48.0, "budget": 50.0}, {"name": "“引号”", "cost": 0.5, "budget": None}]


def square(x, y, school):
    ring = [[x, y], [x + 1, y], [x + 1, y + 1], [x, y + 1], [x, y]]
    about = {"block": f"{x}-{y}", "school_code": school, "school": school, "pupils": 40, "way": 1.2}
    return {"geometry": {"type": "Polygon", "coordinates": [ring]}, "properties": about}


BLOCKS = [square(100, 60, "A"), square(101, 60, "B"), square(102, 60, "A"), square(101, 61, "C")]
SCHOOLS = [{"name": "甲校", "x": 100.5, "y": 60.5}]


def drawn(language="zh"):
    return {
        "before_after": before_after(ROWS, title="差异系数", lines=[(0.5, "小学 ≤ 0.50")], language=language),
        "without_series": before_after([{**row, "series": ""} for row in ROWS[:1]], title="缺口", language=language),
        "nothing": before_after([], title="差异系数", language=language),
        "costs": cost_bars(COSTS, title="花费", language=language),
        "no_costs": cost_bars([], title="花费", language=language),
        "map": zone_map(BLOCKS, SCHOOLS, description="学区", language=language),
        "no_map": zone_map([], [], description="学区", language=language),
    }


@pytest.mark.parametrize("name", sorted(drawn()))
def test_a_chart_of_plans_is_valid_vega_lite(name):
    file = ROOT / "frontend/node_modules/vega-lite/build/vega-lite-schema.json"
    published = json.loads(file.read_text(encoding="utf-8"))
    validator = jsonschema.Draft7Validator({**published, "$ref": "#/definitions/TopLevelLayerSpec"})
    sent = json.loads(json.dumps(drawn()[name], allow_nan=False))
    assert [(list(error.path), error.message) for error in validator.iter_errors(sent)] == []


def test_both_ends_and_the_limit_are_written():
    assert {"0.610 → 0.420", "小学 ≤ 0.50", "骨干教师", "小学"} <= set(written(drawn()["before_after"]))
    assert marks(drawn()["before_after"], "tick")


def test_what_is_known_on_one_side_only_is_not_drawn():
    assert [row["series"] for row in drawn()["before_after"]["data"]["values"]] == ["小学"]


def test_rows_without_series_are_named_at_the_axis():
    y = drawn()["without_series"]["layer"][0]["encoding"]["y"]
    assert (y["sort"], "axis" in y) == (["骨干教师"], False)


def test_a_screen_reader_hears_before_and_after():
    assert "骨干教师 小学 0.610 → 0.420" in drawn()["before_after"]["description"]
    assert "hollow dots are now" in drawn("en")["before_after"]["description"]


def test_costs_stand_beside_their_bars_and_budgets_are_ticks():
    assert {"48.00", "0.50"} <= set(written(drawn()["costs"]))
    assert [row["limit"] for row in drawn()["costs"]["data"]["values"]] == [50.0, None]


def test_zones_that_touch_differ_in_colour():
    shapes = drawn()["map"]["layer"][0]["data"]["values"]
    colours = {shape["properties"]["school_code"]: shape["properties"]["colour"] for shape in shapes}
    assert len(set(colours.values())) == 3


def test_degrees_are_drawn_as_wide_as_they_are_there():
    first = drawn()["map"]["layer"][0]["data"]["values"][0]["geometry"]["coordinates"][0]
    assert first[1][0] - first[0][0] == pytest.approx(0.485, abs=0.01)  # a degree of longitude at 61° north
    metres = zone_map([square(5000, 3000, "A")], [], description="学区")
    assert metres["layer"][0]["data"]["values"][0]["geometry"]["coordinates"][0][0] == [5000, 3000]


def test_the_map_names_its_schools():
    texts = [layer for layer in drawn()["map"]["layer"] if layer["mark"]["type"] == "text"]
    assert texts[0]["data"]["values"][0]["said"] == "甲校"
