"""Exact numbers: decisions are made in fractions, floats are only for showing (see docs: why verdicts are exact)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from math import isqrt

# Floats of the engine are right to about 1e-14; a value this near its limit (relative) is decided again exactly.
NEAR = 1e-9
_MOST = 12  # decimals that are ever printed


def half_up(value: Fraction | Decimal | float, digits: int) -> Decimal:
    """Round half away from zero to ``digits`` decimals, the way official tables are printed (四舍五入).

    The only place where the project rounds. A float counts as the shortest decimal that names it.
    """
    exact = Decimal(repr(value)) if isinstance(value, float) else value
    with localcontext() as context:
        context.prec = 60
        if isinstance(exact, Fraction):
            scaled = abs(exact) * 10**digits
            whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
            return Decimal(whole if exact >= 0 else -whole).scaleb(-digits)
        return exact.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)


def plain(value: Fraction | Decimal | float | int, digits: int = 6) -> str:
    """A number as a person writes it: at most ``digits`` decimals, no trailing zeros, no exponent."""
    if isinstance(value, int | Fraction) and value.denominator == 1:  # most of what is filed: nothing to round
        return str(value.numerator)
    text = format(half_up(Fraction(value) if isinstance(value, int) else value, digits), "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


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


def _side(value: Fraction, bound: Fraction) -> int:
    return (value > bound) - (value < bound)


def growth(now: Fraction | Decimal | None, before: Fraction | Decimal | None) -> Fraction | None:
    """增长率 in per cent; None where either is missing or there was nothing to grow from."""
    if now is None or before is None or before <= 0:
        return None
    return (Fraction(now) - Fraction(before)) * 100 / Fraction(before)


def decimals(value: Decimal) -> int:
    """How many decimals a number was printed with; trailing zeros do not survive being kept and do not count."""
    return max(0, -int(value.normalize().as_tuple().exponent))


def prints_as(exact: Fraction, printed: Decimal) -> bool:
    """Whether ``printed`` is the exact value rounded half up or cut off to the decimals it has; papers do either."""
    digits = decimals(printed)
    cut_off = Fraction(int(exact * 10**digits), 10**digits)  # towards zero
    return Fraction(printed) in (Fraction(half_up(exact, digits)), cut_off)


def sqrt_fraction(value: Fraction) -> Fraction | None:
    """The square root when it is rational, else None."""
    top, bottom = isqrt(value.numerator), isqrt(value.denominator)
    return Fraction(top, bottom) if top * top == value.numerator and bottom * bottom == value.denominator else None


def sum_of_roots_at_most(squares: Sequence[Fraction], limit: Fraction) -> bool:
    """Decide √q₁ + … + √qₙ ≤ limit exactly, for the mean of several 差异系数.

    Rational roots are summed as fractions. A sum of positive irrational roots of rationals is never rational, so it
    never equals the limit and enough digits always decide.
    """
    rest = Fraction(limit)
    surds: list[Fraction] = []
    for square in squares:
        root = sqrt_fraction(square)
        if root is None:
            surds.append(square)
        else:
            rest -= root
    if not surds:
        return rest >= 0
    digits = 50
    while True:
        scale = 10**digits
        # isqrt gives the root cut off: the true sum lies in [low, low + len(surds)) / scale.
        low = sum(isqrt(square.numerator * scale * scale // square.denominator) for square in surds)
        if Fraction(low + len(surds), scale) <= rest:
            return True
        if Fraction(low, scale) > rest:
            return False
        digits *= 2
