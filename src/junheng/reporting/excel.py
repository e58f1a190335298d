"""A report as an Excel workbook: a cover, every table on a sheet of its own, the words between them on one more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from junheng.reporting import excel_table
from junheng.reporting.excel_table import LONGEST_TEXT, Formats, pages_of, row_count, rows_hash, write_table
from junheng.reporting.report.blocks import Block, Chart, Heading, Paragraph, Table
from junheng.reporting.report.provenance import provenance_blocks
from junheng.reporting.report.report import Report
from junheng.reporting.report.runs import Note, Text, words_of
from junheng.reporting.sheet_height import fit_height
from junheng.reporting.sheet_style import CELL, HEAD, TEXT, TITLE, lay_out, workbook

_COVER, _WORDS = "封面", "正文"
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\\n\t"))
_LONGEST_NAME = 31  # of a sheet, in the units of UTF-16 that Excel counts
_NO_DAY = date(2000, 1, 1)
_HAN = "零一二三四五六七八九十"


def write_excel(report: Report, path: str | Path) -> int:
    """Write the workbook; returns how many rows its tables have together.

    Raises:
        OSError: the place cannot be written to.
    """
    tables = [block for block in report.blocks if isinstance(block, Table)]
    with workbook(path) as book:
        # The same report gives the same file: its day, and not the moment of writing, stands in the properties.
        book.set_properties({"title": words_of(report.title), "created": report.provenance.day or _NO_DAY})
        cover = book.add_worksheet(_COVER)
        formats, names = Formats(book), _names(tables)
        said = list(_said(report.blocks, names))
        if any(isinstance(block, Paragraph | Chart) for block, _ in said):
            _write_words(book.add_worksheet(_WORDS), said, formats)
        footer = f"&L{words_of(report.title).replace('&', '&&')[:80]}"
        hashes = [rows_hash(table) for table in tables]
        for table, name, checked in zip(tables, names, hashes, strict=True):
            for page, rows in enumerate(pages_of(table, excel_table.MOST_ROWS)):
                sheet = book.add_worksheet(_cut(name, f" 续{page}") if page else name)
                write_table(sheet, table, formats, rows, checked, footer)
        _write_cover(cover, report, list(zip(tables, names, hashes, strict=True)), book)
    return sum(row_count(table) for table in tables)


def _write_cover(cover: Worksheet, report: Report, tables: list[tuple[Table, str, str]], book: Workbook) -> None:
    """Title, what the report was made from, and the list of tables with how many rows each has."""
    title, plain = book.add_format(TITLE | {"align": "center", "text_wrap": True}), book.add_format(TEXT)
    head, text = book.add_format(HEAD), book.add_format(CELL | {"text_wrap": True})
    number = book.add_format(CELL | {"num_format": "0", "align": "right"})
    link = book.add_format(CELL | {"text_wrap": True, "font_color": "#1D4ED8", "underline": 1})
    widths = (24.0, 34.0, 10.0, 20.0)
    for column, width in enumerate(widths):
        cover.set_column(column, column, width)
    cover.merge_range(0, 0, 0, 3, "", title)
    cover.write_string(0, 0, words_of(report.title), title)
    cover.set_row(0, 60)
    row = 1
    if report.subtitle:
        cover.write_string(row, 0, words_of(report.subtitle), plain)
        row += 1
    for block in provenance_blocks(report):
        if isinstance(block, Paragraph):
            line = words_of(block.text)
            cover.merge_range(row, 0, row, 3, "", text)
            cover.write_string(row, 0, line, text)
            fit_height(cover, row, (line,), (sum(widths) - 4,))
            row += 1
    row += 1
    for column, label in enumerate(("工作表", "表名", "行数", "校验")):
        cover.write_string(row, column, label, head)
    lay_out(cover, row, landscape=False)
    for table, name, checked in tables:
        row += 1
        caption = words_of(table.caption)
        quoted = name.replace("'", "''")
        cover.write_url(row, 0, f"internal:'{quoted}'!A1", link, name)
        cover.write_string(row, 1, caption, text)
        cover.write_number(row, 2, row_count(table), number)
        cover.write_string(row, 3, checked, text)
        fit_height(cover, row, (name, caption), widths[:2])
    row += 1
    cover.merge_range(row, 0, row, 1, "", head)
    cover.write_string(row, 0, "合计", head)
    cover.write_number(row, 2, sum(row_count(table) for table, _, _ in tables), number)
    cover.write_blank(row, 3, None, text)


def _said(blocks: Iterable[Block], names: list[str]) -> Iterator[tuple[Block, str]]:
    """Headings, paragraphs and charts in order, as text; where a table stands, the name of its sheet."""
    counts, sheets = [0, 0, 0, 0], iter(names)
    for block in blocks:
        match block:
            case Heading():
                number = ""
                if block.numbered:
                    counts[block.level - 1] += 1
                    counts[block.level :] = [0] * (4 - block.level)
                    number = _number(block.level, counts[block.level - 1])
                yield block, number + _text(block.text)
            case Paragraph():
                yield block, _text(block.text)
            case Chart():
                yield block, f"图：{_text(block.caption)}。{block.says}（图见 Word、PDF 版）"
            case Table():
                yield block, f"表：{_text(block.caption)}（见工作表“{next(sheets)}”）"


def _text(text: Text) -> str:
    """The words of a line, with its footnotes in brackets where they stand."""
    return "".join(f"〔注：{words_of(run.text)}〕" if isinstance(run, Note) else str(run) for run in text)


def _number(level: int, count: int) -> str:
    """一、（一）1.（1）."""
    return (f"{_han(count)}、", f"（{_han(count)}）", f"{count}.", f"（{count}）")[level - 1]


def _han(count: int) -> str:
    """Of the numbers up to 99, which no report exceeds; beyond them, the digits."""
    if count > 99:
        return str(count)
    tens, ones = divmod(count, 10)
    head = "" if not tens else "十" if tens == 1 else f"{_HAN[tens]}十"
    return head + (_HAN[ones] if ones or not tens else "")


def _write_words(sheet: Worksheet, said: list[tuple[Block, str]], formats: Formats) -> None:
    """The words of the report, a paragraph a row."""
    sheet.set_column(0, 0, 78)
    for row, (block, text) in enumerate(said):
        large = isinstance(block, Heading)
        sheet.write_string(row, 0, text[:LONGEST_TEXT], formats.heading if large else formats.words)
        fit_height(sheet, row, (text,), (75.0,))
    lay_out(sheet, 0, heads=0, landscape=False)


def _names(tables: Iterable[Table]) -> list[str]:
    """A name for the sheet of every table: its caption, cut, without what Excel forbids, never twice the same."""
    taken = {_COVER.casefold(), _WORDS.casefold(), "history"}
    names = []
    for table in tables:
        plain = words_of(table.caption).translate(_FORBIDDEN).strip(" '") or table.key
        name, again = _cut(plain), 1
        while name.casefold() in taken:
            again += 1
            name = _cut(plain, f" {again}")
        taken.add(name.casefold())
        names.append(name)
    return names


def _cut(name: str, suffix: str = "") -> str:
    while len((name + suffix).encode("utf-16-le")) > 2 * _LONGEST_NAME:
        name = name[:-1].rstrip(" '")
    return name + suffix
