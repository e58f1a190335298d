"""Series over fiscal years in words: which year failed, by which figures, and what is missing in which year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Any

import polars as pl

from junheng.base.exact import growth, plain
from junheng.base.outcome import Outcome
from junheng.indicators.county import YEARLY
from junheng.indicators.years import CHANGES, FiscalYear, exact_yearly, exact_years
from junheng.standards.formula import Amount
from junheng.standards.indicator import Indicator
from junheng.standards.words import SIGNS, SPANS
from junheng.tables.model import Column
from junheng.tables.units import how_many
from junheng.verdict.decide import hold_against
from junheng.verdict.judgement import Judgement
from junheng.verdict.limits import limit_for
from junheng.verdict.reason import Reason
from junheng.verdict.trace import FiledCell, as_filed

Row = Mapping[str, Any]
_FIRST = (Outcome.UNMET, Outcome.UNKNOWN)


class YearlyWords:
    """What one yearly check says of one county."""

    def __init__(self, judgement: Judgement, check: Indicator, row: Row) -> None:
        self.judgement, self.check, self.formula = judgement, check, check.formula
        self.tables = judgement.dataset.tables
        filed = judgement.dataset[check.formula.over].with_row_index("__place")
        self.rows = list(filed.filter(pl.col("county_code") == row["county_code"]).iter_rows(named=True))
        self.years = exact_years(self.rows, check.formula, judgement.day)
        self.limit = limit_for(check, row)

    @property
    def sentence(self) -> str:
        """The value and what is required; then the years that fail and those that stay open."""
        required = ""
        if self.limit and self._concerned():
            every = "每年" if self.formula.span == "each" else ""
            required = f"，要求{every} {SIGNS[self.limit.operator]} {self._shown(self.limit.value)}"
        return "；".join(filter(None, (self.value + required, self.missed)))

    @property
    def value(self) -> str:
        """What decides: the worst of the years, or their mean with the years it is of."""
        value = exact_yearly(self.rows, self.formula, self.judgement.day)
        recent = f"近 {len(self.years)} 年"
        if value is None:
            return f"{recent}中有不能算的年份" if self._concerned() else "各年都没有须计提、拨付的数额，不作要求"
        text = f"{recent}{SPANS[self.formula.span]} {self._shown(value)}"
        if self.formula.span == "each":
            return text
        each = [f"{year.year} 年 {self._shown(year.value)}" for year in self.years if year.value is not None]
        return f"{text}（{'，'.join(each)}）"

    @property
    def missed(self) -> str:
        """The years that fail, then those that stay open, each with its figures."""
        words = {Outcome.UNMET: "未达到", Outcome.UNKNOWN: "无法判定"}
        told = [(year, self._outcome(year)) for year in self._ordered()]
        return "；".join(
            f"{year.year} 年{words[outcome]}（{self._figures(year)}）" for year, outcome in told if outcome in words
        )

    def reasons(self, key: str, source: str) -> tuple[Reason, ...]:
        """A reason for every year: the failing ones, those that stay open, the others; each with its filed cells."""
        return tuple(
            Reason(
                f"{key}/{year.year}",
                f"{year.year} 年",
                self._outcome(year),
                self._figures(year),
                source if self._outcome(year) else "",
                tuple(self._cells(year.year)),
            )
            for year in self._ordered()
        )

    def _concerned(self) -> bool:
        return any(year.concerned for year in self.years)

    def _ordered(self) -> list[FiscalYear]:
        return sorted(self.years, key=lambda year: [*_FIRST, self._outcome(year)].index(self._outcome(year)))

    def _outcome(self, year: FiscalYear) -> Outcome | None:
        """None where a year alone decides nothing: nothing was asked of it, or the mean of the years counts."""
        if not year.concerned:
            return None
        if year.value is None or self.limit is None:
            return Outcome.UNKNOWN
        if self.formula.span == "mean":
            return None
        return hold_against(year.value, self.limit, self.judgement.standard.compare, None)

    def _figures(self, year: FiscalYear) -> str:
        if self.formula.kind == "grows_faster":
            words = [
                self._grown(self.formula.amount, year.amount, year.amount_before),
                self._grown(self.formula.base, year.base, year.base_before),
            ]
            if year.value is not None:
                words.append(f"{'高' if year.value >= 0 else '低'} {self._shown(abs(year.value))}")
        elif self.formula.kind == "yearly_share":
            words = self._share(year)
        elif self.formula.base.columns():
            words = self._ratio(year)
        else:
            words = [self._grown(self.formula.amount, year.amount, year.amount_before)]
        missing = self._missing(year.year)
        said = [word for word in words if word] + ([f"缺 {'、'.join(missing)}"] if missing else [])
        return "，".join(said) or "基数为 0，不能计算"

    def _grown(self, amount: Amount, now: Fraction | None, before: Fraction | None) -> str:
        if now is None:
            return ""
        text = f"{self._label(amount)} {self._money(amount, now)}"
        if before is None:
            return text
        change = "增加" if now > before else "减少"
        text += f"，比上年（{self._money(amount, before)}）"
        text += f"{change} {self._money(amount, abs(now - before))}" if now != before else "没有增减"
        grown = growth(now, before)
        if grown is None:
            return f"{text}，上年为 0，不能算增长率"
        return f"{text}，{'增长' if grown >= 0 else '下降'} {plain(abs(grown), 2)}%"

    def _share(self, year: FiscalYear) -> list[str]:
        top, bottom = self.formula.amount, self.formula.base
        words = [
            f"{self._label(side)} {self._money(side, own)}"
            for side, own in ((top, year.amount), (bottom, year.base))
            if own is not None
        ]
        if year.value is not None:
            words.append(f"占 {plain(year.value, 2)}%")
        elif len(words) == 2:
            words.append("不能计算比例，请核对两栏")
        return words

    def _ratio(self, year: FiscalYear) -> list[str]:
        words = []
        shares = []
        label = f"{self._label(self.formula.amount)} ÷ {self._label(self.formula.base)}"
        for top, bottom in ((year.amount_before, year.base_before), (year.amount, year.base)):
            if top is not None and bottom is not None and bottom > 0:
                shares.append(f"{plain(top * 100 / bottom, 4)}%")
        if len(shares) == 2:
            words.append(f"{label} 由上年 {shares[0]} 到 {shares[1]}")
        return words

    def _missing(self, year: int) -> list[str]:
        """``2024 年财政经常性收入``: what was not filed, of this year and of the one before where that counts."""
        by_year = {row["fiscal_year"]: row for row in self.rows}
        asked = (year - 1, year) if self.formula.kind in CHANGES else (year,)
        return [
            f"{own} 年{column.label.zh}"
            for column in self._columns()
            for own in asked
            if by_year.get(own, {}).get(column.name) is None
        ]

    def _cells(self, year: int) -> Iterator[FiledCell]:
        asked = (year - 1, year) if self.formula.kind in CHANGES else (year,)
        places = {row["fiscal_year"]: row for row in self.rows}
        for column in self._columns():
            for own in (own for own in asked if own in places):
                row = places[own]
                cell = self.judgement.dataset.cell(self.formula.over, row["__place"], column.name)
                yield FiledCell(f"{own} 年{column.label.zh}", as_filed(row[column.name]), column.unit, cell)

    def _columns(self) -> list[Column]:
        named: Iterable[str] = (term.column for term in (*self.formula.amount.all, *self.formula.base.all))
        return [self.tables[self.formula.over].columns[name] for name in dict.fromkeys(named)]

    def _label(self, amount: Amount) -> str:
        text = ""
        for term in amount.all:
            sign = " − " if term.sign < 0 else " + " if text else ""
            text += sign + self.tables[self.formula.over].columns[term.column].label.zh
        return text

    def _money(self, amount: Amount, value: Fraction) -> str:
        column = self.tables[self.formula.over].columns[amount.all[0].column]
        shown = column.form_unit or column.unit
        return f"{plain(value / (how_many(column.unit, shown) or 1), 2)} {shown}"

    def _shown(self, value: Fraction) -> str:
        """The value in the check's unit; a share of two amounts is read in per cent."""
        if self.check.unit:
            return f"{plain(value, 4)} {self.check.unit}".replace(" %", "%")
        return f"{plain(value * 100, 4)} 个百分点" if self.formula.base.columns() else plain(value, 4)


def is_yearly(check: Indicator) -> bool:
    """Whether a check looks at a series of fiscal years."""
    return check.formula.kind in YEARLY
