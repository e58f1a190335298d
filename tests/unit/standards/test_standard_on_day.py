import re
from datetime import date
from fractions import Fraction

import pytest

from junheng.standards.conditions import both
from junheng.standards.errors import StandardNotInForceError, UnknownRelaxationError
from junheng.standards.formula import Range
from junheng.standards.library import load_standard
from junheng.standards.on_day import on_day
from unit.standards.conftest import RESOURCES, STANDARD

LATER = """
    - from: 2023-09-01
      primary: {at_least: "35"}
      junior: {at_least: "45"}
      ends: 2025-08-31
      source: {document: moe-jd-2017-6, printed: 35；45, confidence: seen, read_in: 测试}
"""


def asked(standard, day):
    return on_day(standard, day).resources["books_per_pupil"].thresholds[0].limits("primary")[0].value


def test_a_limit_holds_from_its_first_day_until_the_next(write_standard):
    standard = load_standard(write_standard(resources=RESOURCES.rstrip() + LATER))
    assert asked(standard, date(2020, 1, 1)) == 30
    assert asked(standard, date(2023, 8, 31)) == 30
    assert asked(standard, date(2023, 9, 1)) == 35
    assert asked(standard, date(2025, 8, 31)) == 35


def test_after_the_last_limit_ends_there_is_an_error_and_no_default(write_standard):
    standard = load_standard(write_standard(resources=RESOURCES.rstrip() + LATER))
    with pytest.raises(StandardNotInForceError, match="— 2025-08-31"):
        on_day(standard, date(2025, 9, 1))


def test_before_the_first_day_there_is_an_error():
    with pytest.raises(StandardNotInForceError, match="有效期为 2017-04-19 —"):
        on_day(load_standard("CN/youzhi_2017"), date(2017, 4, 18))
    assert on_day(load_standard("CN/youzhi_2017"), date(2017, 4, 19)).resources


@pytest.mark.parametrize("day", [date(2019, 12, 31), date(2025, 9, 1)])
def test_in_english_there_is_no_chinese_and_there_is_a_next_step(write_standard, day):
    standard = load_standard(write_standard(resources=RESOURCES.rstrip() + LATER, folder="own"))
    with pytest.raises(StandardNotInForceError) as refused:
        on_day(standard, day)
    english = refused.value.message("en")
    assert not re.search("[\u4e00-\u9fff]", english)
    assert f"junheng standards list --on {day}" in english


def test_a_standard_that_ended_is_not_used(write_standard):
    ended = STANDARD.replace("from: 2020-01-01,", "from: 2020-01-01, ends: 2024-12-31,")
    standard = load_standard(write_standard(ended, resources=RESOURCES))
    with pytest.raises(StandardNotInForceError, match="全文"):
        on_day(standard, date(2025, 1, 1))


def test_an_unknown_relaxation_names_those_there_are():
    with pytest.raises(UnknownRelaxationError, match="larger_schools"):
        on_day(load_standard("CN/youzhi_2017"), date(2025, 1, 1), ["larger_school"])


def test_relaxations_are_off_unless_asked_for():
    standard = load_standard("CN/youzhi_2017")
    held = on_day(standard, date(2025, 1, 1))
    assert dict(held.indicators())["compulsory_pupils"].thresholds[0].all[0].value == 2500
    assert held.resources["sports_area_per_pupil"].formula.amount.columns() == {
        "sports_ground_area",
        "indoor_sports_area",
    }


def test_a_relaxation_puts_its_limits_before_the_usual_ones():
    held = on_day(load_standard("CN/youzhi_2017"), date(2025, 1, 1), ["larger_schools"])
    values = [limit.value for limit in dict(held.indicators())["compulsory_pupils"].thresholds[0].all]
    assert values == [3000, 3000, 2400, 2400, 2500, 2000]


def holds(condition, row):
    """A condition on one row; a blank never holds here."""
    return all(
        wanted.holds(Fraction(row[column])) if isinstance(wanted, Range) else row[column] in wanted
        for column, wanted in condition.items()
    )


def counted(held, check, column, row):
    terms = dict(held.indicators())[check].formula.amount.all
    return sum(term.sign for term in terms if term.column == column and holds(term.where, row))


@pytest.mark.parametrize(
    ("built", "largest", "relax", "times"),
    [
        (2010, 25, ["rooms_built_by_2016", "rooms_of_small_rural_schools"], 1),
        (2010, 40, ["rooms_built_by_2016", "rooms_of_small_rural_schools"], 1),
        (2020, 25, ["rooms_built_by_2016", "rooms_of_small_rural_schools"], 1),
        (2020, 40, ["rooms_built_by_2016", "rooms_of_small_rural_schools"], 0),
        (2010, 25, ["rooms_built_by_2016"], 1),
        (2010, 25, ["rooms_of_small_rural_schools"], 1),
        (2010, 25, ["rooms_built_by_2016", "rooms_built_by_2016"], 1),
        (2010, 25, [], 0),
    ],
)
def test_a_room_that_two_relaxations_grant_counts_once(built, largest, relax, times):
    held = on_day(load_standard("CN/youzhi_2017"), date(2025, 1, 1), relax)
    row = {"built_year": built, "largest_class": largest, "location": "rural", "school_kind": "211"}
    assert counted(held, "music_rooms_for_classes", "music_rooms_73_96", row) == times
    assert counted(held, "art_rooms_for_classes", "art_rooms_67_90", row) == times


def test_two_conditions_together_keep_what_both_allow():
    first = {"location": ("rural", "town"), "classes": Range(at_least="1", below="10"), "boarding": True}
    second = {"location": ("rural",), "classes": Range(at_least="5", at_most="20"), "built_year": Range(at_most="2016")}
    assert both(first, second) == {
        "location": ("rural",),
        "classes": Range(at_least="5", below="10", at_most="20"),
        "boarding": True,
        "built_year": Range(at_most="2016"),
    }
    assert both({"location": ("rural",)}, {"location": ("urban",)}) is None
    assert both({"boarding": True}, {"boarding": False}) is None
