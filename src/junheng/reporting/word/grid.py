"""The grid of a table: where each cell begins and what it covers, how wide columns are, how large its words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, pairwise

from junheng.reporting.report.blocks import Cell, Table
from junheng.reporting.report.runs import Figure, Note

# The style of the words of a table, and their size in points: the largest in which nothing has to be broken.
SIZES = (("表格文字", 12.0), ("表格文字（五号）", 10.5), ("表格文字（小五）", 9.0))
_CHARACTERS = 3  # that should stand side by side
_INSET = 6.0  # points: the margins of a cell, left and right, and its line
_NUMBER = re.compile(r"[!-~]+")
_DIGIT = 0.52  # of the size: a figure of Times, and a little air


@dataclass(frozen=True, slots=True)
class Slot:
    """One place of a row: a cell that begins here, or goes on from the row above."""

    cell: Cell
    column: int
    goes_on: bool

    @property
    def spans_rows(self) -> bool:
        return self.cell.rows > 1


def slots(table: Table) -> Iterator[list[Slot]]:
    """Row by row, from left to right, every place exactly once."""
    from_above: dict[int, tuple[Cell, int]] = {}  # column → cell that goes on here, rows that it still covers
    for row in table.rows:
        cells = iter(row)
        places: list[Slot] = []
        column = 0
        while column < len(table.widths):
            goes_on = column in from_above
            if goes_on:
                cell, left = from_above.pop(column)
            else:
                cell = next(cells)
                left = cell.rows
            if left > 1:
                from_above[column] = (cell, left - 1)
            places.append(Slot(cell, column, goes_on))
            column += cell.columns
        yield places


def fitted(table: Table, width: int) -> tuple[str, list[int]]:
    """The style of the words and the widths of the columns in twips, which together are as wide as the text.

    The largest style in which every number fits its column; where none does, the smallest, and columns that are too
    narrow take from those that have room.
    """
    total = sum(table.widths)
    wished = [share / total * width for share in table.widths]
    unbroken = _unbroken(table)
    for style, size in SIZES:
        needs = [(ems * size + _INSET) * 20 for ems in unbroken]
        if all(need <= wish for need, wish in zip(needs, wished, strict=True)):
            return style, _whole(wished)
    wider = [max(need, wish) for need, wish in zip(needs, wished, strict=True)]
    room = [have - need for have, need in zip(wider, needs, strict=True)]
    over = sum(wider) - width
    if sum(room) >= over:
        wider = [have - over * own / sum(room) for have, own in zip(wider, room, strict=True)]
    else:  # nothing helps: all are narrower than they should be
        wider = [have * width / sum(wider) for have in wider]
    return style, _whole(wider)


def _whole(widths: list[float]) -> list[int]:
    """Whole twips of the same sum."""
    ends = [round(end) for end in accumulate(widths)]
    return [end - start for start, end in pairwise([0, *ends])]


def _unbroken(table: Table) -> list[float]:
    """What each column has to hold in one line, in ems: its longest number, and words of up to three characters."""
    ems = [1.0] * len(table.widths)
    for row in slots(table):
        for slot in row:
            if not slot.goes_on and slot.cell.columns == 1:
                ems[slot.column] = max(ems[slot.column], _ems(slot.cell))
    return ems


def _ems(cell: Cell) -> float:
    words = "".join(
        run.number if isinstance(run, Figure) else str(run) for run in cell.text if not isinstance(run, Note)
    )
    numbers = [len(number) for number in _NUMBER.findall(words)]
    return max(max(numbers, default=0) * _DIGIT, min(_CHARACTERS, len(words) - sum(numbers)))
