"""得分: what the items of a scored part earn, rolled up its tree, and whether that reaches the pass mark.

Every score is an interval: what is not known earns anything between nothing and all of its points. All of it is exact.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import Any

import polars as pl

from junheng.base.outcome import Outcome
from junheng.standards.indicator import Indicator
from junheng.standards.item import Branch, Deduction, Item, ItemPart
from junheng.standards.model import Standard
from junheng.verdict.decide import as_compared
from junheng.verdict.findings import outcome_of_finding
from junheng.verdict.items import JudgedChecks
from junheng.verdict.limits import possible_limits

Row = Mapping[str, Any]
NOTHING = Fraction(0)


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a score may be: no less than ``low`` and no more than ``high`` (None: nobody knows how much)."""

    low: Fraction
    high: Fraction | None

    @property
    def exact(self) -> Fraction | None:
        """The score, where it is known."""
        return self.low if self.low == self.high else None


@dataclass(frozen=True, slots=True)
class Subtotal:
    """What a branch of the tree (or the whole of it) earns, before anything is rescaled.

    Attributes:
        points: of the branch; None where they are not known.
        left_out: the points of its items that do not concern the county.
        low: of what is known below it.
        high: of what is known below it, and of what is not while its points are.
        seen: the points that ``high`` counts: all of them where they are known.
    """

    points: Fraction | None
    left_out: Fraction
    low: Fraction
    high: Fraction
    seen: Fraction

    @property
    def bounds(self) -> Bounds:
        return Bounds(self.low, None if self.points is None else self.high)


@dataclass(frozen=True, slots=True)
class PartScore:
    """The score of one part in one county.

    Attributes:
        items: what each item earns; None for one that does not concern the county.
        branches: the subtotal of each branch, as the standard lists them.
        bounds: the score that is held against the pass mark.
    """

    items: Mapping[str, Bounds | None]
    branches: Mapping[str, Subtotal]
    bounds: Bounds
    outcome: Outcome


def score_parts(
    items: pl.DataFrame, checks: pl.DataFrame, judged: JudgedChecks, standard: Standard
) -> dict[tuple[str, str], PartScore]:
    """(county_code, part) → the score, for every scored part of a standard."""
    scored = {name: part for name, part in standard.parts() if part.rule == "score"}
    if not scored:
        return {}
    outcomes: dict[tuple[str, str, str], dict[str, Outcome]] = {}
    for row in checks.filter(pl.col("part").is_in(list(scored))).iter_rows(named=True):
        key = row["county_code"], row["part"], row["item"]
        outcomes.setdefault(key, {})[row["check"]] = Outcome(row["outcome"])
    earned: dict[tuple[str, str], dict[str, Bounds | None]] = {}
    for row in items.filter(pl.col("part").is_in(list(scored))).iter_rows(named=True):
        county, name, key = row["county_code"], row["part"], row["item"]
        part, found = scored[name], outcomes.get((county, name, key), {})
        bounds = _earned(part, part.items[key], row, found, Shortfalls(judged, county))
        earned.setdefault((county, name), {})[key] = bounds
    return {key: score_of(scored[key[1]], own) for key, own in earned.items()}


# What one item earns


class Shortfalls:
    """How far the rows of one county miss the limit of a check."""

    def __init__(self, judged: JudgedChecks, county: str) -> None:
        self.judged, self.county = judged, county

    def of(self, name: str, check: Indicator) -> list[tuple[Fraction, Fraction] | None]:
        """One pair for every row that misses the limit: by how much at least and at most (a blank may leave open which
        limit holds); None where that cannot be said, as of a ratio without an end."""
        frame = self.judged.of(check.level)
        missed = frame.filter((pl.col("county_code") == self.county) & (pl.col(f"{name}__outcome") == Outcome.UNMET))
        return [self._of_row(name, check, row) for row in missed.iter_rows(named=True)]

    def _of_row(self, name: str, check: Indicator, row: Row) -> tuple[Fraction, Fraction] | None:
        value = self.judged.exact(name, check, row)
        if value is None:
            return None
        shown = as_compared(value, self.judged.exact.standard.compare)
        by = [abs(limit.value - shown) for limit in possible_limits(check, row) if limit is not None]
        return (min(by), max(by)) if by else None


def _earned(
    part: ItemPart, item: Item, row: Row, checks: Mapping[str, Outcome], shortfalls: Shortfalls
) -> Bounds | None:
    """What people gave where people judge, else what the checks leave; None where the item does not concern the county.

    Where people judge and gave no score the checks leave no more than they do, and all of that only where people found
    the item met. Of an item whose points are not known nothing can be said: the branch above it, or the part, has them
    to give.
    """
    if item.points is None:
        return Bounds(NOTHING, None)
    points = Fraction(item.points)
    anything = Bounds(NOTHING, points)
    said = outcome_of_finding(part, item, row["finding"])
    if said is None:
        return None if part.rescale else anything
    judged = item.judged or item.gate
    if judged and row["score"] is not None:
        # The shortest decimal that names the float: 12.3 of 12.3 points is full marks, its binary neighbour is more.
        score = Fraction(str(row["score"]))
        return Bounds(score, score) if 0 <= score <= points else anything
    if not checks or (said is Outcome.UNMET and not judged):
        return anything
    lost = [_lost(item, points, name, outcome, shortfalls) for name, outcome in checks.items()]
    least, most = (sum((pair[end] for pair in lost), NOTHING) for end in (0, 1))
    low, high = max(points - most, NOTHING), max(points - least, NOTHING)
    return Bounds(low if said is Outcome.MET or not judged else NOTHING, high)


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
    if None in by:
        return NOTHING, points
    steps = [(_steps(rule, least), _steps(rule, most)) for least, most in filter(None, by)]
    least = max((least for least, _ in steps), default=NOTHING) * Fraction(rule.points)
    most = sum((most for _, most in steps), NOTHING) * Fraction(rule.points)
    return min(least, points), min(most, points)


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


