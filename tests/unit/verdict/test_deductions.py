"""Scored items: what a missed check takes off, to the last digit, and what stays open."""

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from junheng.standards.library import load_standard
from junheng.verdict.judge import judge
from junheng.verdict.notices import notices
from junheng.verdict.reasons import county_reasons
from junheng.verdict.scores import Bounds
from strategies import DAY, YEAR, dataset_of, school_row, tables_of

EVERY_SCORE = load_standard(Path(__file__).parents[2] / "engines/every_score")
COUNTY = "320000"


def judged(*, findings=(), classes=(40,), zone_pupils=100, standard=EVERY_SCORE, **county_year):
    """A county of one primary school for every largest class."""
    codes = [f"{COUNTY}{number:06d}" for number in range(len(classes))]
    key = {"county_code": COUNTY, "school_year": YEAR}
    stage = {"school_year": YEAR, "stage": "primary", "pupils": 100, "zone_pupils": zone_pupils}
    rows = {
        "school": [school_row(code, COUNTY) for code in codes],
        "stage_year": [
            {"school_code": code, "largest_class": own, **stage} for code, own in zip(codes, classes, strict=True)
        ],
        "county_year": [key | county_year],
        "judged_item": [{**key, "standard": EVERY_SCORE.id, **finding} for finding in findings],
    }
    return judge(dataset_of(tables_of(EVERY_SCORE), rows), standard, DAY)


def government(**filed):
    """The score of the scored tree."""
    return judged(**filed).scores[COUNTY, "government"]


def a_point_a_pupil():
    """The standard with every pupil above the largest class costing one point."""
    part = EVERY_SCORE.government
    rooms = part.items["rooms"]
    by_pupil = rooms.deductions[0].model_copy(update={"points": Decimal(1), "per": Decimal(1)})
    rooms = rooms.model_copy(update={"deductions": (by_pupil, *rooms.deductions[1:])})
    changed = part.model_copy(update={"items": part.items | {"rooms": rooms}})
    return EVERY_SCORE.model_copy(update={"government": changed})


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
    assert government(classes=[46], **migrants(835)).items["rooms"] == exactly(20 - 3 - Fraction("2.5"))


def test_what_is_not_filed_may_cost_everything_or_nothing():
    assert government(rotation_eligible=100).items["rotation"] == between(0, 40)
    assert government(classes=[46]).items["rooms"] == between(0, 17), "the other check is not filed"


@pytest.mark.parametrize(
    ("classes", "earned"),
    [
        ([46, 45], exactly(19)),
        ([46, 48], between(16, 17)),
        ([46, None], between(0, 19)),
        ([None, None], between(0, 20)),
        ([70, None], exactly(0)),
    ],
)
def test_a_school_that_did_not_file_may_cost_all_that_the_others_leave(classes, earned):
    found = government(standard=a_point_a_pupil(), classes=classes, **migrants(900))
    assert found.items["rooms"] == earned


def test_a_score_above_what_the_deductions_leave_counts_and_is_heard():
    pay = {"teacher_pay_mean": Decimal(50_000), "civil_pay_mean": Decimal(51_000)}
    too_much = judged(findings=[{"item": "pay", "finding": "met", "score": Decimal(20)}], **pay)
    assert too_much.scores[COUNTY, "government"].items["pay"] == exactly(20)
    assert any("工资（至多 18 分）" in notice for notice in notices(too_much))
    because = {reason.key.rsplit("/", 1)[-1]: reason.because for reason in nodes(county_reasons(too_much, COUNTY))}
    assert "高于按扣分规则所余的至多 18 分" in because["pay"]
    for score in ("18", "7.3"):
        fair = judged(findings=[{"item": "pay", "finding": "met", "score": Decimal(score)}], **pay)
        assert not any("扣分规则" in notice for notice in notices(fair)), score


def nodes(reason):
    yield reason
    for child in reason.children:
        yield from nodes(child)


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
