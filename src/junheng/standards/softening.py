"""扣分规则 that take off less than others: what an overlay may not do without saying why."""

from __future__ import annotations

from junheng.standards.item import Deduction, Item
from junheng.standards.words import deduction_in_words

_HARSHNESS = {"full": 0, "part": 1, "started": 2}


def softer_deductions(own: Item, base: Item) -> tuple[str, str] | None:
    """Both rules in words, for the first rule of ``base`` that ``own`` lacks or softens; None where none is."""
    for rule in base.deductions:
        ours = [deduction for deduction in own.deductions if deduction.check == rule.check]
        if not any(_at_least_as_hard(deduction, rule) for deduction in ours):
            units = {item_check: check.unit for item_check, check in (own.checks | base.checks).items()}
            said = "；".join(deduction_in_words(deduction, units[rule.check]) for deduction in ours) or "（无）"
            return deduction_in_words(rule, units[rule.check]), said
    return None


def _at_least_as_hard(own: Deduction, base: Deduction) -> bool:
    """Whether a rule surely takes off no less than another, whatever the shortfall."""
    if own.points is None or base.points is None:
        return own.points is None
    if own.per is None or base.per is None:
        return own.per is base.per and own.points >= base.points
    return own.points >= base.points and own.per <= base.per and _HARSHNESS[own.steps] >= _HARSHNESS[base.steps]
