"""Tables: every cell that other cells recompute.

A total row says by its name what it adds up. Elsewhere the cells themselves show how a column is made: when most rows
agree with a formula, the row that does not is a mistake; when they do not, the column is made in another way.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from junheng.base.exact import plain
from junheng.claims.agree import Agreement
from junheng.claims.cause import slip
from junheng.claims.claim import Claim, Input, Reason, Verdict
from junheng.claims.formulas import formula_words
from junheng.claims.relations.columns import Check, Place, Reading, Table, table_of
from junheng.claims.relations.table_formulas import computed_readings
from junheng.claims.relations.table_sums import sum_readings
from junheng.claims.report import Report

_FEW = 2


def table_claims(report: Report) -> list[Claim]:
    """Judge the cells of the document's tables."""
    tables = [table_of(grid) for grid in report.grids]
    found: list[Claim] = []
    for table in tables:
        best: dict[tuple[int, int], Claim] = {}
        for reading in [*sum_readings(table), *computed_readings(tables, table)]:
            firm = _firm(table, reading)
            for check in reading.checks:
                agrees = check.agreement(table)
                key = (check.row, check.column)
                doubtful = check.doubtful or not firm or key in best
                if agrees is Agreement.DISAGREES and (doubtful or _in_doubt(table, check, best)):
                    continue
                if key not in best or best[key].verdict is not Verdict.CONSISTENT:
                    best[key] = _claim(report, table, check, agrees)
        found += best.values()
    return found


def _in_doubt(table: Table, check: Check, judged: Mapping[tuple[int, int], Claim]) -> bool:
    """Whether a cell that it is computed from is wrong itself: then this one may be right."""
    return any(
        one is table and (row, column) in judged and judged[row, column].verdict is Verdict.INCONSISTENT
        for one, row, column in check.inputs
    )


def _firm(table: Table, reading: Reading) -> bool:
    """Whether this is surely how the cells are made: at least two of them agree, and half of all.

    Where the words say so one is enough; a total row that agrees nowhere is of rows that the table leaves out.
    """
    agreeing = sum(check.agreement(table) is not Agreement.DISAGREES for check in reading.checks)
    if reading.sure:
        return agreeing > 0 or len(reading.checks) <= _FEW
    return agreeing >= _FEW and agreeing * 2 >= len(reading.checks)


def _claim(report: Report, table: Table, check: Check, agrees: Agreement) -> Claim:
    cell, numeral = table.cell(check.row, check.column), table.numeral(check.row, check.column)
    unit = table.columns[check.column].unit
    grid = table.grid
    wrong = agrees is Agreement.DISAGREES
    inputs = _inputs(report, check.inputs)
    formula = formula_words(check.formula, [one.quote + one.unit for one in inputs], factor=_factor(check))
    piece = report.document.piece_at(cell.start)
    place = "" if piece is None else piece.place
    section = dict.fromkeys([*report.headings_at(grid.start), *filter(None, (grid.caption, place))])
    return Claim(
        quote=report.document.text[cell.start : cell.end],
        start=cell.start,
        section=" › ".join(section),
        relation=check.relation,
        claimed=None if numeral is None else numeral.value,
        written=report.document.text[cell.start : cell.end],
        unit=unit,
        inputs=inputs,
        recomputed=check.actual.value,
        verdict=Verdict.INCONSISTENT if wrong else Verdict.CONSISTENT,
        threshold=None,
        threshold_met=None,
        why=Reason(agrees.value, {"formula": formula, "value": plain(check.actual.value, 4) + unit}),
        cause=slip(numeral, check.actual.value) if wrong and numeral is not None else None,
    )


def _factor(check: Check) -> int:
    """What a quotient was multiplied by, for people: 100 in shares and growth."""
    return 100 if check.relation in ("share", "growth") else 1


def _inputs(report: Report, places: Sequence[Place]) -> tuple[Input, ...]:
    found = []
    for table, row, column in places:
        cell, numeral = table.cell(row, column), table.numeral(row, column)
        name = " ".join((table.grid.labels[row], *table.grid.heads[column]))
        quote = report.document.text[cell.start : cell.end]
        found.append(
            Input(name, None if numeral is None else numeral.value, table.columns[column].unit, quote, cell.start)
        )
    return tuple(found)
