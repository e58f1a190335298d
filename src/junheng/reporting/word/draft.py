"""A Word file while it is written: paragraphs and lines of runs, with marks, footnotes and bookmarks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import count

from junheng.reporting.report.runs import Figure, Note, Text, words_of
from junheng.reporting.word.marks import Marks, bookmark, tag, title
from junheng.reporting.word.xml import Element, add, add_text

# Signs that are in Latin and in Chinese typefaces: here always Chinese, or “” and — come out half as wide.
_EITHER = re.compile("[“”‘’…—·×÷°±①-⑳]")
_LATER_THAN_NUMBERS = 100_000  # ids of controls: above those of bookmarks, so that no reader mixes them up


@dataclass
class Draft:
    """What grows while a report is written.

    Attributes:
        body: where blocks go.
        styles: the id of each style, by its name.
        notes: the root of the footnotes.
        marks: None where figures are not to be marked: what is known of them names who they are about.
    """

    body: Element
    styles: Mapping[str, str]
    notes: Element
    marks: Marks | None
    break_before: bool = False  # the next paragraph begins a page
    _controls: count[int] = field(default_factory=lambda: count(_LATER_THAN_NUMBERS))
    _notes: count[int] = field(default_factory=lambda: count(1))

    def paragraph(
        self,
        style: str,
        *,
        parent: Element | None = None,
        keep: bool = False,
        unnumbered: bool = False,
        tab: int | None = None,
        align: str = "",
    ) -> Element:
        """A new paragraph of a style; what differs from the style is said here.

        Args:
            keep: on the page of the paragraph after it.
            unnumbered: a heading without the number of its style, at the left edge.
            tab: where a right-hand tab with leading dots is, in twips.
            align: ``left``, ``center`` or ``right``.
        """
        paragraph = add(self.body if parent is None else parent, "p")
        properties = add(paragraph, "pPr")
        add(properties, "pStyle", val=self.styles[style])
        if keep:
            add(properties, "keepNext")
        if self.break_before and parent is None:
            add(properties, "pageBreakBefore")
            self.break_before = False
        if unnumbered:
            numbering = add(properties, "numPr")
            add(numbering, "ilvl", val=0)
            add(numbering, "numId", val=0)
        if tab is not None:
            add(add(properties, "tabs"), "tab", val="right", leader="dot", pos=tab)
        if unnumbered:
            add(properties, "ind", left=0, firstLineChars=0, firstLine=0)
        if align:
            add(properties, "jc", val=align)
        return paragraph

    def line(self, paragraph: Element, text: Text, *, bare: bool = False, look: str = "", notes: bool = True) -> None:
        """Runs into a paragraph.

        Args:
            bare: figures go without their unit.
            look: the name of a character style.
            notes: footnotes may stand here; else they follow in brackets, as within a footnote.
        """
        for run in text:
            if isinstance(run, Figure):
                self._figure(paragraph, run, bare, look)
            elif isinstance(run, Note):
                if notes:
                    self._note(paragraph, run)
                else:
                    self.line(paragraph, ("（", *run.text, "）"), bare=bare, look=look, notes=False)
            elif words := str(run):
                self.words(paragraph, words, look)

    def words(self, parent: Element, words: str, look: str = "") -> None:
        """One run of plain words."""
        run = add(parent, "r")
        either = _EITHER.search(words)
        if look or either:
            properties = add(run, "rPr")
            if look:
                add(properties, "rStyle", val=self.styles[look])
            if either:
                add(properties, "rFonts", hint="eastAsia")
        add_text(run, words)

    def _figure(self, paragraph: Element, figure: Figure, bare: bool, look: str) -> None:
        printed = figure.number if bare else figure.text
        if self.marks is None:
            self.words(paragraph, printed, look)
            return
        mark, number = self.marks.of(figure, bare=bare), next(self._controls)
        add(paragraph, "bookmarkStart", id=number, name=bookmark(mark, number))
        control = add(paragraph, "sdt")
        properties = add(control, "sdtPr")
        if figure.about:
            add(properties, "alias", val=title(figure.about))
        add(properties, "tag", val=tag(mark))
        add(properties, "id", val=number)
        self.words(add(control, "sdtContent"), printed, look)
        add(paragraph, "bookmarkEnd", id=number)

    def _note(self, paragraph: Element, note: Note) -> None:
        number = next(self._notes)
        self._reference(paragraph, "footnoteReference", id=number)
        inside = self.paragraph("footnote text", parent=add(self.notes, "footnote", id=number))
        self._reference(inside, "footnoteRef")
        self.line(inside, (" ", *note.text), notes=False)

    def _reference(self, paragraph: Element, name: str, **attributes: int) -> None:
        run = add(paragraph, "r")
        add(add(run, "rPr"), "rStyle", val=self.styles["footnote reference"])
        add(run, name, **attributes)


def plain(text: Text) -> str:
    """The line as words alone, on one line."""
    return " ".join(words_of(text).split())
