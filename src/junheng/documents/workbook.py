"""Workbooks (.xlsx): every sheet a table below its name, cells as text.

Read sparsely, cell by cell as they stand in the file, so that a lone cell far away costs nothing. A number is its
plain decimal text, however many of its places the sheet shows; a percentage and a date are as they are shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import Enum

from junheng.documents.document import Cell, Document, Kind
from junheng.documents.draft import Draft
from junheng.documents.errors import NO_TEXT_PART, DamagedDocumentError
from junheng.documents.package import Element, Package

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_ADDRESS = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_RANGE = re.compile(rf"{_ADDRESS.pattern}:{_ADDRESS.pattern}")
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?", re.ASCII)
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_DATE_FORMATS = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
_PERCENT_FORMATS = {9, 10}
_LAST_DAY = 2_958_465  # 9999-12-31, as Excel counts


class _Shown(Enum):
    PLAIN = 0
    PERCENT = 1
    DATE = 2


@dataclass(frozen=True)
class _Book:
    """What the cells of a workbook refer to."""

    strings: Sequence[str]
    shown: Sequence[_Shown]  # by number of the cell's style
    since: datetime  # day 0


def read_workbook(file: str, content: bytes) -> Document:
    """The sheets of an .xlsx; hidden ones are left out.

    Raises:
        JunhengError: it does not read (see ``documents.errors``).
    """
    package = Package(file, content)
    main = next(iter(package.related("", "officeDocument")), "xl/workbook.xml")
    if main not in package.names:
        raise DamagedDocumentError(file=file, reason=NO_TEXT_PART)
    root = package.root(main)
    book = _book(package, main, root)
    parts = package.targets(main)
    draft = Draft(file)
    tables = 0
    for sheet in root.iterfind(f"{_S}sheets/{_S}sheet"):
        part = parts.get(sheet.get(f"{_R}id", ""))
        if sheet.get("state", "visible") != "visible" or part is None:
            continue
        name = sheet.get("name", "")
        page = package.root(part)
        cells = list(_cells(page, book))
        if not cells:
            continue
        tables += 1
        spans = _spans(page)
        draft.add(name, Kind.HEADING, level=1, place=f"工作表“{name}”")
        for row, column, words in cells:
            rows, columns = spans.get((row, column), (1, 1))
            place = f"工作表“{name}”{_letters(column)}{row + 1}"
            draft.add(words, Kind.CELL, cell=Cell(tables, row, column, rows, columns), place=place)
    return draft.document()


def _book(package: Package, main: str, root: Element) -> _Book:
    strings: list[str] = []
    for part in package.related(main, "sharedStrings"):
        strings += [_string(entry) for entry in package.root(part).iterfind(f"{_S}si")]
    shown: list[_Shown] = []
    for part in package.related(main, "styles"):
        styles = package.root(part)
        own = {entry.get("numFmtId"): entry.get("formatCode", "") for entry in styles.iter(f"{_S}numFmt")}
        shown += [_shown(entry.get("numFmtId", "0"), own) for entry in styles.iterfind(f"{_S}cellXfs/{_S}xf")]
    properties = root.find(f"{_S}workbookPr")
    late = properties is not None and properties.get("date1904") in ("1", "true")
    return _Book(strings, shown, datetime(1904, 1, 1) if late else datetime(1899, 12, 30))  # noqa: DTZ001 a day, not a moment


def _string(entry: Element) -> str:
    """The text of a shared or inline string, without what tells how to pronounce it."""
    return "".join(text.text or "" for text in entry.iter(f"{_S}t") if text.getparent().tag != f"{_S}rPh")


def _shown(number: str, own: dict[str | None, str]) -> _Shown:
    code = _QUOTED.sub("", own.get(number, "")).lower()
    if "%" in code or (number.isascii() and number.isdigit() and int(number) in _PERCENT_FORMATS):
        return _Shown.PERCENT
    if code and code != "general":
        return _Shown.DATE if re.search(r"[ymdhs]", code) else _Shown.PLAIN
    is_date = number.isascii() and number.isdigit() and int(number) in _DATE_FORMATS
    return _Shown.DATE if is_date else _Shown.PLAIN


def _cells(page: Element, book: _Book) -> Iterator[tuple[int, int, str]]:
    """Row and column from 0 and text of the cells that have one, row by row."""
    row = -1
    for line in page.iterfind(f"{_S}sheetData/{_S}row"):
        number = line.get("r", "")
        row = int(number) - 1 if re.fullmatch(r"[1-9][0-9]{0,6}", number) else row + 1
        column = -1
        for cell in line.iterfind(f"{_S}c"):
            address = _ADDRESS.fullmatch(cell.get("r", ""))
            column = _index(address[1]) if address else column + 1
            if words := _text(cell, book).strip():
                yield row, column, words


def _text(cell: Element, book: _Book) -> str:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        inline = cell.find(f"{_S}is")
        return "" if inline is None else _string(inline)
    value = cell.findtext(f"{_S}v") or ""
    if kind == "s":
        known = value.isascii() and value.isdigit() and int(value) < len(book.strings)
        return book.strings[int(value)] if known else ""
    if kind == "b":
        return "TRUE" if value == "1" else "FALSE"
    if kind != "n" or not _NUMBER.fullmatch(value):
        return value
    style = cell.get("s", "0")
    shown = (
        book.shown[int(style)]
        if re.fullmatch(r"\d{1,6}", style, re.ASCII) and int(style) < len(book.shown)
        else _Shown.PLAIN
    )
    return _number(value, shown, book.since)


def _number(value: str, shown: _Shown, since: datetime) -> str:
    # Excel keeps binary numbers: 0.28999999999999998 is the 0.29 that somebody typed.
    number = Decimal(repr(float(value)))
    if shown is _Shown.DATE and 0 <= number <= _LAST_DAY:
        moment = since + timedelta(days=float(number))
        return f"{moment:%Y-%m-%d}" if number == int(number) else f"{moment:%Y-%m-%d %H:%M}"
    if not number.is_finite():
        return value
    if shown is _Shown.PERCENT:
        return f"{_plain(number * 100)}%"
    return _plain(number)


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _spans(page: Element) -> dict[tuple[int, int], tuple[int, int]]:
    """First cell of a merged range → the rows and columns that it covers."""
    found = {}
    for merged in page.iterfind(f"{_S}mergeCells/{_S}mergeCell"):
        if match := _RANGE.fullmatch(merged.get("ref", "")):
            left, top, right, bottom = _index(match[1]), int(match[2]) - 1, _index(match[3]), int(match[4]) - 1
            found[top, left] = (max(bottom - top, 0) + 1, max(right - left, 0) + 1)
    return found


def _index(letters: str) -> int:
    """Number of a column from 0: A is 0, AA is 26."""
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1


def _letters(column: int) -> str:
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
