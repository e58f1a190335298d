"""Columns of a table that are computed from others: 生均图书, 班额, 师生比, 占比, 增长."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from junheng.claims.agree import Estimate, exactly
from junheng.claims.relations.columns import Check, Column, Meaning, Place, Reading, Table
from junheng.claims.relations.table_sums import is_subtotal, total_rows

_YEAR = re.compile(r"(?:19|20)\d\d")
_Source = Callable[[int], tuple[Estimate, Place] | None]


@dataclass(frozen=True, slots=True)
class _Formula:
    """Two figures for each row, and how they make the column's."""

    first: _Source
    second: _Source
    compute: Callable[[Estimate, Estimate], Estimate | None]
    factor: Fraction
    sure: bool = False


def computed_readings(tables: Sequence[Table], table: Table) -> Iterator[Reading]:
    """All ways in which the columns of a table may be computed.

    Args:
        tables: those of the document, in which the same row may have what this table lacks.
    """
    for column, one in enumerate(table.columns):
        for formula in _formulas(tables, table, column):
            yield Reading(tuple(_checks(table, column, one, formula)), formula.sure)


def _checks(table: Table, column: int, one: Column, formula: _Formula) -> Iterator[Check]:
    for row in range(len(table.grid.body)):
        if table.numeral(row, column) is None:
            continue
        first, second = formula.first(row), formula.second(row)
        if first is None or second is None or first[1] == second[1]:
            continue
        actual = formula.compute(first[0], second[0])
        if actual is not None:
            yield Check(row, column, actual.times(formula.factor), (first[1], second[1]), one.relation, one.formula)


def _formulas(tables: Sequence[Table], table: Table, column: int) -> Iterator[_Formula]:
    match table.columns[column].meaning:
        case Meaning.EACH:
            yield from _averages(tables, table, column)
        case Meaning.RATIO:
            yield from _ratios(table, column)
        case Meaning.SHARE:
            yield from _shares(table, column)
        case Meaning.GROWTH | Meaning.CHANGE:
            yield from _changes(table, column)


def _averages(tables: Sequence[Table], table: Table, column: int) -> Iterator[_Formula]:
    one = table.columns[column]
    if one.each is None:
        return
    factor = Fraction(one.each.per, one.scale)
    tops = _averaged(table, column)
    for concept in one.each.of:
        bottoms = _of_same_part(table, table.named(concept), one)
        for top, sure in tops:
            for bottom in bottoms:
                if bottom != top:
                    yield _Formula(
                        _here(table, top), _here(table, bottom), _quotient, factor, sure and len(bottoms) == 1
                    )
            if not bottoms:
                for elsewhere in _elsewhere(tables, table, concept):
                    yield _Formula(_here(table, top), elsewhere, _quotient, factor)
        if bottoms:
            return


def _averaged(table: Table, column: int) -> list[tuple[int, bool]]:
    """The columns that an average may be of: those of its own words, else the one before it."""
    one = table.columns[column]
    if one.concept and (fitting := _of_same_part(table, table.named(one.concept), one)):
        return [(index, len(fitting) == 1) for index in fitting]
    before = table.stated_before(column)
    worded = [index for index in before if len(one.rest) >= 2 and one.rest in table.columns[index].words]
    return [(index, len(worded) == 1) for index in worded] or [(index, False) for index in before[-1:]]


def _of_same_part(table: Table, columns: Sequence[int], one: Column) -> Sequence[int]:
    return [index for index in columns if table.columns[index].facets == one.facets] or columns


def _ratios(table: Table, column: int) -> Iterator[_Formula]:
    one = table.columns[column]
    for over, under in one.ratio:
        tops, bottoms = _first_named(table, over, one), _first_named(table, under, one)
        sure = len(tops) == len(bottoms) == 1
        for top in tops:
            for bottom in bottoms:
                yield _Formula(_here(table, top), _here(table, bottom), _quotient, Fraction(1), sure)


def _first_named(table: Table, concepts: Sequence[str], one: Column) -> Sequence[int]:
    """The columns of the first concept that the table has."""
    return next((_of_same_part(table, found, one) for concept in concepts if (found := table.named(concept))), [])


def _shares(table: Table, column: int) -> Iterator[_Formula]:
    """Of a column before it, the nearest first: over another column, or over its own total."""
    before = table.stated_before(column)
    concept = table.columns[column].concept
    named = [index for index in before if concept and table.columns[index].concept == concept]
    totals = [row for row in total_rows(table) if not is_subtotal(table, row)]
    for top in named or reversed(before):
        for bottom in reversed([index for index in before if index != top]):
            yield _Formula(_here(table, top), _here(table, bottom), _quotient, Fraction(100))
        for row in totals:
            yield _Formula(_here(table, top), _fixed(table, row, top), _quotient, Fraction(100))


def _changes(table: Table, column: int) -> Iterator[_Formula]:
    """Of the two columns before it, in either order of years; of the column before it and the row above."""
    one, before = table.columns[column], table.stated_before(column)
    growth = one.meaning is Meaning.GROWTH
    compute, factor = (_growth, Fraction(100)) if growth else (_difference, Fraction(1, one.scale))
    if before and all(map(_YEAR.match, table.grid.labels)):
        yield _Formula(_here(table, before[-1]), _row_above(table, before[-1]), compute, factor)
    if len(before) < 2:
        return
    for new, old in ((before[-1], before[-2]), (before[-2], before[-1])):
        yield _Formula(_here(table, new), _here(table, old), compute, factor)


def _quotient(first: Estimate, second: Estimate) -> Estimate | None:
    return first.over(second)


def _difference(new: Estimate, old: Estimate) -> Estimate | None:
    return new - old


def _growth(new: Estimate, old: Estimate) -> Estimate | None:
    rate = new.over(old)
    return None if rate is None else rate - exactly(1)


def _here(table: Table, column: int) -> _Source:
    def source(row: int) -> tuple[Estimate, Place] | None:
        found = table.estimate(row, column)
        return None if found is None else (found, (table, row, column))

    return source


def _row_above(table: Table, column: int) -> _Source:
    source = _here(table, column)
    return lambda row: source(row - 1) if row else None


def _fixed(table: Table, row: int, column: int) -> _Source:
    found = _here(table, column)(row)
    return lambda _: found


def _elsewhere(tables: Sequence[Table], table: Table, concept: str) -> Iterator[_Source]:
    """The same row's figure in another table: 在校生 of a school for its 生均 in a table of grounds."""
    for other in tables:
        if other is not table:
            rows = {label: row for row, label in enumerate(other.grid.labels)}
            for index in other.named(concept):
                yield _by_label(table, other, rows, index)


def _by_label(table: Table, other: Table, rows: dict[str, int], column: int) -> _Source:
    def source(row: int) -> tuple[Estimate, Place] | None:
        there = rows.get(table.grid.labels[row])
        found = None if there is None else other.estimate(there, column)
        return None if there is None or found is None else (found, (other, there, column))

    return source
