"""A sheet as it was sent: its cells by row, and where it stands."""

from __future__ import annotations

import re
from dataclasses import dataclass

from junheng.intake.cells import Raw, is_blank, typed


def letters(index: int) -> str:
    """Column letters of a zero-based index: 0 → A, 27 → AB."""
    text = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        text = chr(65 + rest) + text
    return text


def index_of(column: str) -> int:
    """Zero-based index of column letters: AB → 27."""
    index = 0
    for letter in column:
        index = index * 26 + ord(letter) - 64
    return index - 1


_ADDRESS = re.compile(r"^(.*)!([A-Z]+)(\d+)$", re.DOTALL)


def split_address(address: str) -> tuple[str, str, int | None]:
    """The place, the column letters and the row number of ``学段情况!D17``; of a whole sheet its place alone."""
    match = _ADDRESS.match(address)
    return (match[1], match[2], int(match[3])) if match else (address, "", None)


@dataclass(frozen=True)
class Sheet:
    """The cells of a sheet from A1 on, ``rows[0]`` being row 1.

    ``place`` is what addresses begin with: the sheet's name, with the file in square brackets when several are read.
    """

    file: str
    name: str
    place: str
    rows: list[list[Raw]]
    hidden: bool = False
    merged: tuple[tuple[tuple[int, int], tuple[int, int]], ...] = ()

    def address(self, row: int, column: int) -> str:
        """``学段情况!D17`` of zero-based row and column."""
        return f"{self.place}!{letters(column)}{row + 1}"

    @property
    def is_empty(self) -> bool:
        return all(is_blank(cell) for row in self.rows for cell in row)

    def shown(self, row: int, column: int) -> str:
        """The cell as typed; empty outside the sheet."""
        if row < len(self.rows) and column < len(self.rows[row]):
            return typed(self.rows[row][column])
        return ""
