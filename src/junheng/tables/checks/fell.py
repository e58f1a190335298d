"""An amount that should rise every year and fell: 不是逐年增长."""

from __future__ import annotations

from collections.abc import Iterator

from junheng.base.exact import growth, half_up
from junheng.tables.checks import Check, Fault, Filed
from junheng.tables.fiscal_years import beside_year_before


def find(check: Check, filed: Filed) -> Iterator[Fault]:
    """Rows whose amount is lower than that of the year just before.

    Options: ``table``, ``year``, ``columns``. Parts: ``value``, ``before``, ``before_year``, ``percent``, ``less``.
    """
    table, year, names = check.word("table"), check.word("year"), check.words("columns")
    check.columns(filed, table, [year, *names])
    keys = [name for name in filed.table(table).key if name != year]
    for row in beside_year_before(filed.frame(table), keys, year, names):
        for name in names:
            now, before = row[name], row[f"{name}_before"]
            fall = growth(now, before)
            if fall is None or fall >= 0:
                continue
            parts = {
                "value": filed.shown(table, name, now),
                "before": filed.shown(table, name, before),
                "less": filed.shown(table, name, before - now),
                "before_year": row[year] - 1,
                "percent": half_up(-fall, 2),
            }
            yield Fault(table, row["row"], name, parts)
