"""A report as a Word file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import count
from pathlib import Path
from typing import Final, TypeGuard

from junheng.reporting.report.blocks import Block, Chart, Contents, Heading, PageBreak, Paragraph, Table
from junheng.reporting.report.numbering import numbers
from junheng.reporting.report.provenance import provenance_lines
from junheng.reporting.report.report import Report
from junheng.reporting.report.runs import Text, words_of
from junheng.reporting.report.sections import sections
from junheng.reporting.report.title import title_lines
from junheng.reporting.word.contents import bookmark, write_contents
from junheng.reporting.word.draft import Draft, plain
from junheng.reporting.word.footnotes import new_notes
from junheng.reporting.word.marks import Marks, print_mark, write_list
from junheng.reporting.word.package import Shell, new_shell, relate_figures, relate_notes, shell_of
from junheng.reporting.word.page import Pages
from junheng.reporting.word.pictures import write_chart
from junheng.reporting.word.tables import write_table
from junheng.reporting.word.xml import Element, add, printable, w

_ABOVE_SIGNATURE: Final = 900  # twips: with the line's own air, two lines
_BESIDE_SIGNATURE: Final = 4  # characters
_STYLES: Final = {"body": "Normal", "address": "主送", "signature": "落款", "note": "说明", "centre": "居中"}


def write_word(
    report: Report,
    path: str | Path,
    *,
    template: str | Path | None = None,
    contents_pages: Mapping[int, int] | None = None,
) -> None:
    """Write a report as .docx: opens in Word, WPS and LibreOffice, with every figure marked.

    In a redacted copy nothing is marked: keys and titles of figures say whose they are.

    Args:
        template: a file written by this function and changed by hand: its styles, margins, heads and feet are used,
            its text is not.
        contents_pages: index of a heading among all headings → its page, for the table of contents; without it the
            table has no page numbers until somebody brings it up to date.

    Raises:
        NotWordError: the template is no .docx.
        TooLargeWordError: the template unpacks to more than a report ever has.
        OSError: the place cannot be written to.
    """
    shell = new_shell() if template is None else shell_of(template)
    writer = _Writer(report, shell, contents_pages)
    writer.write()
    relate_notes(shell, writer.draft.notes)
    if writer.draft.marks is not None:
        entries = writer.draft.marks.entries
        relate_figures(shell, write_list(entries, report.provenance, report=report.id, checksum=report.checksum))
    about = shell.document.core_properties
    about.title, about.language = printable(plain(report.title)), "zh-CN"
    about.author = about.last_modified_by = "Junheng"
    shell.save(path)


class _Writer:
    """Draws the blocks one after another."""

    def __init__(self, report: Report, shell: Shell, contents_pages: Mapping[int, int] | None) -> None:
        marks = None if report.redacted else Marks()
        self.draft = Draft(shell.body, shell.styles, new_notes(), marks)
        self._report = report
        self._document = shell.document
        self._pages = Pages(shell.section)
        self._contents_pages = contents_pages
        self._lists = shell.heading_lists()
        self._headings = _numbered(report)
        self._small_print = {Paragraph(line, "note"): name for name, line in provenance_lines(report).items()}
        self._heading, self._picture = count(), count(1)

    def write(self) -> None:
        report, draft = self._report, self.draft
        if report.title:
            title = draft.paragraph("公文标题")
            for index, line in enumerate(title_lines(report.title)):
                if index:
                    add(add(title, "r"), "br")
                draft.line(title, line)
        if report.subtitle:
            draft.line(draft.paragraph("公文副标题"), report.subtitle)
        parts = sections((*report.blocks, *self._small_print))
        for index, (lying, blocks) in enumerate(parts):
            draft.break_before = draft.below_table = False
            self._write_blocks(blocks, self._pages.width(lying=lying))
            self._pages.end(self._last_place(is_end=index == len(parts) - 1), lying=lying)

    def _write_blocks(self, blocks: Sequence[Block], width: int) -> None:
        draft = self.draft
        for index, block in enumerate(blocks):
            match block:
                case Heading():
                    draft.break_before |= block.new_page and index > 0
                    self._write_heading(block)
                case Paragraph(kind="signature"):
                    self._write_signature(block, blocks, index)
                case Paragraph():
                    below = blocks[index + 1] if index + 1 < len(blocks) else None
                    paragraph = draft.paragraph(_STYLES[block.kind], keep=_signs(below))  # which is never alone
                    if (line := self._small_print.get(block)) is not None:
                        draft.small_print(paragraph, print_mark(line), block.text)
                    else:
                        draft.line(paragraph, block.text)
                case Table():
                    write_table(draft, block, width, title_row=self._report.form)
                case Chart():
                    write_chart(draft, self._document, block, width, next(self._picture))
                case Contents():
                    write_contents(draft, self._headings, block.depth, width=width, pages=self._contents_pages)
                case PageBreak():
                    draft.break_before = True

    def _write_heading(self, heading: Heading) -> None:
        """The heading, with the bookmark that the table of contents leads to."""
        index = next(self._heading)
        number, _ = self._headings[index]
        numbering = None if self._report.form else self._lists.of(heading)
        paragraph = self.draft.paragraph(f"heading {heading.level}", unnumbered=not number, numbering=numbering)
        add(paragraph, "bookmarkStart", id=index, name=bookmark(index))
        self.draft.line(paragraph, heading.text)
        add(paragraph, "bookmarkEnd", id=index)

    def _write_signature(self, line: Paragraph, blocks: Sequence[Block], index: int) -> None:
        """A line of the signature: the longest ends four characters from the margin, the others share its middle."""
        first = last = index
        while first and _signs(blocks[first - 1]):
            first -= 1
        while last + 1 < len(blocks) and _signs(blocks[last + 1]):
            last += 1
        wide = [_ems(block.text) for block in blocks[first : last + 1] if isinstance(block, Paragraph)]
        own = wide[index - first]
        paragraph = self.draft.paragraph(
            _STYLES["signature"],
            keep=index < last,
            before=_ABOVE_SIGNATURE if index == first else None,
            indent=round(100 * (_BESIDE_SIGNATURE + (max(wide) - own) / 2)),
        )
        self.draft.line(paragraph, line.text)

    def _last_place(self, *, is_end: bool) -> Element:
        """Where the properties of a section go: the last paragraph, or at the very end the body."""
        body = self.draft.body
        last = body[-1] if len(body) else None
        if last is None or last.tag != w("p"):
            last = self.draft.paragraph("分隔", before=0)  # no file may end with a table, nor a section
        return body if is_end else last.find(w("pPr"))


def _signs(block: Block | None) -> TypeGuard[Paragraph]:
    return isinstance(block, Paragraph) and block.kind == "signature"


def _ems(text: Text) -> float:
    """The width of a line in characters of Chinese."""
    return sum(0.5 if char < "\x7f" else 1 for char in words_of(text))


def _numbered(report: Report) -> list[tuple[str, Heading]]:
    """All headings with their numbers; those of a form have none."""
    headings = [block for block in report.blocks if isinstance(block, Heading)]
    if report.form:
        return [("", heading) for heading in headings]
    return list(zip(numbers(headings), headings, strict=True))
