"""Does a printed number agree with a recomputed one? Within what rounding can hide, and no further."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from junheng.claims.numerals import Hedge, Numeral


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a quantity may be: the value as printed or computed, and how far the true one may lie from it."""

    low: Fraction
    value: Fraction
    high: Fraction

    def __add__(self, other: Estimate) -> Estimate:
        return Estimate(self.low + other.low, self.value + other.value, self.high + other.high)

    def __sub__(self, other: Estimate) -> Estimate:
        return Estimate(self.low - other.high, self.value - other.value, self.high - other.low)

    def __mul__(self, other: Estimate) -> Estimate:
        ends = [self.low * other.low, self.low * other.high, self.high * other.low, self.high * other.high]
        return Estimate(min(ends), self.value * other.value, max(ends))

    def over(self, other: Estimate) -> Estimate | None:
        """Quotient; None where the divisor may be zero or less."""
        if other.low <= 0:
            return None
        ends = [self.low / other.low, self.low / other.high, self.high / other.low, self.high / other.high]
        return Estimate(min(ends), self.value / other.value, max(ends))

    def times(self, factor: Fraction | int) -> Estimate:
        """Scaled by a known number above zero."""
        return Estimate(self.low * factor, self.value * factor, self.high * factor)

    @property
    def exact(self) -> bool:
        return self.low == self.high


def exactly(value: Fraction | int) -> Estimate:
    """A number that is known."""
    return Estimate(Fraction(value), Fraction(value), Fraction(value))


class Agreement(StrEnum):
    """How a printed number relates to what it is computed from."""

    EXACT = "exact"
    ROUNDED = "rounded"
    TRUNCATED = "truncated"
    WITHIN_INPUTS = "within_inputs"
    HEDGED = "hedged"
    DISAGREES = "disagrees"


_ABOUT = Fraction(1, 20)  # 约1220人 may be 1159 to 1281
_FAR = Fraction(1, 4)  # of a rounder number more, yet 约1000人 are no 600


def estimate(numeral: Numeral, *, counted: bool) -> Estimate | None:
    """What a printed number may stand for as an input; None when it is masked.

    Args:
        counted: whole things (人, 所, 册): printed without scale or decimals they are exact.
    """
    value = numeral.value
    if value is None:
        return None
    half = numeral.step / 2
    place = _place(numeral)
    match numeral.hedge:
        case Hedge.NONE:
            slack = Fraction(0) if counted and numeral.step == 1 and numeral.scale == 1 else half
            return Estimate(value - slack, value, value + slack)
        case Hedge.ABOUT:
            slack = max(half, min(place / 2, abs(value) * _FAR), abs(value) * _ABOUT)
            return Estimate(value - slack, value, value + slack)
        case Hedge.MORE:
            return Estimate(value, value, value + place)
        case Hedge.NEARLY:
            return Estimate(value - max(half, min(place, abs(value) * _FAR), abs(value) * _ABOUT), value, value)
        case Hedge.OVER:
            return Estimate(value, value, value + max(place, abs(value) * 2 * _ABOUT))
        case Hedge.UNDER:
            return Estimate(min(Fraction(0), value), value, value)


def agreement(written: Numeral, actual: Estimate) -> Agreement:
    """How a number as printed relates to the recomputed value, in the same unit.

    "0.52" stands for anything that rounds to it (0.515 ≤ x ≤ 0.525); officials also cut off (81.0458 → 81.04).
    """
    value, step = written.value, written.step
    if value is None:
        raise ValueError("a masked number agrees with nothing")
    if written.hedge is Hedge.OVER:  # 超过80% is true of 95%
        return Agreement.HEDGED if actual.high >= value else Agreement.DISAGREES
    if written.hedge is not Hedge.NONE:
        meant = estimate(written, counted=False)
        assert meant is not None  # only a masked number has none
        return Agreement.HEDGED if meant.low <= actual.high and actual.low <= meant.high else Agreement.DISAGREES
    if actual.value == value:
        return Agreement.EXACT
    if value - step / 2 <= actual.value <= value + step / 2:
        return Agreement.ROUNDED
    if value <= actual.value < value + step:
        return Agreement.TRUNCATED
    if value - step / 2 <= actual.high and actual.low <= value + step / 2:
        return Agreement.WITHIN_INPUTS
    return Agreement.DISAGREES


def _place(numeral: Numeral) -> Fraction:
    """The worth of the last digit that is not a trailing zero: 余 after 17930 hides less than ten."""
    value = numeral.value
    if value is None or value == 0 or (numeral.step < 1 and numeral.scale == 1):
        return numeral.step
    place = numeral.step
    while value % (place * 10) == 0:
        place *= 10
    return place
