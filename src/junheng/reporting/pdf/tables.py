"""Tables as data, with the size of their letters: the largest in which no number is broken."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, TypeAlias

from junheng.reporting.pdf.words import printable, runs_data
from junheng.reporting.report.blocks import Cell, Table
from junheng.reporting.report.runs import Figure, Note, words_of

Data: TypeAlias = dict[str, Any]

# Letters of a table (小四、五号、小五、六号, and what can still be read), and the columns up to which they are used.
_SIZES = (12.0, 10.5, 9.0, 7.5, 6.5)
_COLUMNS = {False: (4, 7, 10, 14), True: (6, 10, 14, 20)}
_WIDTH = {False: 442.2, True: 637.8}  # pt: 156 mm, and 225 mm on a lying page
_INSET = 0.4  # em, on either side of a cell
_UNBROKEN = re.compile(r"[!-~]+[㎡㎥％‰℃]?")
# Characters that a column has room for: of its head, of words, of words with a figure (缺 24720.61㎡).
_OF_HEAD, _OF_WORDS, _OF_FIGURE = 2, 5, 8
_GAP = 0.25  # em: between Chinese and figures
_DIGIT = 0.56  # em: the widest of the faces' figures
_TALL = 12  # lines of a cell: taller ones may go on overleaf
_HELD = 600  # characters of a note


def table_data(table: Table) -> Data:
    """What the template draws: columns, rows of cells, size of letters."""
    places = list(_places(table))
    widths, size = _fitted(table, places)
    ems = [width / size for width in widths]
    tall = {row for row, column, cell in places if _lines(cell, sum(ems[column : column + cell.columns])) > _TALL}
    last_row, totals = len(table.rows) - 1, len(table.rows) - table.total
    rows: list[list[Data]] = [[] for _ in table.rows]
    for row, _, cell in places:
        rows[row].append(_cell(cell, bold=row < table.head or row >= totals, tall=row in tall))
    return {
        "kind": "table",
        "caption": runs_data(table.caption),
        "unit": f"单位：{printable(table.unit)}" if table.unit else "",
        "note": runs_data(table.note),
        # It stays with the last row, unless both together might be taller than a page.
        "held": last_row >= table.head and last_row not in tall and len(words_of(table.note)) <= _HELD,
        "widths": widths,
        "size": size,
        "head": rows[: table.head],
        "body": rows[table.head :],
    }


def _places(table: Table) -> Iterator[tuple[int, int, Cell]]:
    """Every cell with its row and column."""
    free = [0] * len(table.widths)  # the row from which on a column is free
    for row, cells in enumerate(table.rows):
        column = 0
        for cell in cells:
            while free[column] > row:
                column += 1
            yield row, column, cell
            for covered in range(column, column + cell.columns):
                free[covered] = row + cell.rows
            column += cell.columns


def _cell(cell: Cell, *, bold: bool, tall: bool) -> Data:
    """A cell; what is as it mostly is, is left out: tables of thousands of rows are drawn too."""
    runs = runs_data(cell.text, bare=cell.bare)
    data: Data = {"text": runs, "align": _align(cell)}
    if cell.rows > 1:
        data["rowspan"] = cell.rows
    if cell.columns > 1:
        data["colspan"] = cell.columns
    if cell.outcome is not None:
        data["outcome"] = cell.outcome.value
    if bold:
        data["bold"] = True
    if tall or cell.rows > 1:
        data["breakable"] = True
    return data


def _align(cell: Cell) -> str:
    if cell.align is not None:
        return {"left": "left", "centre": "center", "right": "right"}[cell.align]
    if cell.label:
        return "center"
    said = [run for run in cell.text if not isinstance(run, Note)]
    return "right" if said and all(isinstance(run, Figure) for run in said) else "left"


def _fitted(table: Table, places: Iterable[tuple[int, int, Cell]]) -> tuple[list[float], float]:
    """Widths of the columns in pt, and the largest size of letters in which what cannot be broken fits them."""
    needed = [_OF_HEAD + 2 * _INSET] * len(table.widths)  # em
    for row, column, cell in places:
        if cell.columns == 1:
            least = max(_longest(cell), _least(cell) if row >= table.head else 0)
            needed[column] = max(needed[column], least + 2 * _INSET)
    room = [share / sum(table.widths) * _WIDTH[table.landscape] for share in table.widths]
    upto = zip(_SIZES, (*_COLUMNS[table.landscape], len(room)), strict=True)
    sizes = [size for size, columns in upto if len(room) <= columns]
    size = next((size for size in sizes if sum(needed) * size <= sum(room)), sizes[-1])
    return _shared([need * size for need in needed], room), size


def _shared(needed: list[float], room: list[float]) -> list[float]:
    """Columns that need more take it from those that have more than they need, each by what it can spare."""
    spare = [max(0.0, have - need) for need, have in zip(needed, room, strict=True)]
    lacking = sum(max(0.0, need - have) for need, have in zip(needed, room, strict=True))
    part = min(1.0, lacking / sum(spare)) if lacking and any(spare) else 0.0
    return [max(need, have) - part * more for need, have, more in zip(needed, room, spare, strict=True)]


def _least(cell: Cell) -> float:
    """The width in em below which a cell would look broken."""
    has_figure = any(isinstance(run, Figure) for run in cell.text)
    return min(_ems("".join(_words(cell))) + _GAP, _OF_FIGURE if has_figure else _OF_WORDS)


def _longest(cell: Cell) -> float:
    """The width in em of the longest run of a cell that has no place to break."""
    found = (word for run in _words(cell) for word in _UNBROKEN.findall(run))
    return max(map(_ems, found), default=0)


def _lines(cell: Cell, width: float) -> float:
    """About how many lines the words of a cell ``width`` em wide take."""
    return _ems("".join(_words(cell))) / max(1, width - 2 * _INSET)


def _ems(words: str) -> float:
    return sum(_DIGIT if char < "\x7f" else 1 for char in words)


def _words(cell: Cell) -> list[str]:
    return [run for run in runs_data(cell.text, bare=cell.bare) if isinstance(run, str)]
