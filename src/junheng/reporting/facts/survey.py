"""Figures of the satisfaction survey: answers by method and group, and the shares worked out from them."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import polars as pl

from junheng.reporting.facts.digits import share_digits
from junheng.reporting.facts.filed import Filed
from junheng.reporting.report.runs import Figure

_METHODS = ("questionnaire", "visit")
_ALL = "all"


@dataclass(frozen=True)
class Survey:
    """What one county filed of its survey in one year."""

    filed: Filed

    @property
    def methods(self) -> list[str]:
        """The methods that something was filed for, questionnaires first."""
        found = set(self._rows["method"])
        return [method for method in _METHODS if method in found]

    def groups(self, method: str) -> list[str]:
        """The groups asked by a method, in the order of the code list, all together last."""
        own = set(self._rows.filter(pl.col("method") == method)["group"])
        codes = self.filed.dataset.tables.code_lists["survey_group"].codes
        return [group for group in codes if group in own]

    def method_label(self, method: str) -> str:
        return self.filed.dataset.tables.code_lists["survey_method"].zh(method)

    def group_label(self, group: str) -> str:
        return self.filed.dataset.tables.code_lists["survey_group"].zh(group)

    def asked(self, method: str, group: str = _ALL) -> Figure:
        return self.filed.cell("satisfaction", "distributed", method=method, group=group)

    def valid(self, method: str, group: str = _ALL) -> Figure:
        return self.filed.cell("satisfaction", "valid", method=method, group=group)

    def satisfied(self, method: str, group: str = _ALL) -> Figure:
        return self.filed.cell("satisfaction", "satisfied", method=method, group=group)

    @property
    def needed(self) -> Figure:
        """Questionnaires that 2012 asks for: 1.5 ‰ of the population, at least 600; unknown without a population."""
        county = self.filed.row("county")
        people = None if county is None else county["resident_population"]
        least = None if people is None else max(600, -(-people * 15 // 10_000))
        at = f"{self.filed.before}survey_needed/{self.filed.county}"
        return Figure(at, least, "份", absent="（常住人口未填报，不能计算）", about="应发问卷数", origin="县基本情况表")

    def returned_share(self, method: str, group: str = _ALL) -> Figure:
        """Valid answers in per cent of those asked."""
        return self._share("returned", self.valid(method, group), self.asked(method, group), "有效率", method, group)

    def satisfied_share(self, method: str, group: str = _ALL) -> Figure:
        """Satisfied answers in per cent of the valid ones."""
        return self._share(
            "satisfied", self.satisfied(method, group), self.valid(method, group), "满意率", method, group
        )

    def _share(self, name: str, part: Figure, whole: Figure, about: str, method: str, group: str) -> Figure:
        known = part.value is not None and bool(whole.value)
        found = Fraction(part.value) * 100 / Fraction(whole.value) if known else None  # type: ignore[arg-type]
        return Figure(
            f"{self.filed.before}survey_{name}/{self.filed.county}/{method}/{group}",
            found,
            "%",
            share_digits(found),
            absent="不能计算",
            about=f"{self.method_label(method)}{self.group_label(group)}{about}",
            origin="满意度调查表",
        )

    @property
    def _rows(self) -> pl.DataFrame:
        frame = self.filed.dataset["satisfaction"]
        return frame.filter(pl.col("county_code") == self.filed.county, pl.col("school_year") == self.filed.year)
