"""The second opinion sees every broken rule and counts the cost itself."""

from __future__ import annotations

import pytest
from small_rotation import dataset_of, rows_of, school, setting, teacher
from test_rotation_rules import rules, three_schools

from junheng.planning.rotation.check import check_plan


def faults(rows, goes):
    return check_plan(rows_of(dataset_of(rows)), goes).faults


def test_nothing_moved_is_no_fault_and_costs_nothing():
    checked = check_plan(rows_of(dataset_of(three_schools())), {})
    assert (checked.faults, checked.tenths, dict(checked.lacking)) == ((), 0, {})


def test_a_move_costs_itself_and_its_way():
    checked = check_plan(rows_of(dataset_of(three_schools())), {"T0": "S1"})
    # 1,000 points and 10 a kilometre for 5.6 km; and 100 because no share is asked for, so that any move is beyond it
    assert checked.tenths == 10_000 + 10 * 56 + 1_000


def test_an_open_post_costs_its_weight():
    rows = three_schools(post=[{"school_code": "S0", "stage": "primary", "subject": "chinese", "posts": 5}])
    checked = check_plan(rows_of(dataset_of(rows)), {})
    assert dict(checked.lacking) == {("S0", "primary", "post:chinese"): 2}
    assert checked.tenths == 2 * 1_000_000


@pytest.mark.parametrize(
    ("change", "goes", "word"),
    [
        ({"eligible": False}, {"T0": "S1"}, "不符合交流条件"),
        ({"stays_because": "孕期"}, {"T0": "S1"}, "不能交流"),
        ({}, {"T0": "S0"}, "没有换学校"),
        ({"hardship_done": True}, {"T0": "S2"}, "第二次"),
        ({"must_go_to": "S1"}, {}, "没有到指定的学校"),
        ({"subject": "music"}, {"T0": "S1"}, "不教这个学科"),
        ({"subject": "music"}, {"T0": "S1"}, "断人"),
    ],
)
def test_what_a_teacher_may_not_do_is_seen(change, goes, word):
    rows = three_schools()
    rows["school"][2]["hardship"] = True
    rows["teacher"][0] |= change
    assert any(word in fault for fault in faults(rows, goes))


@pytest.mark.parametrize(
    ("rule", "value", "goes", "word"),
    [
        ("longest_distance", 11, {"T0": "S2"}, "超过最远距离"),
        ("least_share", 34, {"T0": "S1", "T1": "S2", "T2": "S0"}, "不到符合条件"),
        ("backbone_share", 20, {"T0": "S1"}, "骨干 0 人"),
        ("most_leaving", 34, {"T0": "S1", "T3": "S2"}, "调出太多"),
        ("headcount_change", 3, {"T0": "S2", "T1": "S2"}, "人数变动太大"),
    ],
)
def test_what_a_county_may_not_do_is_seen(rule, value, goes, word):
    rows = three_schools(setting=rules(longest_distance=30) if rule != "longest_distance" else rules())
    rows["setting"] = [row for row in rows["setting"] if row["setting"] != rule] + [setting(rule, value)]
    assert any(word in fault for fault in faults(rows, goes))


def test_a_hardship_school_that_loses_its_backbone_teacher_is_seen():
    rows = three_schools()
    rows["school"][0]["hardship"] = True
    rows["teacher"].append(teacher("B", 0, backbone=True))
    assert any("骨干教师减少" in fault for fault in faults(rows, {"B": "S1"}))


def test_a_school_that_opens_gets_no_more_than_its_posts():
    rows = three_schools(school=[school(n) for n in range(4)], setting=rules(headcount_change=3))
    rows["setting"].append(setting("longest_distance", None))
    rows["post"] = [{"school_code": "S3", "stage": "primary", "subject": "chinese", "posts": 1}]
    assert not faults(rows, {"T0": "S3"})
    assert any("新开办" in fault for fault in faults(rows, {"T0": "S3", "T1": "S3"}))
