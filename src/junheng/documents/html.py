"""Web pages: the text that a reader sees, without scripts, styles and navigation."""

from __future__ import annotations

import re

from lxml import etree
from lxml import html as parser

from junheng.documents.document import Cell, Document, Kind
from junheng.documents.draft import Draft
from junheng.documents.errors import ENCODING, TRUNCATED, DamagedDocumentError
from junheng.documents.package import Element
from junheng.documents.text import decode

# Not the text of the page, or not seen.
_UNSEEN = {
    "script", "style", "noscript", "template", "head", "title", "nav", "footer", "aside", "button", "select", "option",
    "textarea", "input", "iframe", "object", "svg", "math", "audio", "video", "canvas", "del", "s", "rt", "rp",
}  # fmt: skip
# What stands on lines of its own.
_BLOCKS = {
    "address", "article", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt", "fieldset", "figcaption",
    "figure", "form", "header", "hr", "html", "li", "main", "ol", "p", "pre", "section", "summary", "ul",
    "h1", "h2", "h3", "h4", "h5", "h6",
}  # fmt: skip
_TABLE_PARTS = {"table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th"}
_COLUMNS = 1000  # beyond them a cell covers only its own
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_SPACE = re.compile(r"[ \t\n\r\f]+")
_WIDE = "[\u2e80-\uffef]"
_WRAP = re.compile(rf"(?<={_WIDE})[ \t]*\n[ \t\n]*(?={_WIDE})")  # where the source goes on on its next line
_CHARSET = re.compile(rb"""<meta[^<>]{0,200}?charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def read_html(file: str, content: bytes) -> Document:
    """The text of a web page.

    Raises:
        JunhengError: it does not read (see ``documents.errors``).
    """
    text = _decode(file, content)
    try:
        root = parser.document_fromstring(re.sub(r"^\s*<\?xml[^<>]*\?>", "", text)) if text.strip() else None
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise DamagedDocumentError(file=file, reason=TRUNCATED) from error
    draft = Draft(file)
    if root is not None:
        _Writer(draft).write(root)
    return draft.document()


def _decode(file: str, content: bytes) -> str:
    """The text by the charset that the page names, where that fits strictly; else as any text file."""
    said = _CHARSET.search(content[:4096])
    encoding = "big5" if said is not None and said[1].lower() == b"big5" else None
    if encoding is not None:
        try:
            content = content.decode(encoding).encode()
        except UnicodeDecodeError as error:
            raise DamagedDocumentError(file=file, reason=ENCODING) from error
    return decode(file, content)


class _Writer:
    """Goes through a page and puts its lines and cells into a draft."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.strings: list[str] = []
        self.tables = 0
        self.level = 0  # of the heading that is open
        self.cell: list[str] | None = None  # lines of the cell that is open

    def write(self, element: Element) -> None:
        """An element and what follows it up to its parent's next child."""
        name = element.tag
        if isinstance(name, str) and name not in _UNSEEN and not _hidden(element):  # a comment's name is none
            if name == "br":
                self.flush()
            elif name == "table" and self.cell is None and element.find(".//table") is None:
                self.flush()
                self.table(element)
            elif name in _BLOCKS or name in _TABLE_PARTS:
                self.flush()
                self.level = _HEADINGS.get(name, self.level)
                self.inside(element)
                self.flush()
                self.level = 0 if name in _HEADINGS else self.level
            else:
                self.inside(element)
        self.strings.append(element.tail or "")

    def inside(self, element: Element) -> None:
        self.strings.append(element.text or "")
        for child in element:
            self.write(child)

    def flush(self) -> None:
        """The line that is open ends."""
        words = _SPACE.sub(" ", _WRAP.sub("", "".join(self.strings))).strip(" ")
        self.strings.clear()
        if self.cell is None:
            self.draft.add(words, Kind.HEADING if self.level else Kind.BODY, level=self.level)
        elif words:
            self.cell.append(words)

    def table(self, table: Element) -> None:
        """A table of data: one without another in it, which old pages use to lay themselves out."""
        self.tables += 1
        until: dict[int, int] = {}  # column → the row where a cell that reaches down from above ends
        caption = table.find("caption")
        if caption is not None:
            self.inside(caption)
            self.flush()
        for row, line in enumerate(table.iter("tr")):
            column = 0
            for cell in line.iterchildren("td", "th"):
                while until.get(column, 0) > row:
                    column += 1
                rows, columns = _span(cell, "rowspan"), min(_span(cell, "colspan"), max(1, _COLUMNS - column))
                if rows > 1:
                    until.update(dict.fromkeys(range(column, column + columns), row + rows))
                words = self.cell_text(cell)
                self.draft.add(words, Kind.CELL, cell=Cell(self.tables, row, column, rows, columns))
                column += columns

    def cell_text(self, cell: Element) -> str:
        if _hidden(cell):
            return ""
        lines: list[str] = []
        self.cell = lines
        self.inside(cell)
        self.flush()
        self.cell = None
        return "\n".join(lines)


def _hidden(element: Element) -> bool:
    return element.get("hidden") is not None or bool(_HIDDEN.search(element.get("style", "")))


def _span(cell: Element, name: str) -> int:
    """How many rows or columns a cell covers; what is no sensible number is 1, as in browsers."""
    value = cell.get(name, "").strip()
    return int(value) if re.fullmatch(r"[1-9]\d{0,2}", value, re.ASCII) else 1
