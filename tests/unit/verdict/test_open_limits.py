"""A blank that leaves open which limit holds is named: people can fill it in, unlike a limit that was not found."""

import pytest

from junheng.standards.library import load_standard
from junheng.verdict.judge import judge
from junheng.verdict.reasons import indicator_reasons
from strategies import DAY, YEAR, dataset_of, school_row, tables_of

COUNTY, CODE = "990101", "9901010001"


def sentence(standard, indicator, stage, premises=(), county=(), **about):
    held = load_standard(standard)
    rows = {
        "school": [school_row(CODE, COUNTY, **about)],
        "school_year": [{"school_code": CODE, "school_year": YEAR, **dict(premises)}],
        "stage_year": [{"school_code": CODE, "school_year": YEAR, "stage": "primary", **stage}],
        "county_year": [{"county_code": COUNTY, "school_year": YEAR, **dict(county)}],
    }
    (reason,) = indicator_reasons(judge(dataset_of(tables_of(held), rows), held, DAY), CODE, indicator)
    return reason.because


RATIO = "CN-44/banxue", "teachers_per_pupil", {"pupils": 1000, "teachers": 43}
LAND = "CN-42/banxue", "land_per_pupil", {"pupils": 100}
CITY = {"location": "urban", "boarding": False}


def test_a_blank_of_the_county_is_named():
    assert sentence(*RATIO) == "0.043 名/生；适用哪一限值取决于本县小学师生比标准，未填报，无法判定。"
    assert "要求 ≥ 0.043" in sentence(*RATIO, county={"teacher_ratio_required": "0.043"})


def test_every_blank_that_matters_is_named_and_no_other():
    said = sentence(*LAND, {"land_area": 1300}, mountain_or_lake=None, city_zone=None, **CITY)
    assert "取决于主城地段、山区湖区，未填报" in said or "取决于山区湖区、主城地段，未填报" in said
    assert "全寄宿制" not in said, "a school without boarders is not a full boarding school"


@pytest.mark.parametrize("area", [900, 2100])
def test_a_blank_that_changes_nothing_is_not_named(area):
    said = sentence(*LAND, {"land_area": area}, mountain_or_lake=False, city_zone=None, **CITY)
    assert "取决于" not in said


def test_a_size_that_was_not_filed_is_named():
    said = sentence("CN-43/banxue", "land_per_pupil", {"pupils": 100}, {"land_area": 1300}, location="urban")
    assert said == "13 ㎡；适用哪一限值取决于班数，未填报，无法判定。"


def test_a_limit_that_was_not_found_is_nobodys_blank():
    assert (
        sentence("CN-32/banxue", "land_per_pupil", {"pupils": 100}, {"land_area": 1300})
        == "13 ㎡；限值未见，无法判定。"
    )
