"""Files for the tests of ``documents``, written by other programs' rules: packages by hand, PDFs by typst."""

from __future__ import annotations

import io
from zipfile import ZipFile

import typst
from docx import Document as Word
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from junheng.documents.document import Document

_PAGE = '#set page(margin: 3cm)\n#set text(font: "Noto Serif CJK SC", size: 16pt, lang: "zh")\n'


def packed(parts: dict[str, str]) -> bytes:
    """A zip package."""
    file = io.BytesIO()
    with ZipFile(file, "w") as package:
        for name, text in parts.items():
            package.writestr(name, text)
    return file.getvalue()


def word(*blocks: str) -> bytes:
    """A .docx whose body is these elements; ``w:`` is known in them."""
    document = Word()
    for block in blocks:
        element = parse_xml(block.replace(">", f" {nsdecls('w', 'm', 'wp', 'a')}>", 1))
        document.element.body.insert(len(document.element.body) - 1, element)
    return saved(document)


def saved(document: WordDocument) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def pdf(text: str) -> bytes:
    """A PDF of typst's markup, in official type."""
    return bytes(typst.compile((_PAGE + text).encode()))


def words_of(document: Document) -> list[str]:
    return [document.words(piece) for piece in document.pieces]


def table_of(document: Document) -> dict[tuple[int, int, int, int, int], str]:
    """Table, row, column, rows and columns of each cell → its words."""
    return {
        (piece.cell.table, piece.cell.row, piece.cell.column, piece.cell.rows, piece.cell.columns): document.words(
            piece
        )
        for piece in document.pieces
        if piece.cell is not None
    }
