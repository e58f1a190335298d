"""One figure as an official form prints it, with the column that it went into."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from junheng.tables.model import Column


@dataclass(frozen=True, slots=True)
class FormFigure:
    """A figure taken from a form.

    The figures of one school, year, stage and column add up to what the dataset holds there: a column that is made of
    several cells (正高级 + 副高级) has one figure for each, and what is subtracted stands here negative.

    Attributes:
        generation: name of the mapping, ``jichuji`` or ``jiaoji``.
        form: number of the form with its prefix, ``教基3112``; for a flat export the name of its sheet.
        words: the row's and the head's words as printed, outermost first.
        table: the table it was taken into; empty for a total that only stands in the form.
        column: the column it was taken into.
        school_code: the school; None for the total row of a flat export.
        stage: the stage of a stage's figure, else empty.
        value: in the unit kept (元, ㎡, 人); None where the cell is blank.
        unit: the unit of ``value``.
        cell: address of the printed cell.
    """

    generation: str
    form: str
    words: tuple[str, ...]
    table: str
    column: str
    school_code: str | None
    stage: str
    value: Decimal | int | None
    unit: str
    cell: str


def sum_of_cells(column: Column, cells: Sequence[tuple[int, object]]) -> object:
    """The value that one or several cells make, each with its sign: none when one of several is blank or says no
    number, for a blank is no zero; none below what the column can hold.
    """
    if len(cells) == 1:
        return cells[0][1]
    total: int | Decimal = 0
    for sign, value in cells:
        if not isinstance(value, int | Decimal):
            return None
        total += sign * value
    return total if column.minimum is None or total >= column.minimum else None
