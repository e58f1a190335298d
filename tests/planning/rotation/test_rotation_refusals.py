"""Missing, contradictory and impossible inputs: each with a message that a clerk can act on."""

from __future__ import annotations

import numpy as np
import openpyxl
import pytest
from small_rotation import dataset_of, school, setting, teacher
from test_rotation_rules import rules, three_schools

from junheng.planning.rotation.conflict import why_none
from junheng.planning.rotation.errors import (
    AssignmentContradictsError,
    DistanceUnknownError,
    EligibilityUnknownError,
    NobodyEligibleError,
    NoPlanInTimeError,
    PlanNotAcceptedError,
    RotationInputsRefusedError,
    RulesInConflictError,
    RuleValueError,
    ShareOutOfReachError,
    TableMissingError,
    UnknownEmphasisError,
)
from junheng.planning.rotation.inputs import read_inputs
from junheng.planning.rotation.model import RULES, build
from junheng.planning.rotation.plan import plan_rotation
from junheng.planning.rotation.workbook import write_inputs
from junheng.planning.solvers.answer import Answer
from junheng.planning.solvers.highs import solve_linear


def refused(rows, error):
    with pytest.raises(error) as caught:
        plan_rotation(dataset_of(rows))
    assert caught.value.message("en")
    return caught.value


def test_nobody_eligible():
    rows = three_schools()
    for row in rows["teacher"]:
        row["years"] = 2
    assert "9 名教师中没有一名符合交流条件" in refused(rows, NobodyEligibleError).message()


def test_a_blank_is_not_taken_for_not_eligible():
    rows = three_schools()
    rows["teacher"][3]["years"] = None
    assert "教师T3（T3）" in refused(rows, EligibilityUnknownError).message()


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"stays_because": "重病休养"}, "同时填了“不能交流的原因”"),
        ({"eligible": False}, "不符合交流条件"),
        ({"must_go_to": "S0"}, "已经在学校0任教"),
        ({"hardship_done": True}, "已有边远服务"),
        ({"stage": "junior"}, "没有初中"),
    ],
)
def test_a_fixed_assignment_that_contradicts_something_is_named_with_its_reason(change, word):
    rows = three_schools()
    rows["school"][2]["hardship"] = True
    rows["teacher"][0] |= {"must_go_to": "S2"} | change
    message = refused(rows, AssignmentContradictsError).message()
    assert "教师T0（T0）" in message
    assert word in message
    assert "重病" not in message  # that there is a reason is enough


def test_a_fixed_assignment_too_far_away_says_how_far():
    rows = three_schools(setting=[*rules(), setting("longest_distance", 10)])
    rows["teacher"][0]["must_go_to"] = "S2"
    assert "11.1 公里，超过最远距离 10 公里" in refused(rows, AssignmentContradictsError).message()


def test_unknown_distances_are_asked_for_only_where_distance_matters():
    rows = three_schools(school=[school(0), school(1), school(2, latitude=None)])
    assert "学校2" in refused(rows, DistanceUnknownError).message()
    rows["setting"] = [*rules(least_share=34), setting("longest_distance", None)]
    plan = plan_rotation(dataset_of(rows))
    assert len(plan.moves) == 4
    for person in plan.document()["people"]:
        assert (person["km"] is None) == ("S2" in (person["from"]["code"], person["to"]["code"]))


@pytest.mark.parametrize(
    ("table", "row"),
    [
        ("post", {"school_code": "S9", "stage": "primary", "subject": "chinese", "posts": 1}),
        ("teacher", teacher("T99", 9)),
        ("teacher", teacher("T98", 0, must_go_to="S9")),
        ("distance", {"from_school": "S9", "to_school": "S0", "distance": 1}),
        ("teacher", teacher("T0", 0)),
    ],
)
def test_unknown_schools_and_rows_that_stand_twice_are_refused(table, row):
    rows = three_schools()
    rows[table] = [*rows.get(table, []), row]
    assert refused(rows, RotationInputsRefusedError).findings


def test_a_share_above_a_hundred_and_half_a_point_are_refused():
    assert "100" in refused(three_schools(setting=rules(least_share=120)), RuleValueError).message()
    assert "整数" in refused(three_schools(setting=[setting("weight_move", "0.5")]), RuleValueError).message()


@pytest.mark.parametrize(("points", "accepted"), [(1_000_000, True), (1_000_001, False), (10**21, False)])
def test_points_that_solvers_cannot_tell_apart_are_refused(points, accepted):
    rows = three_schools(setting=[*rules(), setting("weight_post", points)])
    if accepted:
        plan_rotation(dataset_of(rows))
    else:
        assert "1000000" in refused(rows, RuleValueError).message()


@pytest.mark.parametrize("value", [0, 2])
def test_a_rule_that_holds_or_not_has_no_other_value(value):
    rows = three_schools(setting=[*rules(), setting("hardship_once", value)])
    assert "“启用”填“否”" in refused(rows, RuleValueError).message()


@pytest.mark.parametrize(("table", "label"), [("teacher", "教师花名册"), ("school", "学校")])
def test_a_table_without_rows_is_named(table, label, tmp_path):
    rows = three_schools() | {table: []}
    assert f"没有“{label}”" in refused(rows, TableMissingError).message()
    path = tmp_path / "轮岗.xlsx"
    write_inputs(path, frames=dataset_of(rows).frames)
    with pytest.raises(TableMissingError, match=label):
        plan_rotation(path)
    book = openpyxl.load_workbook(path)
    del book[label]
    book.save(path)
    with pytest.raises(TableMissingError, match=label):
        plan_rotation(path)


