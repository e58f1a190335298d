"""Columns, conditions, limits and formulas in words of either language."""

from __future__ import annotations

from collections.abc import Iterable

from junheng.base.exact import plain
from junheng.indicators.kinds import all_kinds
from junheng.indicators.rows import DERIVED
from junheng.standards.formula import Amount, Condition, Range, Term
from junheng.standards.indicator import Indicator
from junheng.standards.limit import Graded, Limit, Threshold
from junheng.standards.words import (
    SIGNS,
    SPANS,
    amount_in_words,
    condition_in_words,
    limit_in_words,
    threshold_in_words,
)
from junheng.tables.model import Tables
from reference.language import Language

_DERIVED_EN = {
    "school_pupils": "compulsory pupils of the school",
    "pupils_primary": "primary pupils",
    "pupils_junior": "junior pupils",
    "pupils_senior": "senior pupils",
}
# A unit that is missing here stops the generator.
_UNITS_EN = {
    "": "",
    "%": "%",
    "㎡": "m²",
    "万元": "10,000 yuan",
    "个": "",
    "个百分点": "percentage points",
    "人": "persons",
    "人/台": "pupils per computer",
    "人/名": "pupils per teacher",
    "人/学生": "per pupil",
    "人/教师": "children per teacher",
    "人/教职工": "pupils per member of staff",
    "人/百名学生": "per 100 pupils",
    "倍": "times",
    "元": "yuan",
    "册": "copies",
    "分": "points",
    "名/生": "teachers per pupil",
    "台": "computers",
    "台/百名学生": "computers per 100 pupils",
    "学时": "hours",
    "年": "years",
    "年级": "grade",
    "份": "questionnaires",
    "百分点": "percentage points",
    "米": "m",
    "类": "class",
    "级": "level",
    "间": "rooms",
    "间/百名学生": "rooms per 100 pupils",
    "项": "items",
}
_KINDS_EN = {
    "amount": "{amount}",
    "funded_as": "{amount} ÷ ({base} × pupils, fewer than {floor} counted as {floor})",
    "grows_faster": "yearly growth of {amount} − yearly growth of {base}, {span} of {years} years",
    "highest": "highest {amount} of all rows",
    "lowest": "lowest {amount} of all rows",
    "per_pupil": "{amount} ÷ pupils{scale}",
    "pupils_per": "pupils ÷ {amount}{scale}",
    "ratio": "{amount} ÷ {base}{scale}",
    "rises": "{amount}{over_base} − the year before, {span} of {years} years",
    "room_per_pupil": "{amount} × {base} ÷ pupils{scale}",
    "rooms_for_classes": "{amount} ÷ (one for every {per} of {base} or part of them)",
    "share": "{amount} ÷ {base} × 100%",
    "some_of": "at least {count} of: {of}",
    "yearly_share": "{amount} ÷ {base} × 100% of a year, {span} of {years} years",
    "years_since": "whole years from {amount} to the day judged",
}


def in_units(unit: str, language: Language) -> str:
    """A unit in the words of the language."""
    return language.say(unit, _UNITS_EN[unit])


