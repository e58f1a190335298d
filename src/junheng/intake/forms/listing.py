"""A form laid out as a list: labels, each with its value beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from junheng.intake import limits
from junheng.intake.cells import MergedCell, Raw, is_blank, typed
from junheng.intake.forms.grid import Place, PlaceTwiceError, is_number
from junheng.intake.forms.mapping import Form, Term, comparable
from junheng.intake.forms.words import row_word
from junheng.intake.heads import head_texts
from junheng.intake.sheet import Sheet
from junheng.intake.wording import bare_unit, compact, key_of, split_unit

_SUM_HEADS = frozenset({"合计", "计", "数量", "数值", "指标值", "本学年", "内容", "填报内容", "值"})
_COLON = re.compile(r"^([^:：]+)[:：](.*)$", re.DOTALL)
_ORDINAL = re.compile(r"^[0-9]{1,3}$")
_COUNTS_ROWS = frozenset({"行次", "序号", "编号", "代码", "乙", "栏次"})


class Label(NamedTuple):
    """A text that may be a label: where it stands, as printed, its word as it is compared, and what its colon gives."""

    row: int
    column: int
    text: str
    word: str
    behind: str


class Listing:
    """The labels of one form and the cells beside them."""

    def __init__(self, sheet: Sheet, form: Form) -> None:
        self.sheet, self.form = sheet, form
        self._value_columns: dict[int, int] = {}

    @cached_property
    def _texts(self) -> list[list[str]]:
        return head_texts(self.sheet)

    @cached_property
    def _labels(self) -> dict[str, list[Label]]:
        """Every label of the form, by its word."""
        found: dict[str, list[Label]] = {}
        for at, row in enumerate(self.sheet.rows[: limits.FORM_ROWS]):
            for index, cell in enumerate(row[: limits.FORM_COLUMNS]):
                if isinstance(cell, str) and not is_blank(cell) and not is_number(cell):
                    before, behind = _parted(cell)
                    word = row_word(before)
                    if word in self.form.row_words:
                        found.setdefault(word, []).append(Label(at, index, cell.strip(), word, behind))
        return found

    @cached_property
    def _rows_by_column(self) -> dict[int, list[int]]:
        """The rows of the labels that stand in a column."""
        found: dict[int, list[int]] = {}
        for labels in self._labels.values():
            for label in labels:
                found.setdefault(label.column, []).append(label.row)
        return found

    @cached_property
    def _width(self) -> int:
        rows = self.sheet.rows[: limits.FORM_ROWS]
        return min(max((len(row) for row in rows), default=0), limits.FORM_COLUMNS)

    def place(self, term: Term) -> Place | str:
        """The cell beside the label that a term names, or what of it is not there.

        Raises:
            PlaceTwiceError: several labels have these words, and not the same beside them.
        """
        label = self._find(term)
        if label is None:
            return f"行“{term.row[0][-1]}”"
        raw, column = self._value(label)
        return Place(label.row, column, (label.text,), raw, self._unit(label))

    def _find(self, term: Term) -> Label | None:
        """Where the label of a term stands, by its first wording that is there."""
        for wanted in term.row:
            found = self._labels.get(comparable(wanted)[-1], [])
            # A caption may say beside its colon what the list says in a cell of its own.
            found = [label for label in found if not label.behind] or found
            filled = [label for label in found if not is_blank(self._value(label)[0])]
            if len({typed(self._value(label)[0]) for label in filled}) > 1:
                cells = [self.sheet.address(label.row, label.column) for label in filled]
                raise PlaceTwiceError("行", found[0].text, cells)
            if found:
                return (filled or found)[0]
        return None

    def _value(self, label: Label) -> tuple[Raw, int]:
        """The value beside a label and its column; what stands behind a colon in the label's own cell is its value."""
        if label.behind:
            return label.behind, label.column
        column = self._value_column(label.column)
        row = self.sheet.rows[label.row]
        return (row[column] if column < len(row) else None), column

    def _unit(self, label: Label) -> str:
        """The unit in the label's brackets, else in a column beside it that holds nothing but units."""
        beside = self.sheet.rows[label.row][label.column + 1 : self._value_column(label.column)]
        own = split_unit(label.text)[1]
        return own or next((unit for cell in beside if isinstance(cell, str) and (unit := bare_unit(cell))), "")

    def _value_column(self, label: int) -> int:
        """Where the values of the labels in a column stand."""
        if label not in self._value_columns:
            self._value_columns[label] = self._look_beside(label)
        return self._value_columns[label]

    def _look_beside(self, label: int) -> int:
        known = self._rows_by_column.get(label, [])
        last = min((index for index in self._rows_by_column if index > label), default=self._width)
        for texts in self._texts:
            words = [compact(text) for text in texts]
            if any(word in ("甲", "乙") for word in words) and "1" in words and words.index("1") > label:
                return words.index("1")
            heads = [index for index in range(label + 1, min(last, len(texts))) if key_of(texts[index]) in _SUM_HEADS]
            if len(heads) == 1:
                return heads[0]
        beside = [index for index in range(label + 1, last) if any(self._filled(at, index) for at in known)]
        values = [index for index in beside if not self._is_aside(known, index)]
        return next(iter(values or beside), label + 1)

    def _filled(self, at: int, index: int) -> bool:
        row = self.sheet.rows[at]
        return index < len(row) and not is_blank(row[index]) and not isinstance(row[index], MergedCell)

    def _is_aside(self, known: list[int], index: int) -> bool:
        """Whether a column holds units or numbers the rows."""
        cells = [typed(self.sheet.rows[at][index]) for at in known if self._filled(at, index)]
        if all(bare_unit(cell) for cell in cells):
            return True
        heads = {key_of(row[index]) for row in self._texts if index < len(row) and row[index]}
        numbers = [int(word) for word in (compact(cell) for cell in cells) if _ORDINAL.match(word)]
        rising = len(numbers) == len(cells) and all(low < high for low, high in pairwise(numbers))
        padded = any(cell.startswith("0") and len(cell) == 2 for cell in cells)
        return rising and (bool(heads & _COUNTS_ROWS) or padded)

    def strays(self) -> Iterator[tuple[int, int]]:
        """A list has no heads that a number could have slipped from."""
        return iter(())


def _parted(text: str) -> tuple[str, str]:
    """A label and what stands behind its colon; the colon of 其中：is none."""
    match = _COLON.match(text.strip())
    return (match[1], match[2].strip()) if match and not compact(match[1]).endswith("其中") else (text, "")
