"""A growth that was printed beside its amounts, computed again: 所印增幅与数额不符."""

from __future__ import annotations

from collections.abc import Iterator

from junheng.base.exact import decimals, growth, half_up, prints_as
from junheng.tables.checks import Check, Fault, Filed
from junheng.tables.fiscal_years import beside_year_before


def find(check: Check, filed: Filed) -> Iterator[Fault]:
    """Rows whose printed growth is not that of the amount against the year just before, rounded or cut off.

    Options: ``table``, ``year``, ``pairs`` of ``printed`` (a column in per cent) and ``of`` (the amount's column).
    Parts: ``printed``, ``found``, ``amount_label``, ``value``, ``before``, ``before_year``, ``before_cell``.
    """
    table, year = check.word("table"), check.word("year")
    keys = [name for name in filed.table(table).key if name != year]
    for pair in check.entries("pairs"):
        column, of = str(pair["printed"]), str(pair["of"])
        amount = check.columns(filed, table, [year, column, of])[2]
        frame = filed.frame(table)
        if frame[column].null_count() == frame.height:
            continue
        for row in beside_year_before(frame, keys, year, [column, of]):
            printed, exact = row[column], growth(row[of], row[f"{of}_before"])
            if printed is None or exact is None or prints_as(exact, printed):
                continue
            parts = {
                "printed": filed.shown(table, column, printed),
                "found": f"{half_up(exact, max(decimals(printed), 2))} %",
                "amount_label": amount.label.zh,
                "value": filed.shown(table, of, row[of]),
                "before": filed.shown(table, of, row[f"{of}_before"]),
                "before_year": row[year] - 1,
                "before_cell": filed.cell(table, row["row_before"], of) or f"{row[year] - 1} 年",
            }
            yield Fault(table, row["row"], column, parts)
