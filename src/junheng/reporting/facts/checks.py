"""Figures of the checks behind items: by stage, by fiscal year, and the names of the schools that miss them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

import polars as pl

from junheng.base.outcome import Outcome
from junheng.base.terms import Absence, Stage
from junheng.indicators.years import exact_years
from junheng.reporting.facts.digits import digits_beside
from junheng.reporting.report.runs import Figure, Name, Quote
from junheng.standards.indicator import Indicator
from junheng.standards.limit import Operator
from junheng.verdict.decide import hold_against
from junheng.verdict.judgement import Judgement
from junheng.verdict.limits import RowLimit, limit_for

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class StageValue:
    """What a check comes to in one stage."""

    stage: Stage
    value: Figure
    limit: Figure
    operator: Operator | None
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class YearValue:
    """What a yearly check comes to in one fiscal year; no outcome where the year alone decides nothing."""

    year: Quote
    value: Figure
    outcome: Outcome | None


@dataclass(frozen=True)
class Checks:
    """The checks of one county in one year; ``check`` rows are those of ``Items.checks``."""

    judgement: Judgement
    county: str
    before: str

    def operator(self, indicator: Indicator) -> Operator | None:
        """Whether a county's check asks for at least or at most; None where its limit is not known."""
        found = self._county_limit(indicator)
        return None if found is None else found.operator

    def missing(self, check: Row, indicator: Indicator, outcome: Outcome = Outcome.UNMET) -> list[Name]:
        """The schools that miss a check of schools, or that cannot be judged by it; each once, by its code."""
        rows = self._rows(indicator.level).filter(pl.col(f"{check['check']}__outcome") == str(outcome))
        named = dict(rows.select("school_code", "school_name").iter_rows())
        return [Name(name or code, "school") for code, name in named.items()]

    def counts_stages(self, check: Row, indicator: Indicator) -> bool:
        """Whether a school of two stages counts twice in a check of schools: more are concerned than there are."""
        rows = self._rows(indicator.level).filter(pl.col(f"{check['check']}__outcome").is_not_null())
        return rows["school_code"].n_unique() < rows.height

    def by_stage(self, check: Row, indicator: Indicator) -> list[StageValue]:
        """A check of stages (``county_stage``), primary first."""
        name = check["check"]
        found = []
        for row in self._rows("county_stage").iter_rows(named=True):
            if row[f"{name}__outcome"] is None:
                continue
            stage, limit = Stage(row["stage"]), limit_for(indicator, row)
            value, absent = row[f"{name}__value"], row[f"{name}__absent"]
            digits = 2 if value is None else digits_beside(value, limit.value if limit else None, 2)
            at = f"{self.county}/{check['part']}/{check['item']}/{name}/{stage.value}"
            about = f"{stage.zh}{indicator.label.zh}"
            said = Absence(absent).zh if absent else "没有数据"
            found.append(
                StageValue(
                    stage,
                    Figure(f"{self.before}check_stage/{at}", value, indicator.unit, digits, False, said, about, "事项"),
                    self._limit(f"check_stage_limit/{at}", limit, indicator, about),
                    limit.operator if limit else None,
                    Outcome(row[f"{name}__outcome"]),
                )
            )
        return sorted(found, key=lambda one: list(Stage).index(one.stage))

    def by_year(self, check: Row, indicator: Indicator) -> list[YearValue]:
        """A yearly check, year by year, earliest first; shares of two amounts are in percentage points."""
        limit = self._county_limit(indicator)
        found = []
        for year in exact_years(self._finance(indicator.formula.over), indicator.formula, self.judgement.day):
            value = year.value if year.concerned else None
            at = f"check_year/{self.county}/{check['part']}/{check['item']}/{check['check']}/{year.year}"
            outcome = None
            if year.concerned and indicator.formula.span == "each":
                known = value is not None and limit is not None
                compare = self.judgement.standard.compare
                outcome = hold_against(value, limit, compare, None) if known else Outcome.UNKNOWN  # type: ignore[arg-type]
            shown, unit = _in_points(value, indicator)
            bound = _in_points(limit.value, indicator)[0] if limit else None
            digits = 2 if shown is None else digits_beside(shown, bound, 2)
            absent = "数据不全，不能计算" if year.concerned else "不作要求"
            about = f"{year.year} 年{indicator.label.zh}"
            figure = Figure(f"{self.before}{at}", shown, unit, digits, False, absent, about, "财政年度表")
            found.append(YearValue(Quote(f"{year.year}年"), figure, outcome))
        return found

    def _rows(self, level: str) -> pl.DataFrame:
        return self.judgement.judged_checks.of(level).filter(pl.col("county_code") == self.county)

    @cached_property
    def _county_row(self) -> Row:
        found: Row = self._rows("county").row(0, named=True)
        return found

    def _county_limit(self, indicator: Indicator) -> RowLimit | None:
        return limit_for(indicator, self._county_row) if indicator.level == "county" else None

    def _finance(self, table: str) -> list[Row]:
        rows = self.judgement.dataset[table].filter(pl.col("county_code") == self.county)
        return list(rows.iter_rows(named=True))

    def _limit(self, at: str, limit: RowLimit | None, indicator: Indicator, about: str) -> Figure:
        value = None if limit is None else limit.value
        key = f"{self.before}{at}"
        return Figure(key, value, indicator.unit, 4, absent="不设限", about=f"{about}要求", origin="标准")


def _in_points(value: Fraction | None, indicator: Indicator) -> tuple[Fraction | None, str]:
    """The change of a share of two amounts is read in percentage points, as the judge's own sentences do."""
    if indicator.unit or not indicator.formula.base.columns():
        return value, indicator.unit
    return (None if value is None else value * 100), "个百分点"
