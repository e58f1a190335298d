"""The model keeps figures apart from words, and refuses a table whose cells do not fill it."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from junheng.reporting.facts.digits import digits_beside
from junheng.reporting.facts.facts import change, size
from junheng.reporting.report.blocks import Cell, Paragraph, Table, cell, figures, heads
from junheng.reporting.report.runs import Figure, Name, Note, Quote, listed, say, words_of


def test_a_figure_prints_its_unit_in_a_sentence_and_only_its_number_in_a_cell() -> None:
    figure = Figure("k", Fraction(25, 2), "㎡", digits=2)
    assert figure.text == "12.5㎡"
    assert figure.number == "12.5"


def test_a_coefficient_keeps_the_zeros_that_say_how_exact_it_is() -> None:
    assert Figure("k", 0.5, digits=3, fixed=True).text == "0.500"


def test_an_unknown_figure_says_why_and_never_zero() -> None:
    assert Figure("k", None, "人").text == "未填报"
    assert Figure("k", None, "人", absent="无学生").number == "无学生"


def test_equipment_for_pupils_who_are_not_there_is_no_number() -> None:
    assert Figure("k", float("inf"), "人").number == "没有配备"


def test_a_sentence_puts_runs_in_their_places() -> None:
    pupils = Figure("k", 120, "人")
    text = say("{school}有学生{pupils}。", school=Name("青石小学", "school"), pupils=pupils)
    assert words_of(text) == "青石小学有学生120人。"
    assert [*figures([Paragraph(text)])] == [pupils]


def test_a_sentence_refuses_a_run_that_has_no_place_in_it() -> None:
    with pytest.raises(KeyError, match="pupils"):
        say("没有数字。", pupils=Figure("k", 1))


def test_a_sentence_refuses_a_place_without_a_run() -> None:
    with pytest.raises(KeyError, match="pupils"):
        say("学生{pupils}。")


def test_several_runs_are_listed_with_signs_between_them() -> None:
    text = say("缺{what}。", what=listed([Quote("图书"), Quote("电脑"), (Quote("教师"), Figure("k", 2, "名"))]))
    assert words_of(text) == "缺图书、电脑、教师2名。"


def test_the_figures_of_a_footnote_count_and_its_words_do_not_run_into_the_line() -> None:
    noted = say("学生{pupils}{note}。", pupils=Figure("a", 3, "人"), note=Note((Figure("b", 4, "人"),)))
    assert words_of(noted) == "学生3人。"
    assert [figure.key for figure in figures([Paragraph(noted)])] == ["a", "b"]


@pytest.mark.parametrize(
    ("rows", "wrong"),
    [
        ([[cell("a"), cell("b"), cell("c")]], "too wide"),
        ([[cell("a")]], "no cell for column 2"),
        ([[cell("a", rows=2), cell("b")], [cell("c"), cell("d")]], "too wide"),
        ([[cell("a", rows=2), cell("b")]], "below the last one"),
    ],
)
def test_a_table_whose_cells_do_not_fill_it_is_refused(rows: list[list[Cell]], wrong: str) -> None:
    with pytest.raises(ValueError, match=wrong):
        Table("t", (), (1, 1), tuple(tuple(row) for row in rows))


@given(st.data())
def test_any_grid_cut_into_rectangles_is_a_table(data: st.DataObject) -> None:
    """Split a grid at random into spans; written as rows of cells it must be accepted."""
    height, width = data.draw(st.integers(1, 5)), data.draw(st.integers(1, 5))
    taken: set[tuple[int, int]] = set()
    rows: list[tuple[Cell, ...]] = []
    for y in range(height):
        row = []
        for x in range(width):
            if (y, x) in taken:
                continue
            room = next((n for n in range(x, width) if (y, n) in taken), width) - x
            spans = Cell(("x",), data.draw(st.integers(1, height - y)), data.draw(st.integers(1, room)))
            taken |= {(y + i, x + j) for i in range(spans.rows) for j in range(spans.columns)}
            row.append(spans)
        rows.append(tuple(row))
    table = Table("t", (), (1.0,) * width, tuple(rows), head=0)
    assert len(table.body) == height


def test_the_head_is_not_among_the_rows_of_the_body() -> None:
    table = Table("t", (), (1, 1), (heads("甲", "乙"), (cell("a"), cell("b"))))
    assert [words_of(item.text) for item in table.body[0]] == ["a", "b"]


@given(value=st.fractions(0, 2, max_denominator=100_000), limit=st.decimals(0, 2, places=2))
def test_what_is_printed_is_on_the_same_side_of_its_limit_as_what_was_judged(value: Fraction, limit: Decimal) -> None:
    figure = Figure("k", value, digits=digits_beside(value, limit, 3), fixed=True)
    printed, exact = Fraction(figure.number), Fraction(limit)
    assert (printed > exact) == (value > exact)
    assert (printed < exact) == (value < exact)


def test_a_change_is_exact_and_keeps_its_direction_for_the_words() -> None:
    now, before = Figure("k", 0.3, digits=3, fixed=True), Figure("-1/k", 0.1, digits=3, fixed=True)
    assert change(now, before).value == Fraction(1, 5)
    down = change(before, now)
    assert down.value == Fraction(-1, 5)
    assert size(down).text == "0.200"


def test_percentages_differ_by_percentage_points() -> None:
    assert change(Figure("k", 95, "%"), Figure("-1/k", 92, "%")).text == "3个百分点"


def test_what_is_unknown_in_one_year_cannot_be_compared() -> None:
    assert change(Figure("k", None), Figure("-1/k", 92)).text == "不能比较"
