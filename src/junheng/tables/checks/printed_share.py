"""A share that was printed beside its amounts, computed again: 所印比例与数额不符."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import polars as pl

from junheng.base.exact import decimals, half_up, prints_as
from junheng.tables.checks import Check, Fault, Filed


def find(check: Check, filed: Filed) -> Iterator[Fault]:
    """Rows whose printed share is not part ÷ whole × 100, rounded or cut off.

    Options: ``table``, ``printed`` (a column in per cent), ``part``, ``whole``. Parts: ``printed``, ``found``,
    ``part``, ``part_label``, ``whole``, ``whole_label``.
    """
    table, column = check.word("table"), check.word("printed")
    part, whole = check.word("part"), check.word("whole")
    _, part_column, whole_column = check.columns(filed, table, [column, part, whole])
    filled = filed.frame(table).drop_nulls([column, part, whole]).filter(pl.col(whole) > 0)
    for row, printed, top, bottom in filled.select("row", column, part, whole).iter_rows():
        exact = Fraction(top) * 100 / Fraction(bottom)
        if prints_as(exact, printed):
            continue
        parts = {
            "printed": filed.shown(table, column, printed),
            "found": f"{half_up(exact, max(decimals(printed), 2))} %",
            "part": filed.shown(table, part, top),
            "part_label": part_column.label.zh,
            "whole": filed.shown(table, whole, bottom),
            "whole_label": whole_column.label.zh,
        }
        yield Fault(table, row, column, parts)
