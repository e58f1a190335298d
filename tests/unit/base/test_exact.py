"""Exact numbers: rounding as printed, plain figures, sums of roots against a limit."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from junheng.base.exact import growth, half_up, plain, prints_as, sqrt_fraction, sum_of_roots_at_most


@pytest.mark.parametrize(
    ("value", "digits", "printed"),
    [
        (Fraction(1, 8), 2, "0.13"),
        (Fraction(-1, 8), 2, "-0.13"),
        (Decimal("2.675"), 2, "2.68"),
        (0.515257, 2, "0.52"),
        (Fraction(2, 3), 4, "0.6667"),
        (Fraction(5), 0, "5"),
    ],
)
def test_half_is_rounded_away_from_zero(value, digits, printed):
    assert str(half_up(value, digits)) == printed


@given(st.fractions(), st.integers(0, 12))
def test_rounding_moves_a_value_by_half_a_unit_at_most(value, digits):
    assert abs(Fraction(half_up(value, digits)) - value) <= Fraction(1, 2 * 10**digits)


@pytest.mark.parametrize(
    ("value", "text"),
    [(1200, "1200"), (Fraction(1, 3), "0.333333"), (Decimal("4.50"), "4.5"), (1e-9, "0"), (-0.0, "0")],
)
def test_plain_numbers_have_no_exponent_and_no_idle_zeros(value, text):
    assert plain(value) == text


@given(st.fractions(min_value=0, max_value=1000))
def test_the_root_of_a_square_is_found_exactly(root):
    assert sqrt_fraction(root**2) == root


def test_a_root_that_is_not_rational_is_not_invented():
    assert sqrt_fraction(Fraction(2)) is None


@given(st.lists(st.fractions(min_value=0, max_value=3), min_size=1, max_size=8))
def test_a_sum_of_rational_roots_meets_its_own_sum_and_nothing_less(roots):
    squares = [root**2 for root in roots]
    assert sum_of_roots_at_most(squares, sum(roots))
    assert not sum_of_roots_at_most(squares, sum(roots) - Fraction(1, 10**60))


def test_irrational_roots_are_decided_beyond_the_digits_of_a_float():
    near = Fraction(14142135623730950488016887242096980785696718753769, 10**49)  # √2 cut off
    assert not sum_of_roots_at_most([Fraction(2)], near)
    assert sum_of_roots_at_most([Fraction(2)], near + Fraction(1, 10**48))


@pytest.mark.parametrize(
    ("printed", "agrees"),
    [("-4.03", True), ("-4.04", True), ("-4.035", True), ("-4.0", True), ("-4", True), ("4.03", False), ("-5", False)],
)
def test_a_printed_figure_is_rounded_or_cut_off(printed, agrees):
    assert prints_as(Fraction("-4.035"), Decimal(printed)) == agrees


def test_growth_needs_something_to_grow_from():
    assert growth(Decimal(39631), Decimal(41296)) == Fraction(-166500, 41296)
    assert growth(Decimal(1), Decimal(0)) is growth(None, Decimal(1)) is growth(Decimal(1), None) is None
