"""A document as the rules read it: lines, each with its place, from a report or from a file that somebody wrote."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from junheng.reporting.report.blocks import Chart, Heading, Paragraph, Table
from junheng.reporting.report.report import Report
from junheng.reporting.report.runs import Name, Note, Quote, Run, Text, words_of

Kind = Literal["title", "heading", "body", "cell"]


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph or cell.

    Attributes:
        own: ``text`` with the words of others blanked out character by character (what a standard or a clerk wrote,
            names): a rule on style must not blame the writer for them. The same as ``text`` where nobody knows.
        table: number of the table that a cell stands in, from 1; 0 outside.
        head: whether the cell names others.
    """

    text: str
    own: str
    kind: Kind
    place: str
    table: int = 0
    head: bool = False


@dataclass(frozen=True)
class Document:
    """The lines of a document in reading order, and whom it is about, as far as that is known.

    Attributes:
        county: code or name of the county; empty where nobody said.
        school: it is about one school. None: look at its title.
        form: a form with blanks that people fill in by hand.
        redacted: marks that hide figures are meant.
    """

    lines: tuple[Line, ...]
    county: str = ""
    school: bool | None = None
    form: bool = False
    redacted: bool = False

    @cached_property
    def title(self) -> str:
        """What the first line that is a title says; empty without one."""
        return next((line.text for line in self.lines if line.kind == "title"), "")


def document_of(report: Report, county: str = "") -> Document:
    """The lines of a report of ours."""
    name = county or next((run.text for run in report.title if isinstance(run, Name) and run.kind == "county"), "")
    school = any(isinstance(run, Name) and run.kind == "school" for run in report.title)
    return Document(tuple(_lines(report)), name, school, report.form, report.redacted)


def _lines(report: Report) -> Iterator[Line]:
    yield _line(report.title, "title", "标题")
    heading, paragraphs, tables = "正文开头", 0, 0
    for block in report.blocks:
        match block:
            case Heading():
                heading, paragraphs = words_of(block.text), 0
                yield _line(block.text, "heading", f"标题“{heading}”")
            case Paragraph():
                paragraphs += 1
                yield _line(block.text, "body", f"“{heading}”第{paragraphs}段")
            case Table():
                tables += 1
                where = f"“{heading}”表“{words_of(block.caption)}”"
                yield _line(block.caption, "body", where)
                for number, row in enumerate(block.rows, start=1):
                    for cell in row:
                        head = number <= block.head or cell.label
                        yield _line(cell.text, "cell", f"{where}第{number}行", tables, head=head)
                yield _line(block.note, "body", f"{where}下的说明")
            case Chart():
                yield _line(block.caption, "body", f"“{heading}”图“{words_of(block.caption)}”")


def _line(text: Text, kind: Kind, place: str, table: int = 0, *, head: bool = False) -> Line:
    return Line("".join(_shown(text)), "".join(_own(text)), kind, place, table, head)


def _shown(text: Text) -> Iterator[str]:
    for run in text:
        yield "".join(_shown(run.text)) if isinstance(run, Note) else str(run)


def _own(text: Text) -> Iterator[str]:
    for run in text:
        yield "".join(_own(run.text)) if isinstance(run, Note) else _blanked(run)


def _blanked(run: Run) -> str:
    """Blanks of the same length for what others wrote, so that positions stay."""
    return "\N{REPLACEMENT CHARACTER}" * len(str(run)) if isinstance(run, Name | Quote) else str(run)
