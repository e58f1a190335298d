"""The shade of a cell is its distance to the limit."""

from decimal import Decimal

import pytest

from junheng.reporting.charts.matrix import Cell, Column, Matrix, Row, shade

AT_LEAST = Column("教师", "人", limit=Decimal("4.2"))


@pytest.mark.parametrize(
    ("value", "step"),
    [
        (Decimal("2.93"), "b5"),
        (Decimal("2.94"), "b4"),
        (3.36, "b3"),
        (3.57, "b2"),
        (Decimal("3.99"), "b1"),
        (4.199999, "b1"),
        (4.2, "a1"),
        (4.62, "a2"),
        (5.25, "a3"),
        (float("inf"), "a3"),
        (0, "b5"),
    ],
)
def test_at_least(value, step):
    assert shade(Cell(value), AT_LEAST) == step


@pytest.mark.parametrize(("value", "step"), [(45, "a1"), (46, "b1"), (70, "b5"), (30, "a3"), (0, "a3")])
def test_at_most(value, step):
    assert shade(Cell(value), Column("班额", limit=45, direction="at_most")) == step


def test_what_cannot_be_compared_has_no_shade():
    assert shade(Cell(None, absent="not_filed"), AT_LEAST) == "none"
    assert shade(Cell(3), Column("用房")) == "none"


def test_a_cell_may_have_the_limit_of_its_own_stage():
    assert shade(Cell(4.3, limit=5.3), AT_LEAST) == "b3"


def test_a_row_with_too_few_cells_is_refused():
    with pytest.raises(ValueError, match="longer"):
        list(Matrix([AT_LEAST, AT_LEAST], [Row("西关小学", [Cell(1)])]).lines)
