"""Checks of amounts in a row: sums, parts, subtotals, class sizes, values per pupil, blanks."""

from decimal import Decimal

import pytest

from junheng.tables.finding import Severity

GRADES = {f"grade_{grade}": 10 for grade in range(1, 7)}
BANDS = dict.fromkeys([*(f"classes_{top}" for top in range(25, 70, 5)), "classes_over_65"], 0)


def test_grades_add_up(findings):
    assert not findings("JH-F120", stage_year=[GRADES | {"pupils": 60}])
    found = findings("JH-F120", stage_year=[GRADES | {"pupils": 61}])
    assert found[0].cell == "学段情况!C3"
    assert "61 人" in found[0].message
    assert "60 人" in found[0].message


def test_grades_filed_in_part(findings):
    assert not findings("JH-F120", stage_year=[{"grade_1": 10, "pupils": 60}])
    assert findings("JH-F120", stage_year=[{"grade_1": 70, "pupils": 60}])
    assert not findings("JH-F120", stage_year=[{"pupils": 60}])
    assert not findings("JH-F120", stage_year=[GRADES])


def test_grade_six_in_a_four_year_junior_school(findings):
    four = {"stage": "junior", "grade_6": 10, "grade_7": 10, "grade_8": 10, "grade_9": 10}
    assert not findings("JH-F120", stage_year=[four | {"pupils": 40}])
    assert findings("JH-F120", stage_year=[four | {"pupils": 30}])
    assert not findings("JH-F161", stage_year=[four])


def test_bands_and_education(findings):
    assert findings("JH-F121", stage_year=[BANDS | {"classes_40": 2, "classes": 3}])
    levels = {"teachers_doctor": 0, "teachers_master": 1, "teachers_bachelor": 2, "teachers_associate": 3}
    assert findings("JH-F122", stage_year=[levels | {"teachers_secondary": 0, "teachers": 7}])
    assert not findings("JH-F122", stage_year=[levels | {"teachers": 7}])


@pytest.mark.parametrize(
    ("table", "row", "wrong"),
    [
        ("school_year", {"indoor_sports_area": 300, "teaching_area": 200}, True),
        ("school_year", {"indoor_sports_area": 200, "teaching_area": 200}, False),
        ("school_year", {"indoor_sports_area": 300}, False),
        ("school_year", {"training_budget": 2, "public_funds_budget": 1}, True),
        ("stage_year", {"teachers_pe": 3, "teachers": 2}, True),
        ("stage_year", {"certified_teachers": 3, "teachers": 2}, True),
        ("stage_year", {"zone_pupils": 3, "pupils": 2}, True),
        ("stage_year", {"teachers_mid_title": 2, "teachers_senior_title": 1, "teachers": 2}, True),
        ("stage_year", {"teachers_mid_title": 2, "teachers": 2}, False),
        ("stage_year", {"stage": "junior", "graduates": 110, "grade7_entry": 100, "transferred_in": 5}, True),
        ("stage_year", {"stage": "junior", "graduates": 104, "grade7_entry": 100, "transferred_in": 5}, False),
        ("county_year", {"rotated": 3, "rotation_eligible": 2}, True),
        ("county_year", {"disabled_enrolled": 3, "disabled_children": 2}, True),
        ("finance_year", {"education_expenditure": 3, "fiscal_expenditure": 2}, True),
    ],
)
def test_parts_within_wholes(findings, table, row, wrong):
    assert bool(findings("JH-F123", **{table: [row]})) == wrong


@pytest.mark.parametrize(("canteen", "wrong"), [(100, False), ("100.01", True), (None, False)])
def test_dormitories_canteen_and_toilets_lie_within_the_buildings(findings, canteen, wrong):
    areas = {"dormitory_area": 250, "toilet_area": 50, "canteen_area": canteen, "building_area": 400}
    row = {name: None if area is None else Decimal(area) for name, area in areas.items()}
    assert bool(findings("JH-F123", school_year=[row])) == wrong


