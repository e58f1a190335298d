"""Overlays: a province or county lists only what it changes or adds; loosening a limit needs a reason."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from decimal import Decimal
from typing import Any

from junheng.standards.errors import LooserThanParentError, OverlayError
from junheng.standards.model import PART_NAMES, Standard

Raw = dict[str, Any]
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


def _merge(old: Any, new: Any) -> Any:
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
        for entry in own[name].thresholds:
            earlier = [dated for dated in base[name].thresholds if dated.since <= entry.since]
            if not earlier or entry.looser_because or entry == earlier[-1]:
                continue
            for stage in ("primary", "junior", None):
                for ours, theirs in zip(entry.limits(stage), earlier[-1].limits(stage), strict=False):
                    same = ours.operator == theirs.operator and ours.where == theirs.where
                    if same and _looser(ours.operator, ours.value, theirs.value):
                        _refuse(standard, own[name].label.zh, entry.since, theirs.value, ours.value)
        for balance in own[name].balance:
            before = [dated for dated in base[name].balance if dated.since <= balance.since]
            if not before or balance.looser_because:
                continue
            for stage in ("primary", "junior"):
                ours_cv, theirs_cv = balance.limit(stage), before[-1].limit(stage)
                if ours_cv is not None and theirs_cv is not None and ours_cv > theirs_cv:
                    _refuse(standard, own[name].label.zh, balance.since, theirs_cv, ours_cv)


def _looser(operator: str | None, ours: object, theirs: object) -> bool:
    if not isinstance(ours, Decimal) or not isinstance(theirs, Decimal):
        return False
    return ours < theirs if operator in ("at_least", "above") else ours > theirs


def _refuse(standard: Standard, indicator: str, since: object, parent: object, own: object) -> None:
    raise LooserThanParentError(standard=standard.id, indicator=indicator, since=since, parent=parent, own=own)
