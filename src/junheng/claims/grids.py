"""Tables of a document: those of its file, and those that a text draws with tabs, bars or runs of spaces.

Only tables of numbers are taken; a form whose cells hold sentences is read as text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from junheng.claims.cleaning import clean
from junheng.claims.numerals import Form, Numeral, find_numerals
from junheng.claims.units import NO_UNIT, Unit, unit_at
from junheng.documents.document import Document, Kind, Piece


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell with its stretch of the document's text.

    Attributes:
        words: cleaned.
        numeral: the number it holds; None for words, dates, blanks and dashes.
        unit: printed after the number; ``NO_UNIT`` when the head gives it.
        dated: the number may be a year or a month as well (2019, 1912.4); its column tells.
    """

    start: int
    end: int
    words: str
    numeral: Numeral | None
    unit: Unit
    dated: bool = False

    @property
    def blank(self) -> bool:
        """Whether it holds nothing or a dash."""
        return _BLANK.fullmatch(self.words) is not None


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of numbers.

    Attributes:
        heads: the words above each column, from the top down.
        labels: the words that name each row below the heads; ``names`` the same cell by cell.
        body: rows of cells below the heads; None where there is no cell.
        start, end: its stretch of the document's text, heads included.
        caption: the line or lines above it.
    """

    heads: tuple[tuple[str, ...], ...]
    labels: tuple[str, ...]
    names: tuple[tuple[str, ...], ...]
    body: tuple[tuple[GridCell | None, ...], ...]
    start: int
    end: int
    caption: str


_BLANK = re.compile(r"[-/—]*|无|空")
_RULE_LINE = re.compile(r"[\s|:+\-=]+")
_BAR = re.compile(r"\|")
_TAB = re.compile(r"\t")
_GAP = re.compile(r"[ \xa0]{2,}|\u3000+")
_SPACE = re.compile(r"[ \xa0]")
_SPACED_WORD = re.compile(r"[^\s,、:]{1,14}")
_SENTENCE = re.compile(r"[。;；!！?？]")
_ORDINAL = re.compile(r"序号|编号|代码|名次|排名|电话")
_DATE = re.compile(r"(?:19|20)\d\d(?:学?年(?:度|底|末)?|[-/]\d{1,4}(?:学?年)?)")
_MAY_BE_DATE = re.compile(r"(?:19|20)\d\d(?:\.(?:0?[1-9]|1[0-2]))?")
_YEARS = re.compile(r"年份?|年度|学年")
_BEFORE_NUMBER = ("", "约", "近", "超", "超过", "-", "+")
_LONGEST_NUMBER = 24
_FEWEST_ROWS = 2  # below the heads


def find_grids(document: Document) -> tuple[Grid, ...]:
    """All tables of numbers, in text order."""
    return tuple(sorted([*_of_cells(document), *_of_lines(document)], key=lambda grid: grid.start))


def without_grids(document: Document, grids: Iterable[Grid]) -> str:
    """The document's text with line breaks in place of its tables' cells, so that every offset stays."""
    characters = list(document.text)
    for grid in grids:
        characters[grid.start : grid.end] = "\n" * (grid.end - grid.start)
    return "".join(characters)


def _of_cells(document: Document) -> Iterable[Grid]:
    tables: dict[int, list[Piece]] = {}
    for piece in document.pieces:
        if piece.kind is Kind.CELL and piece.cell is not None:
            tables.setdefault(piece.cell.table, []).append(piece)
    for pieces in tables.values():
        height = max(piece.cell.row + piece.cell.rows for piece in pieces if piece.cell)
        width = max(piece.cell.column + piece.cell.columns for piece in pieces if piece.cell)
        rows: list[list[GridCell | None]] = [[None] * width for _ in range(height)]
        for piece in pieces:
            assert piece.cell is not None  # only cells are in the table
            cell = _cell(document.text, piece.start, piece.end)
            number = cell.numeral is not None
            for row in range(piece.cell.row, piece.cell.row + (1 if number else piece.cell.rows)):
                for column in range(piece.cell.column, piece.cell.column + (1 if number else piece.cell.columns)):
                    rows[row][column] = cell
        grid = _grid(rows, document.text)
        if grid is not None:
            yield grid


def _of_lines(document: Document) -> Iterable[Grid]:
    cell_starts = {piece.start for piece in document.pieces if piece.kind is Kind.CELL}
    block: list[list[GridCell | None]] = []
    columns: re.Pattern[str] | None = None
    for start, line in [*_lines(document.text), (len(document.text), "。")]:
        if not line.strip() or (columns is _BAR and _RULE_LINE.fullmatch(line)):
            continue
        separator = None if start in cell_starts else _separator(line)
        places = [] if separator is None else _split(line, separator)
        if block and (separator is not columns or len(places) != len(block[0])):
            if (grid := _grid(block, document.text)) is not None:
                yield grid
            block = []
        if places:
            columns = separator
            block.append([_cell(document.text, start + one, start + other) for one, other in places])


def _lines(text: str) -> list[tuple[int, str]]:
    lines, start = [], 0
    for line in text.split("\n"):
        lines.append((start, line))
        start += len(line) + 1
    return lines


def _separator(line: str) -> re.Pattern[str] | None:
    if _SENTENCE.search(line) or not line.strip():
        return None
    for separator in (_TAB, _BAR, _GAP):
        if len(_split(line, separator)) >= 2:
            return separator
    words = line.split()
    numbers = sum(word[0].isdigit() for word in words)
    drawn = len(words) >= 3 and all(map(_SPACED_WORD.fullmatch, words)) and (numbers >= 2 or not re.search(r"\d", line))
    return _SPACE if drawn else None


def _split(line: str, separator: re.Pattern[str]) -> list[tuple[int, int]]:
    """Where the cells of a line stand in it; bars and blanks around the line part nothing."""
    begin, end = 0, len(line.rstrip(" " if separator is _TAB else None))
    if separator is _BAR:
        end -= line[end - 1 : end] == "|"
        begin = len(line) - len(line.lstrip())
        begin += line[begin : begin + 1] == "|"
    elif separator is not _TAB:
        begin = len(line) - len(line.lstrip())
    cells = []
    for found in separator.finditer(line, begin, end):
        cells.append((begin, found.start()))
        begin = found.end()
    cells.append((begin, end))
    return [_trimmed(line, one, other) for one, other in cells] if len(cells) > 1 else []


def _trimmed(line: str, start: int, end: int) -> tuple[int, int]:
    while start < end and line[start].isspace():
        start += 1
    while end > start and line[end - 1].isspace():
        end -= 1
    return start, end


def _cell(text: str, start: int, end: int) -> GridCell:
    words = clean(text[start:end]).text.strip()
    numeral, unit = None, NO_UNIT
    found = [one for one in find_numerals(words) if not one.chinese] if len(words) <= _LONGEST_NUMBER else []
    dated = _MAY_BE_DATE.fullmatch(words) is not None
    if len(found) == 1 and words[: found[0].start] in _BEFORE_NUMBER and (dated or not _DATE.fullmatch(words)):
        rest = unit_at(words, found[0].end)
        if found[0].end + len(rest.word) == len(words):
            numeral, unit = found[0], rest
            if words.startswith("-") and numeral.value is not None:
                numeral = replace(numeral, value=-numeral.value)
    return GridCell(start, end, words, numeral, unit, dated)


def _caption(text: str, start: int) -> str:
    """The lines just above a table that name it or give its units."""
    lines = [line.strip() for line in text[: text.rfind("\n", 0, start) + 1].split("\n") if line.strip()][-2:]
    kept = [
        line
        for line in lines
        if re.match(r"(?:附?表)", line) or "单位" in line or (line is lines[-1] and len(line) <= 30)
    ]
    return clean(" ".join(kept)).text


def _grid(rows: Sequence[Sequence[GridCell | None]], text: str) -> Grid | None:
    """A table, when it has heads, row labels and mostly numbers; None otherwise."""
    cells = [cell for row in rows for cell in row if cell is not None]
    start, end = min(cell.start for cell in cells), max(cell.end for cell in cells)
    titles = ""
    while rows and len(named := {cell.words for cell in rows[0] if cell and cell.words}) <= 1:
        titles, rows = f"{titles} {''.join(named)}".strip(), rows[1:]  # a title over all columns is no head
    above = 0
    while above < len(rows) and not any(cell and cell.numeral and not cell.dated for cell in rows[above]):
        above += 1
    body = _without_dates([row for row in rows[above:] if any(cell and cell.words for cell in row)])
    if not above or above == len(rows) or len(body) < _FEWEST_ROWS:
        return None
    heads = tuple(_head(rows[:above], column) for column in range(len(rows[0])))
    naming = _label_columns(body, heads)
    if not naming:
        return None
    values = [cell for row in body for column, cell in enumerate(row) if column not in naming and cell is not None]
    numbers = [cell for cell in values if cell.numeral is not None]
    words = [cell for cell in values if cell.numeral is None and not cell.blank]
    if len(numbers) < 2 or len(words) > len(numbers):
        return None
    names = tuple(tuple(cell.words for column in naming if (cell := row[column]) is not None) for row in body)
    labels = tuple("".join(dict.fromkeys(one)) for one in names)
    kept = tuple(tuple(None if column in naming else cell for column, cell in enumerate(row)) for row in body)
    return Grid(heads, labels, names, kept, start, end, titles or _caption(text, start))


def _without_dates(rows: Sequence[Sequence[GridCell | None]]) -> list[list[GridCell | None]]:
    """Rows whose years hold no number; among other numbers of a column 2019 and 1912.4 are numbers too."""
    kept = [list(row) for row in rows]
    for column in range(len(rows[0]) if rows else 0):
        cells = [(row, cell) for row in kept if (cell := row[column]) is not None and cell.numeral is not None]
        if 2 * sum(cell.dated for _, cell in cells) > len(cells):
            for row, cell in cells:
                if cell.dated:
                    row[column] = replace(cell, numeral=None)
    return kept


def _head(rows: Sequence[Sequence[GridCell | None]], column: int) -> tuple[str, ...]:
    return tuple(dict.fromkeys(cell.words for row in rows if (cell := row[column]) is not None and cell.words))


def _label_columns(body: Sequence[Sequence[GridCell | None]], heads: Sequence[tuple[str, ...]]) -> list[int]:
    """The columns at the left that name the rows; a column of serial numbers is one of them."""
    naming = []
    for column in range(len(heads)):
        cells = [cell for row in body if (cell := row[column]) is not None and cell.words]
        numbers = sum(cell.numeral is not None for cell in cells)
        serial = any(_ORDINAL.search(head) or _YEARS.fullmatch(head) for head in heads[column])
        if not serial and (numbers * 2 > len(cells) or not cells):
            break
        naming.append(column)
    words_only = [column for column in naming if not any(_ORDINAL.search(head) for head in heads[column])]
    return naming if words_only else []


def value(cell: GridCell | None) -> Fraction | None:
    """The number of a cell as printed, scale word included; None when it has none or is masked."""
    if cell is None or cell.numeral is None or cell.numeral.form is Form.RATIO:
        return None
    return cell.numeral.value
