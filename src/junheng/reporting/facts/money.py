"""Amounts of money in the unit that people count them in: 万元, as they are filed. What a pupil gets stays in 元."""

from __future__ import annotations

from fractions import Fraction

from junheng.reporting.facts.digits import digits_beside

_WAN = 10_000


def in_wan(value: Fraction | float | int | None, unit: str) -> tuple[Fraction | float | int | None, str, int]:
    """An amount, its unit and its decimals: 元 as 万元, with as many decimals as tell it from nothing."""
    if unit != "元":
        return value, unit, 2
    if value is None:
        return None, "万元", 2
    shown = (Fraction(repr(value)) if isinstance(value, float) else Fraction(value)) / _WAN
    return shown, "万元", digits_beside(shown, 0, 2)
