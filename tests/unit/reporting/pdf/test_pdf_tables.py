"""The letters of a table are as large as its numbers allow."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_report import count, indicators, table_of_figures

from junheng.reporting.pdf.tables import table_data
from junheng.reporting.report.blocks import Table, cell, heads


def grid(columns: int, value: int = 10, *, landscape: bool = False) -> Table:
    row = tuple(cell(count(f"c{at}", value)) for at in range(columns))
    return Table("t", (), (1,) * columns, (heads(*"列" * columns), row), landscape=landscape)


@pytest.mark.parametrize(("columns", "size"), [(2, 12), (6, 10.5), (9, 9), (12, 7.5), (24, 6.5)])
def test_more_columns_have_smaller_letters(columns: int, size: float) -> None:
    assert table_data(grid(columns))["size"] == size


def test_a_lying_table_has_larger_letters() -> None:
    assert table_data(grid(10, landscape=True))["size"] > table_data(grid(10))["size"]


@given(st.integers(1, 16), st.integers(1, 10**9), st.booleans())
def test_no_number_is_wider_than_its_column(columns: int, value: int, landscape: bool) -> None:
    drawn = table_data(grid(columns, value, landscape=landscape))
    width = (637.8 if landscape else 442.2) / columns
    assert len(str(value)) * 0.55 * drawn["size"] < width or drawn["size"] == 6.5


def test_a_column_too_narrow_for_its_numbers_takes_from_the_others() -> None:
    rows = (heads("学校", "数"), (cell("甲"), cell(count("n", 10**12))))
    drawn = table_data(Table("t", (), (60, 1), rows))
    assert drawn["widths"][1] / sum(drawn["widths"]) > 1 / 20


def test_a_unit_is_not_torn_from_its_number() -> None:
    rows = (heads("指标", "差额"), (cell("用房"), cell("缺", count("n", 44754, "㎡"))))
    drawn = table_data(Table("t", (), (9, 1), rows))
    assert drawn["widths"][1] > 6 * 0.5 * drawn["size"] + drawn["size"]


def test_a_figure_among_words_keeps_its_unit_and_one_alone_leaves_it_to_the_head() -> None:
    rows = (heads("数（人）", "差额"), (cell(count("n", 3, "人")), cell("缺", count("m", 4, "人"))))
    body = table_data(Table("t", (), (1, 1), rows))["body"]
    assert [item["text"] for item in body[0]] == [["3"], ["缺4人"]]


def test_figures_stand_right_words_left_and_labels_in_the_middle() -> None:
    rows = table_data(indicators())["body"]
    assert [item["align"] for item in rows[0]] == ["center", "left", "right", "center", "right", "center"]


def test_heads_and_totals_have_weight() -> None:
    drawn = table_data(table_of_figures(2, 3))
    rows = (*drawn["head"], *drawn["body"])
    assert [all(item.get("bold") for item in row) for row in rows] == [True, False, False, True]
