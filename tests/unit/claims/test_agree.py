"""A printed number agrees with what rounding can hide, and no further."""

from __future__ import annotations

from fractions import Fraction

import pytest

from junheng.claims.agree import Agreement, Estimate, agreement, estimate, exactly
from junheng.claims.numerals import find_numerals


def number(text: str):
    (found,) = find_numerals(text)
    return found


@pytest.mark.parametrize(
    ("written", "actual", "expected"),
    [
        ("25册", "25", Agreement.EXACT),
        ("0.52", "0.515", Agreement.ROUNDED),
        ("0.52", "0.525", Agreement.ROUNDED),
        ("0.52", "0.5251", Agreement.TRUNCATED),
        ("81.04", "81.0458", Agreement.TRUNCATED),
        ("81.04", "81.05", Agreement.DISAGREES),
        ("0.52", "0.5149", Agreement.DISAGREES),
        ("约1220", "1160", Agreement.HEDGED),
        ("约1220", "1150", Agreement.DISAGREES),
        ("约1000", "800", Agreement.HEDGED),
        ("约1000", "600", Agreement.DISAGREES),
        ("17930余", "17939", Agreement.HEDGED),
        ("17930余", "17941", Agreement.DISAGREES),
        ("17930余", "17929", Agreement.DISAGREES),
        ("近1000", "960", Agreement.HEDGED),
        ("近1000", "1001", Agreement.DISAGREES),
        ("近1000", "600", Agreement.DISAGREES),
        ("超过1000", "1050", Agreement.HEDGED),
        ("超过1000", "990", Agreement.DISAGREES),
        ("不足55", "12", Agreement.HEDGED),
        ("不足55", "56", Agreement.DISAGREES),
        ("六成", "58", Agreement.HEDGED),
    ],
)
def test_how_a_number_relates_to_the_recomputed_one(written: str, actual: str, expected: Agreement):
    assert agreement(number(written), exactly(Fraction(actual))) is expected


def test_inputs_that_were_rounded_leave_room():
    quotient = Estimate(Fraction(45), Fraction(50), Fraction(55))
    assert agreement(number("54"), quotient) is Agreement.WITHIN_INPUTS
    assert agreement(number("56"), quotient) is Agreement.DISAGREES


def test_a_masked_number_agrees_with_nothing():
    assert estimate(number("xx"), counted=True) is None
    with pytest.raises(ValueError, match="masked"):
        agreement(number("xx"), exactly(1))


@pytest.mark.parametrize(
    ("written", "counted", "low", "high"),
    [
        ("1250人", True, 1250, 1250),
        ("1250人", False, Fraction("1249.5"), Fraction("1250.5")),
        ("3.2万人", True, 31_500, 32_500),  # printed with a scale it is rounded, even of people
        ("约40人", True, 35, 45),
        ("4000余人", True, 4000, 5000),
        ("不足55人", True, 0, 55),
    ],
)
def test_what_a_printed_number_may_stand_for(written: str, counted: bool, low: Fraction, high: Fraction):
    found = estimate(number(written), counted=counted)
    assert found is not None
    assert (found.low, found.high) == (low, high)


def test_nothing_is_divided_by_what_may_be_zero():
    assert exactly(5).over(Estimate(Fraction(0), Fraction(1), Fraction(2))) is None
