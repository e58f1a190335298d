"""Plans side by side: the same figures in the same order, and what makes them hard to compare."""

import pytest

from junheng.reporting.plan_comparison import compare_plans
from small_plan import SMALL_PLAN, SMALL_ROTATION, SMALL_ZONING


def lines_of(found):
    return {line.label: line.values for section in found.sections for line in section.lines}


def test_today_plans_and_scenarios_are_columns():
    cheaper = {**SMALL_PLAN, "additions": SMALL_PLAN["additions"][:1]}
    found = compare_plans({"甲": SMALL_PLAN, "乙": cheaper}, scenarios={"设想": SMALL_PLAN["before"]})
    assert found.sides == ("现状", "甲", "乙", "设想")
    lines = lines_of(found)
    assert lines["总花费（万元）"] == ("0", "129", "100", "")
    assert lines["县结论"] == ("unmet", "met", "met", "unmet")
    assert lines["小学 生均体育运动场馆面积（限 0.5）"] == ("0.6100（超限）", "0.4900", "0.4900", "0.6100（超限）")
    assert lines["交流骨干教师（名）"] == ("0", "2", "0", "")
    assert lines["未达标"] == ("2", "0", "0", "2")
    assert found.notes == ()


def test_what_is_not_known_is_said_and_not_counted_as_nothing():
    today = {**SMALL_PLAN["before"], "balance": [{**SMALL_PLAN["before"]["balance"][0], "cv": None}]}
    lines = lines_of(compare_plans({"甲": SMALL_PLAN}, today=today))
    assert lines["小学 生均体育运动场馆面积（限 0.5）"] == ("未知", "0.4900")


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [("standard", "CN/jiben_2012", "评估标准"), ("day", "2024-12-31", "评估日期"), ("snapshot", "ffff", "数据快照")],
)
def test_plans_of_other_data_or_rules_are_compared_with_a_warning(field, value, said):
    (note,) = compare_plans({"甲": SMALL_PLAN, "乙": {**SMALL_PLAN, field: value}}).notes
    assert said in note


def test_rotations_are_compared_by_shares_gaps_and_distances():
    found = compare_plans({"补缺": SMALL_ROTATION, "就近": SMALL_ROTATION})
    lines = lines_of(found)
    assert found.sides == ("补缺", "就近")
    assert lines["交流占符合条件（%）"] == ("12.5", "12.5")
    assert lines["交流前缺（人次）"] == ("3", "3")
    assert lines["交流后还缺（人次）"] == ("2", "2")


def test_zonings_stand_beside_today_and_the_nearest_school():
    found = compare_plans({"甲": SMALL_ZONING})
    assert found.sides == ("现状", "就近入学", "甲")
    assert lines_of(found)["没有学位的学生（人）"] == ("100", "100", "0")
    without = compare_plans({"甲": {**SMALL_ZONING, "today": None}})
    assert lines_of(without)["没有学位的学生（人）"] == ("", "100", "0")


def test_a_comparison_is_data_too():
    document = compare_plans({"甲": SMALL_PLAN}).document()
    assert document["sections"][0]["lines"][0] == {"label": "总花费（万元）", "values": ["0", "129"]}
