"""The text of a checked report as a page shows it: cut where figures and what they are computed from begin and end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from junheng.claims.claim import Claim, Input
from junheng.claims.marking import Mark, mark_of
from junheng.claims.stretches import Stretch, covering_by_piece, stretches
from junheng.documents.document import Cell, Document, Kind, Piece

_GRAVITY = {mark: place for place, mark in enumerate(Mark)}
# A sheet may have a cell at its far end: only tables that somebody could read are filled up to rectangles.
_MOST_CELLS = 4000


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text that belongs to the same figures throughout.

    Attributes:
        start: its offset in the document's text.
        numbers: the figures that it is part of, counted from 1, the gravest first.
        mark: the gravest of their marks; None where it is part of no figure.
        symbol: of the mark, where a figure ends that somebody should look at: colour does not speak alone.
        is_used: it is part of what a figure is computed from.
        is_place: a figure or an input begins here, so that links lead here.
    """

    text: str
    start: int
    numbers: tuple[int, ...] = ()
    mark: Mark | None = None
    symbol: str = ""
    is_used: bool = False
    is_place: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A heading or paragraph.

    Attributes:
        tag: the element of the page that it is.
        place: where in the file it stands, when that is said and differs from the line before.
    """

    tag: str
    segments: tuple[Segment, ...]
    place: str = ""


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell; one without segments fills a gap."""

    segments: tuple[Segment, ...]
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table, row by row."""

    rows: tuple[tuple[TableCell, ...], ...]
    place: str = ""


@dataclass(frozen=True)
class MarkedText:
    """A document with the figures that were found in it."""

    document: Document
    claims: Sequence[Claim]

    @cached_property
    def blocks(self) -> tuple[Line | Table, ...]:
        """Lines and tables in text order."""
        return tuple(self._blocks())

    @cached_property
    def places(self) -> frozenset[int]:
        """The offsets in the text that links may lead to."""
        begun = {span[0] for span in self._spans}
        return frozenset(start for start in begun if self.document.piece_at(start))

    @cached_property
    def _used(self) -> frozenset[int]:
        """Every offset in the text at which an input stands."""
        given = [given for claim in self.claims for given in claim.inputs if given.start >= 0]
        return frozenset(offset for one in given for offset in range(one.start, one.start + len(one.quote)))

    @cached_property
    def _spans(self) -> list[tuple[int, int]]:
        used = [given for claim in self.claims for given in claim.inputs if given.start >= 0]
        quoted: list[Claim | Input] = [*self.claims, *used]
        return [(one.start, one.start + len(one.quote)) for one in quoted]

    @cached_property
    def _cuts(self) -> dict[Piece, list[int]]:
        found: dict[Piece, list[int]] = {}
        for offset in sorted({offset for span in self._spans for offset in span}):
            if piece := self.document.piece_at(offset):
                found.setdefault(piece, []).append(offset)
        return found

    @cached_property
    def _covering(self) -> dict[Piece, dict[int, tuple[int, int]]]:
        return covering_by_piece(self.document, self.claims)

    def _blocks(self) -> Iterator[Line | Table]:
        place = ""
        for table, pieces in groupby(self.document.pieces, lambda piece: piece.cell.table if piece.cell else 0):
            if table:
                yield self._table(list(pieces))
                continue
            for piece in pieces:
                yield Line(_tag(piece), self._segments(piece), piece.place if piece.place != place else "")
                place = piece.place

    def _table(self, pieces: Sequence[Piece]) -> Table:
        found = [(piece.cell, self._segments(piece)) for piece in pieces if piece.cell]
        height = max(cell.row + cell.rows for cell, _segments in found)
        columns = max(cell.column + cell.columns for cell, _segments in found)
        if height * columns <= _MOST_CELLS:
            return Table(tuple(_filled(found, height, columns)), pieces[0].place)
        by_row = groupby(found, lambda entry: entry[0].row)
        rows = (tuple(TableCell(segments) for _cell, segments in row) for _row, row in by_row)
        return Table(tuple(rows), pieces[0].place)

    def _segments(self, piece: Piece) -> tuple[Segment, ...]:
        found = stretches(piece, self._covering.get(piece, {}), self._cuts.get(piece, ()))
        return tuple(self._segment(stretch) for stretch in found)

    def _segment(self, stretch: Stretch) -> Segment:
        marks = {figure: mark_of(self.claims[figure]) for figure in stretch.figures}
        figures = sorted(marks, key=lambda figure: (_GRAVITY[marks[figure]], figure))
        mark = marks[figures[0]] if figures else None
        ends_here = mark in (Mark.WRONG, Mark.MISSED) and self.claims[figures[0]].end == stretch.end
        return Segment(
            text=self.document.text[stretch.start : stretch.end],
            start=stretch.start,
            numbers=tuple(figure + 1 for figure in figures),
            mark=mark,
            symbol=mark.symbol if mark and ends_here else "",
            is_used=stretch.start in self._used,
            is_place=stretch.start in self.places,
        )


def _tag(piece: Piece) -> str:
    match piece.kind:
        case Kind.TITLE:
            return "h3"
        case Kind.HEADING:
            return "h4" if piece.level <= 1 else "h5"
        case _:
            return "p"


def _filled(
    found: list[tuple[Cell, tuple[Segment, ...]]], height: int, columns: int
) -> Iterator[tuple[TableCell, ...]]:
    """Rows in which every column has its cell, the span of another one, or a gap."""
    at = {(cell.row, cell.column): (cell, segments) for cell, segments in found}
    covered: set[tuple[int, int]] = set()
    for row in range(height):
        cells: list[TableCell] = []
        for column in range(columns):
            if (row, column) in covered:
                continue
            cell, segments = at.get((row, column), (None, ()))
            if cell is None:
                cells.append(TableCell(()))
                continue
            cells.append(TableCell(segments, cell.rows, cell.columns))
            covered.update((row + r, column + c) for r in range(cell.rows) for c in range(cell.columns))
        yield tuple(cells)
