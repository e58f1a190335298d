"""How high a row of a workbook must be: only Excel fits it to wrapped text by itself, and not when printing."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from unicodedata import east_asian_width

from xlsxwriter.worksheet import Worksheet


def fit_height(sheet: Worksheet, row: int, texts: Sequence[str], widths: Sequence[float]) -> None:
    """Make a row as high as its longest wrapped text."""
    lines = max(
        sum(ceil(max(cells_wide(line), 1) / width) for line in text.split("\n"))
        for text, width in zip(texts, widths, strict=True)
    )
    sheet.set_row(row, 16 * lines + 2)


def cells_wide(text: str) -> int:
    """Chinese characters are two cells wide."""
    return sum(2 if east_asian_width(letter) in "WFA" else 1 for letter in text)
