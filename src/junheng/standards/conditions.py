"""Conditions taken together: what two of them have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal

from junheng.standards.formula import Condition, Range


def both(first: Condition, second: Condition) -> Condition | None:
    """The condition that holds exactly where both hold; None where they never hold together."""
    joint = dict(first)
    for column, wanted in second.items():
        if column not in joint:
            joint[column] = wanted
            continue
        common = _common(joint[column], wanted)
        if common is None:
            return None
        joint[column] = common
    return joint


def _common(
    first: bool | Range | tuple[str, ...], second: bool | Range | tuple[str, ...]
) -> bool | Range | tuple[str, ...] | None:
    if isinstance(first, Range) and isinstance(second, Range):
        return Range(
            at_least=_tighter(max, first.at_least, second.at_least),
            above=_tighter(max, first.above, second.above),
            at_most=_tighter(min, first.at_most, second.at_most),
            below=_tighter(min, first.below, second.below),
        )
    if isinstance(first, tuple) and isinstance(second, tuple):
        return tuple(code for code in first if code in second) or None
    return first if first == second else None


def _tighter(choose: Callable[[Iterable[Decimal]], Decimal], *bounds: Decimal | None) -> Decimal | None:
    given = [bound for bound in bounds if bound is not None]
    return choose(given) if given else None
