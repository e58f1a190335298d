"""Sheets of a book of plans: each is stated as columns and rows, and all look alike and print alike."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import product
from math import isfinite
from typing import Literal, NamedTuple, get_args

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from junheng.base.outcome import Outcome
from junheng.reporting.plan_figures import Document
from junheng.reporting.plan_words import input_lines, provenance
from junheng.reporting.sheet_height import fit_height
from junheng.reporting.sheet_style import CELL, GOOD, HEAD, HEAD_FILL, OPEN, TEXT, TITLE, TOLERATED, WRONG
from junheng.reporting.sheet_style import lay_out as on_a4

Kind = Literal["text", "wrapped", "count", "two", "cv", "amount", "percent", "outcome"]

_FILLS = {"met": GOOD, "tolerated": TOLERATED, "unmet": WRONG, "unknown": OPEN}
_NUMBERS: dict[str, str] = {"count": "#,##0", "two": "#,##0.00", "cv": "0.0000", "percent": "0.00%"}
_KINDS: tuple[Kind, ...] = get_args(Kind)
_A3 = 8


class Column(NamedTuple):
    """One column: its head with the unit, how wide it is, and what its cells are."""

    head: str
    width: float
    kind: Kind = "text"


class Shaded(NamedTuple):
    """A number whose shade says its outcome."""

    value: float | None
    outcome: str | None


Cell = str | float | int | bool | Shaded | None


class PlanSheets:
    """One workbook being written."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._title = book.add_format(TITLE)
        self._plain = book.add_format(TEXT)
        self._head = book.add_format(HEAD)
        self._said = book.add_format(CELL | {"text_wrap": True, "valign": "top"})
        self._strong = book.add_format(CELL | {"text_wrap": True, "valign": "top", "bold": True, "font_size": 12})
        self._formats = {(kind, total): self._format(kind, total) for kind, total in product(_KINDS, (False, True))}
        self._shaded = {
            (name, kind): book.add_format(CELL | {"bg_color": colour, "num_format": _NUMBERS[kind]})
            for (name, colour), kind in product(_FILLS.items(), ("count", "two"))
        }
        self._flag = book.add_format(CELL | {"align": "center"})
        self._filled = {
            name: book.add_format(CELL | {"bg_color": colour, "align": "center"}) for name, colour in _FILLS.items()
        }

    def _format(self, kind: str, is_total: bool) -> Format:
        look = CELL | ({"bold": True, "bg_color": HEAD_FILL} if is_total else {})
        if kind == "wrapped":
            look = look | {"text_wrap": True, "valign": "top"}
        return self._book.add_format(look | ({"num_format": _NUMBERS[kind]} if kind in _NUMBERS else {}))

    def table(
        self,
        name: str,
        note: str,
        columns: Sequence[Column],
        rows: Iterable[Sequence[Cell]],
        *,
        total: Sequence[Cell] | None = None,
        frozen: int = 0,
        wide: bool = False,
    ) -> None:
        """A sheet: title, heads, rows, a total, and how many rows there are.

        Args:
            total: a last row, set off from the others.
            frozen: how many columns stay in sight.
            wide: whether it prints on A3.
        """
        sheet = self._book.add_worksheet(name)
        sheet.write(0, 0, f"{name}　{note}", self._title)
        sheet.set_row(0, 26)
        for place, column in enumerate(columns):
            sheet.write(1, place, column.head, self._head)
            sheet.set_column(place, place, column.width)
        fit_height(sheet, 1, [c.head for c in columns], [c.width - 1 for c in columns])
        on_a4(sheet, 1)
        if wide:
            sheet.set_paper(_A3)
        sheet.freeze_panes(2, frozen)
        count = 0
        for count, row in enumerate(rows, start=1):
            self._row(sheet, count + 1, columns, row)
        if count:
            sheet.autofilter(1, 0, count + 1, len(columns) - 1)
        if total is not None:
            self._row(sheet, count + 2, columns, total, is_total=True)
        sheet.write(count + 4, 0, f"共 {count} 行。", self._plain)

    def _row(
        self, sheet: Worksheet, number: int, columns: Sequence[Column], row: Sequence[Cell], *, is_total: bool = False
    ) -> None:
        for place, (column, value) in enumerate(zip(columns, row, strict=True)):
            self._cell(sheet, number, place, column.kind, value, is_total=is_total)
        wrapped = [(str(v or ""), c.width) for c, v in zip(columns, row, strict=True) if c.kind == "wrapped"]
        if wrapped:
            texts, widths = zip(*wrapped, strict=True)
            fit_height(sheet, number, texts, widths)

    def _cell(self, sheet: Worksheet, row: int, place: int, kind: Kind, value: Cell, *, is_total: bool) -> None:
        form = self._formats[kind, is_total]
        if isinstance(value, Shaded):
            if value.outcome is not None:
                form = self._shaded[value.outcome, "count" if float(value.value or 0.5).is_integer() else "two"]
            value, kind = value.value, "two"
        if value is None:
            sheet.write_blank(row, place, None, form)
        elif kind == "outcome" and isinstance(value, str) and value in _FILLS:
            sheet.write(row, place, Outcome(value).zh, self._filled[value])
        elif isinstance(value, bool):
            sheet.write(row, place, "是" if value else "否", self._flag)
        elif isinstance(value, str):
            sheet.write_string(row, place, value, form)
        elif not isfinite(value):
            sheet.write(row, place, "无配备", form)
        elif kind == "amount":
            number = self._formats["count" if float(value).is_integer() else "two", is_total]
            sheet.write_number(row, place, value, number)
        else:
            sheet.write_number(row, place, value, form)

    def overview(self, document: Document, answer: str, facts: Iterable[tuple[str, str]]) -> None:
        """概要: the answer in one sentence, how good it is known to be, notes, and where it comes from."""
        sheet = self._book.add_worksheet("概要")
        county = document["county"]["name"] or ""
        sheet.write(0, 0, f"{document['title']['zh']}　{county}".strip(), self._title)
        sheet.set_row(0, 26)
        sheet.set_column(0, 0, 16)
        sheet.set_column(1, 1, 96)
        proof = document["proof"]
        rows = [("结论", answer, self._strong), ("证明", proof["says"]["zh"], self._said)]
        rows += [(label, value, self._said) for label, value in facts]
        rows += [("说明", note["zh"], self._said) for note in document["notes"]]
        rows += [(label, value, self._said) for label, value in provenance(document)]
        for number, (label, value, form) in enumerate(rows, start=1):
            sheet.write(number, 0, label, self._head)
            sheet.write_string(number, 1, value, form)
            fit_height(sheet, number, [value], [90])
        on_a4(sheet, 0)
        sheet.freeze_panes(1, 0)

    def inputs(self, document: Document) -> None:
        """输入: what the plan was told; of rosters and lists of places, how many rows."""
        columns = [Column("表", 18), Column("行", 34), Column("项目", 26), Column("取值", 40, "wrapped")]
        rows = input_lines(document)
        self.table("输入", "求方案时用的单价、上限、规则等", columns, rows, frozen=2)
