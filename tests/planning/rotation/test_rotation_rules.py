"""What each rule of a rotation plan means, on counties of a few teachers."""

from __future__ import annotations

from decimal import Decimal

import pytest
from small_rotation import TABLES, dataset_of, school, setting, teacher

from junheng.planning.rotation.inputs import read_inputs
from junheng.planning.rotation.model import build
from junheng.planning.rotation.needs import find_needs
from junheng.planning.rotation.plan import plan_rotation
from junheng.planning.rotation.rules import default_of, default_rows, note_of, read_data
from junheng.standards.library import load_standard

# Rules that would hide the one that a test is about.
_HIDING = ("least_share", "backbone_share", "balance_share", "headcount_change", "most_leaving")
OFF = [setting(name, None) for name in _HIDING]


def rules(**values):
    """All rules of ``OFF`` but those given."""
    kept = [row for row in OFF if row["setting"] not in values]
    return kept + [setting(name, value) for name, value in values.items()]


def goes(rows):
    return {move.teacher.code: move.target for move in plan_rotation(dataset_of(rows)).moves}


def three_schools(**more):
    teachers = [teacher(f"T{number}", number % 3) for number in range(9)]
    return {"school": [school(n) for n in range(3)], "teacher": teachers, "setting": rules()} | more


def test_without_needs_and_shares_nobody_moves():
    assert goes(three_schools()) == {}


def test_ten_per_cent_is_rounded_up_to_whole_teachers():
    plan = plan_rotation(dataset_of(three_schools(setting=rules(least_share=34))))
    assert len(plan.moves) == 4  # 9 × 34 % = 3.06
    shares = plan.document()["shares"]
    assert (shares["eligible"], shares["moved"], shares["least_moved"]) == (9, 4, 4)


def test_the_backbone_share_is_of_those_who_move_not_of_all_backbone_teachers():
    rows = three_schools(setting=rules(least_share=50, backbone_share=20))
    for row in rows["teacher"][:4]:
        row["backbone"] = True
    plan = plan_rotation(dataset_of(rows))
    assert len(plan.moves) == 5
    assert sum(move.teacher.backbone for move in plan.moves) >= 1


def test_an_open_post_is_filled_from_the_nearest_school_that_can_spare_someone():
    rows = three_schools(post=[{"school_code": "S0", "stage": "primary", "subject": "chinese", "posts": 4}])
    assert [*goes(rows).values()] == ["S0"]
    assert set(goes(rows)) <= {"T1", "T4", "T7"}  # S1 is 5.6 km away, S2 twice that


def test_a_move_stays_within_the_longest_distance_and_the_rest_is_told():
    rows = three_schools(post=[{"school_code": "S0", "stage": "primary", "subject": "chinese", "posts": 4}])
    rows["setting"] += [setting("longest_distance", 5)]
    plan = plan_rotation(dataset_of(rows))
    assert not plan.moves
    (open_need,) = plan.document()["unfilled"]
    assert (open_need["school_code"], open_need["need"], open_need["after"], open_need["lacking"]) == ("S0", 4, 3, 1)


def test_a_road_takes_the_place_of_the_straight_distance_in_both_directions():
    rows = three_schools(post=[{"school_code": "S0", "stage": "primary", "subject": "chinese", "posts": 4}])
    rows["distance"] = [{"from_school": "S0", "to_school": "S1", "distance": Decimal("28.5")}]
    plan = plan_rotation(dataset_of(rows))
    assert plan.moves[0].teacher.school == "S2"
    rows["distance"] = [{"from_school": "S0", "to_school": "S2", "distance": Decimal("0.4")}]
    assert plan_rotation(dataset_of(rows)).document()["people"][0]["km"] == 0.4


def test_the_last_teacher_of_a_subject_stays_unless_another_comes():
    rows = three_schools(post=[{"school_code": "S0", "stage": "primary", "subject": "music", "posts": 1}])
    rows["teacher"].append(teacher("M1", 1, "music"))
    assert goes(rows) == {}
    rows["teacher"].append(teacher("M2", 1, "music"))
    assert goes(rows) == {"M1": "S0"}


def test_nobody_is_sent_to_a_hardship_school_twice():
    rows = three_schools(post=[{"school_code": "S0", "stage": "primary", "subject": "chinese", "posts": 4}])
    rows["school"][0]["hardship"] = True
    for row in rows["teacher"]:
        row["hardship_done"] = row["teacher_code"] != "T5"
    assert goes(rows) == {"T5": "S0"}


def test_a_hardship_school_does_not_lose_a_backbone_teacher_without_getting_one():
    rows = three_schools(setting=rules(least_share=1, backbone_share=100, hardship_backbone=0))
    rows["school"][0]["hardship"] = True
    rows["teacher"][0]["backbone"] = rows["teacher"][1]["backbone"] = True  # at S0 and at S1
    assert "T0" not in goes(rows)
    rows["setting"] = rules(least_share=1, backbone_share=100, hardship_backbone=1)
    rows["teacher"][1]["stays_because"] = "孕期"
    assert [*goes(rows)] == ["T0"]


