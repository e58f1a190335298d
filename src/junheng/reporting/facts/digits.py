"""How many decimals a figure needs, so that what is printed never contradicts what was judged."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from junheng.base.exact import half_up

_MOST = 12


def digits_beside(value: Fraction | Decimal | float, limit: Fraction | Decimal | float | None, least: int) -> int:
    """The fewest decimals, at least ``least``, that leave the value on its own side of the limit.

    0.4999 against 0.50 needs four: with three it would read 0.500, which is at the limit and not below it.
    """
    if limit is None:
        return least
    exact, bound = Fraction(value), Fraction(limit)
    for digits in range(least, _MOST):
        if _side(Fraction(half_up(value, digits)), bound) == _side(exact, bound):
            return digits
    return _MOST


def share_digits(value: Fraction | Decimal | float | None) -> int:
    """At least two for a share in per cent: limits of shares are whole numbers, and 84.996 must not read 85."""
    return 2 if value is None else digits_beside(value, round(value), 2)


def fewest(value: Fraction | Decimal | float | int | None) -> int:
    """Two decimals say enough of 4.53 and nothing of 0.0542 (teachers a pupil): four where the value is that small."""
    return 4 if value is not None and 0 < abs(float(value)) < 0.1 else 2


def _side(value: Fraction, bound: Fraction) -> int:
    return (value > bound) - (value < bound)
