"""Figures worth a second look: far from the year before, or far from what schools alike file. Amounts only.

Nothing here decides; it says where a reviewer should look first. A figure that is not there is neither zero nor odd.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from junheng.base.exact import growth
from junheng.intake.cells import HeadUnit, read_cell
from junheng.tables.model import Column, ColumnType
from junheng.tables.units import how_many, in_unit
from junheng.web.filings.form import Form

# By how much a figure must differ from last year's to be worth a look.
MUCH = Fraction(3, 10)
# One or two persons or rooms more are no news, however small the school.
FEW = 2
# Fewer schools alike than this say nothing about what is usual.
FEWEST_PEERS = 5
# Tukey's fences: so many times the middle half beyond its ends.
FENCE = Fraction(3, 2)
# Where the middle half is very narrow, at least this share of the median counts as its width.
NARROWEST = Fraction(1, 10)

# table → key of the row → column → as typed
Rows = Mapping[str, Mapping[str, Mapping[str, str]]]


def amount_in(column: Column, typed: str) -> Decimal | None:
    """The figure that was typed, in the unit that people file in; None when blank or no figure."""
    if not column.type.is_number or not typed:
        return None
    word = column.form_unit or column.unit
    unit = HeadUnit(word, how_many(column.unit, word) or Fraction(1))
    value, _ = read_cell(column, typed, unit)
    return in_unit(value, column.unit, column.form_unit) if isinstance(value, int | Decimal) else None


@dataclass(frozen=True, slots=True)
class Change:
    """A figure this year and the year before; ``share`` is the growth (1/2 for +50 %), None where it has none."""

    column: Column
    before: Decimal | None
    now: Decimal | None

    @property
    def share(self) -> Fraction | None:
        grown = growth(self.now, self.before)
        return None if grown is None else grown / 100

    @property
    def is_gone(self) -> bool:
        """Filed last year, blank now."""
        return self.before is not None and self.now is None

    @property
    def from_nothing(self) -> bool:
        return self.before == 0 and bool(self.now)

    @property
    def is_much(self) -> bool:
        if self.before is None or self.now is None or self.before == self.now:
            return False
        if self.column.type is ColumnType.COUNT and abs(self.now - self.before) <= FEW:
            return False
        return self.share is None or abs(self.share) >= MUCH

    @property
    def size(self) -> Fraction:
        """For sorting, the biggest first: what came from nothing before every finite growth."""
        if self.share is None:
            return Fraction(10**9) if self.from_nothing else Fraction(0)
        return abs(self.share)


def changes(form: Form, rows: Rows, before: Rows) -> dict[tuple[str, str, str], Change]:
    """Every figure of a filing beside last year's, by table, key and column; what neither year has is left out."""
    found = {}
    for name, part in form.parts.items():
        for key, values in rows.get(name, {}).items():
            for column in part.columns:
                change = Change(
                    column,
                    amount_in(column, before.get(name, {}).get(key, {}).get(column.name, "")),
                    amount_in(column, values.get(column.name, "")),
                )
                if change.before is not None or change.now is not None:
                    found[name, key, column.name] = change
    return found


def count_jumps(form: Form, rows: Rows, before: Rows) -> int:
    """How many figures differ much from the year before."""
    return sum(change.is_much for change in changes(form, rows, before).values()) if before else 0


@dataclass(frozen=True, slots=True)
class Spread:
    """What schools alike file: how many they are, the median, and the ends of their middle half."""

    count: int
    low: Fraction
    median: Fraction
    high: Fraction

    def beyond(self, value: Decimal) -> Literal["high", "low", ""]:
        """Whether a figure lies far outside the middle half, and on which side."""
        width = max(self.high - self.low, abs(self.median) * NARROWEST)
        if not width:  # nearly all file nothing: one who has something is not odd for it
            return ""
        if Fraction(value) > self.high + FENCE * width:
            return "high"
        return "low" if Fraction(value) < self.low - FENCE * width else ""


def spread_of(values: Iterable[Decimal | None]) -> Spread | None:
    """The spread of the figures that are there; None when they are too few to say what is usual."""
    ordered = sorted(Fraction(value) for value in values if value is not None)
    if len(ordered) < FEWEST_PEERS:
        return None
    return Spread(len(ordered), *(_quantile(ordered, Fraction(part, 4)) for part in (1, 2, 3)))


def _quantile(ordered: list[Fraction], part: Fraction) -> Fraction:
    """Between the two nearest values, in proportion (as spreadsheets' QUARTILE.INC)."""
    place = part * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)
