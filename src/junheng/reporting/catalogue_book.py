"""The catalogue of a standard as an Excel workbook: A4 landscape, heads repeated on every page."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from junheng.reporting.catalogue import INDICATOR_HEADS, ITEM_HEADS, MARKS_IN_WORDS, Catalogue, Line, filled
from junheng.reporting.sheet_height import fit_height
from junheng.reporting.sheet_style import CELL, HEAD, HEAD_FILL, TEXT, TITLE, lay_out, workbook

# Wide enough for their texts; together they fill one A4 page across.
_WIDTHS = {
    "序号": 6, "指标": 24, "算法": 40, "小学": 26, "初中": 26, "差异系数": 18, "分值": 6, "可信": 6, "依据": 32,
    "事项": 42, "怎样判定": 44, "扣分与佐证材料": 38, "项目": 24, "内容": 130,
}  # fmt: skip


def write_catalogue(content: Catalogue, path: str | Path) -> None:
    """Write the workbook.

    Raises:
        OSError: the place cannot be written to.
    """
    with workbook(path) as book:
        _Book(book, content).write()


class _Book:
    """One workbook being written."""

    def __init__(self, book: Workbook, content: Catalogue) -> None:
        self.book, self.content = book, content
        small = {"font_size": 10.5, "valign": "top"}
        line = CELL | small | {"text_wrap": True}
        self.title: Format = book.add_format(TITLE)
        self.plain: Format = book.add_format(TEXT | small)
        self.head: Format = book.add_format(HEAD | small)
        self.text: Format = book.add_format(line)
        self.centred: Format = book.add_format(line | {"align": "center"})
        self.merged = {
            "heading": book.add_format(line | {"bold": True, "bg_color": HEAD_FILL}),
            "group": book.add_format(line | {"bold": True, "bg_color": "#F5F7F8"}),
        }

    def write(self) -> None:
        facts = [Line("row", row) for row in self.content.facts]
        self._sheet("概况", ("项目", "内容"), facts)
        if self.content.indicators:
            self._sheet("指标", *filled(INDICATOR_HEADS, self.content.indicators))
        if self.content.items:
            self._sheet("事项", *filled(ITEM_HEADS, self.content.items))
        if self.content.gaps:
            gaps = [Line("row", (str(number), gap)) for number, gap in enumerate(self.content.gaps, start=1)]
            self._sheet("未见的内容", ("序号", "内容"), gaps)

    def _sheet(self, name: str, heads: Sequence[str], lines: Sequence[Line]) -> None:
        widths = [_WIDTHS[head] for head in heads]
        sheet: Worksheet = self.book.add_worksheet(name)
        sheet.write(0, 0, f"{self.content.title}　{name}", self.title)
        sheet.set_row(0, 26)
        sheet.write(1, 0, MARKS_IN_WORDS, self.plain)
        for column, (head, width) in enumerate(zip(heads, widths, strict=True)):
            sheet.write(2, column, head, self.head)
            sheet.set_column(column, column, width)
        for row, line in enumerate(lines, start=3):
            if line.kind != "row":
                sheet.merge_range(row, 0, row, len(heads) - 1, line.cells[0], self.merged[line.kind])
                fit_height(sheet, row, line.cells, [sum(widths)])
                continue
            for column, text in enumerate(line.cells):
                narrow = widths[column] <= 6
                sheet.write(row, column, text, self.centred if narrow else self.text)
            fit_height(sheet, row, line.cells, widths)
        sheet.freeze_panes(3, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        lay_out(sheet, 2, "&L" + self.content.title.replace("&", "&&"))
