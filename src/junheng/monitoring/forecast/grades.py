"""Grades and stages: which grade follows which, and which are entered from outside of the stage."""

from __future__ import annotations

import polars as pl

from junheng.base.terms import Stage

GRADES: dict[str, tuple[int, ...]] = {str(Stage.PRIMARY): (1, 2, 3, 4, 5, 6), str(Stage.JUNIOR): (7, 8, 9)}
ALL_GRADES = tuple(grade for grades in GRADES.values() for grade in grades)
# Grades that the pupils of the grade below move up into within their school; 1 and 7 are entered.
FOLLOWED = tuple(grade for grades in GRADES.values() for grade in grades[1:])
FIRST, JUNIOR_FIRST = 1, 7


def column(grade: int) -> str:
    """The column of a grade in the filed table."""
    return f"grade_{grade}"


def total_of_grades() -> pl.Expr:
    """Pupils of a row from its grades."""
    return pl.sum_horizontal(map(column, ALL_GRADES))
