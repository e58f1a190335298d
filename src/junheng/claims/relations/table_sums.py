"""Rows and columns of a table that add up others: 合计, 小计, 全县."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import reduce
from operator import add

from junheng.claims.agree import Agreement, Estimate
from junheng.claims.relations.columns import Check, Meaning, Reading, Table
from junheng.claims.terms import terms

_TOTAL_ROW = re.compile(
    r"^(?:合计|总计|总和|共计|小计|总数|累计|全[县区市镇乡校省](?!直)|[^,。]{0,12}(?:合计|总计|小计))"
)
_OF = re.compile(r"^(?P<of>[^,。]{1,12}?)(?:合计|总计|小计|共计)$")
_SUBTOTAL = re.compile(r"小计")
_SURE = re.compile(r"合计|总计|小计|共计")
_WHOLE_SCHOOLS = ("schools", "land_area", "building_area")  # a nine-year school's are in both its stages' rows
_SCHOOL = re.compile(r".(?:学校|小学|中学|园)$")
_INNER = re.compile(r"^(?:其中|#|[-—·])")


def total_rows(table: Table) -> list[int]:
    """The rows that add up others."""
    return [row for row, label in enumerate(table.grid.labels) if _TOTAL_ROW.match(label)]


def is_subtotal(table: Table, row: int) -> bool:
    """Whether a total row is of some of the rows only."""
    return bool(_SUBTOTAL.search(table.grid.labels[row]) or _named_rows(table, row))


def _named_rows(table: Table, row: int) -> list[int]:
    """The rows that a total row names: 小学合计 those with 小学 in a cell of their own, 东街道小计 those of it."""
    said = _OF.match(table.grid.names[row][-1] or table.grid.labels[row])
    if said is None:
        return []
    return [other for other, names in enumerate(table.grid.names) if other != row and said["of"] in names]


def sum_readings(table: Table) -> Iterator[Reading]:
    """All ways in which total rows and columns may add up others."""
    for row in total_rows(table):
        of_row = list(_rows_of(table, row))
        sure = (
            bool(_SURE.search(table.grid.labels[row]))
            and len(of_row) == 1
            and not any(map(_INNER.match, table.grid.labels))
        )
        for rows in of_row:
            columns = [index for index, one in enumerate(table.columns) if one.meaning in (Meaning.PLAIN, Meaning.SUM)]
            yield Reading(
                _checks(table, [((row, column), [(other, column) for other in rows]) for column in columns]), sure
            )
    for column, one in enumerate(table.columns):
        if one.meaning is not Meaning.SUM:
            continue
        readings = [
            _checks(table, [((row, column), [(row, other) for other in others]) for row in range(len(table.grid.body))])
            for others in _columns_of(table, column)
        ]
        if readings:
            yield Reading(max(readings, key=lambda checks: _agreeing(table, checks)), sure=False)


def _agreeing(table: Table, checks: Sequence[Check]) -> int:
    return sum(check.agreement(table) is not Agreement.DISAGREES for check in checks)


def _rows_of(table: Table, row: int) -> Iterator[list[int]]:
    """The rows that a total may add up: those since the last total, all others, the subtotals, those below."""
    labels, totals = table.grid.labels, total_rows(table)
    stated = [other for other in range(len(labels)) if other not in totals and not _INNER.match(labels[other])]
    if named := _named_rows(table, row):
        yield from _at_least_two(named)
        return
    above = [other for other in stated if other < row]
    if not above:
        following = next((other for other in totals if other > row), len(labels))
        yield from _at_least_two([other for other in stated if row < other < following])
        return
    previous = max((other for other in totals if other < row), default=-1)
    yield from _at_least_two([other for other in above if other > previous])
    if previous >= 0 and not is_subtotal(table, row):
        yield from _at_least_two(above)
        yield from _at_least_two([other for other in totals if other < row and is_subtotal(table, other)])


def _at_least_two(rows: list[int]) -> Iterator[list[int]]:
    if len(rows) >= 2:
        yield rows


def _columns_of(table: Table, total: int) -> Iterator[list[int]]:
    """The columns that a total column may add up: those beside it, or those of the same head in other groups."""
    left = table.stated_before(total)
    right = [index for index in table.stated_before(len(table.columns)) if index > total]
    for count in range(2, len(left) + 1):
        yield left[-count:]
    for count in range(2, len(right) + 1):
        yield right[:count]
    lowest = table.columns[total].lowest
    yield from _at_least_two([index for index in [*left, *right] if table.columns[index].lowest == lowest])


def _checks(table: Table, sums: Sequence[tuple[tuple[int, int], list[tuple[int, int]]]]) -> tuple[Check, ...]:
    return tuple(check for place, parts in sums if (check := _check(table, place, parts)) is not None)


def _check(table: Table, place: tuple[int, int], parts: Sequence[tuple[int, int]]) -> Check | None:
    """A cell against others; None where it is blank or one of them is masked.

    A blank part adds nothing where the others make up the total; where they do not, it may be what is missing.
    """
    if table.numeral(*place) is None or any(table.masked(*part) for part in parts):
        return None
    known = {part: value for part in parts if (value := table.estimate(*part)) is not None}
    if len(known) < 2:
        return None
    actual = reduce(add, known.values()).times(Fraction(1, table.columns[place[1]].scale))
    inputs = tuple((table, *part) for part in known)
    return Check(*place, actual, inputs, "total", "+", doubtful=_may_differ(table, place, parts, actual, len(known)))


def _may_differ(
    table: Table, place: tuple[int, int], parts: Sequence[tuple[int, int]], actual: Estimate, known: int
) -> bool:
    """Whether a total that is not the sum may be right: a part is missing, or one school is in several rows."""
    numeral = table.numeral(*place)
    assert numeral is not None  # the caller left blank cells out
    assert numeral.value is not None
    if numeral.value >= actual.low:
        return known < len(parts)
    return table.columns[place[1]].concept in _WHOLE_SCHOOLS and _by_stage(table, [row for row, _ in parts])


def _by_stage(table: Table, rows: Sequence[int]) -> bool:
    """Whether rows are stages, or those of one school, so that a school may be in two of them."""
    names = [name for row in rows for name in table.grid.names[row] if _SCHOOL.search(name)]
    schools = [name for name in names if terms().named(name).rest]  # 完全中学 is a kind of school
    named = [terms().named(table.grid.labels[row]) for row in rows]
    return len(set(schools)) < len(schools) or all(one.facets and not one.rest for one in named)
