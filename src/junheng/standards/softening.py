"""Scoring more kindly: pass marks of a smaller share, 扣分规则 that take off less."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from junheng.base.terms import Label
from junheng.standards.item import Deduction, Item
from junheng.standards.loosening import with_english
from junheng.standards.words import deduction_in_words

POINTS = Label("分值", "points")
TOTAL = Label("满分", "total")
PASS_MARK = Label("合格线", "pass mark")
_HARSHNESS = {"full": 0, "part": 1, "started": 2}


def lower_mark(ours: tuple[Decimal | None, Decimal | None], theirs: tuple[Decimal | None, Decimal | None]) -> bool:
    """Whether a pass mark asks for a smaller share of its total, or is no longer known; each is (mark, total)."""
    if theirs[0] is None:
        return False
    if ours[0] is None or not ours[1] or not theirs[1]:
        return ours[0] is None or ours[0] < theirs[0]
    return Fraction(ours[0]) * Fraction(theirs[1]) < Fraction(theirs[0]) * Fraction(ours[1])


def softer_deductions(own: Item, base: Item) -> tuple[Label, Label] | None:
    """What both say, for the first rule of ``base`` that ``own`` lacks or softens; None where none is."""
    units = {name: check.unit for name, check in (own.checks | base.checks).items()}
    for rule in base.deductions:
        ours = [deduction for deduction in own.deductions if deduction.check == rule.check]
        if not any(_at_least_as_hard(deduction, rule) for deduction in ours):
            theirs = with_english(deduction_in_words(rule, units[rule.check]), rule)
            said = "；".join(deduction_in_words(deduction, units[rule.check]) for deduction in ours)
            return theirs, with_english(said, *ours)
    return None


def _at_least_as_hard(own: Deduction, base: Deduction) -> bool:
    """Whether a rule surely takes off no less than another, whatever the shortfall."""
    if own.points is None or base.points is None:
        return own.points is None
    if own.per is None or base.per is None:
        return own.per is base.per and own.points >= base.points
    return own.points >= base.points and own.per <= base.per and _HARSHNESS[own.steps] >= _HARSHNESS[base.steps]
