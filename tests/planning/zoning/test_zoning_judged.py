"""What a zoning does to the verdict."""

import json
from datetime import date

import polars as pl
from hamlet import hamlet

from example import COUNTY
from junheng import workflow
from junheng.planning.zoning.figures import today
from junheng.planning.zoning.inputs import inputs_from_rows
from junheng.planning.zoning.judged import judged_again, why_not
from junheng.planning.zoning.plan import plan_zoning
from junheng.planning.zoning.town import build_town


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
    for row, pupils in zip(rows["pupils"], (700, 700, 700, 700), strict=True):
        row["pupils"] = pupils
    for row in rows["seats"]:
        row["classes"] = 40
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


def filed(judgement, code, stage="primary"):
    rows = judgement.dataset["stage_year"].filter(
        (pl.col("school_code") == code) & (pl.col("stage") == stage) & (pl.col("school_year") == judgement.year)
    )
    return rows["pupils"][0]


def test_a_school_that_loses_all_its_pupils_is_judged_no_more():
    before = county()
    kinds = dict(before.dataset["school"].select("school_code", "school_kind").iter_rows())
    first, second = [code for code in two_schools(before) if kinds[code] == "211"][:2]
    after = judged_again(before, {(first, "primary"): -filed(before, first), (second, "primary"): 1})
    assert first not in after.in_scope["school_code"].to_list()
    assert after.in_scope.height == before.in_scope.height - 1
    assert not set(after.in_scope["outcome"]) - set(before.in_scope["outcome"])


def test_a_nine_year_school_that_loses_a_stage_keeps_the_other():
    before = county()
    nine = before.dataset["school"].filter(pl.col("school_kind") == "312")["school_code"].to_list()
    code = next(code for code in nine if code in before.in_scope["school_code"].to_list())
    after = judged_again(before, {(code, "junior"): -filed(before, code, "junior")})
    assert after.in_scope.filter(pl.col("school_code") == code)["stage"].to_list() == ["primary"]


def facts_of(judgement, pupils):
    first, second = two_schools(judgement)
    rows = json.loads(json.dumps(hamlet(), default=str).replace("S1", first).replace("S2", second))
    for row in [*rows["block"], *rows["school"]]:
        row |= {"x": int(row["x"]), "y": int(row["y"])}
    for row in rows["pupils"]:
        row["pupils"] = pupils
    town = build_town(inputs_from_rows(rows))
    return first, today(town, ["primary"])


def test_the_entry_grade_alone_is_not_taken_for_enrolment():
    judgement = county()
    _, facts = facts_of(judgement, 150)
    assert "起始年级" in why_not(judgement, facts, {}).zh


def test_more_leaving_than_there_are_is_not_judged():
    judgement = county()
    first, facts = facts_of(judgement, 2_000)
    assert why_not(judgement, facts, {(first, "primary"): -99_999}).zh.count(first) == 1
    assert why_not(judgement, facts, {(first, "primary"): 10}) is None
