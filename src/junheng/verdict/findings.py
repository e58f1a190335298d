"""认定: what people found of the items of a standard, what that says of them, and what may not be found.

Which findings a part knows stands in the standard (``findings``); every part may besides find that an item does not
concern the county where that item says so (``may_not_apply``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import polars as pl

from junheng.base.outcome import Outcome
from junheng.standards.item import Item, ItemPart
from junheng.standards.model import Standard
from junheng.tables.dataset import Dataset

NOT_APPLICABLE = "not_applicable"
# What is only tried out or reached in part has not been reached.
OUTCOMES = {
    "met": Outcome.MET,
    "basically": Outcome.TOLERATED,
    "piloting": Outcome.UNMET,
    "partly": Outcome.UNMET,
    "unmet": Outcome.UNMET,
}
Row = Mapping[str, Any]


def findings_of(dataset: Dataset, standard: Standard, year: int) -> pl.DataFrame:
    """What people found for this standard or one it extends: county_code, item, finding, score, responsible, plan.

    A finding filed under the standard itself goes before one filed under what it extends.
    """
    own = [standard.id, *standard.ancestors]
    filed = dataset["judged_item"].filter((pl.col("school_year") == year) & pl.col("standard").is_in(own))
    rank = pl.col("standard").replace_strict({name: i for i, name in enumerate(own)}, return_dtype=pl.Int64)
    return (
        filed.with_columns(rank=rank)
        .sort("rank")
        .unique(["county_code", "item"], keep="first", maintain_order=True)
        .select("county_code", "item", "finding", "score", "responsible", "plan")
    )


def accepted(part: ItemPart, item: Item) -> tuple[str, ...]:
    """The findings that people may make of an item."""
    return (*part.findings, *((NOT_APPLICABLE,) if item.may_not_apply else ()))


def outcome_of_finding(part: ItemPart, item: Item, finding: str | None) -> Outcome | None:
    """What a finding says of its item; None where it says that the item does not concern the county.

    One that the part does not know says nothing, but whoever found that an item is not met is heard everywhere.
    """
    if finding is None or finding not in (*accepted(part, item), "unmet"):
        return Outcome.UNKNOWN
    return OUTCOMES.get(finding)


@dataclass(frozen=True, slots=True)
class Slip:
    """What is wrong with one filed finding: the column to blame, and what is allowed there.

    Attributes:
        place: the row of ``judged_item``.
        column: ``finding`` (not among those the part knows), ``score`` (not within the item's points, or all of them
            for what was not met) or ``plan`` (not met, and nothing said of what will be done).
        allowed: codes of findings, or the item's points; none where every value by itself is allowed.
    """

    place: int
    row: Row
    column: str
    item: Item
    allowed: tuple[str, ...] = ()


def slips(filed: pl.DataFrame, standards: Mapping[str, Standard]) -> Iterator[Slip]:
    """What is wrong with filed findings, row by row; standards and items that nobody knows are passed by.

    Args:
        filed: the table ``judged_item``.
        standards: by id.
    """
    asked = {
        (name, key): (part, item)
        for name, standard in standards.items()
        for _, part in standard.parts()
        for key, item in part.items.items()
    }
    for place, row in enumerate(filed.iter_rows(named=True)):
        if (key := (row["standard"], row["item"])) in asked:
            yield from _slips_of(place, row, *asked[key])


def _slips_of(place: int, row: Row, part: ItemPart, item: Item) -> Iterator[Slip]:
    finding, score = row["finding"], row["score"]
    if finding is not None and finding not in accepted(part, item):
        yield Slip(place, row, "finding", item, accepted(part, item))
    elif part.plans and OUTCOMES.get(finding) is Outcome.UNMET and row["plan"] is None:
        yield Slip(place, row, "plan", item)
    points = item.points if part.rule == "score" else None
    if score is not None and points is not None and not 0 <= Fraction(score) <= Fraction(points):
        yield Slip(place, row, "score", item, (str(points),))
    elif score is not None and points and score == points and OUTCOMES.get(finding) is Outcome.UNMET:
        yield Slip(place, row, "score", item)
