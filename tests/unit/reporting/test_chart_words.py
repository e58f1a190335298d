"""Words in charts: none is cut, none is run through by a line, none says of this year what was last known before."""

from __future__ import annotations

import json

from junheng.reporting.charts.attainment import attainment
from junheng.reporting.charts.trend import trend


def bar(percent: float | None) -> float:
    row = {"label": "生均图书册数", "percent": percent, "said": "40册", "outcome": "met"}
    return float(attainment([row])["data"]["values"][0]["at"])


def test_a_figure_stands_beyond_the_line_of_the_limit_when_its_bar_ends_just_below():
    assert bar(84) == 100
    assert bar(20) == 20
    assert bar(130) == 130
    assert bar(None) == 0


def test_the_longest_indicator_with_its_stage_is_not_cut():
    label = "小学每百名学生拥有体育、艺术（美术、音乐）专任教师数"
    row = {"label": label, "percent": 90.0, "said": "0.8", "outcome": "unmet"}
    room = attainment([row])["layer"][0]["encoding"]["y"]["axis"]["labelLimit"]
    assert room > 12 * len(label)


def test_a_line_that_ends_before_the_last_year_names_its_own_year():
    rows = [
        {"year": 2024, "series": "初中", "value": 0.195},
        {"year": 2025, "series": "初中", "value": None},
        {"year": 2024, "series": "小学", "value": 0.506},
        {"year": 2025, "series": "小学", "value": 0.502},
    ]
    said = json.dumps(trend(rows, digits=3), ensure_ascii=False)
    assert "初中 0.195 (2024)" in said
    assert "小学 0.502 (" not in said
