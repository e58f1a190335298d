"""A table of a report on a sheet of a workbook: spans merged, figures as numbers, heads kept in sight, rows counted."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import ceil, isinf
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from junheng.base.outcome import Outcome
from junheng.reporting.report.blocks import Cell, Table
from junheng.reporting.report.runs import Figure, Note, Text, words_of
from junheng.reporting.sheet_height import cells_wide
from junheng.reporting.sheet_style import CELL, GOOD, HEAD_FILL, OPEN, TEXT, TOLERATED, WRONG, lay_out

# A sheet of Excel ends after 1,048,576 rows; what is longer goes on on the next one.
MOST_ROWS = 1_000_000
LONGEST_TEXT = 32_767
_FILLS = {Outcome.MET: GOOD, Outcome.TOLERATED: TOLERATED, Outcome.UNMET: WRONG, Outcome.UNKNOWN: OPEN}
_UPRIGHT, _ACROSS, _NARROWEST = 92.0, 138.0, 8.0
_WRAP: dict[str, Any] = {"text_wrap": True}
_ALIGN = {"left": "left", "centre": "center", "right": "right"}
# What begins so is written as text; the prefix keeps it text when somebody edits the cell.
_LIKE_FORMULA = ("=", "+", "-", "@")

_Key = tuple[str, str, str, bool, bool]  # alignment, fill, number format, bold, quoted


class Formats:
    """The formats of one workbook, each made once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[_Key, Format] = {}
        self.caption: Format = book.add_format(TEXT | {"font_size": 14, "bold": True, "align": "center", **_WRAP})
        self.words: Format = book.add_format(TEXT | {"valign": "top", "quote_prefix": True, **_WRAP})
        self.heading: Format = book.add_format(TEXT | {"bold": True, "font_size": 12, "quote_prefix": True, **_WRAP})
        self.right: Format = book.add_format(TEXT | {"align": "right"})

    def of(self, key: _Key) -> Format:
        if key not in self._made:
            align, fill, number, bold, quoted = key
            look: dict[str, Any] = CELL | {"align": align, **_WRAP}
            look |= {"bg_color": fill} if fill else {}
            look |= {"num_format": number} if number else {}
            look |= {"bold": True} if bold else {}
            look |= {"quote_prefix": True} if quoted else {}
            self._made[key] = self._book.add_format(look)
        return self._made[key]


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell at its place in the grid."""

    row: int
    column: int
    cell: Cell


def row_count(table: Table) -> int:
    """How many rows a table has: heads and totals are none."""
    return len(table.body) - table.total


def rows_hash(table: Table) -> str:
    """校验: the beginning of the SHA-256 of what stands below the head, as printed."""
    found = hashlib.sha256()
    for row in table.body:
        found.update("\t".join(_words(cell, []) for cell in row).encode() + b"\n")
    return found.hexdigest()[:16]


def pages_of(table: Table, most: int) -> list[tuple[int, int]]:
    """Where the body is cut into sheets of at most ``most`` rows, never through a cell that spans rows."""
    cuts, begin, safe, taken = [], 0, 0, 0
    for index, row in enumerate(table.body):
        if taken <= index:
            safe = index
        if index - begin >= most and safe > begin:
            cuts.append((begin, safe))
            begin = safe
        taken = max(taken, *(index + cell.rows for cell in row)) if row else taken
    return [*cuts, (begin, len(table.body))]


def write_table(
    sheet: Worksheet, table: Table, formats: Formats, rows: tuple[int, int], checked: str, footer: str
) -> None:
    """Write the rows from ``rows[0]`` up to ``rows[1]`` of a table's body below its caption and head.

    Args:
        checked: the hash of all its rows.
        footer: at the foot of every page, in Excel's own codes.
    """
    widths = _widths(table)
    across = len(widths) - 1
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    _line(sheet, 0, across, words_of(table.caption), formats.caption)
    sheet.set_row(0, 22 * _lines(words_of(table.caption), sum(widths) * 0.75) + 4)
    first = 1
    if table.unit:
        _line(sheet, 1, across, f"单位：{table.unit}", formats.right)
        first = 2
    notes: list[Text] = []
    head, body = table.rows[: table.head], table.body[rows[0] : rows[1]]
    lines = [1.0] * (len(head) + len(body))
    bold_from = len(table.rows) - table.total - rows[0]
    for placed in grid((*head, *body), len(widths)):
        at = placed.row
        text = _words(placed.cell, notes)
        bold = at < table.head or at >= bold_from
        _write(sheet, first, placed, text, formats, bold)
        width = sum(widths[placed.column : placed.column + placed.cell.columns])
        needed = _lines(text, width - 1) / placed.cell.rows
        for below in range(at, at + placed.cell.rows):
            lines[below] = max(lines[below], needed)
    for at, needed in enumerate(lines):
        sheet.set_row(first + at, 16 * needed + 4)
    sheet.freeze_panes(first + table.head, 0)
    lay_out(sheet, first, footer, heads=table.head, landscape=table.landscape)
    last = f"共 {row_count(table)} 行　校验 {checked}" if rows[1] == len(table.body) else "（续下一张工作表）"
    _close(sheet, first + len(lines), across, (table.note, *notes), last, formats, sum(widths))


def _close(
    sheet: Worksheet, row: int, across: int, notes: Sequence[Text], last: str, formats: Formats, width: float
) -> None:
    """The table's note, the footnotes of its cells, and the line that says that all of it is there."""
    own, *marked = notes
    texts = [_line_words(own, marked)] if own else []
    texts += [f"注{number}：{words_of(note)}" for number, note in enumerate(marked, 1)]
    for text in (*texts, last):
        _line(sheet, row, across, text, formats.words)
        sheet.set_row(row, 16 * _lines(text, width * 0.85) + 2)
        row += 1