def test_who_has_a_reason_to_stay_stays_and_still_counts_among_the_eligible():
    rows = three_schools(setting=rules(least_share=12))
    for row in rows["teacher"][:7]:
        row["stays_because"] = "两年内退休"
    plan = plan_rotation(dataset_of(rows))
    assert {move.teacher.code for move in plan.moves} <= {"T7", "T8"}
    assert len(plan.moves) == 2  # 12 % of 9
    assert "7" in plan.document()["notes"][0]["zh"]


def test_fixed_assignments_are_kept_and_count():
    rows = three_schools(setting=rules(least_share=11))
    rows["teacher"][4]["must_go_to"] = "S2"
    plan = plan_rotation(dataset_of(rows))
    assert [(move.teacher.code, move.target, move.assigned) for move in plan.moves] == [("T4", "S2", True)]
    assert "县里指定" in plan.document()["people"][0]["reason"]["zh"]


def test_the_longest_at_the_school_goes_and_home_decides_where():
    rows = three_schools(setting=rules(least_share=22))
    for number, row in enumerate(rows["teacher"]):
        row |= {"years": Decimal(6 + number), "stays_because": None if row["school_code"] == "S1" else "孕期"}
    rows["post"] = [
        {"school_code": code, "stage": "primary", "subject": "chinese", "posts": 4} for code in ("S0", "S2")
    ]
    rows["teacher"][7]["home_town"] = "镇2"
    rows["teacher"][4]["home_town"] = "镇0"
    plan = plan_rotation(dataset_of(rows))
    assert {move.teacher.code: move.target for move in plan.moves} == {"T7": "S2", "T4": "S0"}
    assert plan.document()["people"][1]["personal"]["reason"]["zh"] == "家在镇2"


def test_unknown_years_go_last():
    rows = three_schools(setting=rules(least_share=11))
    for row in rows["teacher"]:
        row["stays_because"] = None if row["school_code"] == "S1" else "孕期"
    rows["teacher"][1] |= {"years": None, "eligible": True}
    assert "T1" not in goes(rows)


def test_titles_are_balanced_between_schools():
    rows = three_schools(setting=rules(balance_share=80))
    for row in rows["teacher"]:
        row["title"] = "junior" if row["school_code"] == "S0" else "middle"
    needs = plan_rotation(dataset_of(rows)).document()["needs"]
    after = {(row["school_code"], row["what"]): row["after"] for row in needs}
    assert after["S0", "balance:title"] == 1  # two thirds of the county, 80 % of that, of three teachers: 1.6


def test_headcounts_hardly_change():
    rows = three_schools(post=[{"school_code": "S0", "stage": "primary", "subject": "chinese", "posts": 6}])
    rows["setting"] = rules(headcount_change=3)
    assert len(plan_rotation(dataset_of(rows)).moves) == 1


def test_a_school_gives_no_more_than_its_part():
    rows = three_schools(setting=rules(least_share=60, most_leaving=67))
    plan = plan_rotation(dataset_of(rows))
    out = [row["out"] for row in plan.document()["fairness"]["schools"]]
    assert sum(out) == 6
    assert out == [2, 2, 2]


def test_emphases_are_other_plans_of_the_same_county():
    rows = three_schools(post=[{"school_code": "S0", "stage": "primary", "subject": "chinese", "posts": 4}])
    rows["setting"] += [setting("weight_post", 5000)]
    assert len(plan_rotation(dataset_of(rows)).moves) == 1
    assert not plan_rotation(dataset_of(rows), emphasis="moves").moves  # a move costs 10,000 then


def test_the_same_input_gives_the_same_plan():
    rows = three_schools(setting=rules(least_share=34))
    first, second = (plan_rotation(dataset_of(rows)).document() for _ in range(2))
    first["proof"].pop("seconds"), second["proof"].pop("seconds")
    assert first == second


def test_every_rule_of_the_program_is_named():
    rows = three_schools(setting=default_rows())
    inputs = read_inputs(dataset_of(rows))
    model = build(inputs, find_needs(inputs, None).all)
    assert {"available", "least_share", "backbone_share", "most_leaving", "headcount_change", "staffed"} <= set(
        model.program.rules
    )
    assert "most_leaving" not in build(inputs, (), without={"most_leaving"}).program.rules


def test_the_shares_come_from_the_standard_and_every_rule_says_where_it_comes_from():
    checks = dict(load_standard("CN/youzhi_2017").indicators())
    for name, check in (("least_share", "rotation_share"), ("backbone_share", "rotation_backbone_share")):
        assert default_of(name) == checks[check].thresholds[0].all[0].value
    for name in read_data("settings"):
        note = note_of(name)
        assert "为假定" in note or "督导评估办法" in note or "出处同上" in note
    assert set(read_data("settings")) == set(TABLES.code_lists["setting"].codes)


@pytest.mark.parametrize("name", ["teacher", "school", "post", "distance", "setting"])
def test_every_table_can_be_read_and_has_a_chinese_name(name):
    assert TABLES[name].label.zh
    assert all(column.label.zh for column in TABLES[name].columns.values())
