"""A form laid out as rows by heads: where its heads and rows stand, found by their words."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Literal, NamedTuple

from junheng.intake import limits
from junheng.intake.cells import MergedCell, Raw, is_blank, typed
from junheng.intake.forms.caption import is_of_caption
from junheng.intake.forms.mapping import Form, Term, comparable
from junheng.intake.forms.words import names, names_row, opens_block, row_word
from junheng.intake.heads import grouped, head_texts, levels
from junheng.intake.sheet import Sheet
from junheng.intake.wording import bare_unit, compact, is_column_number, key_of, split_unit

_ORDINAL = re.compile(r"^[0-9]{1,3}$")
_NUMBER = re.compile(r"^[+-]?[\d,]*\.?\d+%?$")
_LONGEST_NUMBER, _LARGEST = 40, Decimal(10) ** 15
_DECIMAL = re.compile(r"^[+-]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?$")
_END = re.compile(r"^(?:补充资料|注[:：\d]|注$|说明[:：]|填表人|填报人|单位负责人|统计负责人|审核)")
_COUNTS_ROWS = frozenset({"", "行次", "序号", "编号", "代码", "乙", "栏次"})
_UNIT_HEADS = frozenset({"单位", "计量单位"})


class PlaceTwiceError(Exception):
    """Words that stand in several places; caught where a form is read and told as a finding."""

    def __init__(self, what: str, words: str, cells: Sequence[str]) -> None:
        self.what, self.words, self.cells = what, words, cells
        super().__init__(words)


@dataclass(frozen=True)
class Row:
    """A data row: its number (zero-based), its words as compared, the block it stands in, its words as printed."""

    at: int
    path: tuple[str, ...]
    block: str
    printed: tuple[str, ...]
    unit: str

    @property
    def words(self) -> tuple[str, ...]:
        return (self.block, *self.path) if self.block and self.path[:1] != (self.block,) else self.path


@dataclass(frozen=True)
class Head:
    """A value column: its index, its words as they are compared and as printed, its unit."""

    at: int
    path: tuple[str, ...]
    printed: tuple[str, ...]
    unit: str


@dataclass(frozen=True)
class Place:
    """A cell that was looked for, with the words that named it and its unit (empty where none is printed)."""

    row: int
    column: int
    words: tuple[str, ...]
    raw: Raw
    unit: str


class Line(NamedTuple):
    """The figures of one column by the words of their rows, or of one row by those of their heads, with their cells."""

    words: str
    values: dict[str, Decimal]
    cells: dict[str, str]


class Grid:
    """The rows and heads of one form."""

    def __init__(self, sheet: Sheet, form: Form, neutral: Collection[str]) -> None:
        self.sheet, self.form, self.neutral = sheet, form, neutral
        self._texts = [row[: limits.FORM_COLUMNS] for row in head_texts(sheet)]
        self._width = max((len(row) for row in self._texts), default=0)

    @cached_property
    def _number_row(self) -> int | None:
        """The row of column numbers (甲 乙 1 2 3), below which the figures begin."""
        for at, row in enumerate(self._texts):
            words = [compact(text) for text in row if text]
            digits = [int(word) for word in words if _ORDINAL.match(word)]
            in_step = bool(digits) and digits[0] <= 2 and digits == list(range(digits[0], digits[0] + len(digits)))
            sure = len(digits) >= 3 or (len(words) >= 2 and any(word in "甲乙丙" for word in words))
            if in_step and sure and all(is_column_number(word) for word in words):
                return at
        return None

    @cached_property
    def _first_row(self) -> int:
        if self._number_row is not None:
            return self._number_row + 1
        known = self.form.row_words | self.form.block_words
        for at, row in enumerate(self.sheet.rows[: limits.FORM_ROWS]):
            texts = [row_word(typed(cell)) for cell in row[:6] if isinstance(cell, str) and not is_blank(cell)]
            if any(word in known for word in texts) and any(is_number(cell) for cell in row):
                return at
        return len(self.sheet.rows)

    @cached_property
    def _data(self) -> list[int]:
        """The rows from the first to the first blank one, or to a note."""
        found: list[int] = []
        for at in range(self._first_row, min(len(self.sheet.rows), limits.FORM_ROWS)):
            row = self.sheet.rows[at]
            filled = [cell for cell in row if not is_blank(cell)]
            first = filled[0] if filled else None
            if (not filled and found) or (isinstance(first, str) and _END.match(compact(first))):
                break
            if filled:
                found.append(at)
        return found

    @cached_property
    def first_value(self) -> int:
        """The column where the figures begin."""
        if self._number_row is not None:
            row = self._texts[self._number_row]
            return next(index for index, text in enumerate(row) if _ORDINAL.match(compact(text)))
        numbered = {
            index
            for index in range(self._width)
            if any(is_number(self._cell(at, index)) for at in self._data) and not self._counts_rows(index)
        }
        return min(numbered, default=self._width)

    def _counts_rows(self, index: int) -> bool:
        """Whether a column only numbers the rows."""
        cells = [typed(self._cell(at, index)) for at in self._data if not is_blank(self._cell(at, index))]
        numbers = [int(text) for text in (compact(cell) for cell in cells) if _ORDINAL.match(text)]
        head = key_of("".join(row[index] for row in self._head_rows))
        in_step = numbers == list(range(1, len(numbers) + 1))
        return len(numbers) == len(cells) >= 1 and in_step and head in _COUNTS_ROWS

    def _cell(self, row: int, column: int) -> Raw:
        cells = self.sheet.rows[row]
        return cells[column] if column < len(cells) else None

    @cached_property
    def _head_rows(self) -> list[list[str]]:
        """The rows above the figures, without titles, captions and column numbers."""
        last = self._number_row if self._number_row is not None else min(self._first_row, len(self._texts))
        of_heads = {at for at in range(last) if not _speaks_of_all(self._texts[at], self.form)}
        return grouped(self.sheet, self._texts, of_heads)

    @cached_property
    def heads(self) -> list[Head]:
        found = []
        for index in range(self.first_value, self._width):
            parts, unit = levels(self._head_rows, index)
            if parts:
                printed = tuple(dict.fromkeys(row[index] for row in self._head_rows if row[index]))
                found.append(Head(index, comparable(parts), printed, unit))
        return found

    @cached_property
    def rows(self) -> list[Row]:
        found = []
        block = ""
        units = self._unit_column
        for at in self._data:
            labels = [(index, _label(self._cell(at, index))) for index in range(self.first_value) if index != units]
            printed = [text for _, text in labels if text and not _NUMBER.match(compact(text))]
            words = [word for word in (row_word(text) for text in printed) if word]
            if not words:
                continue
            if words[0] in self.form.block_words or opens_block(printed[0]):
                block = words[0]
            unit = split_unit(printed[-1])[1] or (bare_unit(typed(self._cell(at, units))) if units is not None else "")
            found.append(Row(at, comparable(words), block, tuple(printed), unit))
        return found

    @cached_property
    def _unit_column(self) -> int | None:
        """A column among the labels that gives each row's unit."""
        for index in range(self.first_value):
            if key_of("".join(row[index] for row in self._head_rows)) in _UNIT_HEADS:
                return index
        return None

    def place(self, term: Term) -> Place | str:
        """The cell that a term names, or which of its words are not there.

        Raises:
            PlaceTwiceError: several rows or columns have these words.
        """
        row, head = self._row_of(term), self._head_of(term)
        lacking = [f"行“{' '.join(term.row[0])}”"] if row is None else []
        lacking += [f"表头“{' '.join(term.head[0])}”"] if head is None else []
        if row is None or head is None:
            return "和".join(lacking)
        words = (*(word.strip() for word in row.printed), *head.printed)
        return Place(row.at, head.at, words, self._cell(row.at, head.at), head.unit or row.unit)

    def _row_of(self, term: Term) -> Row | None:
        """The row that a term names, by its first wording that is there."""
        for wanted in term.row:
            path = comparable(wanted)
            found = [row for row in self.rows if names_row(row.path, row.block, path, self.neutral)]
            filled = [row for row in found if self._has_figures(row)]
            if len(filled) > 1:
                cells = [self.sheet.address(row.at, 0) for row in filled]
                raise PlaceTwiceError("行", filled[0].printed[-1].strip(), cells)
            if found:
                return (filled or found)[0]
        return None

    def _head_of(self, term: Term) -> Head | None:
        """The column that a term names, by its first wording that is there."""
        for wanted in term.head:
            path = comparable(wanted)
            found = [head for head in self.heads if names(head.path, path, self.neutral)]
            exact = [head for head in found if head.path == path]
            if len(exact or found) > 1:
                last = max(0, self._first_row - 1)
                cells = [self.sheet.address(last, head.at) for head in exact or found]
                raise PlaceTwiceError("表头", " ".join((exact or found)[0].printed), cells)
            if found:
                return (exact or found)[0]
        return None

    def _has_figures(self, row: Row) -> bool:
        return any(not is_blank(self._cell(row.at, head.at)) for head in self.heads)

    def lines(self, along: Literal["rows", "heads"]) -> Iterator[Line]:
        """The figures of each column (or of each row): what adds up is checked on these."""
        if along == "rows":
            for head in self.heads:
                places = {" > ".join(row.words): (row.at, head.at) for row in self.rows}
                yield self._line(" ".join(head.printed), places)
        else:
            for row in self.rows:
                places = {" > ".join(head.path): (row.at, head.at) for head in self.heads}
                yield self._line(" ".join(word.strip() for word in row.printed), places)

    def _line(self, words: str, places: Mapping[str, tuple[int, int]]) -> Line:
        numbers = ((name, _decimal(self._cell(*place))) for name, place in places.items())
        found = {name: number for name, number in numbers if number is not None}
        return Line(words, found, {name: self.sheet.address(*places[name]) for name in found})

    def strays(self) -> Iterator[tuple[int, int]]:
        """Numbers that stand below no head, by row and column: their row has slipped."""
        headed = {head.at for head in self.heads}
        for row in self.rows:
            cells = self.sheet.rows[row.at]
            for index in range(self.first_value, len(cells)):
                if index not in headed and is_number(cells[index]):
                    yield row.at, index