def grid(rows: Sequence[Sequence[Cell]], columns: int) -> Iterator[Placed]:
    """Every cell with the row and column that it begins in, in reading order."""
    free_from = [0] * columns
    for index, row in enumerate(rows):
        column = 0
        for cell in row:
            while free_from[column] > index:
                column += 1
            yield Placed(index, column, cell)
            for at in range(column, column + cell.columns):
                free_from[at] = index + cell.rows
            column += cell.columns


def _write(sheet: Worksheet, first: int, placed: Placed, text: str, formats: Formats, bold: bool) -> None:
    cell, row, column = placed.cell, first + placed.row, placed.column
    figure = cell.text[0] if cell.bare and cell.text and isinstance(cell.text[0], Figure) else None
    value = None if figure is None or figure.value is None or isinf(figure.value) else float(figure.value)
    number = "" if figure is None or value is None else _number_format(figure.number, text)
    fill = _FILLS[cell.outcome] if cell.outcome else HEAD_FILL if cell.label else ""
    align = _ALIGN[cell.align] if cell.align else "center" if cell.label else "left" if figure is None else "right"
    quoted = value is None and text.startswith(_LIKE_FORMULA)
    form = formats.of((align, fill, number, bold, quoted))
    if cell.rows > 1 or cell.columns > 1:
        sheet.merge_range(row, column, row + cell.rows - 1, column + cell.columns - 1, "", form)
    if value is not None:
        sheet.write_number(row, column, value, form)
    elif text:
        sheet.write_string(row, column, text[:LONGEST_TEXT], form)
    else:
        sheet.write_blank(row, column, None, form)


@lru_cache(maxsize=4096)
def _number_format(printed: str, text: str) -> str:
    """So many decimals as the figure prints, then the marks of its footnotes."""
    decimals = len(printed.partition(".")[2])
    marks = text.removeprefix(printed)
    return (f"0.{'0' * decimals}" if decimals else "0") + (f'"{marks}"' if marks else "")


def _words(cell: Cell, notes: list[Text]) -> str:
    """The words of a cell as printed, see ``_line_words``; figures alone leave their units to the head."""
    if len(cell.text) == 1 and isinstance(cell.text[0], Figure):
        return cell.text[0].number
    return _line_words(cell.text, notes, bare=cell.bare)


def _line_words(text: Text, notes: list[Text], *, bare: bool = False) -> str:
    """The words of a line, with a mark where a footnote stands; the footnotes are added to ``notes``."""
    pieces = []
    for run in text:
        if isinstance(run, Note):
            notes.append(run.text)
            pieces.append(f"〔注{len(notes)}〕")
        else:
            pieces.append(run.number if bare and isinstance(run, Figure) else str(run))
    return "".join(pieces)


def _line(sheet: Worksheet, row: int, across: int, text: str, form: Format) -> None:
    """A line over the whole width of a table."""
    if across:
        sheet.merge_range(row, 0, row, across, "", form)
    sheet.write_string(row, 0, text[:LONGEST_TEXT], form)


def _widths(table: Table) -> list[float]:
    """Columns as wide as a page allows; where that is too narrow to read, the page is made smaller in print."""
    whole = _ACROSS if table.landscape else _UPRIGHT
    total = sum(table.widths)
    return [max(_NARROWEST, min(60.0, whole * width / total)) for width in table.widths]


@lru_cache(maxsize=65536)
def _wide(line: str) -> int:
    return cells_wide(line)


def _lines(text: str, width: float) -> int:
    """How many lines a text takes in a column."""
    return sum(max(1, ceil(_wide(line) / max(width, 1.0))) for line in text.split("\n"))
