"""All that a report may draw on: the county or counties of the year, earlier years, plans, and what its writer adds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Any

from junheng.reporting.facts.county_year import CountyYear
from junheng.reporting.facts.province import Province
from junheng.reporting.facts.trend import Trend
from junheng.reporting.report.runs import Figure, Name
from junheng.verdict.judgement import Judgement


@dataclass(frozen=True)
class Writer:
    """What only the writer knows; none of it is needed.

    Attributes:
        office: who signs (落款); to: whom it is for (主送); number: 文号; written_on: 成文日期.
        texts: own words by chapter: paragraphs that stand at the chapter's end.
    """

    office: str = ""
    to: str = ""
    number: str = ""
    written_on: date | None = None
    texts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Facts:
    """What the chapters of one report are made from.

    Attributes:
        judgement: of the year reported on; None for reports on plans alone.
        earlier: the same counties judged in earlier years, latest first.
        county: code of the county; empty for reports on all counties of the judgement.
        school: code of the school, for reports on one.
        plans: documents of plans.
        writer: what only the writer knows.
    """

    judgement: Judgement | None
    earlier: tuple[Judgement, ...] = ()
    county: str = ""
    school: str = ""
    plans: tuple[Mapping[str, Any], ...] = ()
    writer: Writer = Writer()

    @cached_property
    def now(self) -> CountyYear:
        """The county in the year reported on."""
        if self.judgement is None:
            raise ValueError("this report has no judgement")
        return CountyYear(self.judgement, self.county)

    @cached_property
    def years(self) -> tuple[CountyYear, ...]:
        """The county in earlier years and this one, earliest first."""
        earlier = [
            CountyYear(judgement, self.county, back=self.now.year - judgement.year)
            for judgement in self.earlier
            if self.county in judgement.counties["county_code"]
        ]
        return (*sorted(earlier, key=lambda year: year.year), self.now)

    @cached_property
    def trend(self) -> Trend:
        """This year beside the years before it."""
        return Trend(self.years)

    @cached_property
    def counties(self) -> tuple[CountyYear, ...]:
        """Every county of the judgement in the year reported on."""
        if self.judgement is None:
            return ()
        return tuple(CountyYear(self.judgement, code) for code in self.judgement.counties["county_code"])

    @cached_property
    def provinces(self) -> tuple[Province, ...]:
        """All counties together, in earlier years and this one, earliest first."""
        if self.judgement is None:
            return ()
        found = []
        for judgement in (*sorted(self.earlier, key=lambda judgement: judgement.year), self.judgement):
            back = self.judgement.year - judgement.year
            counties = tuple(CountyYear(judgement, code, back=back) for code in judgement.counties["county_code"])
            found.append(Province(counties if back else self.counties, judgement.standard, f"-{back}/" if back else ""))
        return tuple(found)

    def plan(self, kind: str) -> Mapping[str, Any]:
        """The document of the first plan of a kind; ``needs.plan`` of the report sees that there is one."""
        return next(plan for plan in self.plans if plan["kind"] == kind)

    @cached_property
    def place(self) -> Name:
        """Whom the report is about, as its title says."""
        if self.judgement is not None and self.county:
            return self.now.name
        if self.plans:
            return Name(str(self.plans[0]["county"]["name"] or ""), "county")
        return Name("各县", "county")


def change(now: Figure, before: Figure) -> Figure:
    """How much a figure grew since an earlier year, in its own unit; unknown where either is."""
    known = now.value is not None and before.value is not None
    return Figure(
        f"change/{now.key}/since/{before.key}",
        _exact(now) - _exact(before) if known else None,
        now.unit.replace("%", "个百分点"),
        max(now.digits, before.digits),
        now.fixed,
        absent="不能比较",
        about=f"{now.about}增减",
        origin=now.origin,
    )


def size(figure: Figure) -> Figure:
    """The figure without its sign: what follows 提高 or 下降."""
    if figure.value is None or figure.value >= 0:
        return figure
    return Figure(
        f"size/{figure.key}", -figure.value, figure.unit, figure.digits, figure.fixed, figure.absent, figure.about,
        figure.origin,
    )  # fmt: skip


def _exact(figure: Figure) -> Fraction:
    value = figure.value
    return Fraction(repr(value)) if isinstance(value, float) else Fraction(value or 0)