def _label(cell: Raw) -> str:
    raw = cell.value if isinstance(cell, MergedCell) else cell
    return raw if isinstance(raw, str) and not is_blank(raw) else ""


def _decimal(cell: Raw) -> Decimal | None:
    """A cell's number, for sums; one too large to be a figure is said where it is read."""
    number = None
    if isinstance(cell, float) and math.isfinite(cell):
        number = Decimal(repr(cell))
    elif isinstance(cell, str) and len(cell) <= _LONGEST_NUMBER and _DECIMAL.match(text := compact(cell)):
        number = Decimal(text.replace(",", ""))
    return number if number is not None and abs(number) < _LARGEST else None


def is_number(cell: Raw) -> bool:
    if isinstance(cell, str):
        return bool(_NUMBER.match(compact(cell)))
    return isinstance(cell, int | float) and not isinstance(cell, bool)


def _speaks_of_all(row: Sequence[str], form: Form) -> bool:
    """Whether a row is a title or a caption, which say nothing of single columns."""
    texts = {text for text in row if text}
    # The code of the one school stands in the caption; in an export it is a head.
    if any(is_of_caption(text) or "标识码" in text for text in texts):
        return True
    first = next((index for index, text in enumerate(row) if text), 0)
    titles = [key_of(title) for title in (form.title, *form.titles)]
    return len(texts) <= 1 and (first <= 1 or any(title in key_of(text) for text in texts for title in titles))