class Wording:
    """Words for what a standard says, with the labels of the tables it uses."""

    def __init__(self, language: Language, tables: Tables) -> None:
        self.language, self.tables = language, tables

    def column(self, name: str) -> str:
        if name in DERIVED:
            return self.language.say(DERIVED[name], _DERIVED_EN[name])
        return self.language.of(self.tables.column(name).label)

    def code(self, column: str, code: str) -> str:
        codes = None if column in DERIVED else self.tables.column(column).codes
        return self.language.of(codes.codes[code].label) if codes and code in codes.codes else code

    def unit(self, unit: str) -> str:
        return in_units(unit, self.language)

    def condition(self, condition: Condition) -> str:
        if self.language is Language.ZH:
            return condition_in_words(condition, self.column, self.code)
        return ", ".join(self._wanted(column, wanted) for column, wanted in condition.items())

    def _wanted(self, column: str, wanted: bool | Range | tuple[str, ...]) -> str:
        label = self.column(column)
        if isinstance(wanted, bool):
            return f"{label}: {'yes' if wanted else 'no'}"
        if isinstance(wanted, Range):
            bounds = ((sign, getattr(wanted, name)) for name, sign in SIGNS.items())
            return f"{label} " + " and ".join(f"{sign} {bound}" for sign, bound in bounds if bound is not None)
        return f"{label}: {' or '.join(self.code(column, code) for code in wanted)}"

    def threshold(self, threshold: Threshold) -> str:
        if self.language is Language.ZH:
            return threshold_in_words(threshold, "", self.column, self.code)
        groups = (("primary ", threshold.primary), ("junior ", threshold.junior), ("", threshold.all))
        return "; ".join(prefix + ", ".join(self.limits(limits)) for prefix, limits in groups if limits)

    def limits(self, limits: tuple[Limit, ...]) -> Iterable[str]:
        """Each limit with the rows it holds for."""
        for limit in limits:
            if self.language is Language.ZH:
                said = limit_in_words(limit, "", self.column)
                yield f"{self.condition(limit.where)}的 {said}" if limit.where else said
            elif limit.where:
                yield f"{self._limit(limit)} where {self.condition(limit.where)}"
            else:
                yield f"otherwise {self._limit(limit)}" if len(limits) > 1 else self._limit(limit)

    def _limit(self, limit: Limit) -> str:
        if limit.operator is None or limit.value is None:
            return "value not found"
        if isinstance(limit.value, Graded):
            points = ", ".join(f"{value} at {at}" for at, value in limit.value.points.items())
            by = self.column(limit.value.by)
            return f"{SIGNS[limit.operator]} by {by}: {points}, straight lines between"
        return f"{SIGNS[limit.operator]} {limit.value}"

    def amount(self, amount: Amount) -> str:
        if self.language is Language.ZH:
            return amount_in_words(amount, self.column, self.code)
        groups = (("primary: ", amount.primary), ("junior: ", amount.junior), ("", amount.all))
        return "; ".join(prefix + self._terms(terms) for prefix, terms in groups if terms)

    def _terms(self, terms: tuple[Term, ...]) -> str:
        text = ""
        for term in terms:
            sign = "−" if term.sign == -1 else "+"
            text += f" {sign} " if text else sign * (term.sign == -1)
            text += self.column(term.column)
            if term.where:
                text += f" (where {self.condition(term.where)})"
        return text

    def formula(self, indicator: Indicator, siblings: dict[str, Indicator]) -> str:
        """The whole computation in one line, the rows it concerns included."""
        formula = indicator.formula
        words = self.language.say(all_kinds()[formula.kind].words, _KINDS_EN[formula.kind])
        parts = "、".join(self.language.of(siblings[name].label) for name in formula.of if name in siblings)
        text = words.format(
            amount=self._bracketed(formula.amount),
            base=self._bracketed(formula.base),
            over_base=f" ÷ {self._bracketed(formula.base)}" if formula.base.columns() else "",
            scale=f" × {plain(formula.scale)}" if formula.scale != 1 else "",
            per=formula.per,
            floor=plain(formula.floor) if formula.floor is not None else "",
            years=formula.years,
            span=self.language.say(SPANS[formula.span], {"each": "lowest", "mean": "mean"}[formula.span]),
            count=formula.count,
            of=self.language.say(parts, parts.replace("、", ", ")),
        )
        if parts and self.language is Language.ZH:
            text += f"：{parts}"
        if formula.where:
            text += self.language.say("；只计", "; only ") + self.condition(formula.where)
        if formula.over:
            label = self.language.of(self.tables[formula.over].label) if formula.over in self.tables.tables else ""
            rows = label or self.language.say(
                {"stages": "各学段", "schools": "各校"}.get(formula.over, ""), formula.over
            )
            text += self.language.say(f"；汇总{rows}", f"; over {rows}")
        return text

    def _bracketed(self, amount: Amount) -> str:
        text = self.amount(amount)
        several = max((len(terms) for terms in (amount.all, amount.primary, amount.junior)), default=0) > 1
        return self.language.say(f"（{text}）", f"({text})") if several else text