def test_money_in_messages_is_in_the_unit_of_the_form(findings):
    row = {"training_budget": Decimal(123_000), "public_funds_budget": Decimal(5)}
    assert "12.3 万元" in findings("JH-F123", school_year=[row])[0].message


def test_satisfaction(findings):
    key = {"county_code": "34", "school_year": 2025, "method": "visit", "group": "parents"}
    assert findings("JH-F123", satisfaction=[key | {"distributed": 10, "valid": 11, "satisfied": 9}])
    assert findings("JH-F123", satisfaction=[key | {"distributed": 10, "valid": 8, "satisfied": 9}])


@pytest.mark.parametrize(
    ("music", "fine", "arts", "told"), [(2, 1, 3, True), (2, 1, 2, False), (0, 0, 0, False), (2, None, 2, False)]
)
def test_arts_as_a_subtotal(findings, music, fine, arts, told):
    row = {"teachers_music": music, "teachers_fine_arts": fine, "teachers_arts": arts}
    assert bool(findings("JH-F126", stage_year=[row])) == told


def test_arts_may_coincide_in_a_row_or_two_and_be_explained(findings):
    def told(count, **more):
        row = {"teachers_music": 1, "teachers_fine_arts": 1, "teachers_arts": 2}
        rows = [row | {"school_code": str(number)} for number in range(count)]
        return [finding.severity for finding in findings("JH-F126", stage_year=[*rows[:-1], rows[-1] | more])]

    assert told(2) == [Severity.EXPLAIN] * 2
    assert told(3) == [Severity.ERROR] * 3
    assert told(3, note="另有综合艺术教师 2 人") == [Severity.ERROR, Severity.ERROR, Severity.HINT]
    message = findings("JH-F126", stage_year=[{"teachers_music": 1, "teachers_fine_arts": 1, "teachers_arts": 2}])[
        0
    ].message
    assert "若是小计，请改为 0；若确有" in message


def test_subject_teachers_and_staff(findings):
    subjects = {"teachers_pe": 2, "teachers_music": 2, "teachers_fine_arts": 2, "teachers": 5}
    assert findings("JH-F124", stage_year=[subjects])[0].severity is Severity.EXPLAIN
    stages = [{"teachers": 5}, {"stage": "junior", "teachers": 6}]
    assert findings("JH-F125", stage_year=stages, school_year=[{"staff": 10}])
    assert not findings("JH-F125", stage_year=stages, school_year=[{"staff": 11}])


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ({"classes_40": 2, "pupils": 72}, False),
        ({"classes_40": 2, "pupils": 71}, True),
        ({"classes_40": 2, "pupils": 80}, False),
        ({"classes_40": 2, "pupils": 81}, True),
        ({"classes_over_65": 1, "pupils": 90}, False),
        ({"classes_over_65": 1, "pupils": 60}, True),
        ({"classes_40": 1, "classes_50": 1, "pupils": 90, "largest_class": 50}, False),
        ({"classes_40": 1, "classes_50": 1, "pupils": 90, "largest_class": 41}, True),
        ({"classes_40": 1, "classes_50": 1, "pupils": 90, "largest_class": 51}, True),
        ({"pupils": 0, "largest_class": 3}, True),
    ],
)
def test_pupils_fit_their_classes(findings, row, told):
    assert bool(findings("JH-F130", stage_year=[BANDS | row])) == told


def test_class_list(findings):
    classes = [{"class_name": "1", "pupils": 38}, {"class_name": "2", "pupils": 44}]
    stage = BANDS | {"classes": 2, "classes_40": 1, "classes_45": 1, "pupils": 82, "largest_class": 44}
    assert not findings("JH-F131", **{"class": classes, "stage_year": [stage]})
    for wrong in ({"classes": 3}, {"classes_45": 2}, {"pupils": 83}, {"largest_class": 43}):
        assert findings("JH-F131", **{"class": classes, "stage_year": [stage | wrong]}), wrong


