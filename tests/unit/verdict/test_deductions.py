"""Scored items: what a missed check takes off, to the last digit, and what stays open."""

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from junheng.standards.library import load_standard
from junheng.verdict.judge import judge
from junheng.verdict.scores import Bounds
from strategies import DAY, YEAR, dataset_of, school_row, tables_of

EVERY_SCORE = load_standard(Path(__file__).parents[2] / "engines/every_score")
COUNTY = "320000"


def government(*, findings=(), largest_class=40, zone_pupils=100, **county_year):
    """The score of the scored tree in a county of one primary school."""
    code = f"{COUNTY}000001"
    stage = {"stage": "primary", "pupils": 100, "largest_class": largest_class, "zone_pupils": zone_pupils}
    key = {"county_code": COUNTY, "school_year": YEAR}
    rows = {
        "school": [school_row(code, COUNTY)],
        "stage_year": [{"school_code": code, "school_year": YEAR, **stage}],
        "county_year": [key | county_year],
        "judged_item": [{**key, "standard": EVERY_SCORE.id, **finding} for finding in findings],
    }
    judgement = judge(dataset_of(tables_of(EVERY_SCORE), rows), EVERY_SCORE, DAY)
    return judgement.scores[COUNTY, "government"]


def between(low, high):
    return Bounds(Fraction(low), Fraction(high))


def exactly(score):
    return between(score, score)


def migrants(share):
    return {"migrants_eligible": 1000, "migrants_public": share, "migrants_purchased": 0}


@pytest.mark.parametrize(("share", "lost"), [(850, "0"), (849, "1/6"), (840, "5/3"), (700, "20")])
def test_a_part_of_a_step_costs_its_part_and_an_item_never_less_than_nothing(share, lost):
    assert government(**migrants(share)).items["rooms"] == exactly(20 - Fraction(lost))


@pytest.mark.parametrize(("zone_pupils", "lost"), [(100, "0"), (99, "2.8"), (97, "7")])
def test_a_started_step_costs_a_whole_one(zone_pupils, lost):
    """1 point short is 3⅓ steps of 0.3, 3 points short are 10 steps to the digit: no float decides which."""
    assert government(zone_pupils=zone_pupils).items["zone"] == exactly(Fraction("12.5") - Fraction(lost))


@pytest.mark.parametrize(("margin", "lost"), [("0", 0), ("-999.99", 0), ("-1000", 2), ("-2999.99", 4), ("-30000", 20)])
def test_a_step_that_is_not_full_costs_nothing(margin, lost):
    pay = {"teacher_pay_mean": Decimal(50_000) + Decimal(margin), "civil_pay_mean": Decimal(50_000)}
    findings = [{"item": "pay", "finding": "met"}]
    assert government(findings=findings, **pay).items["pay"] == exactly(20 - lost)


def test_a_miss_that_costs_everything_leaves_nothing():
    assert government(rotation_eligible=100, rotated=9).items["rotation"] == exactly(0)
    assert government(rotation_eligible=100, rotated=10).items["rotation"] == exactly(40)


def test_two_missed_checks_cost_both():
    assert government(largest_class=46, **migrants(835)).items["rooms"] == exactly(20 - 3 - Fraction("2.5"))


def test_what_is_not_filed_may_cost_everything_or_nothing():
    assert government(rotation_eligible=100).items["rotation"] == between(0, 40)
    assert government(largest_class=46).items["rooms"] == between(0, 17), "the other check is not filed"


def test_where_people_judge_their_score_goes_before_what_was_computed():
    pay = {"teacher_pay_mean": Decimal(50_000), "civil_pay_mean": Decimal(51_000)}
    assert government(findings=[{"item": "pay", "score": Decimal("7.3")}], **pay).items["pay"] == exactly("7.3")
    assert government(**pay).items["pay"] == between(0, 18), "nobody found it met yet"
    assert government(findings=[{"item": "pay", "score": Decimal("20.1")}], **pay).items["pay"] == between(0, 20)


def test_an_item_that_does_not_apply_is_taken_out_and_the_rest_rescaled():
    findings = [{"item": "plan", "finding": "not_applicable"}, {"item": "pay", "score": Decimal(0)}]
    found = government(findings=findings, rotation_eligible=10, rotated=1, **migrants(900))
    assert found.items["plan"] is None
    assert found.branches["a1b1"].left_out == Fraction("7.5")
    earned = Fraction("12.5") + 20 + 0 + 40
    assert found.bounds == exactly(earned / Fraction("92.5") * 100)
    assert found.outcome == "unmet"


def test_branches_roll_up_to_the_branches_above_them():
    found = government(findings=[{"item": "plan", "score": Decimal("2.5")}], **migrants(850))
    assert found.branches["a1b1"].bounds == exactly(15)
    assert found.branches["a1b2"].points == 20, "the points of a branch that declares none are those of its items"
    assert found.branches["a1"].bounds == exactly(35)
    assert found.branches["a2"].bounds == between(0, 60)
