"""What holds for every chart: it is a valid specification, starts at zero, names its limits, leads somewhere."""

import json
import re
from functools import cache

import jsonschema
import pytest
from repository import ROOT
from specimens import layers, marks, nothing_filed, specimens, written

CHARTS = sorted(specimens())
WITH_LIMIT = sorted(set(CHARTS) - {"contributions"})


@cache
def schema():
    file = ROOT / "frontend/node_modules/vega-lite/build/vega-lite-schema.json"
    published = json.loads(file.read_text(encoding="utf-8"))
    return jsonschema.Draft7Validator({**published, "$ref": "#/definitions/TopLevelLayerSpec"})


def chinese(text):
    return re.search(r"[\u4e00-\u9fff]", text)


@pytest.mark.parametrize("name", CHARTS)
@pytest.mark.parametrize("make", [specimens, nothing_filed], ids=["filed", "nothing filed"])
def test_a_chart_is_valid_vega_lite(make, name):
    sent = json.loads(json.dumps(make()[name], allow_nan=False))
    assert [(list(error.path), error.message) for error in schema().iter_errors(sent)] == []


@pytest.mark.parametrize("name", CHARTS)
def test_an_axis_of_amounts_starts_at_zero(name):
    scales = [
        channel["scale"]
        for layer in layers(specimens()[name])
        for channel in layer["encoding"].values()
        if isinstance(channel, dict) and channel.get("scale", {}).get("zero") is True
    ]
    assert scales
    assert {scale["domain"][0] for scale in scales} == {0}


@pytest.mark.parametrize("name", WITH_LIMIT)
def test_the_limit_is_drawn_and_named(name):
    spec = specimens()[name]
    at = {
        "cv_bars": {"小学 ≤ 0.50", "初中 ≤ 0.45"},
        "dot_plot": {"达标要求 ≥ 4.2", "县均 4.38"},
        "trend": {"小学 达标要求 0.65", "小学 达标要求 0.5"},
        "groups": {"小学 ≥ 4.5"},
        "distribution": {"达标要求 ≤ 0.5", "中位数 0.450"},
        "attainment": {"要求 100%"},
    }[name]
    assert at <= set(written(spec))
    assert marks(spec, "rule")


@pytest.mark.parametrize("name", CHARTS)
def test_every_figure_is_written_and_a_door(name):
    spec = specimens()[name]
    doors = [layer for layer in layers(spec) if "href" in layer["encoding"]]
    assert len(doors) == 1
    assert doors[0]["encoding"]["tooltip"]
    rows = doors[0].get("data", spec["data"])["values"]
    assert all(row["said"] for row in rows)


@pytest.mark.parametrize("name", CHARTS)
def test_what_was_not_filed_is_not_drawn_as_zero(name):
    for layer in layers(specimens()[name]):
        for row in layer.get("data", specimens()[name]["data"])["values"]:
            assert row.get("school") != "未报小学"
            assert row.get("group") != "多媒体教室"
            if "value" in row and "year" in row:
                assert row["value"] != 0


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_says_itself_in_words(name):
    assert chinese(specimens()[name]["description"])


@pytest.mark.parametrize("name", CHARTS)
def test_the_chart_s_own_words_are_in_the_language_of_the_page(name):
    spec = specimens("en")[name]
    (doors,) = (layer for layer in layers(spec) if "tooltip" in layer["encoding"])
    titles = [entry["title"] for entry in doors["encoding"]["tooltip"]]
    given = "骨干教师|多媒体教室|差异系数|用房面积|小学|初中|城区|乡村|学校"
    assert [word for word in [*titles, *written(spec)] if chinese(re.sub(given, "", word))] == []


@pytest.mark.parametrize("name", CHARTS)
def test_the_drawing_needs_nothing_from_elsewhere(name):
    spec = dict(specimens()[name])
    spec.pop("$schema")
    assert "://" not in json.dumps(spec)
