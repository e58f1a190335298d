"""Overlays: a province or county lists only what it changes or adds."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from junheng.standards.errors import AmbiguousChangeError, OverlayError
from junheng.standards.model import PART_NAMES

Raw = dict[str, Any]
_DATED = ("thresholds", "balance", "pass_score", "limits")


def apply_overlay(parent: Raw, overlay: Raw, standard: str, parent_id: str) -> Raw:
    """Return the parent's raw content with the overlay's ``changes`` and ``adds`` made and its other keys replaced.

    ``changes`` maps the name of a rule, indicator, item, check or part to what is different in it; dated entries
    replace those of the same day and otherwise join them. ``adds`` maps ``resources`` or a part to new entries.
    """
    merged = deepcopy(parent)
    merged.pop("looser_because", None)  # The parent's reasons excuse nothing here.
    changes, adds = overlay.pop("changes", {}), overlay.pop("adds", {})
    rule = merged.get("balance_rule") or {}
    if rule.get("rule") == "mean" and not rule.get("indicators") and "rule" not in (changes.get("balance_rule") or {}):
        # A resource added here does not enter the parent's mean.
        rule["indicators"] = list(merged.get("resources", {}))
    for name, change in changes.items():
        places = list(_places(merged, name))
        if not places:
            raise OverlayError(standard=standard, name=name, parent=parent_id)
        if len(places) > 1:
            paths = [(*path, name) for path, _ in places]
            raise AmbiguousChangeError(
                standard=standard,
                name=name,
                parent=parent_id,
                places=", ".join(".".join(path) for path in paths),
                example=_written_out(paths[-1]),
            )
        holder = places[0][1]
        holder[name] = _merge(holder[name], change)
    for part, entries in adds.items():
        holder = merged.setdefault(part, {})
        (holder if part in ("resources", "relaxations") else holder.setdefault("items", {})).update(entries)
    return merged | overlay


def _places(raw: Raw, name: str) -> Iterator[tuple[tuple[str, ...], Raw]]:
    """Every mapping that has an entry of this name, and the way to it.

    They are the standard, its resources, a part's items and an item's checks.
    """
    if name in raw:
        yield (), raw
    if name in (raw.get("resources") or {}):
        yield ("resources",), raw["resources"]
    for part in PART_NAMES:
        items = (raw.get(part) or {}).get("items", {})
        if name in items:
            yield (part, "items"), items
        for item_name, item in items.items():
            if name in item.get("checks", {}):
                yield (part, "items", item_name, "checks"), item["checks"]


def _written_out(path: tuple[str, ...]) -> str:
    """``quality: {items: {library: …}}``: a change that says its whole way."""
    text = f"{path[-1]}: …"
    for name in reversed(path[:-1]):
        text = f"{name}: {{{text}}}"
    return text


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
