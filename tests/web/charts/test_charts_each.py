"""What each chart shows of its own."""

from itertools import pairwise

from specimens import COUNTIES, SCHOOLS, SHARES, YEARS, marks, specimens, written

from junheng.reporting.charts.cv_bars import cv_bars
from junheng.reporting.charts.distribution import distribution
from junheng.reporting.charts.dot_plot import dot_plot
from junheng.reporting.charts.trend import trend


def rows(spec):
    return spec["data"]["values"]


def test_coefficients_say_their_outcome_in_a_word():
    assert {"0.512 未达标", "0.440 达标"} <= set(written(specimens()["cv_bars"]))


def test_each_bar_has_a_tick_at_its_own_limit():
    spec = specimens()["cv_bars"]
    (tick,) = marks(spec, "tick")
    assert tick["encoding"]["x"]["field"] == "limit"
    assert [row["limit"] for row in rows(spec)] == [0.5, 0.45]


def test_a_coefficient_without_a_limit_has_no_tick_and_no_outcome():
    row = {"indicator": "骨干教师", "stage": "小学", "cv": 0.3, "limit": None, "outcome": None, "href": ""}
    spec = cv_bars([row])
    assert rows(spec)[0]["said"] == "0.300"
    assert marks(spec, "rule") == []


def test_the_school_furthest_behind_stands_first():
    values = [row["value"] for row in rows(specimens()["dot_plot"])]
    assert values == sorted(values)
    upside_down = dot_plot(SCHOOLS, title="班额", limit=45, direction="at_most")
    assert [row["value"] for row in rows(upside_down)] == values[::-1]


def test_two_schools_of_one_name_keep_a_row_each():
    names = [row["school"] for row in rows(specimens()["dot_plot"])]
    assert len(set(names)) == len(names) == 5
    assert [name.replace("\u200b", "") for name in names].count("中心小学") == 2


def test_one_s_own_school_is_bold_whatever_its_name():
    axis = marks(specimens()["dot_plot"], "circle")[0]["encoding"]["y"]["axis"]
    assert (
        axis["labelFontWeight"]["condition"]["test"] == r'indexof(["\"\u5f15\u53f7\"\u5c0f\u5b66"], datum.value) >= 0'
    )


def test_shares_beyond_the_first_are_said_together():
    drawn = rows(specimens()["contributions"])
    assert [row["school"] for row in drawn] == ["学校20", "学校19", "学校18", "学校17", "学校16", "其余 15 所"]
    assert drawn[-1]["said"] == "合占 57.1%"
    assert sum(row["share"] for row in SHARES) == 1


def test_a_limit_of_a_year_holds_until_the_next_one():
    spec = trend(YEARS, limits=[{"from": 2012, "limit": 0.65}, {"from": 2024, "limit": 0.5}])
    (rule,) = marks(spec, "rule")
    steps = [(step["start"], step["stop"], step["limit"]) for step in rule["data"]["values"]]
    assert steps == [(2021.5, 2023.5, 0.65), (2023.5, 2025.5, 0.5)]


def test_a_limit_that_comes_later_is_not_drawn():
    spec = trend(YEARS, limits=[{"from": 2030, "limit": 0.4}])
    assert marks(spec, "rule")[0]["data"]["values"] == []


def test_a_single_line_writes_every_value():
    spec = trend([row for row in YEARS if row["series"] == "初中"], title="差异系数")
    assert set(written(spec)) == {"0.500", "0.460", "0.440"}


def test_names_of_lines_never_stand_on_each_other():
    for values in ((0.39, 0.385, 0.38), (0.01, 0.01, 0.0), (0.5, 0.5, 0.5)):
        rows = [{"year": 2025, "series": name, "value": value} for name, value in zip("甲乙丙", values, strict=True)]
        spec = trend(rows, title="差异系数")
        names = next(layer for layer in marks(spec, "text") if layer["encoding"]["text"]["field"] == "word")
        at = [row["at"] for row in names["data"]["values"]]
        top = marks(spec, "circle")[0]["encoding"]["y"]["scale"]["domain"][1]
        gaps = [above - below for above, below in pairwise(at)]
        assert min(gaps) >= top * 16 / 250
        assert 0 < min(at) < max(at) < top


def test_no_pile_mixes_counties_on_both_sides_of_the_limit():
    for direction in ("at_most", "at_least"):
        piles = {}
        counties = [
            {**row, "outcome": "met" if (row["value"] <= 0.5) == (direction == "at_most") else "unmet"}
            for row in COUNTIES
            if row["value"] != 0.5
        ] + [{"county": "恰好县", "value": 0.5, "outcome": "met", "href": ""}]
        for row in rows(distribution(counties, title="差异系数", limit=0.5, direction=direction)):
            piles.setdefault(row["at"], set()).add(row["outcome"])
        assert all(len(outcomes) == 1 for outcomes in piles.values())
        assert len(piles) > 5


def test_every_county_is_one_dot():
    drawn = rows(specimens()["distribution"])
    assert len({(row["at"], row["level"]) for row in drawn}) == len(COUNTIES)
