"""Text files: plain (.txt) and Markdown (.md). The text is exactly what the file holds, marks of emphasis included."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from junheng.documents.document import Cell, Document, Kind, Piece, plain_document
from junheng.documents.draft import refuse_endless
from junheng.documents.errors import BINARY, ENCODING, DamagedDocumentError

_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*$")
_ROW = re.compile(r"\s*\|.*\|\s*$")
_RULE = re.compile(r"[\s|:-]+$")  # the line between a table's head and its rows
_CELL = re.compile(r"((?:\\.|[^|\\])*)\|")
_FENCE = re.compile(r"\s*(?:```|~~~)")


def decode(file: str, content: bytes) -> str:
    """The text of a file, with ``\\n`` at the ends of lines.

    Tried strictly: what the byte order mark says, UTF-8, GB 18030. A guess that mostly fits would change words.

    Raises:
        DamagedDocumentError: none of them fits, or it is no text.
        DocumentTooLargeError: it is longer than any report.
    """
    utf16 = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    text = None
    for encoding in ("utf-16",) if utf16 else ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    if text is None:
        raise DamagedDocumentError(file=file, reason=ENCODING)
    if "\x00" in text:
        raise DamagedDocumentError(file=file, reason=BINARY)
    refuse_endless(file, len(text))
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read_text(file: str, content: bytes) -> Document:
    """A text file: every line that is not blank is a piece.

    Raises:
        JunhengError: it does not read (see ``documents.errors``).
    """
    return plain_document(decode(file, content), file)


def read_markdown(file: str, content: bytes) -> Document:
    """A Markdown file: lines, with ``#`` headings and ``|`` tables told apart; marks of either are in no piece.

    Raises:
        JunhengError: it does not read (see ``documents.errors``).
    """
    text = decode(file, content)
    return Document(file, text, tuple(_pieces(text)))


def _pieces(text: str) -> Iterator[Piece]:
    start = table = row = 0
    in_table = fenced = False
    for line in text.split("\n"):
        heading = None if fenced else _HEADING.match(line)
        was_in_table, in_table = in_table, not fenced and bool(_ROW.match(line))
        if _FENCE.match(line):
            fenced = not fenced
        elif heading is not None and heading[2]:
            yield Piece(start + heading.start(2), start + heading.end(2), Kind.HEADING, len(heading[1]))
        elif in_table:
            if not was_in_table:
                table, row = table + 1, 0
            if not _RULE.match(line):
                yield from _cells(line, start, table, row)
                row += 1
        elif line.strip():
            yield Piece(start, start + len(line))
        start += len(line) + 1


def _cells(line: str, start: int, table: int, row: int) -> Iterator[Piece]:
    for column, match in enumerate(_CELL.finditer(line, line.index("|") + 1)):
        words = match[1].strip()
        if words:
            at = start + match.start(1) + match[1].index(words)
            yield Piece(at, at + len(words), Kind.CELL, cell=Cell(table, row, column))
