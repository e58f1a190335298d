"""The text is cut where figures and their inputs begin and end, and no word of it is lost."""

from __future__ import annotations

from dataclasses import replace

from junheng.claims.marking import Mark
from junheng.documents.document import Cell, Document, Kind, Piece
from junheng.web.claims.marked_text import Line, MarkedText, Table
from web.claim_documents import TEXT, checked


def lines(document, claims=()):
    return ["".join(segment.text for segment in block.segments) for block in MarkedText(document, claims).blocks]


def test_the_lines_are_those_of_the_report():
    found = checked()
    assert lines(found.document, found.claims) == TEXT.splitlines()


def test_the_gravest_figure_of_a_stretch_marks_it_and_all_are_named():
    found = checked()
    wrong = found.claims[2]
    inside = replace(found.claims[4], quote="32册", start=wrong.start + 4)
    segments = MarkedText(found.document, (wrong, inside)).blocks[1].segments
    assert [(one.text, one.numbers, one.mark) for one in segments[:2]] == [
        ("生均图书", (1,), Mark.WRONG),
        ("32册", (1, 2), Mark.WRONG),
    ]
    assert [one.symbol for one in segments[:2]] == ["", "✗"], "the sign stands once, at the end of the figure"


def test_inputs_that_are_no_figures_are_places_to_go_to():
    found = checked()
    only = MarkedText(found.document, found.claims[2:3])
    pupils = TEXT.index("学生1000人")
    assert pupils in only.places
    segment = next(one for one in only.blocks[0].segments if one.start == pupils)
    assert (segment.text, segment.mark, segment.is_used) == ("学生1000人", None, True)


def grid(*cells):
    text = "\n".join("甲乙丙丁"[: len(cells)])
    pieces = tuple(Piece(2 * at, 2 * at + 1, Kind.CELL, cell=cell) for at, cell in enumerate(cells))
    return Document("表.xlsx", text, pieces)


def test_cells_stand_where_they_stood_with_spans_and_gaps():
    document = grid(Cell(1, 0, 0, columns=2), Cell(1, 0, 2), Cell(1, 1, 1))
    (table,) = MarkedText(document, ()).blocks
    assert isinstance(table, Table)
    assert [[(len(cell.segments), cell.columns) for cell in row] for row in table.rows] == [
        [(1, 2), (1, 1)],
        [(0, 1), (1, 1), (0, 1)],
    ]


def test_a_cell_at_the_far_end_of_a_sheet_makes_no_million_gaps():
    (table,) = MarkedText(grid(Cell(1, 0, 0), Cell(1, 1_000_000, 16_000)), ()).blocks
    assert [len(row) for row in table.rows] == [1, 1]


def test_tables_and_the_text_between_them_keep_their_order():
    document = grid(Cell(1, 0, 0), None, Cell(2, 0, 0))
    assert [type(block) for block in MarkedText(document, ()).blocks] == [Table, Line, Table]