# What the tree earns


def score_of(part: ItemPart, earned: Mapping[str, Bounds | None]) -> PartScore:
    """Add up what the items of one part earn.

    What of the points of a branch, or of the part, belongs to no item that is known may be earned or not. Where items
    that do not concern the county are taken out, what the rest earn is rescaled to the total.
    """
    found: dict[str, Subtotal] = {}
    whole = _subtotal(part, "", earned, found)
    bounds = whole.bounds
    if part.rescale and part.total is not None and whole.left_out:
        total = Fraction(part.total)
        left = total - whole.left_out
        bounds = Bounds(whole.low / left * total, whole.high / left * total) if left > 0 else Bounds(NOTHING, total)
    branches = {name: found[name] for name in part.groups if name in found}
    return PartScore(earned, branches, bounds, _outcome(part, bounds))


def _subtotal(part: ItemPart, name: str, earned: Mapping[str, Bounds | None], found: dict[str, Subtotal]) -> Subtotal:
    branch: Branch | None = part.groups[name] if name else None
    below = [_leaf(part.items[key], own) for key, own in earned.items() if part.items[key].group == name]
    for key, group in part.groups.items():
        if group.group == name:
            found[key] = _subtotal(part, key, earned, found)
            below.append(found[key])
    left_out, low, high, seen = (
        sum((getattr(own, field) for own in below), NOTHING) for field in ("left_out", "low", "high", "seen")
    )
    declared = branch.points if branch else part.total
    if declared is None:
        unseen = branch.not_seen if branch else part.not_seen > 0
        known = below and not unseen and all(own.points is not None for own in below)
        return Subtotal(seen if known else None, left_out, low, high, seen)
    # Belongs to something that was not seen, or to what has no points of its own.
    open_points = max(Fraction(declared) - seen, NOTHING)
    return Subtotal(Fraction(declared), left_out, low, high + open_points, seen + open_points)


def _leaf(item: Item, earned: Bounds | None) -> Subtotal:
    if item.points is None:
        return Subtotal(None, NOTHING, NOTHING, NOTHING, NOTHING)
    points = Fraction(item.points)
    if earned is None or earned.high is None:
        return Subtotal(points, points, NOTHING, NOTHING, points)
    return Subtotal(points, NOTHING, earned.low, earned.high, points)


def _outcome(part: ItemPart, bounds: Bounds) -> Outcome:
    """A county that cannot reach the pass mark with all that is open has failed, one that cannot miss it passes."""
    if not part.pass_score or part.total is None:
        return Outcome.UNKNOWN
    mark = Fraction(part.pass_score[0].at_least)
    if bounds.low >= mark:
        return Outcome.MET
    return Outcome.UNMET if bounds.high is not None and bounds.high < mark else Outcome.UNKNOWN


# The scores in the tables of a judgement


SCORE_COLUMNS = dict.fromkeys(("score", "score_low", "score_high"), pl.Float64)


def with_scores(items: pl.DataFrame, scores: Mapping[tuple[str, str], PartScore]) -> pl.DataFrame:
    """The items with ``score_low`` and ``score_high``; ``score`` of a scored part is the score that counts."""
    if not scores:
        return items.with_columns(score_low=pl.lit(None, pl.Float64), score_high=pl.lit(None, pl.Float64))
    shown = [_shown(row, scores) for row in items.iter_rows(named=True)]
    return items.with_columns(pl.DataFrame(shown, schema=SCORE_COLUMNS, orient="row").get_columns())


def _shown(row: Row, scores: Mapping[tuple[str, str], PartScore]) -> tuple[float | None, ...]:
    part = scores.get((row["county_code"], row["part"]))
    if part is None:
        return row["score"], None, None
    bounds = part.items[row["item"]]
    if bounds is None:
        return None, None, None
    return (row["score"], None, None) if bounds.high is None else floats(bounds)


def floats(bounds: Bounds) -> tuple[float | None, ...]:
    """The score where it is known, and its bounds, for tables."""
    return tuple(None if own is None else float(own) for own in (bounds.exact, bounds.low, bounds.high))


def each_branch(part: ItemPart, group: str = "", depth: int = 1) -> Iterator[tuple[str, Branch, int]]:
    """The branches of a tree from the top down, each followed by those below it, with how deep it lies."""
    for name, branch in part.groups.items():
        if branch.group == group:
            yield name, branch, depth
            yield from each_branch(part, name, depth + 1)
