"""What one item of a scored part earns: what people gave where people judge, else what its checks leave."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import ceil, floor
from typing import Any

import polars as pl

from junheng.base.outcome import Outcome
from junheng.standards.indicator import Indicator
from junheng.standards.item import Deduction, Item, ItemPart
from junheng.standards.model import Standard
from junheng.verdict.decide import as_compared
from junheng.verdict.findings import outcome_of_finding
from junheng.verdict.items import JudgedChecks
from junheng.verdict.limits import possible_limits
from junheng.verdict.scores import NOTHING, Bounds, Earned

Row = Mapping[str, Any]


def earned_by_items(
    items: pl.DataFrame, checks: pl.DataFrame, judged: JudgedChecks, standard: Standard
) -> dict[tuple[str, str], dict[str, Earned]]:
    """(county_code, part) → what each item earns, for every scored part of a standard."""
    scored = {name: part for name, part in standard.parts() if part.rule == "score"}
    if not scored:
        return {}
    outcomes: dict[tuple[str, str, str], dict[str, Outcome]] = {}
    for row in checks.filter(pl.col("part").is_in(list(scored))).iter_rows(named=True):
        key = row["county_code"], row["part"], row["item"]
        outcomes.setdefault(key, {})[row["check"]] = Outcome(row["outcome"])
    earned: dict[tuple[str, str], dict[str, Earned]] = {}
    for row in items.filter(pl.col("part").is_in(list(scored))).iter_rows(named=True):
        county, name, key = row["county_code"], row["part"], row["item"]
        part, found = scored[name], outcomes.get((county, name, key), {})
        own = _earned(part, part.items[key], row, found, Shortfalls(judged, county))
        earned.setdefault((county, name), {})[key] = own
    return earned


class Shortfalls:
    """How far the rows of one county miss, or may miss, the limit of a check."""

    def __init__(self, judged: JudgedChecks, county: str) -> None:
        self.judged, self.county = judged, county

    def of(self, name: str, check: Indicator) -> list[tuple[Fraction, Fraction] | None]:
        """One pair for every row that misses the limit: by how much at least and at most (a blank may leave open which
        limit holds); None where that cannot be said, as of a ratio without an end, or of a row that is open."""
        frame = self.judged.of(check.level)
        short = pl.col(f"{name}__outcome").is_in([str(Outcome.UNMET), str(Outcome.UNKNOWN)])
        missed = frame.filter((pl.col("county_code") == self.county) & short)
        return [self._of_row(name, check, row) for row in missed.iter_rows(named=True)]

    def _of_row(self, name: str, check: Indicator, row: Row) -> tuple[Fraction, Fraction] | None:
        value = self.judged.exact(name, check, row) if row[f"{name}__outcome"] == Outcome.UNMET else None
        if value is None:
            return None
        shown = as_compared(value, self.judged.exact.standard.compare)
        by = [abs(limit.value - shown) for limit in possible_limits(check, row) if limit is not None]
        return (min(by), max(by)) if by else None


def _earned(part: ItemPart, item: Item, row: Row, checks: Mapping[str, Outcome], shortfalls: Shortfalls) -> Earned:
    """What people gave where people judge, else what the checks leave.

    Where people judge and gave no score the checks leave no more than they do, and all of that only where people found
    the item met. Of an item whose points are not known nothing can be said: the branch above it, or the part, has them
    to give.
    """
    if item.points is None:
        return Earned(Bounds(NOTHING, None))
    points = Fraction(item.points)
    anything = Bounds(NOTHING, points)
    said = outcome_of_finding(part, item, row["finding"])
    if said is None:
        return Earned(None if part.rescale else anything)
    left = _left(item, points, checks, shortfalls)
    judged = item.judged or item.gate
    if judged and row["score"] is not None:
        # The shortest decimal that names the float: 12.3 of 12.3 points is full marks, its binary neighbour is more.
        score = Fraction(str(row["score"]))
        if not 0 <= score <= points:
            return Earned(anything)
        return Earned(Bounds(score, score), left[1] if score > left[1] else None)
    if not checks or (said is Outcome.UNMET and not judged):
        return Earned(anything)
    return Earned(Bounds(left[0] if said is Outcome.MET or not judged else NOTHING, left[1]))


def _left(
    item: Item, points: Fraction, checks: Mapping[str, Outcome], shortfalls: Shortfalls
) -> tuple[Fraction, Fraction]:
    """What the checks leave of an item's points, at least and at most."""
    lost = [_lost(item, points, name, outcome, shortfalls) for name, outcome in checks.items()]
    least, most = (sum((pair[end] for pair in lost), NOTHING) for end in (0, 1))
    return max(points - most, NOTHING), max(points - least, NOTHING)


def _lost(
    item: Item, points: Fraction, name: str, outcome: Outcome, shortfalls: Shortfalls
) -> tuple[Fraction, Fraction]:
    """What one check costs its item, at least and at most."""
    if outcome.passes:
        return NOTHING, NOTHING
    rules = [deduction for deduction in item.deductions if deduction.check == name]
    if not rules:
        return NOTHING, points
    found = [_deducted(rule, points, item.checks[name], outcome, shortfalls) for rule in rules]
    return sum((least for least, _ in found), NOTHING), sum((most for _, most in found), NOTHING)


def _deducted(
    rule: Deduction, points: Fraction, check: Indicator, outcome: Outcome, shortfalls: Shortfalls
) -> tuple[Fraction, Fraction]:
    """What one rule takes off. Where several schools or stages miss the limit it is not printed whose shortfall counts:
    at least the worst of them does, at most all do."""
    once = points if rule.points is None else min(Fraction(rule.points), points)
    if outcome is Outcome.UNKNOWN:
        return NOTHING, once if rule.per is None else points
    if rule.points is None or rule.per is None:
        return once, once
    by = shortfalls.of(rule.check, check)
    steps = [(_steps(rule, least), _steps(rule, most)) for least, most in filter(None, by)]
    least = max((least for least, _ in steps), default=NOTHING) * Fraction(rule.points)
    most = sum((most for _, most in steps), NOTHING) * Fraction(rule.points)
    # A row of which it cannot be said how far it misses may cost whatever the others leave.
    return min(least, points), points if None in by else min(most, points)


def _steps(rule: Deduction, shortfall: Fraction) -> Fraction:
    """How many steps of ``per`` a shortfall has."""
    steps = shortfall / Fraction(rule.per or 1)
    match rule.steps:
        case "started":
            return Fraction(ceil(steps))
        case "full":
            return Fraction(floor(steps))
        case "part":
            return steps
