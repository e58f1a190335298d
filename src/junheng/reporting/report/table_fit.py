"""A table on paper: how large its letters are, how wide its columns, what of it stays on one page.

Word and PDF draw tables by the same measures, so that pages of the one are those of the other. Points throughout.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from math import ceil

from junheng.reporting.report.blocks import Cell, Table
from junheng.reporting.report.grid import Slot, slots
from junheng.reporting.report.runs import Figure, Note

# Letters of a table (小四、五号、小五、六号、小六) with the height of their lines, and the columns up to which they are
# used: on an upright page and on a lying one.
PITCHES = {12.0: 16.0, 10.5: 14.0, 9.0: 12.0, 7.5: 10.0, 6.5: 9.0}
_COLUMNS = {False: (4, 7, 10, 14), True: (6, 10, 14, 20)}
BESIDE, ABOVE = 3.0, 2.25  # from the line around a cell to its words: left and right, above and below
_LINE = 0.5  # of the line itself
_UNBROKEN = re.compile(r"[!-~]+[㎡㎥％‰℃]?")
# Characters that a column has room for: of its head, of words, of words with a figure (缺 24720.61㎡).
_OF_HEAD, _OF_WORDS, _OF_FIGURE = 2, 5, 8
_EASE = (1.3, 1.2, 1.1)  # how much wider than their shares columns may become for words that then stand on one line
_GAP = 0.25  # em: between Chinese and figures
_DIGIT = 0.56  # em: the widest of the faces' figures
_CODE = 25  # characters without a place to break that are broken anyhow
_TALL = 12  # lines of a row: taller ones may go on overleaf
_WHOLE = 240.0  # height of a table that is not broken: no more than that is left empty on the page before
_GROUP = 100.0  # height of rows under one label that are not parted
_RESTATED = 320.0  # height below a label at which it is said again


@dataclass(frozen=True, slots=True)
class Fit:
    """How a table is drawn.

    Attributes:
        size: of the letters; ``pitch``: from line to line.
        widths: of the columns.
        tall: rows that may be broken over pages.
        whole: it stays on one page.
        kept: rows that stay with the next one, because a cell spans both.
    """

    size: float
    pitch: float
    widths: tuple[float, ...]
    tall: frozenset[int]
    whole: bool
    kept: frozenset[int]


def fitted(table: Table, width: float) -> tuple[Table, Fit]:
    """The table as it is drawn ``width`` points wide, and its measures.

    The letters are the largest in which what cannot be broken fits the columns; columns that need more than their
    share take it from those that can spare some. A label over rows of more than half a page is said again.
    """
    grid = list(slots(table))
    widths, size = _columns(table, grid, width)
    pitch = PITCHES[size]
    lines = [_lines(row, widths, size) for row in grid]
    heights = [count * pitch + 2 * ABOVE + _LINE for count in lines]
    tall = frozenset(at for at, count in enumerate(lines) if count > _TALL)
    whole = not tall and sum(heights) <= _WHOLE
    drawn = table if whole else _restated(table, heights)
    return drawn, Fit(size, pitch, tuple(widths), tall, whole, _kept(drawn, heights))


def _columns(table: Table, grid: Iterable[list[Slot]], width: float) -> tuple[list[float], float]:
    """Widths of the columns, and the size of the letters."""
    needed = [float(_OF_HEAD)] * len(table.widths)  # em
    longest: list[list[float]] = [[] for _ in table.widths]
    for row, places in enumerate(grid):
        for slot in places:
            if slot.cell.columns == 1 and not slot.goes_on:
                least = max(_longest(slot.cell), _least(slot.cell) if row >= table.head else 0)
                needed[slot.column] = max(needed[slot.column], least)
                longest[slot.column].append(_ems(_said(slot.cell)) + _GAP)
    room = [share / sum(table.widths) * width for share in table.widths]
    upto = zip(PITCHES, (*_COLUMNS[table.landscape], len(room)), strict=True)
    sizes = [size for size, columns in upto if len(room) <= columns]
    beside = 2 * BESIDE + _LINE
    wanted = next((size for size in sizes if sum(need * size + beside for need in needed) <= width), sizes[-1])
    for ease in _EASE:
        at_ease = [
            max([need, *(ems for ems in found if ems * wanted + beside <= share * ease)])
            for need, found, share in zip(needed, longest, room, strict=True)
        ]
        if sum(ems * wanted + beside for ems in at_ease) <= width:
            needed = at_ease
            break
    return _shared([need * wanted + beside for need in needed], room), wanted


def _shared(needed: list[float], room: list[float]) -> list[float]:
    """Columns that need more take it from those that have more than they need, each by what it can spare.

    Where all together need more than there is, all are narrower than they should be.
    """
    if sum(needed) >= sum(room):
        return [need * sum(room) / sum(needed) for need in needed]
    spare = [max(0.0, have - need) for need, have in zip(needed, room, strict=True)]
    lacking = sum(max(0.0, need - have) for need, have in zip(needed, room, strict=True))
    part = lacking / sum(spare) if lacking else 0.0
    return [max(need, have) - part * more for need, have, more in zip(needed, room, spare, strict=True)]


def _lines(places: Iterable[Slot], widths: list[float], size: float) -> int:
    """About how many lines a row takes; cells over several rows take their share of each."""
    most = 1
    for slot in places:
        room = sum(widths[slot.column : slot.column + slot.cell.columns]) - 2 * BESIDE - _LINE
        lines = sum(ceil(_ems(line) * size / max(room, size)) or 1 for line in _said(slot.cell).split("\n"))
        most = max(most, ceil(lines / slot.cell.rows))
    return most


def _restated(table: Table, heights: list[float]) -> Table:
    """The table with labels over many rows cut into parts, each with the label: readers of the next page see it too."""
    rows: list[dict[int, Cell]] = [{} for _ in table.rows]
    for at, places in enumerate(slots(table)):
        for slot in places:
            if slot.goes_on:
                continue
            cell = slot.cell
            parts = _parts(heights[at : at + cell.rows]) if _is_restated(cell, at, table) else [cell.rows]
            below = at
            for count in parts:
                rows[below][slot.column] = replace(cell, rows=count)
                below += count
    return replace(table, rows=tuple(tuple(row[column] for column in sorted(row)) for row in rows))


def _kept(table: Table, heights: list[float]) -> frozenset[int]:
    """Rows under cells that span few of them, but the last of each."""
    return frozenset(
        row
        for at, places in enumerate(slots(table))
        for slot in places
        if slot.spans_rows and not slot.goes_on and sum(heights[at : at + slot.cell.rows]) <= _GROUP
        for row in range(at, at + slot.cell.rows - 1)
    )


def _is_restated(cell: Cell, row: int, table: Table) -> bool:
    """Words over several rows; a figure or a footnote stands only once."""
    return cell.rows > 1 and row >= table.head and not any(isinstance(run, Figure | Note) for run in cell.text)


def _parts(heights: list[float]) -> list[int]:
    """How many rows each part has, about equally high."""
    parts = ceil(sum(heights) / _RESTATED)
    each, counts, high = sum(heights) / parts, [0], 0.0
    for height in heights:
        if high >= each and len(counts) < parts:
            counts.append(0)
            high = 0.0
        counts[-1] += 1
        high += height
    return counts


def _least(cell: Cell) -> float:
    """The width in em below which a cell would look broken."""
    has_figure = any(isinstance(run, Figure) for run in cell.text)
    return min(_ems(_said(cell)) + _GAP, _OF_FIGURE if has_figure else _OF_WORDS)


def _longest(cell: Cell) -> float:
    """The width in em of the longest run of a cell that should not be broken."""
    found = (word for words in _pieces(cell) for word in _UNBROKEN.findall(words))
    return max((_ems(word) for word in found if len(word) < _CODE), default=0)


def _ems(words: str) -> float:
    return sum(_DIGIT if char < "\x7f" else 1 for char in words)


def _said(cell: Cell) -> str:
    return "".join(_pieces(cell))


def _pieces(cell: Cell) -> Iterator[str]:
    for run in cell.text:
        if isinstance(run, Figure):
            yield run.number if cell.bare else run.text
        elif not isinstance(run, Note):
            yield str(run)
