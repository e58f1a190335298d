"""The blocks of a report, from heading to table: what is said, never how it is drawn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from junheng.base.outcome import Outcome
from junheng.reporting.report.runs import Figure, Note, Run, Text, figures_in

MARK = "＊"  # beside a figure that the note below the table says more of
Align = Literal["left", "centre", "right"]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; its number (一、（一）1.（1）) is given by whoever draws it.

    ``level`` 1 to 4; ``numbered`` is off for 附件 and the like. ``new_page`` starts it on a page of its own.
    """

    text: Text
    level: int = 1
    numbered: bool = True
    new_page: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: ``body`` (first line indented), ``address`` (主送), ``signature`` (落款) or small ``note``."""

    text: Text
    kind: Literal["body", "address", "signature", "note", "centre"] = "body"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell; ``outcome`` shades it, ``label`` marks what names others (heads, row titles)."""

    text: Text = ()
    rows: int = 1
    columns: int = 1
    align: Align | None = None  # None: figures to the right, words to the left, labels in the middle
    outcome: Outcome | None = None
    label: bool = False

    @property
    def bare(self) -> bool:
        """Whether it holds figures alone: their unit stands in the head. Among words they keep their units.

        A mark beside a figure (＊) is no word.
        """
        return all(isinstance(run, Figure | Note) or run == MARK for run in self.text)


@dataclass(frozen=True, slots=True)
class Table:
    """A table: rows of cells, of which the first ``head`` repeat on every page.

    A cell that spans rows or columns stands once, where it begins; the rows below leave its place out.

    Attributes:
        key: names the table among those of the report: the sheet of a workbook, the anchor of a page.
        widths: of the columns, relative to each other.
        note: what stands below it: where the figures are from, what a sign means.
        unit: 单位 at the upper right, where all figures share one.
        landscape: too wide for an upright page.
        total: rows at the end that add up those above (drawn with weight, not counted as rows).
    """

    key: str
    caption: Text
    widths: tuple[float, ...]
    rows: tuple[tuple[Cell, ...], ...]
    head: int = 1
    note: Text = ()
    unit: str = ""
    landscape: bool = False
    total: int = 0

    def __post_init__(self) -> None:
        covered = place(self.rows, len(self.widths))
        if covered:
            raise ValueError(f"table {self.key}: {covered}")

    @property
    def body(self) -> tuple[tuple[Cell, ...], ...]:
        """The rows below the head."""
        return self.rows[self.head :]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart: one Vega-Lite specification; ``says`` is the sentence for those who cannot see it."""

    key: str
    caption: Text
    spec: Mapping[str, Any] = field(hash=False)
    says: str = ""


@dataclass(frozen=True, slots=True)
class Contents:
    """The table of contents, of headings down to ``depth``."""

    depth: int = 2


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page."""


Block: TypeAlias = Heading | Paragraph | Table | Chart | Contents | PageBreak


def cell(
    *runs: Run,
    rows: int = 1,
    columns: int = 1,
    align: Align | None = None,
    outcome: Outcome | None = None,
    label: bool = False,
) -> Cell:
    """A cell of runs: ``cell("小学", label=True)``."""
    return Cell(runs, rows, columns, align, outcome, label)


def heads(*labels: str | Cell) -> tuple[Cell, ...]:
    """A row of column heads."""
    return tuple(label if isinstance(label, Cell) else Cell((label,), label=True) for label in labels)


def place(rows: Sequence[Sequence[Cell]], columns: int) -> str:
    """What is wrong with the grid that cells and spans make; empty when they fill it exactly."""
    taken: dict[int, int] = {}  # column → first row that it is free in
    for index, row in enumerate(rows):
        column = 0
        for item in row:
            while column < columns and taken.get(column, 0) > index:
                column += 1
            if column + item.columns > columns:
                return f"row {index + 1} is too wide"
            for at in range(column, column + item.columns):
                if taken.get(at, 0) > index:
                    return f"row {index + 1}, column {at + 1} is taken twice"
                taken[at] = index + item.rows
            column += item.columns
        free = [at for at in range(columns) if taken.get(at, 0) <= index]
        if free:
            return f"row {index + 1} has no cell for column {free[0] + 1}"
    if any(end > len(rows) for end in taken.values()):
        return "a cell spans rows below the last one"
    return ""


def figures(blocks: Iterable[Block]) -> Iterator[Figure]:
    """Every figure of the blocks, in reading order."""
    for block in blocks:
        match block:
            case Heading() | Paragraph():
                yield from figures_in(block.text)
            case Table():
                yield from figures_in(block.caption)
                for row in block.rows:
                    for item in row:
                        yield from figures_in(item.text)
                yield from figures_in(block.note)
            case Chart():
                yield from figures_in(block.caption)
