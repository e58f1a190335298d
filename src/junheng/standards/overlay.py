"""Overlays: a province or county lists only what it changes or adds; loosening a limit needs a reason."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from decimal import Decimal
from typing import Any, NoReturn, TypeVar

from junheng.standards.errors import LooserThanParentError, OverlayError
from junheng.standards.model import PART_NAMES, BalanceLimit, Dated, Limit, Standard, Threshold

Raw = dict[str, Any]
Entry = TypeVar("Entry", bound=Dated)
_DATED = ("thresholds", "balance", "pass_score", "limits")


def apply_overlay(parent: Raw, overlay: Raw, standard: str, parent_id: str) -> Raw:
    """Return the parent's raw content with the overlay's ``changes`` and ``adds`` made and its other keys replaced.

    ``changes`` maps the name of a rule, indicator, item, check or part to what is different in it; dated entries
    replace those of the same day and otherwise join them. ``adds`` maps ``resources`` or a part to new entries.
    """
    merged = deepcopy(parent)
    changes, adds = overlay.pop("changes", {}), overlay.pop("adds", {})
    for name, change in changes.items():
        places = list(_places(merged, name))
        if not places:
            raise OverlayError(standard=standard, name=name, parent=parent_id)
        for holder in places:
            holder[name] = _merge(holder[name], change)
    for part, entries in adds.items():
        holder = merged.setdefault(part, {})
        (holder if part in ("resources", "relaxations") else holder.setdefault("items", {})).update(entries)
    return merged | overlay


def _places(raw: Raw, name: str) -> Iterator[Raw]:
    """Every mapping that has an entry of this name: the standard, its resources, a part's items, an item's checks."""
    if name in raw:
        yield raw
    if name in raw.get("resources", {}):
        yield raw["resources"]
    for part in PART_NAMES:
        items = raw.get(part, {}).get("items", {})
        if name in items:
            yield items
        for item in items.values():
            if name in item.get("checks", {}):
                yield item["checks"]


def _merge(old: object, new: object) -> object:
    if not isinstance(old, dict) or not isinstance(new, dict):
        return new
    merged = dict(old)
    for key, value in new.items():
        if key in _DATED and isinstance(old.get(key), list):
            by_day = {entry["from"]: entry for entry in old[key]} | {entry["from"]: entry for entry in value}
            merged[key] = [by_day[day] for day in sorted(by_day)]
        else:
            merged[key] = _merge(old.get(key), value)
    return merged


def check_not_looser(standard: Standard, parent: Standard) -> None:
    """Refuse a plain limit that is looser than the parent's on the same day, unless it says why.

    Raises:
        LooserThanParentError: naming the indicator, the day and both limits.
    """
    own, base = dict(standard.indicators()), dict(parent.indicators())
    for name in own.keys() & base.keys():
        label = own[name].label.zh
        for entry in own[name].thresholds:
            before = _at(base[name].thresholds, entry.since)
            if before is not None and before != entry and not entry.looser_because:
                _check_limits(standard, label, entry, before)
        _check_balance(standard, label, own[name].balance, base[name].balance)
    if standard.balance_rule and parent.balance_rule:
        _check_balance(standard, "综合差异系数", standard.balance_rule.limits, parent.balance_rule.limits)
    parent_parts = dict(parent.parts())
    for name, part in standard.parts():
        for score in part.pass_score:
            mark = _at(parent_parts[name].pass_score, score.since) if name in parent_parts else None
            if mark is not None and score.at_least < mark.at_least and not score.looser_because:
                _refuse(standard, f"{part.label.zh}合格分", score.since, mark.at_least, score.at_least)


def _at(entries: tuple[Entry, ...], day: date) -> Entry | None:
    """The entry of the parent that held when an own one began."""
    return max((entry for entry in entries if entry.since <= day), key=lambda entry: entry.since, default=None)


def _check_limits(standard: Standard, label: str, entry: Threshold, before: Threshold) -> None:
    for stage in ("primary", "junior", None):
        theirs = before.limits(stage)
        for ours in entry.limits(stage):
            # What the parent asked of these rows: its limit for the same rows, else the one it has for all others.
            held = next((limit for limit in theirs if limit.where == ours.where), None)
            held = held or next((limit for limit in theirs if not limit.where), None)
            if held is not None and _looser(ours, held):
                _refuse(standard, label, entry.since, held.value, ours.value)


def _check_balance(
    standard: Standard, label: str, own: tuple[BalanceLimit, ...], base: tuple[BalanceLimit, ...]
) -> None:
    for entry in own:
        before = _at(base, entry.since)
        if before is None or entry.looser_because:
            continue
        for stage in ("primary", "junior"):
            ours, theirs = entry.limit(stage), before.limit(stage)
            if ours is not None and theirs is not None and ours > theirs:
                _refuse(standard, label, entry.since, theirs, ours)


def _looser(ours: Limit, theirs: Limit) -> bool:
    if not isinstance(ours.value, Decimal) or not isinstance(theirs.value, Decimal):
        return False
    upward = ours.operator in ("at_least", "above")
    if upward != (theirs.operator in ("at_least", "above")):
        return False
    return ours.value < theirs.value if upward else ours.value > theirs.value


def _refuse(standard: Standard, indicator: str, since: date, parent: object, own: object) -> NoReturn:
    raise LooserThanParentError(standard=standard.id, indicator=indicator, since=since, parent=parent, own=own)
