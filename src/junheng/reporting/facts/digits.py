"""How many decimals a figure needs, so that what is printed never contradicts what was judged."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from junheng.base.exact import digits_beside as digits_beside  # for all facts


def share_digits(value: Fraction | Decimal | float | None) -> int:
    """At least two for a share in per cent: limits of shares are whole numbers, and 84.996 must not read 85."""
    return 2 if value is None else digits_beside(value, round(value), 2)


def fewest(value: Fraction | Decimal | float | int | None) -> int:
    """Two decimals say enough of 4.53 and nothing of 0.0542 (teachers a pupil): four where the value is that small."""
    return 4 if value is not None and 0 < abs(float(value)) < 0.1 else 2
