"""Read a document that somebody wrote, as the lines that the rules look at."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from junheng.documents import document as written
from junheng.documents.reading import read_document as read_written
from junheng.reporting.lint.document import Document, Line

_BOLD = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_NUMBERED = re.compile(r"^(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）)[^。；]{1,40}$")
_LONGEST_HEADING = 60
_REDACTED = "本稿是脱敏版"  # in the small print of our redacted copies
_OURS = "{urn:junheng:report:figures}"  # the list of figures of a Word file of ours


def read_document(path: str | Path, county: str = "") -> Document:
    """Read a file.

    Args:
        county: code or name of the county that it is about; a Word file of ours says it itself.

    Raises:
        JunhengError: it does not read (see ``documents.errors``).
        OSError: it is not there.
    """
    file = Path(path)
    lines = tuple(_lines(read_written(file), markdown=file.suffix.lower() in (".md", ".markdown")))
    if file.suffix.lower() == ".docx":
        county = county or _county_of(file)
    return Document(lines, county, redacted=any(_REDACTED in line.text for line in lines))


def _lines(document: written.Document, *, markdown: bool) -> Iterator[Line]:
    heading, number, titled = "正文开头", 0, False
    for piece in document.pieces:
        words = document.words(piece).replace("\n", "")
        if markdown:
            words = _BOLD.sub(r"\2", words)
        if piece.cell is not None:
            place = f"“{heading}”第{piece.cell.table}个表第{piece.cell.row + 1}行"
            yield Line(words, words, "cell", place, piece.cell.table, head=piece.cell.row == 0)
        elif (piece.kind is written.Kind.TITLE or not titled) and len(words) <= _LONGEST_HEADING:
            titled = True
            yield Line(words, words, "title", "标题")
        elif piece.kind is written.Kind.HEADING or _NUMBERED.match(words.strip()):
            titled, heading, number = True, words.strip(), 0
            yield Line(words, words, "heading", f"标题“{heading}”")
        else:
            titled, number = True, number + 1
            yield Line(words, words, "body", f"“{heading}”第{number}段")


def _county_of(file: Path) -> str:
    """The code of the county that a file of ours was made for; empty for others."""
    from junheng.documents.package import Package

    package = Package(file.name, file.read_bytes())
    for name in package.names:
        if re.fullmatch(r"customXml/[^/]+\.xml", name):
            root = package.root(name)
            if root.tag == f"{_OURS}report" and (made := root.find(f"{_OURS}provenance")) is not None:
                return str(made.get("county", ""))
    return ""
