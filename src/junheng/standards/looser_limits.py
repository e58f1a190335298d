"""Whether limits ask less than others: of every row that both concern, and from every day on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from itertools import product
from math import inf
from typing import TypeVar

from junheng.base.terms import Label
from junheng.standards.conditions import both
from junheng.standards.formula import Condition, Range
from junheng.standards.indicator import Indicator
from junheng.standards.limit import BalanceLimit, Graded, Limit
from junheng.standards.loosening import ABSENT, Loosening, Place, as_it_is, with_english
from junheng.standards.source import Dated
from junheng.standards.words import limits_in_words

Entry = TypeVar("Entry", bound=Dated)


def looser_thresholds(place: Place, own: Indicator, base: Indicator, stages: Sequence[str]) -> Iterator[Loosening]:
    by_stage: Sequence[str | None] = stages if own.level in ("stage", "county_stage") else (None,)
    for day, ours, theirs in entries_held_together(own.thresholds, base.thresholds):
        at = place._replace(since=day)
        if ours is None:
            yield at.looser(None, _said(*theirs.primary, *theirs.junior, *theirs.all), ABSENT)
        elif ours != theirs and not ours.looser_because:
            for stage in by_stage:
                yield from _looser_limits(at, ours.limits(stage), theirs.limits(stage))


def looser_balance(
    place: Place, own: tuple[BalanceLimit, ...], base: tuple[BalanceLimit, ...], stages: Sequence[str]
) -> Iterator[Loosening]:
    for day, ours, theirs in entries_held_together(own, base):
        if ours is not None and (ours == theirs or ours.looser_because):
            continue
        for stage in stages:
            asked, held = ours.limit(stage) if ours else None, theirs.limit(stage)
            if held is not None and (asked is None or asked > held):
                yield place._replace(since=day).looser(None, as_it_is(held), as_it_is(asked))


def entries_held_together(
    own: tuple[Entry, ...], base: tuple[Entry, ...]
) -> Iterator[tuple[date, Entry | None, Entry]]:
    """The entries of both that hold from each day on which one of them begins; None where the overlay has none at all.

    Before the first own entry nothing is judged by it, so that nothing can be looser.
    """
    for day in sorted({entry.since for entry in (*own, *base)}):
        ours, theirs = _at(own, day), _at(base, day)
        if theirs is not None and (ours is not None or not own):
            yield day, ours, theirs


def _at(entries: tuple[Entry, ...], day: date) -> Entry | None:
    return max((entry for entry in entries if entry.since <= day), key=lambda entry: entry.since, default=None)


def _looser_limits(place: Place, own: tuple[Limit, ...], base: tuple[Limit, ...]) -> Iterator[Loosening]:
    """The first limit whose rows match counts, so that it matters which pairs of them can meet in one row."""
    for held in base:
        if not any(_implies(held.where, ours.where) for ours in own):
            yield place.looser(None, _said(held), ABSENT)
    for (at, ours), (above, held) in product(enumerate(own), enumerate(base)):
        joint = both(ours.where, held.where)
        if joint is None or not _possible(joint):
            continue
        earlier = (*own[:at], *base[:above])
        if not any(_implies(joint, limit.where) for limit in earlier) and _looser(ours, held):
            yield place.looser(None, *_both_said(held, ours))


def _both_said(held: Limit, ours: Limit) -> tuple[Label, Label]:
    """Plain values where nothing else differs, else the limits in words."""
    conditional = bool(held.where or ours.where)
    graded = isinstance(held.value, Graded) or isinstance(ours.value, Graded)
    if conditional or graded or held.operator != ours.operator:
        return _said(held), _said(ours)
    return as_it_is(held.value), as_it_is(ours.value)


def _said(*limits: Limit) -> Label:
    return with_english(limits_in_words(limits), *limits)


def _looser(ours: Limit, theirs: Limit) -> bool:
    """Whether one limit asks less than the other for some size; one that points the other way always counts as such.

    A value that was not found may be filled in; one that was found may not be forgotten.
    """
    if ours.operator is None or theirs.operator is None:
        return theirs.operator is not None
    upward = ours.operator in ("at_least", "above")
    if upward != (theirs.operator in ("at_least", "above")):
        return True
    # At the same figure “above” asks more than “at least”.
    strict = theirs.operator in ("above", "below") and ours.operator in ("at_least", "at_most")
    pairs = [(mine, other) if upward else (other, mine) for mine, other in _values(ours, theirs)]
    return any(less < more or (strict and less == more) for less, more in pairs)


def _values(ours: Limit, theirs: Limit) -> Iterator[tuple[Fraction, Fraction]]:
    """The two values wherever one of them bends; between the bends both are straight lines."""
    graded = [limit.value for limit in (ours, theirs) if isinstance(limit.value, Graded)]
    sizes = [Fraction(size) for size in {size for value in graded for size in value.points}] or [Fraction(0)]
    same = len({value.by for value in graded}) <= 1
    for size in sizes:
        # Graded by different columns, any value of the one may meet any of the other.
        for other in [size] if same else sizes:
            yield _value_at(ours, size), _value_at(theirs, other)


def _value_at(limit: Limit, size: Fraction) -> Fraction:
    return limit.value.at(size) if isinstance(limit.value, Graded) else Fraction(limit.value or 0)


def _possible(condition: Condition) -> bool:
    """Whether some row can meet a condition: its intervals are not empty."""
    for wanted in condition.values():
        if isinstance(wanted, Range):
            (low, above), (high, included) = _lower(wanted), _upper(wanted)
            if low > high or (low == high and (above or not included)):
                return False
    return True


def _implies(narrow: Condition, wide: Condition) -> bool:
    """Whether every row that meets one condition surely meets the other."""
    return all(column in narrow and _within(narrow[column], wanted) for column, wanted in wide.items())


def _within(narrow: bool | Range | tuple[str, ...], wide: bool | Range | tuple[str, ...]) -> bool:
    if isinstance(narrow, Range) and isinstance(wide, Range):
        return _lower(narrow) >= _lower(wide) and _upper(narrow) <= _upper(wide)
    if isinstance(narrow, tuple) and isinstance(wide, tuple):
        return set(narrow) <= set(wide)
    return narrow == wide


End = tuple[Fraction | float, bool]


def _lower(wanted: Range) -> End:
    """Where an interval begins, and whether it leaves that value out: the later, the narrower."""
    ends: list[End] = [(-inf, False)]
    ends += [(Fraction(wanted.at_least), False)] if wanted.at_least is not None else []
    ends += [(Fraction(wanted.above), True)] if wanted.above is not None else []
    return max(ends)


def _upper(wanted: Range) -> End:
    """Where an interval ends, and whether it takes that value in: the earlier, the narrower."""
    ends: list[End] = [(inf, True)]
    ends += [(Fraction(wanted.at_most), True)] if wanted.at_most is not None else []
    ends += [(Fraction(wanted.below), False)] if wanted.below is not None else []
    return min(ends)
