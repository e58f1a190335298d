"""A report as the page draws it: numbers of headings and footnotes, tables cut where they are long."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.core.paginator import Page, Paginator

from junheng.reporting.report.blocks import Block, Cell, Chart, Contents, Heading, PageBreak, Paragraph, Table
from junheng.reporting.report.numbering import numbers
from junheng.reporting.report.report import Report
from junheng.reporting.report.runs import Figure, Note, Text, words_of

ROWS_SHOWN = 50  # of a table; the files have them all
BLOCKS_SHOWN = 120  # on a page of the preview
_CONTENTS_DEPTH, _FEWEST_CONTENTS = 2, 3  # beside the preview
_FEW, _WIDE = 3, 8  # columns: what a phone bears, and what an upright page does
_ALIGN = {"left": "", "centre": "centre", "right": "num"}


@dataclass(frozen=True)
class Line:
    """A line with the numbers of its footnotes, in their order."""

    text: Text
    notes: tuple[int, ...] = ()


@dataclass(frozen=True)
class DrawnCell:
    """A cell of a table: ``style`` names how its words lie and its outcome's shade."""

    line: Line
    rows: int
    columns: int
    style: str
    label: bool
    bare: bool


@dataclass(frozen=True)
class DrawnTable:
    """A table: its head, the rows that are shown, the rows that add up; ``left_out`` rows are in the files only."""

    key: str
    caption: Line
    unit: str
    note: Line
    shares: tuple[int, ...]  # widths of the columns in per cent
    head: list[list[DrawnCell]]
    body: list[list[DrawnCell]]
    total: list[list[DrawnCell]]
    rows: int
    left_out: int
    breadth: str


@dataclass(frozen=True)
class Drawn:
    """A block as a template draws it: ``kind`` names the piece, the rest is what that piece needs."""

    kind: str
    line: Line = Line(())
    level: int = 0
    number: str = ""
    anchor: str = ""
    table: DrawnTable | None = None
    chart: Chart | None = None


@dataclass(frozen=True)
class Entry:
    """A line of the contents; ``address`` leads to its heading, on whatever page of the preview that is."""

    words: str
    level: int
    address: str


@dataclass(frozen=True)
class Preview:
    """One page of the preview.

    Attributes:
        contents: of the whole report.
        notes: the footnotes of this page, by number.
        left_out: rows of its tables that are in the files only.
    """

    title: Line
    subtitle: Line
    page: Page[Drawn]
    contents: list[Entry]
    notes: list[tuple[int, Line]]
    left_out: int


def preview_of(report: Report, page: str = "") -> Preview:
    """The page that is asked for of what a report says; the nearest one where there is none such."""
    footnotes = _Footnotes()
    title, subtitle = footnotes.line(report.title), footnotes.line(report.subtitle)
    drawn = list(_drawn(report.blocks, footnotes))
    shown = Paginator(drawn, BLOCKS_SHOWN, orphans=BLOCKS_SHOWN // 4).get_page(page)
    contents = list(_contents(drawn, shown))
    said = {number for block in shown for number in _notes_of(block)}
    if shown.number == 1:
        said |= {*title.notes, *subtitle.notes}
    return Preview(
        title,
        subtitle,
        shown,
        contents if len(contents) >= _FEWEST_CONTENTS else [],
        [(number, Line(text)) for number, text in footnotes.texts.items() if number in said],
        sum(block.table.left_out for block in shown if block.table),
    )


@dataclass
class _Footnotes:
    """Numbers footnotes in reading order."""

    texts: dict[int, Text] = field(default_factory=dict)

    def line(self, text: Text) -> Line:
        found = []
        for run in text:
            if isinstance(run, Note):
                number = len(self.texts) + 1
                self.texts[number] = run.text
                found.append(number)
        return Line(text, tuple(found))


def _drawn(blocks: Sequence[Block], footnotes: _Footnotes) -> Iterator[Drawn]:
    given = iter(numbers(block for block in blocks if isinstance(block, Heading)))
    for at, block in enumerate(blocks):
        match block:
            case Heading():
                line = footnotes.line(block.text)
                yield Drawn("heading", line, min(block.level, 4), next(given), f"h{at}")
            case Paragraph():
                yield Drawn(block.kind, footnotes.line(block.text))
            case Table():
                yield Drawn("table", table=_table(block, footnotes))
            case Chart():
                yield Drawn("chart", footnotes.line(block.caption), anchor=f"c{at}", chart=block)
            case Contents():
                yield Drawn("contents")
            case PageBreak():
                yield Drawn("break")


def _table(table: Table, footnotes: _Footnotes) -> DrawnTable:
    last = len(table.rows) - table.total
    upto = min(last, table.head + ROWS_SHOWN)
    if last - upto <= ROWS_SHOWN // 5:  # a few more are not worth being left out
        upto = last
    caption = footnotes.line(table.caption)
    rows = [
        # A cell that spans further ends where the table is cut.
        [_cell(cell, footnotes, rows=min(cell.rows, upto - at) if at < upto else cell.rows) for cell in row]
        for at, row in enumerate(table.rows)
    ]
    shares = tuple(round(100 * width / sum(table.widths)) for width in table.widths)
    return DrawnTable(
        table.key,
        caption,
        table.unit,
        footnotes.line(table.note),
        shares,
        head=rows[: table.head],
        body=rows[table.head : upto],
        total=rows[last:],
        rows=last - table.head,
        left_out=last - upto,
        breadth=_breadth(table),
    )


def _breadth(table: Table) -> str:
    if table.landscape or len(table.widths) > _WIDE:
        return "is-wide"
    return "is-middling" if len(table.widths) > _FEW else ""


def _cell(cell: Cell, footnotes: _Footnotes, *, rows: int) -> DrawnCell:
    align = _ALIGN[cell.align] if cell.align else _usual(cell)
    style = " ".join(filter(None, (align, f"shade-{cell.outcome}" if cell.outcome else "")))
    return DrawnCell(footnotes.line(cell.text), rows, cell.columns, style, cell.label, cell.bare)


def _usual(cell: Cell) -> str:
    """Figures to the right, labels in the middle, words to the left."""
    if cell.label:
        return "centre"
    said = [run for run in cell.text if not isinstance(run, Note)]
    return "num" if said and all(isinstance(run, Figure) for run in said) else ""


def _notes_of(block: Drawn) -> Iterator[int]:
    yield from block.line.notes
    if block.table:
        yield from (*block.table.caption.notes, *block.table.note.notes)
        for row in (*block.table.head, *block.table.body, *block.table.total):
            for cell in row:
                yield from cell.line.notes


def _contents(drawn: Sequence[Drawn], shown: Page[Drawn]) -> Iterator[Entry]:
    last = shown.paginator.num_pages
    for at, block in enumerate(drawn):
        if block.kind == "heading" and block.level <= _CONTENTS_DEPTH:
            page = min(at // BLOCKS_SHOWN + 1, last)
            address = f"#{block.anchor}" if page == shown.number else f"?page={page}#{block.anchor}"
            yield Entry(f"{block.number}{words_of(block.line.text)}", block.level, address)
