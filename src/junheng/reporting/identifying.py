"""What in the data tells whom they are about: names, codes, and what people wrote in their own words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from junheng.reporting.facts.facts import Writer
from junheng.reporting.redact import Kind, Known
from junheng.tables.dataset import Dataset

# Columns that name somebody, with the column of the code beside it.
_NAMES: dict[str, tuple[Kind, str]] = {
    "county_code": ("county", "county_code"),
    "county_name": ("county", "county_code"),
    "town": ("town", "town"),
    "school_code": ("school", "school_code"),
    "school_name": ("school", "school_code"),
}
_OWN_WORDS = ("note", "plan", "responsible", "judged_by")
# Of the documents of plans; what is named from, to and county there has code and name.
_PLAN_NAMES: dict[str, tuple[Kind, str]] = _NAMES | {
    "teacher_code": ("person", "teacher_code"),
    "name": ("person", "teacher_code"),
    "block_code": ("town", "block_code"),
    "block_name": ("town", "block_code"),
}
_PLACES: dict[str, Kind] = {"from": "school", "to": "school", "county": "county"}


def known_of(
    datasets: Iterable[Dataset], plans: Iterable[Mapping[str, Any]] = (), writer: Writer | None = None
) -> Known:
    """The names and words of data, plans and the writer of a report."""
    names: dict[str, tuple[Kind, str]] = {}
    words: set[str] = set()
    for dataset in datasets:
        for frame in dataset.frames.values():
            for column, (kind, whose) in _NAMES.items():
                if column in frame.columns:
                    pairs = frame.select(name=column, whose=whose).unique().drop_nulls()
                    names |= {str(name): (kind, str(code)) for name, code in pairs.iter_rows()}
            for column in _OWN_WORDS:
                if column in frame.columns:
                    words.update(map(str, frame[column].drop_nulls().unique()))
    for plan in plans:
        for entry, within in _entries(plan):
            names |= {name: about for name, about in _named(entry, within) if name not in names}
            words.update(str(entry[column]) for column in _OWN_WORDS if isinstance(entry.get(column), str))
    if writer is not None:
        words.update(text for text in (*writer.texts.values(), writer.number) if text)
        names |= {name: ("office", name) for name in (writer.office, writer.to) if name}
    return Known(names, frozenset(words))


def _entries(node: Any, within: str = "") -> Iterator[tuple[Mapping[str, Any], str]]:  # noqa: ANN401 - JSON
    """Every object of a plan, and the name of the field that holds it."""
    if isinstance(node, list):
        for entry in node:
            yield from _entries(entry, within)
    elif isinstance(node, Mapping):
        yield node, within
        for key, value in node.items():
            yield from _entries(value, key)


def _named(entry: Mapping[str, Any], within: str) -> Iterator[tuple[str, tuple[Kind, str]]]:
    if within in _PLACES:
        for key in ("code", "name"):
            if text := entry.get(key):
                yield str(text), (_PLACES[within], str(entry.get("code") or text))
        return
    for key, (kind, whose) in _PLAN_NAMES.items():
        if (text := entry.get(key)) and isinstance(text, str):
            yield text, (kind, str(entry.get(whose) or text))
