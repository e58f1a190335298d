"""Shandong, Hebei, Inner Mongolia, Heilongjiang, Shaanxi and three sets whose place is not known, and large classes.

The figures are typed once more by hand; what was named without a figure must stay a gap.
"""

from datetime import date
from fractions import Fraction

import pytest

from junheng.standards.library import load_standard
from junheng.standards.on_day import on_day
from junheng.verdict.judge import judge
from junheng.verdict.limits import limit_for
from junheng.verdict.reasons import indicator_reasons
from strategies import YEAR, dataset_of, school_row, tables_of

DAY = date(YEAR, 12, 31)
HEBEI, SHANDONG, MONGOLIA, HEILONGJIANG, SHAANXI = (f"CN-{code}/banxue" for code in (13, 37, 15, 23, 61))
JUNIOR_TYPE = "CN-unattributed/junior_type"
REGION_TYPE = "CN-unattributed/autonomous_region_type"
ROOM_GRADES = "CN-unattributed/room_grades"
LARGE_CLASSES = "CN/dabane"
SETS = [HEBEI, SHANDONG, MONGOLIA, HEILONGJIANG, JUNIOR_TYPE, REGION_TYPE, ROOM_GRADES]

PRIMARY, JUNIOR = {"stage": "primary"}, {"stage": "junior"}


def single_track(pupils):
    return {"stage": "primary", "classes": 6, "pupils": pupils}


FIGURES = [
    (HEBEI, "special_rooms", {"stage": "primary", "classes": 12, "pupils": 60}, "at_least", 12),
    *((HEBEI, "special_rooms", single_track(pupils), "at_least", 12) for pupils in (271, 270)),
    *((HEBEI, "special_rooms", single_track(pupils), "at_least", 8) for pupils in (269, 101, 100)),
    (HEBEI, "special_rooms", single_track(99), "at_least", 4),
    (HEBEI, "digital_teaching_point", PRIMARY, "at_least", 1),
    (HEBEI, "equipment_value_per_pupil", PRIMARY, "at_least", 365),
    (HEBEI, "computer_room_for_largest_class", JUNIOR, "at_least", 0),
    (HEBEI, "experiments_carried_out", PRIMARY, "at_least", 100),
    (HEBEI, "pupils_per_staff", PRIMARY, "at_most", 19),
    (SHANDONG, "green_share_of_new_schools", PRIMARY, "at_least", 35),
    (HEILONGJIANG, "standard_school", PRIMARY, "at_least", 1),
    (HEILONGJIANG, "pupils_per_staff", PRIMARY, "at_most", 19),
    (HEILONGJIANG, "quota_per_pupil", PRIMARY, "at_least", 600),
    (JUNIOR_TYPE, "land_per_pupil", JUNIOR, "at_least", 20),
    (JUNIOR_TYPE, "building_area_per_pupil", JUNIOR, "at_least", Fraction("6.4")),
    (JUNIOR_TYPE, "dormitory_area_per_boarder", JUNIOR, "at_least", Fraction("5.5")),
    (JUNIOR_TYPE, "equipment_value_per_pupil", JUNIOR, "at_least", 695),
    (JUNIOR_TYPE, "books_per_pupil", JUNIOR, "at_least", 40),
    (JUNIOR_TYPE, "pupils_per_staff", JUNIOR, "at_most", 16),
    (JUNIOR_TYPE, "higher_educated_teachers_share", JUNIOR, "at_least", 70),
    (JUNIOR_TYPE, "yearly_retention", JUNIOR, "at_least", 97),
    (JUNIOR_TYPE, "yearly_training", JUNIOR, "at_least", 100),
    (REGION_TYPE, "building_area_per_pupil", PRIMARY, "at_least", Fraction("6.2")),
    (REGION_TYPE, "building_area_per_pupil", JUNIOR, "at_least", Fraction("7.4")),
    (REGION_TYPE, "books_per_pupil", JUNIOR, "at_least", 17),
    (REGION_TYPE, "teacher_reading_seats", JUNIOR, "at_least", 30),
    (REGION_TYPE, "pupil_reading_seats", JUNIOR, "at_least", 1),
    (REGION_TYPE, "associate_teachers_share", JUNIOR, "at_least", 100),
    (REGION_TYPE, "new_teachers_bachelor_share", JUNIOR, "at_least", 100),
    (LARGE_CLASSES, "very_large_classes_count", PRIMARY, "at_most", 0),
    (LARGE_CLASSES, "large_classes_share", {}, "at_most", 5),
    (LARGE_CLASSES, "large_classes_count", PRIMARY, "at_most", 0),
    (LARGE_CLASSES, "largest_entry_class", PRIMARY, "at_most", 45),
    (LARGE_CLASSES, "largest_entry_class", JUNIOR, "at_most", 50),
    (LARGE_CLASSES, "compulsory_pupils", {"school_kind": "211"}, "at_most", 2000),
    (LARGE_CLASSES, "compulsory_pupils", {"school_kind": "312"}, "at_most", 2500),
]

