"""What engines do behind one's back, each held where it would change a verdict."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

import reference
from engines.agreement import disagreements
from junheng.standards.formula import Formula
from junheng.standards.library import load_standard
from junheng.standards.limit import Limit
from junheng.verdict.judge import judge
from junheng.verdict.judgement import Judgement
from junheng.verdict.reasons import indicator_reasons
from strategies import DAY, YEAR, Row, counties, dataset_of, school_row, shuffled, tables_of

QUALITY, BASIC = load_standard("CN/youzhi_2017"), load_standard("CN/jiben_2012")
COUNTY = "320000"


def judged(*schools: tuple[Row, Row, list[Row]], standard=QUALITY, **tables: list[Row]) -> Judgement:
    """Judge a county of schools: each a change to an ordinary school, its premises, and its stage rows."""
    rows: dict[str, list[Row]] = {"school": [], "school_year": [], "stage_year": [], **tables}
    for number, (about, premises, stages) in enumerate(schools):
        code = about.get("school_code", f"{COUNTY}{number:06d}")
        rows["school"].append(school_row(code, COUNTY, **about))
        rows["school_year"].append({"school_code": code, "school_year": YEAR, **premises})
        rows["stage_year"] += [{"school_code": code, "school_year": YEAR, **stage} for stage in stages]
    return judge(dataset_of(tables_of(standard), rows), standard, DAY)


def primary(pupils: int | None, **more: object) -> Row:
    return {"stage": "primary", "pupils": pupils, **more}


def test_a_sum_of_nothing_but_blanks_is_absent_and_not_zero():
    campus = {"campus_of": f"{COUNTY}000000"}
    blank = primary(20, backbone_teachers=None)
    judgement = judged(({}, {}, [primary(100, backbone_teachers=None)]), (campus, {}, [blank]))
    row = judgement.rows.row(0, named=True)
    assert row["pupils"] == 120, "the small campus counts with its main school"
    assert row["backbone_teachers_per_100__value"] is None
    assert row["backbone_teachers_per_100__absent"] == "not_filed"
    assert row["backbone_teachers_per_100__outcome"] == "unknown"


def test_a_blank_among_numbers_leaves_the_sum_blank():
    campus = {"campus_of": f"{COUNTY}000000"}
    judgement = judged(
        ({}, {"multimedia_classrooms": 9}, [primary(100, backbone_teachers=5)]),
        (campus, {"multimedia_classrooms": None}, [primary(20, backbone_teachers=None)]),
    )
    row = judgement.rows.row(0, named=True)
    assert row["backbone_teachers_per_100__absent"] == "not_filed"
    assert row["multimedia_classrooms_per_100__absent"] == "not_filed"


def test_a_campus_that_filed_no_row_leaves_its_school_open():
    """Its pupils and rooms are unknown, not none: judged without them, the school would look better than it may be."""
    attached = {"campus_of": f"{COUNTY}000000", "school_kind": "219"}
    judgement = judged(({}, {"multimedia_classrooms": 9}, [primary(100, backbone_teachers=5)]), (attached, {}, []))
    row = judgement.rows.row(0, named=True)
    assert row["pupils"] is None
    assert row["backbone_teachers_per_100__outcome"] == "unknown"


def test_a_campus_of_a_campus_is_not_lost():
    """The checks refuse it in a workbook; a dataset made elsewhere must not lose its pupils either."""
    first, second = {"campus_of": f"{COUNTY}000000"}, {"campus_of": f"{COUNTY}000001"}
    judgement = judged(({}, {}, [primary(100)]), (first, {}, [primary(20)]), (second, {}, [primary(30)]))
    assert judgement.rows["pupils"].sum() == 150
    circle = judged(({"campus_of": f"{COUNTY}000001"}, {}, [primary(10)]), (first, {}, [primary(20)]), standard=BASIC)
    assert circle.rows["pupils"].sum() == 30


def test_rooms_of_two_campuses_do_not_add_up_to_larger_rooms():
    shaanxi = load_standard("CN-61/banxue")
    campus = {"campus_of": f"{COUNTY}000000"}
    small = {"lab_area": Decimal(50), "ring_track": Decimal(100), "dirt_ground": False}
    judgement = judged(
        ({}, small, [primary(100)]), (campus, {**small, "dirt_ground": None}, [primary(100)]), standard=shaanxi
    )
    row = judgement.rows.row(0, named=True)
    assert (row["laboratory_area__value"], row["laboratory_area__outcome"]) == (50, "unmet")
    assert (row["ring_track__value"], row["ring_track__outcome"]) == (100, "unmet")
    assert row["no_dirt_ground__outcome"] == "unknown", "one campus did not say"


@pytest.mark.parametrize(("pupils", "why"), [(0, "no_pupils"), (None, "not_filed")])
def test_nothing_divided_by_no_pupils_is_absent_and_neither_zero_nor_endless(pupils, why):
    judgement = judged(({}, {}, [primary(pupils, backbone_teachers=3)]))
    row = judgement.rows.row(0, named=True)
    assert row["backbone_teachers_per_100__value"] is None
    assert row["backbone_teachers_per_100__absent"] == why
    assert judgement.balance["cv"].null_count() == judgement.balance.height


def test_pupils_without_a_single_computer_are_an_endless_ratio_that_fails():
    gate = load_standard("CN-unattributed/hebei_type")
    judgement = judged(({}, {"computers": 0}, [primary(100)]), standard=gate)
    row = judgement.rows.row(0, named=True)
    assert row["pupils_per_computer__value"] == float("inf")
    assert row["pupils_per_computer__outcome"] == "unmet"


def test_a_share_of_nobody_is_unknown():
    about = {"county_code": COUNTY, "school_year": YEAR, "migrants_eligible": 0, "migrants_public": 0}
    judgement = judged(({}, {}, [primary(100)]), county_year=[about | {"migrants_purchased": 0}])
    row = judgement.judged_checks.of("county").row(0, named=True)
    assert (row["migrant_share__value"], row["migrant_share__absent"]) == (None, "no_base")
    assert row["migrant_share__outcome"] == "unknown"


@pytest.mark.parametrize(
    ("area", "outcome"), [("449.9999999999999", "tolerated"), ("450", "met"), ("450.0000001", "met")]
)
def test_nothing_is_rounded_before_it_is_decided(area, outcome):
    premises = {"teaching_area": Decimal(area), "indoor_sports_area": Decimal(0)}
    judgement = judged(({}, premises, [primary(100)]))
    assert judgement.rows["teaching_area_per_pupil__outcome"].item() == outcome


def test_a_decimal_is_the_number_as_written_and_not_its_binary_neighbour():
    """12.3 − 3.3 is exactly 9; in floats it is 9.000000000000002 or 8.999999999999998, depending on the engine."""
    premises = {"teaching_area": Decimal("12.3"), "indoor_sports_area": Decimal("3.3")}
    judgement = judged(({}, premises, [primary(2)]))
    assert judgement.rows["teaching_area_per_pupil__outcome"].item() == "met"


def test_yes_and_no_are_counted_as_one_and_nothing():
    shaanxi = load_standard("CN-61/banxue")
    rows = [
        ({}, {"dirt_ground": flag, "provincial_equipment_list": flag}, [primary(100)]) for flag in (True, False, None)
    ]
    judgement = judged(*rows, standard=shaanxi)
    assert judgement.rows["no_dirt_ground__value"].to_list() == [1, 0, None]
    assert judgement.rows["no_dirt_ground__outcome"].to_list() == ["unmet", "met", "unknown"]
    assert judgement.rows["equipment_by_provincial_list__outcome"].to_list() == ["met", "unmet", "unknown"]


def test_an_empty_teaching_point_is_funded_as_a_hundred_exactly():
    about = {"county_code": COUNTY, "school_year": YEAR, "quota_primary": Decimal("720.5")}
    point = {"school_kind": "218"}
    for budget, outcome in ((Decimal("72050"), "met"), (Decimal("72049.99"), "unmet")):
        judgement = judged((point, {"public_funds_budget": budget}, [primary(0)]), county_year=[about])
        assert judgement.rows["teaching_point_funds__outcome"].item() == outcome


def test_a_check_of_a_county_and_stage_is_the_countys_own_figure_however_many_schools_there_are():
    about = {"quota_primary": Decimal(800), "required_quota_primary": Decimal(720)}
    row = {"county_code": COUNTY, "school_year": YEAR, **about}
    judgement = judged(({}, {}, [primary(100)]), ({}, {}, [primary(200)]), ({}, {}, [primary(9)]), county_year=[row])
    assert judgement.judged_checks.of("county_stage")["per_pupil_quota_margin__value"].to_list() == [80]


def test_a_school_that_may_be_concerned_leaves_the_countys_share_open():
    """Whether the school boards is blank: its pupils from elsewhere may count, and the others alone would pass."""
    near, far = primary(100, zone_pupils=100), primary(100, zone_pupils=10)
    for boarding, outcome in ((True, "met"), (False, "unmet"), (None, "unknown")):
        judgement = judged(({}, {}, [near]), ({"boarding": boarding}, {}, [far]))
        assert judgement.judged_checks.of("county_stage")["zone_enrolment_share__outcome"].item() == outcome


def test_a_blank_that_leaves_open_which_limit_holds_passes_under_none_of_them():
    """Shaanxi asks small junior schools for more ground per pupil; with 班数 blank the largest schools' limit held."""
    junior = {"school_kind": "311"}
    filed = {"sports_ground_area": Decimal(400)}
    limits = [("classes blank", None, "unknown"), ("eleven", 11, "unmet"), ("nineteen", 19, "met")]
    for name, classes, outcome in limits:
        stage = {"stage": "junior", "pupils": 100, "classes": classes}
        judgement = judged((junior, filed, [stage]), standard=load_standard("CN-61/banxue"))
        assert judgement.rows["sports_ground_per_pupil__outcome"].item() == outcome, name
    enough = {"sports_ground_area": Decimal(590)}
    judgement = judged((junior, enough, [{"stage": "junior", "pupils": 100}]), standard=load_standard("CN-61/banxue"))
    assert judgement.rows["sports_ground_per_pupil__outcome"].item() == "met", "enough for every size"


