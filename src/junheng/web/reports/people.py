"""Whether a report names persons: such a one is for those who make plans."""

from __future__ import annotations

from collections.abc import Iterator

from junheng.reporting.report.blocks import Block, Chart, Heading, Paragraph, Table
from junheng.reporting.report.report import Report
from junheng.reporting.report.runs import Name, Note, Text


def names_people(report: Report) -> bool:
    """Whether it names somebody, in a table or a footnote too."""
    return any(_in(text) for block in report.blocks for text in _texts(block))


def _in(text: Text) -> bool:
    return any(
        (isinstance(run, Name) and run.kind == "person") or (isinstance(run, Note) and _in(run.text)) for run in text
    )


def _texts(block: Block) -> Iterator[Text]:
    match block:
        case Heading() | Paragraph():
            yield block.text
        case Chart():
            yield block.caption
        case Table():
            yield from (block.caption, block.note)
            yield from (cell.text for row in block.rows for cell in row)