BOTH = ("primary", "junior")
UNVALUED = [name for name in load_standard(SHANDONG).required if not name.endswith("equipment")]
GAPS = [
    *((SHANDONG, name, stage) for stage in BOTH for name in UNVALUED),
    (HEBEI, "special_rooms", "junior"),
    (HEBEI, "equipment_value_per_pupil", "junior"),
    (HEBEI, "pupils_per_staff", "junior"),
    *((HEILONGJIANG, name, stage) for stage in BOTH for name in ("classes", "largest_class")),
    (HEILONGJIANG, "pupils_per_staff", "junior"),
    (HEILONGJIANG, "quota_per_pupil", "junior"),
    (REGION_TYPE, "books_per_pupil", "primary"),
    (REGION_TYPE, "special_rooms", "primary"),
    (REGION_TYPE, "special_rooms", "junior"),
    *((ROOM_GRADES, name, stage) for stage in BOTH for name in load_standard(ROOM_GRADES).resources),
    *((SHAANXI, name, "junior") for name in ("books_per_pupil", "pupils_per_staff", "associate_teachers_share")),
    *((SHAANXI, name, "junior") for name in ("mid_title_teachers_share", "senior_title_share_of_county")),
    (SHAANXI, "backbone_teachers_share", "junior"),
]


def indicator(name, resource):
    return dict(on_day(load_standard(name), DAY).indicators())[resource]


@pytest.mark.parametrize(("name", "resource", "row", "operator", "value"), FIGURES)
def test_a_school_is_held_to_the_figure_that_was_read(name, resource, row, operator, value):
    limit = limit_for(indicator(name, resource), row)
    assert (limit.operator, limit.value) == (operator, value)


@pytest.mark.parametrize(("name", "resource", "stage"), GAPS)
def test_what_was_named_without_a_figure_is_a_gap(name, resource, stage):
    limits = indicator(name, resource).thresholds[0].limits(stage)
    assert [limit.not_found for limit in limits] == [True]


@pytest.mark.parametrize("name", SETS)
def test_no_rule_for_the_school_is_made_up(name):
    assert load_standard(name).school_rule.not_found


def test_requirements_that_were_never_seen_are_counted():
    assert load_standard(MONGOLIA).school_rule.not_seen == 15
    assert not load_standard(MONGOLIA).resources
    assert load_standard(HEBEI).school_rule.not_seen == 8
    assert load_standard(HEBEI).school_rule.source.confidence == "inferred"


def test_shandong_names_ten_requirements_and_three_grades():
    standard = load_standard(SHANDONG)
    assert len(standard.counted()) == 10
    assert [label.zh for label in standard.school_rule.grades.values()] == ["达标", "基本达标", "不达标"]


def test_the_green_share_holds_for_schools_built_since_2016_only():
    green = load_standard(SHANDONG).resources["green_share_of_new_schools"]
    assert green.formula.where["built_year"].at_least == 2016
    assert "green_share_of_new_schools" not in load_standard(SHANDONG).counted()


def test_the_unnamed_sets_do_not_claim_a_province():
    for name in (JUNIOR_TYPE, REGION_TYPE, ROOM_GRADES):
        standard = load_standard(name)
        assert not standard.ledger[standard.in_force.source.document].issuer


# A few schools


def judged(name, *schools):
    """Rows of schools given as (kind, facilities, stages), by school and stage."""
    standard = load_standard(name)
    rows = {"school": [], "school_year": [], "stage_year": []}
    for number, (kind, facilities, stages) in enumerate(schools):
        code = f"{number:012d}"
        rows["school"].append(school_row(code, "990000", school_kind=kind))
        rows["school_year"].append({"school_code": code, "school_year": YEAR, **facilities})
        for stage, figures in stages.items():
            rows["stage_year"].append({"school_code": code, "school_year": YEAR, "stage": stage, **figures})
    return judge(dataset_of(tables_of(standard), rows), standard, DAY)


def outcomes(judgement, resource):
    return judgement.rows[f"{resource}__outcome"].to_list()


@pytest.mark.parametrize(
    ("pupils", "rooms", "outcome"),
    [(270, 12, "met"), (270, 11, "unmet"), (269, 8, "met"), (100, 8, "met"), (100, 7, "unmet"), (99, 4, "met"),
     (99, 3, "unmet")],
)  # fmt: skip
def test_hebei_asks_the_higher_tier_where_two_overlap(pupils, rooms, outcome):
    school = ("211", {"special_rooms": rooms}, {"primary": {"pupils": pupils, "classes": 6}})
    assert outcomes(judged(HEBEI, school), "special_rooms") == [outcome]


