"""得分: what the items of a scored part earn, rolled up its tree, and whether that reaches the pass mark.

Every score is an interval: what is not known earns anything between nothing and all of its points. All of it is exact.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

import polars as pl

from junheng.base.outcome import Outcome
from junheng.standards.item import Branch, Item, ItemPart
from junheng.standards.model import Standard

Row = Mapping[str, Any]
NOTHING = Fraction(0)
SCORE_COLUMNS = dict.fromkeys(("score", "score_low", "score_high"), pl.Float64)


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
class Earned:
    """What one item earns.

    Attributes:
        bounds: None where the item does not concern the county.
        exceeded: the most that the item's checks leave, where people gave more.
    """

    bounds: Bounds | None
    exceeded: Fraction | None = None


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
        exceeded: by item, the most that its checks leave where people gave more; what people gave counts.
    """

    items: Mapping[str, Bounds | None]
    branches: Mapping[str, Subtotal]
    bounds: Bounds
    outcome: Outcome
    exceeded: Mapping[str, Fraction] = field(default_factory=dict)


def score_parts(
    earned: Mapping[tuple[str, str], Mapping[str, Earned]], standard: Standard
) -> dict[tuple[str, str], PartScore]:
    """(county_code, part) → the score, from what the items of each scored part earn."""
    parts = dict(standard.parts())
    return {key: _score(parts[key[1]], own) for key, own in earned.items()}


def _score(part: ItemPart, earned: Mapping[str, Earned]) -> PartScore:
    exceeded = {name: own.exceeded for name, own in earned.items() if own.exceeded is not None}
    return replace(score_of(part, {name: own.bounds for name, own in earned.items()}), exceeded=exceeded)


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
        sum((getattr(own, measure) for own in below), NOTHING) for measure in ("left_out", "low", "high", "seen")
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
