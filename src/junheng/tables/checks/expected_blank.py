"""Cells that should be filled and are not: 应填未填. A column that is blank all through is said once."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from junheng.tables.checks import Check, Fault, Filed, asked_of
from junheng.tables.model import Need


def find(check: Check, filed: Filed) -> Iterator[Fault]:
    """Blank cells of expected columns, in rows that they are asked of (``required_when``).

    Options: ``text_column`` when the whole column is blank, ``text_absent`` when the sheet has no such column. Sentence
    parts: ``label``, ``count``.
    """
    for table, definition in filed.dataset.tables.tables.items():
        if not filed.has(table):
            continue
        frame = filed.frame(table)
        origin = filed.dataset.origins.get(table)
        expected = [column for column in definition.columns.values() if column.need is Need.EXPECTED]
        blanks = frame.select(
            (asked_of(column) & pl.col(column.name).is_null()).sum().alias(column.name) for column in expected
        )
        for column in (column for column in expected if blanks[column.name][0]):
            asked = frame.filter(asked_of(column)) if column.required_when else frame
            blank = asked.filter(pl.col(column.name).is_null())
            if blank.height == asked.height and blank.height > 1:
                absent = origin is not None and column.name not in origin.letters
                text = check.word("text_absent" if absent else "text_column")
                notes = blank["note"].to_list() if "note" in definition.columns else []
                explained = str(notes[0]) if notes and all(notes) else None
                yield Fault(table, None, column.name, {"count": blank.height}, text, explained=explained)
            else:
                for row in blank["row"].to_list():
                    yield Fault(table, row, column.name)
