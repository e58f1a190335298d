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
# Room below a table without a note, which Word gives to the paragraph after it; a caption brings its own.
_BELOW_TABLE, _ABOVE_CAPTION = 160, 270
_CHARACTER = 320  # twips


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
    below_table: bool = False  # the last block was a table without a note
    _controls: count[int] = field(default_factory=lambda: count(_LATER_THAN_NUMBERS))
    _notes: count[int] = field(default_factory=lambda: count(1))

    def paragraph(
        self,
        style: str,
        *,
        parent: Element | None = None,
        within: Element | None = None,
        keep: bool = False,
        unnumbered: bool = False,
        numbering: int | None = None,
        tab: int | None = None,
        before: int | None = None,
        indent: int | None = None,
        align: str = "",
    ) -> Element:
        """A new paragraph of a style; what differs from the style is said here.

        Args:
            parent: a cell or a footnote; else it is a paragraph of the body.
            within: what holds it, of the body.
            keep: on the page of the paragraph after it.
            unnumbered: a heading without the number of its style, at the left edge.
            numbering: the list that a heading is numbered in, where it is not that of its style.
            tab: where a right-hand tab with leading dots is, in twips.
            before: room above, in twips.
            indent: from the right, in hundredths of a character.
            align: ``left``, ``center`` or ``right``.
        """
        outer = self.body if within is None else within
        paragraph = add(outer if parent is None else parent, "p")
        properties = add(paragraph, "pPr")
        add(properties, "pStyle", val=self.styles[style])
        if keep:
            add(properties, "keepNext")
        if parent is None:
            if self.break_before:
                add(properties, "pageBreakBefore")
            elif self.below_table and before is None:
                before = _ABOVE_CAPTION if style == "表题" else _BELOW_TABLE
            self.break_before = self.below_table = False
        if unnumbered or numbering is not None:
            number = add(properties, "numPr")
            if unnumbered:
                add(number, "ilvl", val=0)
            add(number, "numId", val=numbering or 0)
        if tab is not None:
            add(add(properties, "tabs"), "tab", val="right", leader="dot", pos=tab)
        if before is not None:
            add(properties, "spacing", before=before)
        if unnumbered:
            add(properties, "ind", left=0, firstLineChars=0, firstLine=0)
        elif indent is not None:
            add(properties, "ind", rightChars=indent, right=indent * _CHARACTER // 100)
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
        self._control(paragraph, self.marks.of(figure, bare=bare), figure.about, printed, look)

    def small_print(self, paragraph: Element, mark: str, text: Text) -> None:
        """A line of the small print, which can be written again; not in a copy without marks."""
        if self.marks is None:
            self.line(paragraph, text)
        else:
            self._control(paragraph, mark, "", words_of(text), "")

    def _control(self, paragraph: Element, mark: str, about: str, words: str, look: str) -> None:
        number = next(self._controls)
        add(paragraph, "bookmarkStart", id=number, name=bookmark(mark, number))
        control = add(paragraph, "sdt")
        properties = add(control, "sdtPr")
        if about:
            add(properties, "alias", val=title(about))
        add(properties, "tag", val=tag(mark))
        add(properties, "id", val=number)
        self.words(add(control, "sdtContent"), words, look)
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
