"""Figures of the balance between schools: 差异系数, county means, standard deviations, limits, the composite."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import polars as pl

from junheng.base.outcome import Outcome
from junheng.base.terms import Stage
from junheng.reporting.facts.digits import digits_beside, fewest
from junheng.reporting.report.runs import Figure, Name
from junheng.verdict.balance import COMPOSITE
from junheng.verdict.drivers import drivers
from junheng.verdict.judgement import Judgement
from junheng.verdict.sentences import indicator_label

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Balance:
    """The coefficients of one county in one year."""

    judgement: Judgement
    county: str
    before: str

    @cached_property
    def rows(self) -> list[Row]:
        """One row per stage and coefficient, the composite among them, as the judge lists them."""
        own = self.judgement.balance.filter(pl.col("county_code") == self.county)
        return list(own.iter_rows(named=True))

    def of_stage(self, stage: Stage) -> list[Row]:
        return [row for row in self.rows if row["stage"] == stage]

    def find(self, stage: Stage, indicator: str) -> Row | None:
        """The row of one coefficient; None where the county has none."""
        return next((row for row in self.of_stage(stage) if row["indicator"] == indicator), None)

    def label(self, row: Row) -> str:
        return indicator_label(self.judgement, row["indicator"])

    def outcome(self, row: Row) -> Outcome | None:
        """None where the coefficient is only shown and does not decide."""
        return Outcome(row["outcome"]) if row["outcome"] else None

    def cv(self, row: Row) -> Figure:
        """The coefficient: three decimals, more where three would print it on the wrong side of its limit."""
        value = row["cv"]
        partial = f"{row['absent']}所缺数据" if row["absent"] else "平均值为零，不可计算"
        return self._figure(
            row,
            "cv",
            None if row["absent"] and self.outcome(row) is Outcome.UNKNOWN else value,
            digits=3 if value is None else digits_beside(value, row["limit"], 3),
            fixed=True,
            absent=partial,
            what="差异系数",
        )

    def mean(self, row: Row) -> Figure:
        return self._figure(row, "mean", row["mean"], unit=self._unit(row), digits=4, what="全县平均值")

    def deviation(self, row: Row) -> Figure:
        return self._figure(row, "sd", row["sd"], unit=self._unit(row), digits=4, what="标准差")

    def limit(self, row: Row) -> Figure:
        return self._figure(row, "cv_limit", row["limit"], digits=2, fixed=True, absent="不设限", what="差异系数限值")

    def schools(self, row: Row) -> Figure:
        return self._figure(row, "cv_schools", row["schools"], unit="所", what="计入差异系数的学校数")

    def absent(self, row: Row) -> Figure:
        return self._figure(row, "cv_absent", row["absent"], unit="所", what="缺数据的学校数")

    def driving(self, row: Row, most: int = 5) -> list[tuple[Name, Figure, Figure]]:
        """The schools with the largest share of S² of one coefficient: name, value, share in per cent."""
        own = self._drivers.filter(pl.col("stage") == row["stage"], pl.col("indicator") == row["indicator"])
        found = []
        for school in own.head(most).iter_rows(named=True):
            at = f"{school['school_code']}/{row['stage']}/{row['indicator']}"
            about = f"{school['school_name']}{self.label(row)}"
            value = Figure(
                f"{self.before}school/{at}/value",
                school["value"],
                self._unit(row),
                fewest(school["value"]),
                about=about,
                origin="学校判定",
            )
            share = Figure(
                f"{self.before}school/{at}/share", school["share"] * 100, "%", 1, about=f"{about}占差异的比重",
                origin="差异来源",
            )  # fmt: skip
            found.append((Name(school["school_name"] or school["school_code"], "school"), value, share))
        return found

    def count(self, stage: Stage, *outcomes: Outcome) -> Figure:
        """How many coefficients of a stage have one of these outcomes; all that decide where none is named."""
        own = [row for row in self.of_stage(stage) if row["outcome"] and (not outcomes or row["outcome"] in outcomes)]
        which = "+".join(outcome.value for outcome in outcomes) or "judged"
        what = "、".join(outcome.zh for outcome in outcomes) or "判定"
        return Figure(
            f"{self.before}cvs/{self.county}/{stage.value}/{which}", len(own), "项", about=f"{stage.zh}{what}的差异系数"
        )

    @cached_property
    def _drivers(self) -> pl.DataFrame:
        return drivers(self.judgement).filter(pl.col("county_code") == self.county)

    def _unit(self, row: Row) -> str:
        return "" if row["indicator"] == COMPOSITE else self.judgement.standard.resources[row["indicator"]].unit

    def _figure(
        self,
        row: Row,
        measure: str,
        value: float | int | None,
        *,
        what: str,
        unit: str = "",
        digits: int = 0,
        fixed: bool = False,
        absent: str = "不可计算",
    ) -> Figure:
        return Figure(
            f"{self.before}{measure}/{self.county}/{row['stage']}/{row['indicator']}",
            value,
            unit,
            digits,
            fixed,
            absent,
            about=f"{Stage(row['stage']).zh}{self.label(row)}{what}",
            origin="差异系数表",
        )
