"""A printed lead of one growth over another, computed again: 所印增幅之差与数额不符, 缺少可以核对的数额."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from junheng.base.exact import decimals, growth, half_up, prints_as
from junheng.tables.checks import Check, Fault, Filed
from junheng.tables.fiscal_years import beside_year_before


def find(check: Check, filed: Filed) -> Iterator[Fault]:
    """Rows whose printed margin is not the growth of the amount less that of the base.

    The difference of the two growths as printed, each rounded first, agrees too. Where the base is missing in either
    year the margin says what its growth would have been; it is asked for, and said when that is beyond ``lowest`` or
    ``highest`` per cent.

    Options: ``table``, ``year``, ``printed`` (in percentage points), ``of``, ``base``, ``lowest``, ``highest``;
    ``text_missing`` and ``text_implausible`` where the base is missing. Parts: ``printed``, ``found``, ``of_label``,
    ``base_label``, ``of_growth``, ``base_growth``, ``years``, ``lowest``, ``highest``.
    """
    table, year, column = check.word("table"), check.word("year"), check.word("printed")
    of, base = check.word("of"), check.word("base")
    _, _, of_column, base_column = check.columns(filed, table, [year, column, of, base])
    keys = [name for name in filed.table(table).key if name != year]
    lowest, highest = check.amount("lowest"), check.amount("highest")
    labels = {"of_label": of_column.label.zh, "base_label": base_column.label.zh, "lowest": lowest, "highest": highest}
    frame = filed.frame(table)
    if frame[column].null_count() == frame.height:
        return
    for row in beside_year_before(frame, keys, year, [column, of, base]):
        printed, grown = row[column], growth(row[of], row[f"{of}_before"])
        if printed is None or grown is None:
            continue
        digits = max(decimals(printed), 2)
        below = growth(row[base], row[f"{base}_before"])
        parts = labels | {"printed": _shown(printed, decimals(printed)), "of_growth": _shown(grown, digits)}
        if below is not None:
            exact = grown - below
            rounded = half_up(grown, decimals(printed)) - half_up(below, decimals(printed))
            if prints_as(exact, printed) or rounded == printed:
                continue
            parts |= {"base_growth": _shown(below, digits), "found": _shown(exact, digits)}
            yield Fault(table, row["row"], column, parts)
            continue
        missing = _missing(row, year, base)
        if not missing:
            continue  # a base of 0 the year before: nothing to grow from, and nothing to ask for
        implied = grown - Fraction(printed)
        parts |= {"base_growth": _shown(implied, digits), "years": "、".join(missing)}
        odd = (lowest is not None and implied < lowest) or (highest is not None and implied > highest)
        text = check.word("text_missing") + (check.word("text_implausible") if odd else "")
        yield Fault(table, row["row"], column, parts, text, cause=f"{column}:{base}")


def _missing(row: Mapping[str, Any], year: str, base: str) -> list[str]:
    """The years whose base is not there, the year before first."""
    filed = ((row[year] - 1, row[f"{base}_before"]), (row[year], row[base]))
    return [f"{own} 年" for own, value in filed if value is None]


def _shown(value: Fraction | Decimal, digits: int) -> str:
    return format(half_up(value, digits), "f")
