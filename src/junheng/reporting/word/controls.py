"""Our controls in the text of a Word file that others may have edited: where they are, what they say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile

from junheng.reporting.word.marks import mark_of_bookmark, mark_of_tag
from junheng.reporting.word.xml import Element, add, add_text, value_of, w

_BEGINNING = 24  # characters of a paragraph that say which one it is


@dataclass(frozen=True, slots=True)
class Control:
    """One control.

    Attributes:
        mark: what it is called in the list of figures.
        element: the content control (``w:sdt``).
    """

    mark: str
    element: Element

    @property
    def text(self) -> str:
        """As it stands now; empty where only the prompt to type something is left."""
        return "" if self._prompt() is not None else _text(self.element.find(w("sdtContent"))).strip()

    @property
    def lines(self) -> str:
        """As it stands now, line by line."""
        said = self.element.find(w("sdtContent")).iter(w("t"), w("br"))
        return "".join("\n" if node.tag == w("br") else node.text or "" for node in said)

    def write(self, text: str) -> None:
        """Put other words in; they look as the first of the old ones did."""
        content, prompt = self.element.find(w("sdtContent")), self._prompt()
        old = list(content.iter(w("t")))
        run = old[0].getparent() if old else _empty_run(content)
        for words in (*old, *content.iter(w("br"))):
            words.getparent().remove(words)
        if prompt is not None:
            prompt.getparent().remove(prompt)
            if (grey := run.find(f"{w('rPr')}/{w('rStyle')}")) is not None:
                grey.getparent().remove(grey)
        add_text(run, text)

    def _prompt(self) -> Element | None:
        return self.element.find(f"{w('sdtPr')}/{w('showingPlcHdr')}")


def controls(root: Element) -> Iterator[Control]:
    """Our controls in reading order: those with our tag, and those without any that have a bookmark of ours."""
    for element in root.iter(w("sdt"), w("bookmarkStart")):
        if element.tag == w("sdt"):
            control, mark = element, mark_of_tag(value_of(element, "sdtPr/tag"))
        else:
            mark = mark_of_bookmark(element.get(w("name"), ""))
            control = None if mark is None else _marked_by(element)
        if mark is not None and control is not None and control.find(w("sdtContent")) is not None:
            yield Control(mark, control)


def _marked_by(bookmark: Element) -> Element | None:
    """The control around a bookmark (as LibreOffice writes it) or behind it; None where it has a tag of its own."""
    around = bookmark.getparent().getparent() if bookmark.getparent().tag == w("sdtContent") else None
    control = bookmark.getnext() if around is None else around
    if control is None or control.tag != w("sdt") or value_of(control, "sdtPr/tag") is not None:
        return None
    return control


class Places:
    """Where controls stand, in words for a person: a paragraph's beginning, or a table's caption and the row."""

    def __init__(self) -> None:
        self._captions: dict[Element, str] = {}

    def of(self, element: Element) -> str:
        row = paragraph = None
        for parent in element.iterancestors():
            if parent.tag == w("p"):
                paragraph = parent
            elif parent.tag == w("tr") and row is None:
                row = parent
            elif parent.tag == w("tbl"):
                if parent not in self._captions:
                    self._captions[parent] = _caption(parent)
                caption = self._captions[parent]
                title = _row_title(row)
                return "，".join(part for part in (f"表“{caption}”" if caption else "", title) if part)
        return _shortened(_text(element if paragraph is None else paragraph))


def _caption(table: Element) -> str:
    """The caption that the table has, else a first row of one cell, else the words above that are not its unit."""
    if caption := value_of(table, "tblPr/tblCaption"):
        return caption
    first = table.find(w("tr"))
    columns = table.findall(f"{w('tblGrid')}/{w('gridCol')}")
    if first is not None and len(columns) > 1 == len(first.findall(w("tc"))):
        return _shortened(_text(first))
    for above in table.itersiblings(preceding=True):
        words = _text(above).strip() if above.tag == w("p") else ""
        if words and not words.startswith("单位"):
            return _shortened(words)
        if above.tag == w("tbl"):
            break
    return ""


def _row_title(row: Element | None) -> str:
    """The words at the beginning of a row, before its figures."""
    cells = [] if row is None else row.findall(w("tc"))
    before = takewhile(lambda cell: cell.find(f".//{w('sdt')}") is None, cells)
    return "，".join(words for cell in before if (words := _shortened(_text(cell))))


def _shortened(words: str) -> str:
    words = words.strip()
    return words if len(words) <= _BEGINNING else f"{words[:_BEGINNING]}…"


def _text(element: Element) -> str:
    return "".join(word.text or "" for word in element.iter(w("t")))


def _empty_run(content: Element) -> Element:
    """A run to write into where nobody left one with words."""
    run = next(content.iter(w("r")), None)
    if run is not None:
        return run
    paragraph = next(content.iter(w("p")), None)
    return add(content if paragraph is None else paragraph, "r")
