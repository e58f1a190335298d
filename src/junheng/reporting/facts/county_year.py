"""One county in one school year: its judgement and what was filed, each as figures."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import polars as pl

from junheng.base.outcome import Outcome
from junheng.reporting.facts.balance import Balance
from junheng.reporting.facts.filed import Filed
from junheng.reporting.facts.items import Items
from junheng.reporting.facts.schools import Schools
from junheng.reporting.report.runs import Name
from junheng.standards.model import Standard
from junheng.verdict.judgement import Judgement

Row = dict[str, Any]


@dataclass(frozen=True)
class CountyYear:
    """What can be said of one county in one year.

    Attributes:
        county: its code.
        back: years before the one that the report is about; part of the keys of all figures.
    """

    judgement: Judgement
    county: str
    back: int = 0

    @property
    def standard(self) -> Standard:
        return self.judgement.standard

    @property
    def year(self) -> int:
        return self.judgement.year

    @property
    def outcome(self) -> Outcome:
        return self.judgement.outcome(self.county)

    @cached_property
    def name(self) -> Name:
        row = self.judgement.counties.row(by_predicate=pl.col("county_code") == self.county, named=True)
        return Name(row["county_name"] or self.county, "county")

    @property
    def before(self) -> str:
        """What the keys of this year's figures begin with: nothing for the year reported on."""
        return f"-{self.back}/" if self.back else ""

    @cached_property
    def parts(self) -> dict[str, Outcome]:
        """The outcome of each part of the standard."""
        own = self.judgement.parts.filter(pl.col("county_code") == self.county)
        return {part: Outcome(outcome) for part, outcome in own.select("part", "outcome").iter_rows()}

    @cached_property
    def schools(self) -> Schools:
        """The rows judged: counts by outcome, values, limits, what is lacking."""
        return Schools(self.judgement, self.county, self.before)

    @cached_property
    def balance(self) -> Balance:
        """The 差异系数 with their means and deviations."""
        return Balance(self.judgement, self.county, self.before)

    @cached_property
    def items(self) -> Items:
        """The items and scores of government, quality and the other parts."""
        return Items(self.judgement, self.county, self.before)

    @cached_property
    def filed(self) -> Filed:
        """What was filed: sums over schools, single cells of the county's tables."""
        return Filed(self.judgement.dataset, self.county, self.year, self.before)
