"""School → town → county: the same sums made three times, each from its own rows, and whether they agree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, cached_property
from typing import Any

from junheng.base.outcome import Outcome
from junheng.base.terms import Stage
from junheng.reporting.facts.filed import Filed, Total
from junheng.reporting.report.runs import Figure, Name
from junheng.reporting.totals import COMPULSORY

Row = Mapping[str, Any]


@dataclass(frozen=True, eq=False)
class Towns:
    """The towns (乡镇街道) of one county in one year; ``""`` stands for schools whose town was not filed."""

    filed: Filed

    @cached_property
    def names(self) -> list[str]:
        """The towns in the order of their first school."""
        return list(dict.fromkeys(row["town"] or "" for row in self.filed.rows))

    def name(self, town: str) -> Name:
        return Name(town or "（乡镇未填）", "town")

    def school_name(self, row: Row) -> Name:
        return Name(row["school_name"] or row["school_code"], "school")

    def word(self, row: Row, column: str) -> str:
        """What stands in a column of words, as people write it: the label of a code, 是 or 否."""
        value = row[column]
        codes = self.filed.dataset.tables.column(column).codes
        if value is None:
            return "未填报"
        if isinstance(value, bool):
            return "是" if value else "否"
        return codes.zh(value) if codes else str(value)

    def schools(self, town: str) -> list[Row]:
        """One row a school."""
        found: dict[str, Row] = {}
        for row in self.filed.rows:
            if (row["town"] or "") == town:
                found.setdefault(row["school_code"], row)
        return list(found.values())

    def stages(self, town: str) -> list[Row]:
        """One row a school and stage of compulsory education."""
        return [row for row in self.filed.rows if (row["town"] or "") == town and row["stage"] in COMPULSORY]

    def cell(self, row: Row, column: str) -> Figure:
        """What a school filed: of its stage, or of itself where the column is not filed by stage."""
        return self.filed.school_cell(row["school_code"], column, Stage(row["stage"]) if self._staged(column) else None)

    def count(self, town: str) -> Figure:
        """How many schools of a town filed, campuses that the statistics do not count included."""
        return Figure(
            f"{self.filed.before}town_schools/{self.filed.county}/{town}",
            len(self.schools(town)),
            "所",
            about=f"{town}填报学校数",
            origin="学校名录",
        )

    @property
    def count_all(self) -> Figure:
        """How many schools of the county filed."""
        codes = {row["school_code"] for row in self.filed.rows}
        at = f"{self.filed.before}town_schools/{self.filed.county}"
        return Figure(at, len(codes), "所", about="全县填报学校数", origin="学校名录")

    @cache  # noqa: B019  # lives as long as the report that is being made
    def total(self, column: str, town: str) -> Total:
        return self.filed.total(column, group=("town", town or None))

    def over_towns(self, column: str) -> Figure:
        """各乡镇之和: the sum of the towns' sums."""
        return self._sum("towns", "各乡镇之和", column, [self.total(column, town).figure for town in self.names])

    def over_schools(self, column: str) -> Figure:
        """各校之和: the sum of what stands in the rows of the schools."""
        rows = self.stages if self._staged(column) else self.schools
        own = [self.cell(row, column) for town in self.names for row in rows(town)]
        return self._sum("schools", "各校之和", column, own)

    def agrees(self, column: str) -> Outcome:
        """Whether the county's sum is that of its towns and that of its schools."""
        sums = {self.filed.total(column).figure.value, self.over_towns(column).value, self.over_schools(column).value}
        return Outcome.MET if len(sums) == 1 else Outcome.UNMET

    def _staged(self, column: str) -> bool:
        return column in self.filed.dataset["stage_year"].columns

    def _sum(self, how: str, words: str, column: str, figures: list[Figure]) -> Figure:
        county = self.filed.total(column).figure
        known = [Fraction(figure.value) for figure in figures if figure.value is not None]
        return Figure(
            f"{self.filed.before}sum_of_{how}/{self.filed.county}/{column}",
            sum(known, Fraction(0)) if known else None,
            county.unit,
            county.digits,
            about=f"{county.about}（{words}）",
            origin=county.origin,
        )
