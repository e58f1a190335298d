"""Which indicators count whole things: their outcomes are decided in whole numbers, their shortages rounded up."""

from __future__ import annotations

from collections.abc import Mapping

from junheng.indicators.county import EXTREMES, YEARLY
from junheng.indicators.rows import DERIVED
from junheng.standards.formula import Amount
from junheng.standards.indicator import Indicator
from junheng.standards.model import Standard
from junheng.tables.model import ColumnType, Tables


def is_whole(indicator: Indicator, tables: Tables) -> bool:
    """Whether the amount counts whole things (persons, rooms, copies)."""
    return _counts(indicator.formula.amount, tables)


def decided_by_wholes(indicators: Mapping[str, Indicator], standard: Standard, tables: Tables) -> list[str]:
    """The indicators whose top and bottom are both whole numbers.

    What is shared out between stages is not whole, nor what is compared over years.
    """
    split = standard.split.indicators if standard.split else ()
    other = (*YEARLY, *EXTREMES, "years_since", "some_of")
    return [
        name
        for name, indicator in indicators.items()
        if name not in split
        and indicator.formula.kind not in other
        and _counts(indicator.formula.amount, tables)
        and _counts(indicator.formula.base, tables)
    ]


def _counts(amount: Amount, tables: Tables) -> bool:
    whole = (ColumnType.COUNT, ColumnType.FLAG)
    return all(column in DERIVED or tables.column(column).type in whole for column in amount.columns())
