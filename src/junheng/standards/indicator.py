"""One computed requirement."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from junheng.base.terms import Label
from junheng.standards.formula import Formula
from junheng.standards.limit import BalanceLimit, Graded, Threshold
from junheng.standards.source import Number, Part

Level = Literal["stage", "school", "county_stage", "county"]


class Indicator(Part):
    """One computed requirement: what it is called, how it is computed, what it must reach and how alike schools are."""

    label: Label
    unit: str
    level: Level = "stage"
    formula: Formula
    thresholds: tuple[Threshold, ...] = ()
    balance: tuple[BalanceLimit, ...] = ()
    points: Number | None = Field(None, description="of a resource, where the school rule scores")
    note: Label | None = None

    def columns(self) -> set[str]:
        """Every filed column that the value or its limits depend on."""
        named = set(self.formula.where)
        for amount in (self.formula.amount, self.formula.base):
            named |= amount.columns()
            named = named.union(*(term.where for term in (*amount.all, *amount.primary, *amount.junior)))
        for threshold in self.thresholds:
            for limit in (*threshold.primary, *threshold.junior, *threshold.all):
                named |= set(limit.where)
                if isinstance(limit.value, Graded):
                    named.add(limit.value.by)
        return named
