"""A document as its reader sees it: one text, and which stretch of it is a heading, a paragraph or a table's cell."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a stretch of text is. A heading is one by its style; headings only by their words are read as body."""

    TITLE = "title"
    HEADING = "heading"
    BODY = "body"
    CELL = "cell"


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a cell stands: tables count from 1 through the document, rows and columns from 0; a merged cell once."""

    table: int
    row: int
    column: int
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch ``text[start:end]``, a paragraph or a cell, without the line break at its end.

    Attributes:
        level: 1, 2, … of a heading, 0 otherwise.
        cell: only for ``Kind.CELL``.
        place: where it stands in the file, for people ("第3页", "工作表“教师”B4"); empty where the text itself says.
    """

    start: int
    end: int
    kind: Kind = Kind.BODY
    level: int = 0
    cell: Cell | None = None
    place: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """The text of a file, and its pieces in text order, which never overlap.

    Attributes:
        name: the file's name, without folders.
        text: of a text file exactly what it holds (line breaks as ``\\n``); of other formats paragraphs and cells in
            reading order, each followed by ``\\n``. A piece may have line breaks in it: those that its writer made.
    """

    name: str
    text: str
    pieces: tuple[Piece, ...]

    def words(self, piece: Piece) -> str:
        """The text of a piece."""
        return self.text[piece.start : piece.end]

    def piece_at(self, offset: int) -> Piece | None:
        """The piece that holds the character at ``offset``; None between pieces."""
        index = bisect_right(self.pieces, offset, key=lambda piece: piece.start) - 1
        if index < 0 or offset >= self.pieces[index].end:
            return None
        return self.pieces[index]


def plain_document(text: str, name: str = "文本") -> Document:
    """A document of bare text: every line that is not blank is a piece.

    Args:
        text: with any line breaks.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    pieces: list[Piece] = []
    start = 0
    for line in text.split("\n"):
        if line.strip():
            pieces.append(Piece(start, start + len(line)))
        start += len(line) + 1
    return Document(name, text, tuple(pieces))