@given(data=st.data(), seed=st.integers(0, 2**32 - 1))
def test_the_order_of_rows_and_tables_does_not_matter(data, seed):
    dataset = data.draw(counties(QUALITY, max_counties=10))
    turned = judge(shuffled(dataset, Random(seed)), QUALITY, DAY)
    assert disagreements(turned, reference.second_opinion(dataset, QUALITY, DAY)) == []


@pytest.mark.parametrize(
    ("main", "campus", "outcome"),
    [((45, 30), (30, 60), "unknown"), ((45, 45), (30, 45), "met"), ((45, 44), (30, 44), "unmet")],
)
def test_the_computer_room_of_one_campus_serves_no_class_of_another(main, campus, outcome):
    """Largest class and computers of one room, of the main campus and of another."""
    henan = load_standard("CN-41/banxue")
    schools = [
        (about, {"computer_room_computers": room}, [primary(100, largest_class=largest)])
        for about, (largest, room) in (({}, main), ({"campus_of": f"{COUNTY}000000"}, campus))
    ]
    judgement = judged(*schools, standard=henan)
    row = judgement.rows.row(0, named=True)
    assert row["pupils"] == 200
    assert row["computer_room_for_largest_class__outcome"] == outcome
    (reason,) = indicator_reasons(judgement, f"{COUNTY}000000", "computer_room_for_largest_class")
    assert ("各校区的计算机教室计算机台数不同" in reason.because) == (outcome == "unknown")


def test_a_condition_below_the_line_is_heard_next_to_the_limit_too():
    """22 ㎡ for a staff of 20 are 1.1 ㎡ exactly; a near value is decided again, from everything that it depends on."""
    scored = load_standard(Path(__file__).parent / "every_score")
    beds = scored.resources["boarders"]
    ratio = {"kind": "ratio", "amount": "teaching_area", "base": {"column": "staff", "where": {"boarding": True}}}
    limit = beds.thresholds[0].model_copy(update={"all": (Limit(at_least="1.1"),)})
    per_head = beds.model_copy(update={"formula": Formula.model_validate(ratio), "thresholds": (limit,)})
    standard = scored.model_copy(update={"resources": {**scored.resources, "boarders": per_head}})
    assert "boarding" in per_head.columns()
    for area, outcome in (("22", "met"), ("21.99999999999", "unmet")):
        school = ({"boarding": True}, {"teaching_area": Decimal(area), "staff": 20}, [primary(100)])
        assert judged(school, standard=standard).rows["boarders__outcome"].to_list() == [outcome]
