"""Tables have the same measures in Word and PDF: no number torn, no label lost overleaf, no low table broken."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_report import count, indicators, table_of_figures

from junheng.reporting.report.blocks import Cell, Table, cell, heads, place
from junheng.reporting.report.runs import words_of
from junheng.reporting.report.table_fit import fitted

UPRIGHT = 442.2


def grouped(groups: int, rows: int, label: Cell | None = None) -> Table:
    """Rows of a line each under labels that span them."""
    first = label or cell("类", label=True)
    body = []
    for group in range(groups):
        for row in range(rows):
            values = (cell("事项"), cell(count(f"{group}.{row}", row)))
            body.append((Cell(first.text, rows, label=True), *values) if row == 0 else values)
    return Table("t", (), (1, 1, 1), (heads("类别", "事项", "数"), *body))


def labels(table: Table) -> list[int]:
    """The rows that each label spans."""
    return [row[0].rows for row in table.body if len(row) == len(table.widths)]


def test_a_label_over_more_than_half_a_page_is_said_again() -> None:
    drawn, _ = fitted(grouped(1, 60), UPRIGHT)
    spans = labels(drawn)
    assert sum(spans) == 60
    assert len(spans) == 4
    assert max(spans) - min(spans) <= 2
    assert not place(drawn.rows, 3)
    assert {words_of(row[0].text) for row in drawn.body if len(row) == 3} == {"类"}


def test_a_label_that_a_page_holds_stands_once() -> None:
    assert labels(fitted(grouped(9, 8), UPRIGHT)[0]) == [8] * 9


def test_a_figure_over_many_rows_stands_once_or_it_would_be_marked_twice() -> None:
    assert labels(fitted(grouped(1, 60, cell(count("n", 3))), UPRIGHT)[0]) == [60]


def test_what_a_table_says_is_not_changed_by_restating() -> None:
    table = grouped(2, 50)
    drawn, _ = fitted(table, UPRIGHT)
    assert [row[-2:] for row in drawn.rows] == [row[-2:] for row in table.rows]


@pytest.mark.parametrize(("rows", "whole"), [(3, True), (9, True), (15, False)])
def test_a_low_table_stays_on_one_page_and_a_higher_one_leaves_no_page_half_empty(rows: int, whole: bool) -> None:
    assert fitted(grouped(1, rows), UPRIGHT)[1].whole is whole


def test_a_row_too_tall_to_be_kept_whole_may_be_broken() -> None:
    rows = ((cell("甲"), cell("说明" * 300)), (cell("乙"), cell("短")))
    _, fit = fitted(Table("t", (), (1, 3), rows, head=0), UPRIGHT)
    assert fit.tall == {0}
    assert not fit.whole


def test_long_words_over_several_rows_make_these_tall() -> None:
    rows = ((cell("说明" * 600, rows=2), cell("甲")), (cell("乙"),), (cell("丙"), cell("丁")))
    assert fitted(Table("t", (), (1, 3), rows, head=0), UPRIGHT)[1].tall == {0, 1}


def test_short_heads_stand_on_one_line_where_there_is_room() -> None:
    row = (cell("说明" * 20), cell(count("n", 1)), cell(count("m", 2)))
    _, fit = fitted(Table("t", (), (4, 1, 1), (heads("情况", "平均班额（人）", "教学班（个）"), row)), UPRIGHT)
    assert fit.widths[1] > 7 * fit.size
    assert fit.widths[2] > 6 * fit.size


@given(st.integers(1, 30), st.lists(st.text("字a1，\n", max_size=60), min_size=1, max_size=8), st.booleans())
def test_columns_are_together_as_wide_as_the_text(columns: int, words: list[str], landscape: bool) -> None:
    rows = tuple(tuple(cell(words[(at + row) % len(words)]) for at in range(columns)) for row in range(3))
    _, fit = fitted(Table("t", (), (1,) * columns, rows, landscape=landscape), UPRIGHT)
    assert sum(fit.widths) == pytest.approx(UPRIGHT)
    assert min(fit.widths) > 0


@pytest.mark.parametrize("table", [indicators(), table_of_figures(40, 6)])
def test_the_grid_stays_filled(table: Table) -> None:
    assert not place(fitted(table, UPRIGHT)[0].rows, len(table.widths))


def test_few_rows_under_one_label_are_not_parted() -> None:
    assert fitted(grouped(9, 3), UPRIGHT)[1].kept == {at for at in range(1, 28) if at % 3}
    assert not fitted(grouped(2, 20), UPRIGHT)[1].kept