def test_grades_of_stages(findings):
    assert findings("JH-F132", **{"class": [{"grade": 7}]})
    assert not findings("JH-F132", **{"class": [{"grade": 6}, {"stage": "junior", "grade": 6}]})


def test_zeros(findings):
    assert findings("JH-F133", stage_year=[{"classes": 0, "pupils": 5}])
    assert not findings("JH-F133", stage_year=[{"classes": 0, "pupils": 0}])
    assert findings("JH-F134", stage_year=[{"teachers": 0, "pupils": 5}])[0].severity is Severity.EXPLAIN


@pytest.mark.parametrize(
    ("table", "whole", "part"),
    [
        ("finance_year", "surcharge_levied", "surcharge_allotted"),
        ("finance_year", "local_surcharge_levied", "local_surcharge_allotted"),
        ("finance_year", "land_proceeds", "land_proceeds_for_education"),
        ("county_year", "rural_tax_transfer", "rural_tax_transfer_education"),
    ],
)
def test_something_out_of_nothing_must_be_explained(findings, table, whole, part):
    (found,) = findings("JH-F135", **{table: [{whole: Decimal(0), part: Decimal(500)}]})
    assert found.severity is Severity.EXPLAIN
    assert "比例不能计算" in found.message
    for fine in ({whole: Decimal(0), part: Decimal(0)}, {whole: None, part: Decimal(500)}):
        assert not findings("JH-F135", **{table: [fine]})


@pytest.mark.parametrize(
    ("value", "severity"),
    [
        (200_000, None),
        (4_000, Severity.EXPLAIN),
        (20_000_000, Severity.EXPLAIN),
        (20, Severity.ERROR),
        (300_000_000, Severity.ERROR),
        (0, Severity.EXPLAIN),
        (None, None),
    ],
)
def test_equipment_per_pupil(findings, value, severity):
    found = findings("JH-F140", stage_year=[{"pupils": 100}], school_year=[{"equipment_value": value}])
    assert [finding.severity for finding in found] == ([severity] if severity else [])


def test_amounts_per_pupil_need_all_pupils(findings):
    stages = [{"pupils": 100}, {"stage": "junior", "pupils": None}]
    assert not findings("JH-F140", stage_year=stages, school_year=[{"equipment_value": 20}])


def test_indoor_sports_left_out_of_the_teaching_area(findings):
    stage = [{"pupils": 1000}]
    assert findings("JH-F142", stage_year=stage, school_year=[{"teaching_area": 1200, "indoor_sports_area": 1000}])
    assert not findings("JH-F142", stage_year=stage, school_year=[{"teaching_area": 1200, "indoor_sports_area": 0}])
    assert not findings("JH-F142", stage_year=stage, school_year=[{"teaching_area": 900, "indoor_sports_area": 1000}])


def test_plain_ranges(findings):
    found = findings("JH-F146", county_year=[{"teacher_pay_mean": Decimal("9.8"), "civil_pay_mean": 90_000}])
    assert [finding.value for finding in found] == ["9.8"]


def test_blanks_one_by_one_and_whole_columns_once(findings):
    rows = [{"school_code": f"{n:02}", "books": None if n == 3 else n, "staff": None} for n in range(5)]
    found = findings("JH-F160", school_year=rows)
    books = [finding for finding in found if finding.cause == "books"]
    assert [finding.cell for finding in books] == ["办学条件!C6"]
    computers = [finding for finding in found if finding.cause == "computers"]
    assert [finding.cell for finding in computers] == ["办学条件"]
    assert "5 行" in computers[0].message
    assert not [finding for finding in found if finding.cause == "staff"]  # optional


def test_blanks_only_where_asked(findings):
    found = findings("JH-F160", stage_year=[{"stage": "senior", "pupils": 5}])
    assert not found


def test_filled_where_not_asked(findings):
    found = findings("JH-F161", stage_year=[{"stage": "senior", "pupils": 5, "teachers": 3, "classes": 0}])
    assert [(finding.cause, finding.severity) for finding in found] == [("teachers", Severity.HINT)]
