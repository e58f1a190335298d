"""Dated look-up: what a standard says on one day. Asking outside its dates is an error, never a default."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TypeVar

from junheng.base.terms import Label
from junheng.standards.conditions import both
from junheng.standards.errors import StandardNotInForceError, UnknownRelaxationError
from junheng.standards.formula import Amount, Term
from junheng.standards.indicator import Indicator
from junheng.standards.item import Item, ItemPart
from junheng.standards.model import Standard
from junheng.standards.source import Dated

Entry = TypeVar("Entry", bound=Dated)


def on_day(standard: Standard, day: date, relax: Sequence[str] = ()) -> Standard:
    """The standard as it holds on ``day``: each dated list has at most the one entry in force, relaxations applied.

    Raises:
        StandardNotInForceError: the standard, or a limit it still uses, does not hold on that day.
        UnknownRelaxationError: ``relax`` names one it does not have.
    """
    force = standard.in_force
    if not in_force(standard, day):
        _not_in_force(standard, Label("全文", "as a whole"), force.since, force.ends, day)

    def dated(indicator: Indicator, name: str) -> Indicator:
        changes = [standard.relaxations[key].changes.get(name) for key in relax]
        formula, thresholds = indicator.formula, _current(standard, indicator.thresholds, indicator.label, day)
        for change in filter(None, changes):
            formula = formula.model_copy(update={"amount": _add(formula.amount, change.add)})
            thresholds = tuple(_prepend(entry, change.limits) for entry in thresholds)
        of_schools = Label(f"{indicator.label.zh}差异系数", f"{indicator.label.en}, coefficient of variation")
        balance = _current(standard, indicator.balance, of_schools, day)
        return indicator.model_copy(update={"formula": formula, "thresholds": thresholds, "balance": balance})

    def item(entry: Item) -> Item:
        return entry.model_copy(update={"checks": {name: dated(check, name) for name, check in entry.checks.items()}})

    def part(entry: ItemPart) -> ItemPart | None:
        held = {name: item(it) for name, it in entry.items.items() if _holds(it, day)}
        if entry.items and not held:
            return None  # It does not exist on that day, and decides nothing.
        score = _current(
            standard, entry.pass_score, Label(f"{entry.label.zh}合格分", f"{entry.label.en}, pass score"), day
        )
        return entry.model_copy(update={"items": held, "pass_score": score})

    for name in relax:
        if name not in standard.relaxations:
            known = "、".join(standard.relaxations) or "—"
            raise UnknownRelaxationError(standard=standard.id, name=name, known=known)
    update: dict[str, object] = {name: part(entry) for name, entry in standard.parts()}
    update["resources"] = {name: dated(indicator, name) for name, indicator in standard.resources.items()}
    if standard.balance_rule:
        limits = _current(
            standard, standard.balance_rule.limits, Label("综合差异系数", "mean coefficient of variation"), day
        )
        update["balance_rule"] = standard.balance_rule.model_copy(update={"limits": limits})
    return standard.model_copy(update=update)


def in_force(standard: Standard, day: date) -> bool:
    """Whether a standard holds on a day at all."""
    force = standard.in_force
    return force.since <= day and (force.ends is None or day <= force.ends)


def _holds(item: Item, day: date) -> bool:
    return (item.since is None or item.since <= day) and (item.ends is None or day <= item.ends)


def _current(standard: Standard, entries: tuple[Entry, ...], what: Label, day: date) -> tuple[Entry, ...]:
    """The one entry in force as a tuple of one; an empty list stays empty."""
    if not entries:
        return ()
    started = [entry for entry in entries if entry.since <= day]
    latest = max(started, key=lambda entry: entry.since, default=None)
    if latest is None or (latest.ends is not None and day > latest.ends):
        first = min(entry.since for entry in entries)
        quoted = Label(f"“{what.zh}”", f"“{what.en}”")
        _not_in_force(standard, quoted, first, latest.ends if latest else None, day)
    return (latest,) if latest else ()


def _not_in_force(standard: Standard, what: Label, first: date, ends: date | None, day: date) -> None:
    raise StandardNotInForceError(standard=standard.id, what=what, first=first, ends=ends or "", day=day)


def _add(amount: Amount, more: Amount) -> Amount:
    if not more.columns():
        return amount
    if amount.primary or amount.junior or more.primary or more.junior:
        return Amount(
            primary=_joined(amount.terms("primary"), more.terms("primary")),
            junior=_joined(amount.terms("junior"), more.terms("junior")),
        )
    return Amount(all=_joined(amount.all, more.all))


def _joined(terms: tuple[Term, ...], more: tuple[Term, ...]) -> tuple[Term, ...]:
    """Add terms so that a column counts once even where two relaxations (or its own term) grant it for the same row."""
    joined = list(terms)
    for term in more:
        twice = [
            Term(column=own.column, sign=1 if own.sign == -1 else -1, where=joint, granted=True)
            for own in joined
            if own.column == term.column and (joint := both(own.where, term.where)) is not None
        ]
        joined += [term.model_copy(update={"granted": True}), *twice]
    return tuple(joined)


def _prepend(entry: Entry, limits: tuple[object, ...]) -> Entry:
    if not limits:
        return entry
    groups = [group for group in ("primary", "junior", "all") if getattr(entry, group)]
    return entry.model_copy(update={group: (*limits, *getattr(entry, group)) for group in groups})