def test_rows_that_do_not_read_are_named_and_not_taken_for_an_empty_table(tmp_path):
    path = tmp_path / "轮岗.xlsx"
    rows = three_schools(teacher=[teacher("T0", 0)])
    write_inputs(path, frames=dataset_of(rows).frames)
    book = openpyxl.load_workbook(path)
    sheet = book["教师花名册"]
    cell = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "语文")
    cell.value = "天文"
    book.save(path)
    with pytest.raises(RotationInputsRefusedError, match=f"教师花名册!{cell.coordinate}"):
        plan_rotation(path)


def test_up_to_eight_errors_are_told_at_once():
    rows = three_schools()
    rows["teacher"] += [teacher(f"X{number}", 9) for number in range(10)]
    error = refused(rows, RotationInputsRefusedError)
    assert error.message().count("S9") == 8
    assert "共 10 处" in error.message()
    assert len(error.findings) == 10


def test_one_school_alone_has_nowhere_to_send_to():
    rows = three_schools(school=[school(0)], setting=rules(least_share=10))
    rows["teacher"] = [row for row in rows["teacher"] if row["school_code"] == "S0"]
    assert "没有别的学校可去" in refused(rows, ShareOutOfReachError).message()


def test_an_unknown_emphasis_names_those_that_there_are():
    with pytest.raises(UnknownEmphasisError, match="gaps"):
        plan_rotation(dataset_of(three_schools()), emphasis="speed")


def test_a_share_out_of_reach_says_the_most_that_can_be_and_what_binds():
    rows = three_schools(setting=[*rules(least_share=34), setting("longest_distance", 3)])
    rows["teacher"] = [row for row in rows["teacher"] if row["school_code"] != "S2"]
    error = refused(rows, ShareOutOfReachError)
    assert (error.values["needed"], error.values["most"]) == (3, 0)
    assert "卡在“最远距离 3公里”：不受它约束就够了" in error.message()


def test_where_no_single_rule_binds_the_message_says_so():
    rows = three_schools(setting=rules(least_share=34))
    for row in rows["teacher"]:
        row["stays_because"] = "孕期"
    assert "单独放宽哪一条规则都不够" in refused(rows, ShareOutOfReachError).message()


def only_music_teacher_leaves():
    rows = three_schools()
    rows["teacher"] += [teacher("M0", 0, "music", must_go_to="S1"), teacher("M1", 1, "music", eligible=False)]
    return rows


def test_rules_in_conflict_are_named_and_no_rule_too_many():
    error = refused(only_music_teacher_leaves(), RulesInConflictError)
    assert set(error.names) == {"assignments", "staffed"}
    assert "花名册“指定交流到”" in error.message()
    assert "现有学科调出后不断人" in error.message()


def test_any_rule_of_a_conflict_left_out_leaves_a_plan():
    inputs = read_inputs(dataset_of(only_music_teacher_leaves()))
    error = why_none(inputs, seconds=5)
    assert isinstance(error, RulesInConflictError)
    others = set(RULES) - set(error.names)
    for rule in error.names:
        assert solve_linear(build(inputs, (), without={rule}).program, seconds=5).x is not None
    assert solve_linear(build(inputs, (), without=others).program, seconds=5).x is None


def test_rules_in_conflict_that_need_no_rule_switched_off_are_not_named_for_it():
    rows = only_music_teacher_leaves()
    rows["setting"] = [row for row in rows["setting"] if row["setting"] != "least_share"] + [setting("least_share", 1)]
    message = refused(rows, RulesInConflictError).message()
    assert "不能同时成立" in message
    assert "最少" not in message


def test_what_was_not_tried_for_want_of_time_is_said_not_to_be_proven():
    error = why_none(read_inputs(dataset_of(only_music_teacher_leaves())), seconds=0)
    assert isinstance(error, RulesInConflictError)
    assert set(error.unproven) == set(error.names) >= {"assignments", "staffed"}
    assert "没有证明" in error.message()
    assert "放宽其中任何一条" not in error.message()


def test_all_trials_share_one_budget_of_time(monkeypatch):
    asked = []

    def late(_program, *, seconds, **_):
        asked.append(seconds)
        return Answer("nothing", None, -np.inf, 0.0, "late")

    monkeypatch.setattr("junheng.planning.rotation.conflict.solve", late)
    why_none(read_inputs(dataset_of(three_schools(setting=rules(least_share=34)))), seconds=8)
    assert max(asked) <= 4


def test_when_time_runs_out_without_a_plan_it_is_said(monkeypatch):
    nothing = Answer("nothing", None, 0.0, 1.0, "late")
    monkeypatch.setattr("junheng.planning.rotation.plan.solve", lambda *_, **__: nothing)
    refused(three_schools(), NoPlanInTimeError)


def test_a_plan_that_breaks_a_rule_never_leaves_the_program(monkeypatch):
    monkeypatch.setattr("junheng.planning.rotation.plan.choose", lambda *_: ())
    assert "交流 0 人" in refused(three_schools(setting=rules(least_share=34)), PlanNotAcceptedError).message()