@pytest.mark.parametrize("standard", [HEBEI, "CN-unattributed/hebei_type"])
def test_the_primary_part_of_a_nine_year_school_asks_rooms_for_its_own_pupils(standard):
    stages = {"primary": {"pupils": 150, "classes": 6}, "junior": {"pupils": 400, "classes": 9}}
    assert outcomes(judged(standard, ("312", {"special_rooms": 8}, stages)), "special_rooms")[0] == "met"


def test_hebei_asks_teaching_points_for_digital_teaching_instead_of_rooms():
    judgement = judged(HEBEI, ("218", {"digital_teaching": True}, {"primary": {"pupils": 20, "classes": 2}}))
    assert judgement.rows["left_out"].to_list() == [None]
    assert outcomes(judgement, "digital_teaching_point") == ["met"]
    assert outcomes(judgement, "special_rooms") == [None]


def test_hebei_asks_a_computer_for_every_pupil_of_the_largest_class():
    def school(computers):
        return "211", {"computer_room_computers": computers}, {"primary": {"pupils": 300, "largest_class": 45}}

    assert outcomes(judged(HEBEI, school(45), school(44)), "computer_room_for_largest_class") == ["met", "unmet"]


def test_a_school_that_meets_all_of_hebei_that_was_seen_is_still_open():
    facilities = {"special_rooms": 12, "equipment_value": 365 * 300, "computer_room_computers": 45, "staff": 20}
    stage = {"pupils": 300, "classes": 6, "largest_class": 45, "experiments_due": 50, "experiments_done": 50}
    judgement = judged(HEBEI, ("211", facilities, {"primary": stage}))
    assert {outcomes(judgement, name)[0] for name in judgement.standard.counted()} == {"met", None}
    assert judgement.rows["outcome"].to_list() == ["unknown"]


def test_nothing_is_decided_by_a_set_of_which_only_the_number_was_seen():
    judgement = judged(MONGOLIA, ("211", {}, {"primary": {"pupils": 300}}))
    assert judgement.rows["outcome"].to_list() == ["unknown"]


def test_reading_seats_are_a_twelfth_of_all_pupils_senior_ones_too():
    def school(seats):
        return "341", {"reading_seats_pupils": seats}, {"junior": {"pupils": 600}, "senior": {"pupils": 624}}

    judgement = judged(REGION_TYPE, school(102), school(101))
    assert outcomes(judgement, "pupil_reading_seats") == ["met", "unmet"]
    (reason,) = indicator_reasons(judgement, "000000000000", "pupil_reading_seats")
    assert [(cell.label, cell.value) for cell in reason.cells] == [
        ("学生阅览室座位数", "102"),
        ("初中在校生数", "600"),
        ("高中在校生数", "624"),
    ]


def test_dormitories_are_held_against_boarders_not_pupils():
    def school(boarders):
        stage = {"pupils": 2000, "boarders": boarders}
        return "311", {"dormitory_area": 1000 * 11 // 2}, {"junior": stage}

    judgement = judged(JUNIOR_TYPE, school(1000), school(1001), school(0))
    assert outcomes(judgement, "dormitory_area_per_boarder") == ["met", "unmet", None]


def test_large_classes_count_from_56_and_very_large_ones_from_66():
    bands = {"classes": 20, "classes_55": 19, "classes_60": 1, "classes_65": 0, "classes_over_65": 0}
    two = {**bands, "classes_55": 18, "classes_over_65": 1}

    def items(figures):
        judgement = judged(LARGE_CLASSES, ("211", {}, {"primary": {"pupils": 1100, **figures}}))
        return {row["item"]: row["outcome"] for row in judgement.items.iter_rows(named=True)}

    one, both = items(bands), items(two)
    assert (one["very_large_classes"], one["large_classes"], one["large_classes_ledger"]) == ("met", "met", "unmet")
    assert (both["very_large_classes"], both["large_classes"]) == ("unmet", "unmet")


@pytest.mark.parametrize(
    ("kind", "stage", "largest", "outcome"),
    [("211", "primary", 45, "met"), ("211", "primary", 46, "unmet"), ("311", "junior", 50, "met"),
     ("311", "junior", 51, "unmet"), ("311", "junior", None, "unknown")],
)  # fmt: skip
def test_entry_classes_keep_the_national_size(kind, stage, largest, outcome):
    judgement = judged(LARGE_CLASSES, (kind, {}, {stage: {"pupils": 300, "largest_entry_class": largest}}))
    found = {row["item"]: row["outcome"] for row in judgement.items.iter_rows(named=True)}
    assert found["entry_classes"] == outcome
