"""Why a figure may be wrong: what would make it right.

A cause is a hint for whoever mends the report. It is given only where another reading gives exactly the printed
digits; that may still be chance, and the words say so.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from junheng.base.exact import plain
from junheng.claims.agree import Agreement, Estimate, agreement, exactly
from junheng.claims.claim import Reason
from junheng.claims.lookup import value_of
from junheng.claims.mention import Mention
from junheng.claims.numerals import Numeral
from junheng.claims.report import Report
from junheng.claims.roles import Role

_SHIFTS = (Fraction(10), Fraction(1, 10), Fraction(100), Fraction(1, 100), Fraction(1000), Fraction(1, 1000))
_FEWEST_DIGITS = 2  # one digit agrees with anything by chance


def cause_of_quotient(
    report: Report, mention: Mention, top: Estimate, bottoms: Iterable[Mention], factor: Fraction
) -> Reason | None:
    """Why top ÷ bottom × factor is not what is printed: another whole was used, or a slip of the pen.

    Args:
        bottoms: figures that are surely not the right divisor but may have been taken for it.
    """
    numeral = mention.figure.numeral
    used = [value.value for value in map(value_of, bottoms) if value is not None]
    for other in report.in_chapter(mention):
        if not _may_divide(mention, other, top, used):
            continue
        bottom = value_of(other)
        quotient = top.over(bottom) if bottom is not None else None
        if (
            quotient is not None
            and agreement(numeral, quotient.times(factor)) is not Agreement.DISAGREES
            and _telling(numeral)
        ):
            return Reason("cause_other_whole", {"other": report.input(other).quote})
    right = top.value * factor / used[0] if used else None
    return slip(mention.figure.numeral, right) if right is not None else None


def implied_whole(mention: Mention, top: Estimate, factor: Fraction) -> Reason | None:
    """The divisor that the printed figure implies: an old head-count shows like that."""
    value = mention.figure.numeral.value
    if not value:
        return None
    return Reason("cause_implied_whole", {"whole": plain(top.value * factor / value, 0)})


def slip(numeral: Numeral, right: Fraction) -> Reason | None:
    """A decimal point in the wrong place, or two digits swapped."""
    value = numeral.value
    if value is None or right <= 0 or not _telling(numeral):
        return None
    for shift in _SHIFTS:
        if agreement(numeral, exactly(right * shift)) is not Agreement.DISAGREES:
            return Reason("cause_decimal_point")
    steps = [int(amount / numeral.step + Fraction(1, 2)) for amount in (value, right)]
    written, meant = map(str, steps)
    if len(written) == len(meant) and sorted(written) == sorted(meant):
        apart = [index for index, (one, other) in enumerate(zip(written, meant, strict=True)) if one != other]
        if len(apart) == 2:
            return Reason("cause_swapped")
    return None


def _may_divide(mention: Mention, other: Mention, top: Estimate, used: list[Fraction]) -> bool:
    value = other.figure.numeral.value
    return (
        value is not None
        and value > 0
        and other is not mention
        and other.role is Role.STATED
        and other.figure.counted
        and other.figure.unit.base in ("person", "class", "school", "set", "room", "item")
        and value not in used
        and value != top.value
    )


def _telling(numeral: Numeral) -> bool:
    return numeral.value is not None and len(str(int(numeral.value / numeral.step))) >= _FEWEST_DIGITS
