"""Figures that were filed: sums over schools with how many of them are blank, and single cells of county tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any, Literal

import polars as pl

from junheng.base.terms import Stage
from junheng.reporting.facts.digits import share_digits
from junheng.reporting.report.runs import Figure, Text
from junheng.reporting.totals import COMPULSORY, rows_of_year, sum_of
from junheng.tables.dataset import Dataset
from junheng.tables.model import Column, ColumnType
from junheng.tables.units import how_many

SchoolKind = Literal["all", "points", "continuous", "private", "primary", "junior"]


@dataclass(frozen=True, slots=True)
class Total:
    """A sum, and how many of the schools that should be in it filed nothing."""

    figure: Figure
    missing: Figure

    @property
    def whole(self) -> bool:
        """Whether every school is in it."""
        return self.missing.value == 0

    @property
    def text(self) -> Text:
        """``1234人``, or ``1234人（另有3所未填报）``: a sum that lacks schools says so wherever it stands."""
        if self.whole or self.figure.value is None:
            return (self.figure,)
        return (self.figure, "（另有", self.missing, "未填报）")


@dataclass(frozen=True)
class Filed:
    """What one county filed in one school year."""

    dataset: Dataset
    county: str
    year: int
    before: str

    def total(self, column: str, stage: Stage | None = None, *, group: tuple[str, str | None] | None = None) -> Total:
        """The sum of a column over the county's schools.

        Args:
            stage: only of this stage (columns filed by stage); all of compulsory education without.
            group: only rows whose column (town, location, school_kind) has this value; None: where it is blank.
        """
        rows = self._rows
        if group is not None:
            rows = rows.filter(pl.col(group[0]).eq_missing(pl.lit(group[1])))
        stages = COMPULSORY if stage is None else (stage,)
        schools = rows.unique("school_code", maintain_order=True)
        found = sum_of(rows, schools, column, self.dataset, stages)
        entry = self.dataset.tables.column(column)
        at = "/".join(("sum", self.county, column, stage or "all", *(part or "" for part in group or ())))
        where = f"{stage.zh if stage else ''}{entry.label.zh}"
        total = self._figure(at, found.amount, entry, about=f"{where}合计", origin=f"{entry.label.zh}合计")
        missing = Figure(
            f"{self.before}blank/{at.removeprefix('sum/')}", found.missing, "所", about=f"未填报{where}的学校数"
        )
        return Total(total, missing)

    def per(self, column: str, base: str, stage: Stage | None, *, unit: str, digits: int = 1) -> Figure:
        """One sum for every one of another (pupils a class); unknown where either lacks a school."""
        top, bottom = self.total(column, stage), self.total(base, stage)
        known = top.whole and bottom.whole and top.figure.value is not None and bottom.figure.value
        labels = [self.dataset.tables.column(name).label.zh for name in (column, base)]
        return Figure(
            f"{self.before}per/{self.county}/{column}/{base}/{stage or 'all'}",
            Fraction(top.figure.value) / Fraction(bottom.figure.value) if known else None,  # type: ignore[arg-type]
            unit,
            digits,
            absent="数据不全，不能计算",
            about=f"{stage.zh if stage else ''}{labels[0]}÷{labels[1]}",
            origin="填报数",
        )

    def schools(
        self, kind: SchoolKind = "all", stage: Stage | None = None, *, group: tuple[str, str] | None = None
    ) -> Figure:
        """How many schools filed in the year that the statistics count: all, 教学点, 一贯制, 民办, or with a stage.

        Args:
            group: only schools whose column (town, location, school_kind) has this value.
        """
        rows = self._rows if stage is None else self._rows.filter(pl.col("stage") == stage)
        if group is not None:
            rows = rows.filter(pl.col(group[0]) == group[1])
        schools = rows.unique("school_code", maintain_order=True).filter(pl.col("counted").fill_null(True))
        which = {
            "all": pl.lit(True),
            "points": pl.col("school_kind") == "218",
            "continuous": pl.col("school_kind").is_in(["312", "314", "345"]),
            "private": pl.col("operator") == "private",
            "primary": pl.col("school_kind").is_in(["211", "212"]),
            "junior": pl.col("school_kind").is_in(["311", "313"]),
        }[kind]
        words = {
            "all": "学校数", "points": "教学点数", "continuous": "一贯制学校数", "private": "民办学校数",
            "primary": "独立小学数", "junior": "独立初中数",
        }  # fmt: skip
        return Figure(
            "/".join((f"{self.before}filed_schools", self.county, kind, stage or "all", *(group or ()))),
            schools.filter(which).height,
            "所",
            about=f"{stage.zh if stage else ''}{words[kind]}",
            origin="学校名录",
        )

    def cell(self, table: str, column: str, **key: object) -> Figure:
        """One filed cell of a county table (``cell("county_year", "rotated")``), the year reported on by default.

        Args:
            key: further columns that find the row: ``fiscal_year=2024``, ``method="visit", group="all"``.
        """
        entry = self.dataset.tables[table].columns[column]
        row = self.row(table, **key)
        at = "/".join(("cell", self.county, table, column, *(f"{name}={value}" for name, value in key.items())))
        value = None if row is None else row[column]
        return self._figure(at, value, entry, about=entry.label.zh, origin=f"{self.dataset.tables[table].label.zh}表")

    def cell_share(self, table: str, part: str, whole: str) -> Figure:
        """One filed cell of a county table in per cent of another; unknown where either is not filed."""
        top, bottom = self.cell(table, part), self.cell(table, whole)
        known = top.value is not None and bool(bottom.value)
        found = Fraction(top.value) * 100 / Fraction(bottom.value) if known else None  # type: ignore[arg-type]
        return Figure(
            f"{self.before}cell_share/{self.county}/{table}/{part}/{whole}",
            found,
            "%",
            share_digits(found),
            absent="不能计算",
            about=f"{top.about}占{bottom.about}的比例",
            origin=top.origin,
        )

    def row(self, table: str, **key: object) -> Mapping[str, Any] | None:
        """The county's row of a table in this year; None where nothing was filed."""
        frame = self.dataset[table].filter(pl.col("county_code") == self.county)
        if "school_year" in frame.columns and "school_year" not in key:
            frame = frame.filter(pl.col("school_year") == self.year)
        for name, value in key.items():
            frame = frame.filter(pl.col(name) == value)
        return frame.row(0, named=True) if frame.height else None

    def school_cell(self, school: str, column: str, stage: Stage | None = None) -> Figure:
        """One filed cell of a school: of its premises, or of one of its stages."""
        rows = self._by_school.get(school, {})
        row = next(iter(rows.values()), None) if stage is None else rows.get(stage)
        entry = self.dataset.tables.column(column)
        value = None if row is None else row[column]
        at = f"school_cell/{school}/{stage or 'all'}/{column}"
        return self._figure(at, value, entry, about=entry.label.zh, origin="学段情况表" if stage else "办学条件表")

    @cached_property
    def rows(self) -> list[Mapping[str, Any]]:
        """Every school and stage that filed in the year, with what it filed."""
        return list(self._rows.iter_rows(named=True))

    @cached_property
    def _by_school(self) -> dict[str, dict[str | None, Mapping[str, Any]]]:
        found: dict[str, dict[str | None, Mapping[str, Any]]] = {}
        for row in self.rows:
            found.setdefault(row["school_code"], {})[row["stage"]] = row
        return found

    @cached_property
    def _rows(self) -> pl.DataFrame:
        return rows_of_year(self.dataset, self.year).filter(pl.col("county_code") == self.county)

    def _figure(self, at: str, value: object, column: Column, *, about: str, origin: str) -> Figure:
        """In the unit that people file in (万元 and not 元)."""
        unit = column.form_unit or column.unit
        size = how_many(column.unit, unit) if unit != column.unit else Fraction(1)
        kept = Decimal(value) if isinstance(value, int | Decimal) and not isinstance(value, bool) else None
        shown = None if kept is None else Fraction(kept) / (size or 1)
        digits = 0 if column.type is ColumnType.COUNT else 2
        return Figure(f"{self.before}{at}", shown, unit, digits, about=about, origin=origin)
