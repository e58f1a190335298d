"""Figures of the fiscal years: amounts in the unit of a form, growth over the year before, shares."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from junheng.base.exact import growth
from junheng.reporting.facts.digits import digits_beside
from junheng.reporting.facts.filed import Filed
from junheng.reporting.report.runs import Figure, Quote
from junheng.tables.units import how_many

_TABLE = "finance_year"
_ORIGIN = "教育经费表"


@dataclass(frozen=True)
class FormFunds:
    """What one county filed of its fiscal years, up to ``last``: the last one that is over on the day judged."""

    filed: Filed
    last: int

    @property
    def any(self) -> bool:
        """Whether anything was filed of the years up to the last."""
        return any(self.filed.row(_TABLE, fiscal_year=year) is not None for year in self.years(4))

    def years(self, count: int) -> tuple[int, ...]:
        """The last ``count`` fiscal years, earliest first, filed or not."""
        return tuple(range(self.last - count + 1, self.last + 1))

    def label(self, year: int) -> Quote:
        return Quote(f"{year}年")

    def amount(self, column: str, year: int, unit: str = "") -> Figure:
        """What was filed, in whole numbers of ``unit`` (万元, 千元); without one, in 元 to two decimals."""
        entry = self.filed.dataset.tables[_TABLE].columns[column]
        value = self._value(column, year)
        size = how_many(entry.unit, unit) if unit else Fraction(1)
        return Figure(
            f"{self.filed.before}finance/{self.filed.county}/{year}/{column}/{unit or entry.unit}",
            None if value is None else Fraction(value) / (size or 1),
            unit or entry.unit,
            0 if unit else 2,
            about=f"{year} 年{entry.label.zh}",
            origin=_ORIGIN,
        )

    def growth(self, column: str, year: int) -> Figure:
        """Growth over the year before in per cent; unknown where either was not filed."""
        entry = self.filed.dataset.tables[_TABLE].columns[column]
        found = growth(self._value(column, year), self._value(column, year - 1))
        return Figure(
            f"{self.filed.before}growth/{self.filed.county}/{year}/{column}",
            found,
            "%",
            2 if found is None else digits_beside(found, 0, 2),
            fixed=True,
            absent="不能计算",
            about=f"{year} 年{entry.label.zh}比上年增长",
            origin=_ORIGIN,
        )

    def margin(self, column: str, other: str, year: int) -> Figure:
        """By how many 百分点 the growth of one amount exceeds that of another."""
        own, beside = self.growth(column, year).value, self.growth(other, year).value
        found = None if own is None or beside is None else Fraction(own) - Fraction(beside)
        labels = [self.filed.dataset.tables[_TABLE].columns[name].label.zh for name in (column, other)]
        return Figure(
            f"{self.filed.before}growth_margin/{self.filed.county}/{year}/{column}/{other}",
            found,
            "个百分点",
            2 if found is None else digits_beside(found, 0, 2),
            fixed=True,
            absent="不能计算",
            about=f"{year} 年{labels[0]}增幅高于{labels[1]}增幅",
            origin=_ORIGIN,
        )

    def share(self, part: str, whole: str, year: int) -> Figure:
        """One amount in per cent of another in the same year."""
        top, bottom = self._value(part, year), self._value(whole, year)
        labels = [self.filed.dataset.tables[_TABLE].columns[name].label.zh for name in (part, whole)]
        return Figure(
            f"{self.filed.before}finance_share/{self.filed.county}/{year}/{part}/{whole}",
            Fraction(top) * 100 / Fraction(bottom) if top is not None and bottom else None,
            "%",
            2,
            fixed=True,
            absent="不能计算",
            about=f"{year} 年{labels[0]}占{labels[1]}的比例",
            origin=_ORIGIN,
        )

    def _value(self, column: str, year: int) -> Decimal | None:
        row = self.filed.row(_TABLE, fiscal_year=year)
        return None if row is None or row[column] is None else Decimal(row[column])
