"""What a zoning does to the verdict."""

import json
from datetime import date

from hamlet import hamlet

from example import COUNTY
from junheng import workflow
from junheng.planning.zoning.inputs import inputs_from_rows
from junheng.planning.zoning.judged import judged_again
from junheng.planning.zoning.plan import plan_zoning


def county():
    return workflow.judge(str(COUNTY), standard="CN/youzhi_2017", on=date(2025, 12, 31))


def two_schools(judgement):
    rows = judgement.in_scope.filter(judgement.in_scope["stage"] == "primary")
    return rows["school_code"].to_list()[:2]


def test_no_change_leaves_every_coefficient_as_it_was():
    before = county()
    assert judged_again(before, {}).balance.equals(before.balance)


def test_a_plan_shows_the_verdict_before_and_after_and_says_that_teachers_stay():
    judgement = county()
    first, second = two_schools(judgement)
    rows = json.loads(json.dumps(hamlet(), default=str).replace("S1", first).replace("S2", second))
    for row in [*rows["block"], *rows["school"]]:
        row |= {"x": int(row["x"]), "y": int(row["y"])}
    rows["pupils"][1]["school_code"] = second  # nearer to the first: it moves
    rows["rule"] = [{"stage": "primary", "move_cost": 0, "least_use": 0}]
    document = plan_zoning(inputs_from_rows(rows), seconds=10, judgement=judgement).document()
    assert document["standard"] == "CN/youzhi_2017"
    cvs = [
        [row["cv"] for row in document[side]["balance"] if row["stage"] == "primary"] for side in ("before", "after")
    ]
    assert cvs[0] != cvs[1]
    junior = [
        [row["cv"] for row in document[side]["balance"] if row["stage"] == "junior"] for side in ("before", "after")
    ]
    assert junior[0] == junior[1]
    assert any("教师" in note["zh"] for note in document["notes"])
    json.dumps(document)


def test_pupils_of_schools_that_the_county_did_not_file_are_named():
    rows = hamlet()
    rows["pupils"][1]["school_code"] = "S2"
    rows["rule"] = [{"stage": "primary", "move_cost": 0, "least_use": 0}]
    document = plan_zoning(inputs_from_rows(rows), seconds=10, judgement=county()).document()
    assert any("S1" in note["zh"] for note in document["notes"])
