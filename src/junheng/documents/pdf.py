"""PDF files: their text in paragraphs, and the tables that are ruled on their pages.

pdfium gives characters and lines, page by page; heads, feet and page numbers are left out, and so is the list of
contents. Tables come from the same characters, so no figure is read in two ways.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock

import pypdfium2
import pypdfium2.raw as pdfium

from junheng.base.terms import Label
from junheng.documents import limits
from junheng.documents.document import Cell, Document, Kind
from junheng.documents.draft import Draft, refuse_endless
from junheng.documents.errors import (
    GARBLED,
    TRUNCATED,
    DamagedDocumentError,
    DocumentTooLargeError,
    EncryptedDocumentError,
    ScannedDocumentError,
)
from junheng.documents.pdf_lines import (
    Line,
    Margins,
    body_size,
    cell_text,
    goes_on,
    is_larger,
    joined,
    lines_of,
    margins_of,
    runs_over,
)
from junheng.documents.pdf_page import Glyph, Turned, glyphs_of, has_pictures, rules_of
from junheng.documents.pdf_tables import Area, Grid, grids

_LOCK = Lock()  # pdfium knows no threads
_PAGES = Label(zh="页数 ", en="pages:")
_EDGE = 0.12  # of the height of a page, at the top and at the bottom: where heads and feet stand
_OFTEN = 3  # pages with the same words there make them a head or a foot
_NUMBER = re.compile(
    r"[-—–－一·.\s]*第?\s*(?:\d{1,4}|[IVXivx]{1,6})\s*页?\s*(?:[/／,，共of\s]+\d{1,4}\s*页?)?[-—–－一·.\s]*"
)
_CONTENTS = re.compile(r".*?[.．…·⋯]{4,}\s*\d{1,4}")
_LONGEST_HEADING = 60
_SAME_COLUMN = 3.0  # points between upright lines of a table and of what goes on with it overleaf


@dataclass(frozen=True, slots=True)
class _Table:
    """A ruled table on one page.

    Attributes:
        cells: those with text, in reading order.
        rows: how many it has; xs: where its upright lines stand, in points from the left.
    """

    cells: Sequence[tuple[Area, str]] = ()
    rows: int = 0
    xs: Sequence[float] = ()

    def row(self, number: int) -> list[tuple[int, int, str]]:
        """Column, columns and words of the cells that begin in a row."""
        return [(area.column, area.columns, words) for area, words in self.cells if area.row == number]

    def has_columns_of(self, other: _Table) -> bool:
        return len(self.xs) == len(other.xs) and all(
            abs(one - two) <= _SAME_COLUMN for one, two in zip(self.xs, other.xs, strict=True)
        )


@dataclass(slots=True)
class _Page:
    """What stands on a page, in reading order."""

    number: int
    height: float
    blocks: list[Line | _Table]
    pictures: bool
    glyphs: int
    garbled: int

    @property
    def lines(self) -> list[Line]:
        return [block for block in self.blocks if isinstance(block, Line)]


def read_pdf(file: str, content: bytes) -> Document:
    """The text of a PDF.

    Raises:
        JunhengError: it does not read (see ``documents.errors``).
    """
    with _LOCK:
        pages = _pages(file, content)
    glyphs = sum(page.glyphs for page in pages)
    if glyphs and sum(page.garbled for page in pages) > 0.2 * glyphs:
        raise DamagedDocumentError(file=file, reason=GARBLED)
    _drop_edges(pages)
    draft = Draft(file)
    _Writer(draft, [line for page in pages for line in page.lines]).write(pages)
    if not draft.length and any(page.pictures for page in pages):
        raise ScannedDocumentError(file=file, pages=len(pages))
    return draft.document()


def _pages(file: str, content: bytes) -> list[_Page]:
    try:
        pdf = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if error.err_code == pdfium.FPDF_ERR_PASSWORD:
            raise EncryptedDocumentError(file=file) from error
        raise DamagedDocumentError(file=file, reason=TRUNCATED) from error
    try:
        if len(pdf) > limits.PAGES:
            raise DocumentTooLargeError(file=file, what=_PAGES, size=len(pdf), limit=limits.PAGES)
        pages: list[_Page] = []
        glyphs = 0
        for index in range(len(pdf)):
            pages.append(_page(pdf[index], index + 1))
            glyphs += pages[-1].glyphs
            refuse_endless(file, glyphs)
        return pages
    except pypdfium2.PdfiumError as error:
        raise DamagedDocumentError(file=file, reason=TRUNCATED) from error
    finally:
        pdf.close()


def _page(page: pypdfium2.PdfPage, number: int) -> _Page:
    turned = Turned(page)
    glyphs = glyphs_of(page, turned)
    found = grids(*rules_of(page, turned)) if glyphs else []
    blocks: list[Line | _Table] = []
    held: list[dict[int, list[Glyph]]] = [{} for _ in found]
    free: list[Glyph] = []
    at: dict[int, int] = {}  # table → number of the lines before it
    for glyph in glyphs:
        place = _place(found, glyph)
        if place is None:
            free.append(glyph)
            continue
        table, area = place
        if table not in at:
            blocks += lines_of(free)
            free = []
            at[table] = len(blocks)
            blocks.append(_Table())
        held[table].setdefault(area, []).append(glyph)
    blocks += lines_of(free)
    for table, index in at.items():
        blocks[index] = _table(found[table], held[table])
    height = max(page.get_height(), 1)
    result = _Page(number, height, blocks, has_pictures(page), len(glyphs), sum(map(_is_garbled, glyphs)))
    page.close()
    return result


def _place(found: Sequence[Grid], glyph: Glyph) -> tuple[int, int] | None:
    """Which table and which of its cells a character stands in; of tables in each other the inner one comes last."""
    x, y = (glyph.left + glyph.right) / 2, glyph.base + glyph.size / 3
    for table, grid in enumerate(found):
        if (area := grid.area_at(x, y)) is not None:
            return table, area
    return None


def _table(grid: Grid, held: dict[int, list[Glyph]]) -> _Table:
    texts = ((area, lines_of(held.get(number, ()))) for number, area in enumerate(grid.areas))
    cells = [(area, cell_text(lines, grid.width(area))) for area, lines in texts if lines]
    return _Table(cells, len(grid.ys) - 1, grid.xs)


def _is_garbled(glyph: Glyph) -> bool:
    return glyph.text in ("\x00", "\ufffd") or "\ue000" <= glyph.text <= "\uf8ff"


# A head or foot says no sentences, however alike those of a report are.
_SENTENCE = re.compile(r"[。；，][^。；，]|[。；]$")


def _drop_edges(pages: list[_Page]) -> None:
    """Leave out what pages repeat at their top and bottom, page numbers, and the list of contents."""
    seen = Counter(key for page in pages for key in {_key(line) for line in _edges(page)})
    for page in pages:
        dropped = [
            line
            for line in _edges(page)
            if (seen[_key(line)] >= _OFTEN and not _SENTENCE.search(line.text)) or _NUMBER.fullmatch(line.text)
        ]
        contents = [line for line in page.lines if _CONTENTS.fullmatch(line.text)]
        if contents:
            contents += [line for line in page.lines if line.text.replace(" ", "") == "目录"]
        gone = set(map(id, dropped + contents))
        page.blocks = [block for block in page.blocks if id(block) not in gone]


def _edges(page: _Page) -> list[Line]:
    """The lines near the top and the bottom, and the outermost wherever they are."""
    lines = page.lines
    outermost = {find(line.base for line in lines) for find in (min, max) if lines}
    return [line for line in lines if not _EDGE < line.base / page.height < 1 - _EDGE or line.base in outermost]


def _key(line: Line) -> tuple[str, int]:
    return re.sub(r"\d+", "0", line.text), round(line.base / 4)


class _Writer:
    """Puts the lines of all pages together to paragraphs, in a draft."""

    def __init__(self, draft: Draft, lines: Sequence[Line]) -> None:
        self.draft = draft
        self.body = body_size(lines)
        larger = {round(line.size) for line in lines if is_larger(line, self.body)}
        self.levels = {size: level for level, size in enumerate(sorted(larger, reverse=True), start=1)}
        self.lines: list[Line] = []  # of the paragraph that is open
        self.place = ""
        self.titled = False
        self.tables = 0
        self.open: _Table | None = None  # the table just written, which may go on overleaf
        self.rows = 0  # of it so far

    def write(self, pages: Sequence[_Page]) -> None:
        above = Margins(0, 0, 0)
        for page in pages:
            margins = margins_of(page.lines, self.body) if page.lines else above
            for index, block in enumerate(page.blocks):
                if isinstance(block, _Table):
                    self.close()
                    self.table(block, page, first=index == 0)
                    continue
                self.open = None
                last = self.lines[-1] if self.lines else None
                if last is None or not (
                    goes_on(last, block, margins, self.body)
                    if index
                    else runs_over(last, above, block, margins, self.body)
                ):
                    self.close()
                    self.place = _place_of(page)
                self.lines.append(block)
            above = margins
        self.close()

    def table(self, table: _Table, page: _Page, *, first: bool) -> None:
        """The cells of a table; one that goes on overleaf is one table, its head said once.

        Args:
            first: it is the first thing on its page.
        """
        head = 0
        if self.open is not None and first and table.has_columns_of(self.open):
            while head < table.rows and table.row(head) and table.row(head) == self.open.row(head):
                head += 1
        else:
            self.tables, self.open, self.rows = self.tables + 1, table, 0
        for area, words in table.cells:
            if area.row >= head:
                row = area.row - head + self.rows
                cell = Cell(self.tables, row, area.column, area.rows, area.columns)
                self.draft.add(words, Kind.CELL, cell=cell, place=_place_of(page))
        self.rows += table.rows - head

    def close(self) -> None:
        """The open paragraph ends."""
        if not self.lines:
            return
        words = joined([line.text for line in self.lines])
        kind, level = Kind.BODY, 0
        if is_larger(self.lines[0], self.body) and len(words) <= _LONGEST_HEADING:
            kind, level = Kind.HEADING, self.levels[round(self.lines[0].size)]
            if level == 1 and not self.titled:
                kind, level, self.titled = Kind.TITLE, 0, True
        self.draft.add(words, kind, level=level, place=self.place)
        self.lines.clear()


def _place_of(page: _Page) -> str:
    return f"第{page.number}页"
