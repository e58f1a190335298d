"""CSV text that is safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")


def csv_text(heads: Sequence[object], rows: Iterable[Sequence[object]]) -> str:
    """Heads and rows as CSV; None is a blank cell."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    for row in (heads, *rows):
        writer.writerow([never_computed(cell) if isinstance(cell, str) else cell for cell in row])
    return text.getvalue()


def never_computed(text: str) -> str:
    """A text that begins like a formula gets an apostrophe before it: a name filed by a school must never be computed.

    Numbers stay as they are, below zero too.
    """
    return f"'{text}" if text.startswith(_FORMULA_SIGNS) and not _NUMBER.fullmatch(text) else text
