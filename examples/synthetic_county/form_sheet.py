"""A statistics form as it is printed: title, caption, merged heads, column numbers, rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

Value = int | Decimal | str | None
Path = tuple[str, ...]


@dataclass(frozen=True)
class Line:
    """One row of a form; ``level`` indents its label."""

    label: str
    values: Sequence[Value]
    level: int = 0


@dataclass(frozen=True)
class Form:
    """One form of one school. ``heads`` has the path of every column of figures: (在校生数, 一年级)."""

    number: str
    title: str
    unit: str
    heads: Sequence[Path]
    lines: Sequence[Line]
    notes: Sequence[str] = ()


@dataclass(frozen=True)
class Caption:
    """What stands above every form of a school: who files it, for when."""

    school: str
    code: str
    year: str
    in_rows: bool  # each word in a row of its own, or all of them in one line
    colon: str = "："

    def words(self, form: Form) -> list[str]:
        unit = [f"单位{self.colon}{form.unit}"] if form.unit else []
        return [
            f"表号{self.colon}{form.number}",
            f"学校（机构）名称{self.colon}{self.school}",
            f"学校（机构）标识码{self.colon}{self.code}",
            self.year,
            *unit,
        ]


class Styles:
    """The formats of a form, made once for a workbook."""

    def __init__(self, book: Workbook) -> None:
        base = {"font_name": "宋体", "font_size": 10, "valign": "vcenter"}
        line = base | {"border": 1}
        self.title = book.add_format(base | {"bold": True, "font_size": 14, "align": "center"})
        self.caption = book.add_format(base)
        self.head = book.add_format(line | {"align": "center", "text_wrap": True})
        self.labels = [book.add_format(line | {"indent": level}) for level in range(4)]
        self.middle = book.add_format(line | {"align": "center"})
        self.count = book.add_format(line | {"num_format": "0"})
        self.area = book.add_format(line | {"num_format": "0.00"})
        self.text = book.add_format(line | {"num_format": "@"})


def write_form(sheet: Worksheet, styles: Styles, form: Form, caption: Caption) -> None:
    """Write one form on one sheet: two columns for label and row number, then the figures."""
    width = 2 + len(form.heads)
    sheet.merge_range(0, 0, 0, max(width, 5) - 1, form.title, styles.title)
    sheet.set_row(0, 26)
    words = caption.words(form)
    top = 2
    if caption.in_rows:
        for top, word in enumerate(words, start=1):
            sheet.write_string(top, 0, word, styles.caption)
        top += 1
    else:
        sheet.merge_range(1, 0, 1, max(width, 5) - 1, "　　".join(words), styles.caption)
    bottom = write_heads(sheet, styles, top, [("指标名称",), ("序号",), *form.heads])
    for column in range(width):
        word = ("甲", "乙")[column] if column < 2 else str(column - 1)
        sheet.write_string(bottom, column, word, styles.middle)
    row = bottom + 1
    for number, line in enumerate(form.lines, start=1):
        sheet.write_string(row, 0, line.label, styles.labels[line.level])
        sheet.write_string(row, 1, f"{number:02d}", styles.middle)
        for column, value in enumerate(line.values, start=2):
            write_value(sheet, styles, row, column, value)
        row += 1
    for note in form.notes:
        row += 1
        sheet.write_string(row, 0, note, styles.caption)
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 6)
    sheet.set_column(2, width, 24 if len(form.heads) == 1 else 10 if len(form.heads) < 15 else 7)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.freeze_panes(bottom + 1, 2)


def write_heads(sheet: Worksheet, styles: Styles, top: int, paths: Sequence[Path]) -> int:
    """Write heads of several levels with their merges; return the row below them."""
    depth = max(map(len, paths))
    for level in range(depth):
        at = 0
        for (path, _), group in groupby(paths, key=lambda path: (path[: level + 1], len(path) > level)):
            span = len(list(group))
            if len(path) > level:
                # A head that has nothing below it reaches down to the column numbers.
                last = level if any(len(other) > level + 1 for other in paths[at : at + span]) else depth - 1
                _merge(sheet, styles, (top + level, at), (top + last, at + span - 1), path[level])
            at += span
    return top + depth


def _merge(sheet: Worksheet, styles: Styles, first: tuple[int, int], last: tuple[int, int], text: str) -> None:
    if first == last:
        sheet.write_string(*first, text, styles.head)
    else:
        sheet.merge_range(*first, *last, text, styles.head)


def write_value(sheet: Worksheet, styles: Styles, row: int, column: int, value: Value) -> None:
    if value is None:
        sheet.write_blank(row, column, None, styles.text)
    elif isinstance(value, str):
        sheet.write_string(row, column, value, styles.text)
    else:
        sheet.write_number(row, column, float(value), styles.area if isinstance(value, Decimal) else styles.count)
