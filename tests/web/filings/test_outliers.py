"""What is worth a second look: exact, by amounts only, and a blank is neither zero nor odd."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from junheng.tables.catalogue import load_tables
from junheng.web.filings.outliers import Change, amount_in, spread_of

PUPILS = load_tables()["stage_year"].columns["pupils"]
EQUIPMENT = load_tables()["school_year"].columns["equipment_value"]


def change(before, now) -> Change:
    def number(value):
        return None if value is None else Decimal(value)

    return Change(PUPILS, number(before), number(now))


@pytest.mark.parametrize(
    ("typed", "read"),
    [("1,280", Decimal(1280)), ("", None), ("无", None), ("abc", None), ("0", Decimal(0))],
)
def test_a_figure_is_read_as_it_was_typed_and_a_word_is_none(typed, read):
    assert amount_in(PUPILS, typed) == read


def test_a_figure_stays_in_the_unit_that_people_file_in():
    assert EQUIPMENT.form_unit == "万元"
    assert amount_in(EQUIPMENT, "150") == Decimal(150)


@pytest.mark.parametrize(
    ("before", "now", "much"),
    [
        ("100", "130", True),
        ("100", "129", False),
        ("100", "70", True),
        ("1", "3", False),  # two persons more are no news
        ("0", "50", True),
        ("50", "0", True),
        (None, "50", False),
        ("50", None, False),
        ("50", "50", False),
    ],
)
def test_much_is_three_tenths_and_more_than_a_few(before, now, much):
    assert change(before, now).is_much is much


def test_what_was_filed_last_year_and_is_blank_now_is_gone_not_zero():
    gone = change("50", None)
    assert gone.is_gone
    assert gone.share is None
    assert not change("50", "0").is_gone


def test_what_came_from_nothing_stands_before_every_growth():
    assert change("0", "50").size > change("1", "100000").size > change("100", "150").size


def test_quartiles_are_those_that_spreadsheets_give():
    spread = spread_of(map(Decimal, (7, 15, 36, 39, 40, 41)))
    assert (spread.low, spread.median, spread.high) == (Fraction("20.25"), Fraction("37.5"), Fraction("39.75"))


def test_blanks_are_left_out_and_too_few_schools_say_nothing():
    assert spread_of([Decimal(1), None, Decimal(2), Decimal(3), Decimal(4), None]) is None
    assert spread_of([Decimal(1), None, *map(Decimal, (2, 3, 4, 5))]).count == 5


def test_far_outside_the_middle_half_is_odd_on_its_side():
    spread = spread_of(map(Decimal, (400, 450, 500, 550, 600)))
    assert spread.beyond(Decimal(1000)) == "high"
    assert spread.beyond(Decimal(100)) == "low"
    assert spread.beyond(Decimal(650)) == ""


def test_where_nearly_all_have_nothing_one_who_has_something_is_not_odd():
    assert spread_of([Decimal(0)] * 9).beyond(Decimal(3)) == ""


def test_where_all_are_alike_a_small_difference_is_not_odd():
    alike = spread_of([Decimal(100)] * 9)
    assert alike.beyond(Decimal(110)) == ""
    assert alike.beyond(Decimal(200)) == "high"


amounts = st.lists(st.integers(0, 10**6).map(Decimal), min_size=5, max_size=60)


@given(amounts)
def test_the_quartiles_lie_in_order_within_the_figures(values):
    spread = spread_of(values)
    assert min(values) <= spread.low <= spread.median <= spread.high <= max(values)


@given(amounts, st.integers(1, 1000))
def test_a_larger_unit_changes_no_judgement(values, times):
    spread, scaled = spread_of(values), spread_of(value * times for value in values)
    for value in values[:5]:
        assert spread.beyond(value) == scaled.beyond(value * times)
