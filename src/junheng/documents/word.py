"""Word files (.docx): the text that a reader sees, and which element of the file each stretch of it comes from.

What the text of a document is, exactly:

- Pieces follow the body: a paragraph with text is one piece; a table's cell with text is one piece, its paragraphs
  joined by ``\\n``; a table inside a cell comes after that cell's own text, as a table of its own; the paragraphs of a
  text box after the paragraph that it hangs on; footnotes and endnotes at the end (``place`` says which).
- Pieces are joined by one ``\\n``. Blank paragraphs and cells are left out. Nothing is trimmed or normalised.
- The text of a paragraph is its ``w:t`` in order, with ``w:tab`` as ``\\t``, ``w:br`` and ``w:cr`` as ``\\n``,
  ``w:noBreakHyphen`` as ``-``, formulas as their ``m:t`` with ``/`` between the parts of a fraction.
- In it: hyperlinks, fields as last shown, content controls, insertions and moves as if accepted.
  Not in it: deletions, hidden text, signs of symbol fonts, comments, headers and footers, the list of contents (it
  repeats the headings), and numbers that Word itself puts before a list item, which stand nowhere in the file.

``read_word_text`` gives the document together with ``runs``: for every character that stands in the file, in text
order, the element that holds it. Characters between runs are line breaks that joining put there (or a fraction's bar).
The elements belong to the trees in ``parts``: whoever wants to mark a stretch ``start:end`` takes the runs that overlap
it, changes those trees and writes them back under the same names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from junheng.base.terms import Label
from junheng.documents.document import Cell, Document, Kind
from junheng.documents.draft import Draft
from junheng.documents.errors import NO_TEXT_PART, DamagedDocumentError
from junheng.documents.package import Element, Package
from junheng.documents.word_styles import outline_of, styles_of

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_STRICT = Label(zh="它存成了“Strict Open XML”格式", en="it is saved as “Strict Open XML”")
_CHARACTERS = {f"{_W}tab": "\t", f"{_W}ptab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_TEXTS = (f"{_W}t", f"{_M}t")
# What no reader of the finished text sees; of alternatives the first is taken.
_UNSEEN = {
    f"{_W}del", f"{_W}moveFrom", f"{_W}rPr", f"{_W}pPr", f"{_W}rt", f"{_W}sdtPr", f"{_W}sdtEndPr", f"{_MC}Fallback",
}  # fmt: skip
_WRAPPERS = {
    f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}moveTo", f"{_W}customXml", f"{_W}smartTag",
    f"{_MC}AlternateContent", f"{_MC}Choice",
}  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """A stretch ``text[start:end]`` of the document that one element of the file holds.

    Attributes:
        node: a ``w:t`` or ``m:t``, whose text the stretch is, or the ``w:tab``, ``w:br``, … that shows as it.
        paragraph: the ``w:p`` around it.
        part: name of the part, a key of ``WordText.parts``.
    """

    start: int
    end: int
    node: Element
    paragraph: Element
    part: str


@dataclass(frozen=True, eq=False)
class WordText:
    """A Word file's document and where each stretch of it stands.

    Attributes:
        runs: in text order, never overlapping.
        parts: name of a part → its root: the document first, then footnotes and endnotes that have text.
    """

    document: Document
    runs: tuple[Run, ...]
    parts: Mapping[str, Element]


@dataclass(slots=True)
class _Words:
    """Words being put together, with the elements that hold them and the text boxes that hang on them."""

    strings: list[str] = field(default_factory=list)
    length: int = 0
    runs: list[tuple[int, int, Element, Element]] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)

    def add(self, text: str, node: Element | None = None, paragraph: Element | None = None) -> None:
        """Words at the end; without a node they stand nowhere in the file."""
        if not text:
            return
        if node is not None and paragraph is not None:
            self.runs.append((self.length, self.length + len(text), node, paragraph))
        self.strings.append(text)
        self.length += len(text)

    def take_back(self) -> None:
        """The last words were too many."""
        self.length -= len(self.strings.pop())


def read_word(file: str, content: bytes) -> Document:
    """The text of a .docx.

    Raises:
        JunhengError: it does not read (see ``documents.errors``).
    """
    return read_word_text(file, content).document


def read_word_text(file: str, content: bytes) -> WordText:
    """The text of a .docx with the elements that hold it.

    Args:
        file: name of the file, for people.
        content: its bytes.

    Raises:
        JunhengError: it does not read (see ``documents.errors``).
    """
    package = Package(file, content)
    main = next(iter(package.related("", "officeDocument")), "word/document.xml")
    if main not in package.names:
        raise DamagedDocumentError(file=file, reason=NO_TEXT_PART)
    return _Reader(package, main).read()


class _Reader:
    def __init__(self, package: Package, main: str) -> None:
        self.package, self.main = package, main
        self.draft = Draft(package.file)
        self.runs: list[Run] = []
        self.tables = 0
        self.styles = styles_of(package, main)
        self.part = main

    def read(self) -> WordText:
        root = self.package.root(self.main)
        body = root.find(f"{_W}body")
        if body is None:
            strict = root.tag.startswith("{http://purl.oclc.org/")
            raise DamagedDocumentError(file=self.package.file, reason=_STRICT if strict else NO_TEXT_PART)
        parts = {self.main: root}
        self.blocks(body)
        for kind, name in (("footnote", "脚注"), ("endnote", "尾注")):
            for part in self.package.related(self.main, f"{kind}s"):
                before, self.part = self.draft.length, part
                notes = self.package.root(part)
                # Notes with a type are the lines that separate notes from the text.
                real = (note for note in notes.findall(f"{_W}{kind}") if note.get(f"{_W}type", "normal") == "normal")
                for number, note in enumerate(real, start=1):
                    self.blocks(note, place=f"{name}{number}")
                if self.draft.length > before:
                    parts[part] = notes
        return WordText(self.draft.document(), tuple(self.runs), parts)

    def blocks(self, parent: Element, place: str = "") -> None:
        """The paragraphs and tables of a story."""
        for block in _blocks(parent):
            if block.tag == f"{_W}tbl":
                self.table(block, place)
            else:
                self.paragraph(block, place)

    def paragraph(self, paragraph: Element, place: str) -> None:
        kind, level = self.style(paragraph)
        if kind is None:
            return
        words = _Words()
        _collect(paragraph, paragraph, words)
        self.put(words, kind, level=level, place=place)
        for box in words.boxes:
            self.blocks(box, place)

    def table(self, table: Element, place: str) -> None:
        self.tables += 1
        number = self.tables
        for cell, around in _cells(table, number):
            words, inner = _Words(), []
            for block in _blocks(around):
                if block.tag == f"{_W}tbl":
                    inner.append(block)
                    continue
                before = words.length
                if before:
                    words.add("\n")
                _collect(block, block, words)
                if words.length <= before + 1 and before:
                    words.take_back()
            self.put(words, Kind.CELL, cell=cell, place=place)
            for nested in inner:
                self.table(nested, place)
            for box in words.boxes:
                self.blocks(box, place)

    def put(self, words: _Words, kind: Kind, *, level: int = 0, cell: Cell | None = None, place: str = "") -> None:
        start = self.draft.add("".join(words.strings), kind, level=level, cell=cell, place=place)
        if start is not None:
            self.runs += [
                Run(start + begin, start + end, node, paragraph, self.part)
                for begin, end, node, paragraph in words.runs
            ]

    def style(self, paragraph: Element) -> tuple[Kind | None, int]:
        """What a paragraph is by its style, or by the outline level given to itself; None for contents."""
        properties = paragraph.find(f"{_W}pPr")
        if properties is None:
            return Kind.BODY, 0
        style = properties.find(f"{_W}pStyle")
        found = self.styles.get("" if style is None else style.get(f"{_W}val", ""), (Kind.BODY, 0))
        own = outline_of(properties)
        return (Kind.HEADING, own) if found[0] is Kind.BODY and own else found


def _collect(element: Element, paragraph: Element, words: _Words) -> None:
    """Put what a reader sees of an element's inside at the end of ``words``."""
    for child in _inside(element):
        tag = child.tag
        if tag in _TEXTS:
            words.add(child.text or "", child, paragraph)
        elif tag in _CHARACTERS:
            words.add(_CHARACTERS[tag], child, paragraph)
        elif tag == f"{_W}txbxContent":
            words.boxes.append(child)
        elif tag == f"{_M}den":
            words.add("/")
            _collect(child, paragraph, words)
        elif tag not in _UNSEEN and not (tag == f"{_W}r" and _hidden(child)):
            _collect(child, paragraph, words)


