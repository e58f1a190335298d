"""What a standard says in Chinese words, with the labels of the columns, codes and tables that it names."""

from __future__ import annotations

from collections.abc import Mapping

from junheng.base.exact import plain
from junheng.indicators.kinds import all_kinds
from junheng.indicators.rows import DERIVED
from junheng.standards.diff import ROWS
from junheng.standards.formula import Amount, Condition
from junheng.standards.indicator import Indicator
from junheng.standards.limit import Threshold
from junheng.standards.words import SPANS, amount_in_words, condition_in_words, limits_in_words, threshold_in_words
from junheng.tables.model import Tables


class Words:
    """The words for one set of tables."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables

    def column(self, name: str) -> str:
        """A filed column, or one that is derived from filed ones; one that there is not keeps its name."""
        return DERIVED[name] if name in DERIVED else self._label(name)

    def _label(self, name: str) -> str:
        return next((t.columns[name].label.zh for t in self.tables.tables.values() if name in t.columns), name)

    def code(self, column: str, code: str) -> str:
        """One value of a column."""
        filed = next((t.columns[column] for t in self.tables.tables.values() if column in t.columns), None)
        codes = filed.codes if filed else None
        return codes.zh(code) if codes else code

    def condition(self, condition: Condition) -> str:
        return condition_in_words(condition, self.column, self.code)

    def amount(self, amount: Amount) -> str:
        return amount_in_words(amount, self.column, self.code)

    def threshold(self, threshold: Threshold, unit: str) -> str:
        return threshold_in_words(threshold, unit, self.column, self.code)

    def limits(self, threshold: Threshold, stage: str, unit: str, between: str = "，") -> str:
        """What is asked of one stage; ``between`` the limits for several sorts of schools."""
        return limits_in_words(threshold.limits(stage), unit, self.column, self.code, between)

    def formula(self, indicator: Indicator, siblings: Mapping[str, Indicator]) -> str:
        """``图书册数 ÷ 在校生数``; with the rows it concerns, where these are not all.

        Args:
            siblings: the indicators that a bundle may name.
        """
        formula = indicator.formula
        if formula.kind not in all_kinds():
            return formula.kind  # `standards check` says what is wrong with it
        text = all_kinds()[formula.kind].words.format(
            amount=self._bracketed(formula.amount),
            base=self._bracketed(formula.base),
            over_base=f" ÷ {self._bracketed(formula.base)} " if formula.base.columns() else "",
            scale=f" × {plain(formula.scale)}" if formula.scale != 1 else "",
            per=formula.per,
            floor="" if formula.floor is None else plain(formula.floor),
            years=formula.years,
            count=formula.count,
            span=SPANS[formula.span],
        )
        if formula.of:
            text += "：" + "、".join(siblings[name].label.zh if name in siblings else name for name in formula.of)
        if formula.where:
            text += f"；只计{self.condition(formula.where)}"
        if formula.over:
            text += f"；汇总{ROWS.get(formula.over) or self.tables[formula.over].label.zh}"
        return text

    def _bracketed(self, amount: Amount) -> str:
        several = max(len(terms) for terms in (amount.all, amount.primary, amount.junior)) > 1
        return f"（{self.amount(amount)}）" if several else self.amount(amount)
