"""One place where an overlay asks less than its parent, and how what both ask is said in either language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from pydantic import TypeAdapter

from junheng.base.terms import Label

ABSENT = Label("（无）", "nothing")
PRESENT = Label("有", "present")
NOT_SEEN = Label("未见", "not seen")
_YAML = TypeAdapter[Any](Any)
_AS_WRITTEN: dict[str, Any] = {
    "by_alias": True,
    "exclude_defaults": True,
    "exclude": {"source", "label", "grades", "looser_because"},
}


@dataclass(frozen=True, slots=True)
class Loosening:
    """``name`` is what a reason for it is filed under, ``parent`` and ``own`` are what both ask."""

    name: str
    label: Label
    since: date
    parent: Label
    own: Label


class Place(NamedTuple):
    """What is compared: the name that reasons are filed under, what it is called, and from when the overlay holds."""

    name: str
    label: Label
    since: date

    def looser(self, what: Label | None, parent: Label, own: Label) -> Loosening:
        """A loosening of this, or of one thing about it (``what``)."""
        label = self.label if what is None else Label(f"{self.label.zh}·{what.zh}", f"{self.label.en}: {what.en}")
        return Loosening(self.name, label, self.since, parent, own)


def as_it_is(value: object, none: Label = ABSENT) -> Label:
    """Numbers, names and dates read alike in both languages."""
    return none if value in (None, "", ()) else Label(str(value), str(value))


def joined(names: tuple[str, ...]) -> Label:
    return Label("、".join(names), ", ".join(names)) if names else ABSENT


def with_english(zh: str, *values: object) -> Label:
    """Chinese words beside the rule as its file writes it, which needs no translation."""
    return Label(zh, "; ".join(_YAML.dump_json(value, **_AS_WRITTEN).decode() for value in values)) if zh else ABSENT