def _hidden(run: Element) -> bool:
    mark = run.find(f"{_W}rPr/{_W}vanish")
    return mark is not None and mark.get(f"{_W}val", "true") not in ("0", "false", "off")


def _inside(element: Element) -> Iterator[Element]:
    """The children, of which only the first where the others say the same for older programs."""
    return iter(element[:1] if element.tag == f"{_MC}AlternateContent" else element)


def _children(parent: Element, *tags: str) -> Iterator[Element]:
    """Children of these names, those in content controls and accepted insertions included."""
    for child in _inside(parent):
        if child.tag in tags:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _children(child, *tags)


def _blocks(parent: Element) -> Iterator[Element]:
    return _children(parent, f"{_W}p", f"{_W}tbl")


def _cells(table: Element, number: int) -> list[tuple[Cell, Element]]:
    """The cells of a table in order, each with the element that holds its text; what is merged into one is one."""
    found: list[tuple[int, int, int, Element]] = []  # row, column, columns
    rows: list[int] = []  # that each of them covers
    above: dict[int, int] = {}  # column → number of the cell that merges downwards there
    shown = (row for row in _children(table, f"{_W}tr") if row.find(f"{_W}trPr/{_W}del") is None)
    for index, row in enumerate(shown):
        column = _number(row.find(f"{_W}trPr/{_W}gridBefore"), 0)
        for cell in _children(row, f"{_W}tc"):
            columns = _number(cell.find(f"{_W}tcPr/{_W}gridSpan"), 1)
            merge = cell.find(f"{_W}tcPr/{_W}vMerge")
            if merge is not None and merge.get(f"{_W}val", "continue") == "continue" and column in above:
                rows[above[column]] = index - found[above[column]][0] + 1
            else:
                above.pop(column, None)
                if merge is not None:
                    above[column] = len(found)
                found.append((index, column, columns, cell))
                rows.append(1)
            column += columns
    return [
        (Cell(number, row, column, covered, columns), cell)
        for (row, column, columns, cell), covered in zip(found, rows, strict=True)
    ]


def _number(element: Element | None, otherwise: int) -> int:
    """A count of columns; what is no sensible one is as if it were not there."""
    value = "" if element is None else element.get(f"{_W}val", "")
    return int(value) if re.fullmatch(r"[1-9][0-9]{0,2}", value) else otherwise
