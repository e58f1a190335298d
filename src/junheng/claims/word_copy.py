"""The text of a document that is no Word file, as a new Word file whose runs begin and end where findings do."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

import docx
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from docx.text.paragraph import Paragraph

from junheng.claims.claim import Claim
from junheng.claims.headings import heading_levels
from junheng.claims.stretches import covering_by_piece, stretches
from junheng.claims.word_runs import Placed
from junheng.documents.document import Document, Piece

if TYPE_CHECKING:
    from docx.document import Document as Word

# What XML cannot hold; PDFs bring such characters along.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def word_copy(document: Document, claims: Sequence[Claim]) -> tuple[Word, list[Placed]]:
    """The paragraphs and tables of a document in a new Word file.

    Returns:
        The file, and for every stretch of the text the run that shows it, in text order.
    """
    word = docx.Document()
    word.core_properties.title, word.core_properties.comments, word.core_properties.author = document.name, "", ""
    _use_chinese_fonts(word)
    covering = covering_by_piece(document, claims)
    headings = heading_levels(document, claims)
    placed: list[Placed] = []

    def fill(paragraph: Paragraph, piece: Piece) -> None:
        for stretch in stretches(piece, covering.get(piece, {})):
            run = paragraph.add_run(printable(document.text[stretch.start : stretch.end]))
            placed.append(Placed(stretch.start, stretch.end, run._r))

    for table, group in groupby(document.pieces, key=lambda piece: piece.cell and piece.cell.table):
        pieces = list(group)
        if table is not None:
            for piece, paragraph in _cells(word, pieces):
                fill(paragraph, piece)
            continue
        for piece in pieces:
            level = headings.get(piece)
            fill(word.add_paragraph() if level is None else word.add_heading(level=min(level, 9)), piece)
    return word, placed


def printable(text: str) -> str:
    """A text without the characters that no XML file can hold."""
    return _UNPRINTABLE.sub("", text)


def _cells(word: Word, pieces: Sequence[Piece]) -> list[tuple[Piece, Paragraph]]:
    """A new table with the shape of these cells, and the paragraph of each."""
    cells = [(piece, piece.cell) for piece in pieces if piece.cell is not None]
    first = min(cell.row for _, cell in cells)
    rows = max(cell.row + cell.rows for _, cell in cells) - first
    columns = max(cell.column + cell.columns for _, cell in cells)
    # Asking the table for a cell counts through all of them each time; a list is asked instead.
    table = word.add_table(rows, columns, style="Table Grid")
    grid = table._cells
    found = []
    for piece, cell in cells:
        corner = grid[(cell.row - first) * columns + cell.column]
        if cell.rows > 1 or cell.columns > 1:
            far = (cell.row - first + cell.rows - 1) * columns + cell.column + cell.columns - 1
            corner = corner.merge(grid[far])
        found.append((piece, corner.paragraphs[0]))
    return found


def _use_chinese_fonts(word: Word) -> None:
    """宋体 for the text and 黑体 for headings, which every Chinese office has."""
    for name, face, size in (
        ("Normal", "宋体", 12),
        ("Title", "黑体", 18),
        *((f"Heading {n}", "黑体", 14) for n in range(1, 10)),
    ):
        style = word.styles[name]
        style.font.size, style.font.color.rgb = Pt(size), RGBColor(0, 0, 0)
        properties = style.element.get_or_add_rPr()
        fonts = properties.get_or_add_rFonts()
        for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(theme), None)
        fonts.set(qn("w:eastAsia"), face)
