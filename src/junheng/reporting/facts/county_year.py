"""One county in one school year: its judgement and what was filed, each as figures."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import polars as pl

from junheng.base.outcome import Outcome
from junheng.indicators.years import last_year
from junheng.reporting.facts.balance import Balance
from junheng.reporting.facts.basics import Basics
from junheng.reporting.facts.checks import Checks
from junheng.reporting.facts.class_sizes import ClassSizes
from junheng.reporting.facts.each_school import EachSchool
from junheng.reporting.facts.filed import Filed
from junheng.reporting.facts.form_funds import FormFunds
from junheng.reporting.facts.form_schools import FormSchools
from junheng.reporting.facts.items import Items
from junheng.reporting.facts.schools import Schools
from junheng.reporting.facts.shortages import Shortages
from junheng.reporting.facts.spread import Spread
from junheng.reporting.facts.survey import Survey
from junheng.reporting.facts.towns import Towns
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
        is_gate: judged by the basic standard beside the one reported on; part of the keys too.
    """

    judgement: Judgement
    county: str
    back: int = 0
    is_gate: bool = False

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
        return (f"-{self.back}/" if self.back else "") + ("gate/" if self.is_gate else "")

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

    @cached_property
    def each_school(self) -> EachSchool:
        """The schools one by one: what each filed and what its values were worked out from."""
        return EachSchool(self.judgement, self.schools, self.filed)

    @cached_property
    def checks(self) -> Checks:
        """The checks behind the items: by stage, by fiscal year, by school."""
        return Checks(self.judgement, self.county, self.before)

    @cached_property
    def survey(self) -> Survey:
        """The satisfaction survey."""
        return Survey(self.filed)

    @cached_property
    def shortages(self) -> Shortages:
        """What the schools lack, in what can be appointed, built or bought."""
        return Shortages(self.schools, self.each_school)

    @cached_property
    def spread(self) -> Spread:
        """Which schools drive the 差异系数, and groups of schools compared."""
        return Spread(self.judgement, self.county, self.before, self.balance)

    @cached_property
    def basics(self) -> Basics:
        """The county as a whole: population, schools by what they are."""
        return Basics(self.filed)

    @cached_property
    def gate(self) -> Schools | None:
        """The rows judged by the basic standard (办学基本标准); None where none was asked for."""
        gate = self.judgement.gate
        return None if gate is None else Schools(gate, self.county, f"{self.before}gate/")

    @cached_property
    def form_schools(self) -> FormSchools | None:
        """The rows of 表Ⅱ of the application of 2012; None where no basic standard judged them."""
        return None if self.gate is None else FormSchools(self.gate)

    @cached_property
    def listed_schools(self) -> FormSchools:
        """Every row that the standard itself judges, as the forms of 2017 list them."""
        return FormSchools(self.schools, everything=True)

    @cached_property
    def form_funds(self) -> FormFunds:
        """Public money by fiscal year."""
        return FormFunds(self.filed, last_year(self.judgement.day))

    @cached_property
    def towns(self) -> Towns:
        """The schools by town, summed up step by step."""
        return Towns(self.filed)

    @cached_property
    def class_sizes(self) -> ClassSizes:
        """班额 by stage."""
        return ClassSizes(self.filed)
