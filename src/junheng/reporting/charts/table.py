"""The text alternative of a chart: the same rows as a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from junheng.base.exact import plain

MOST_DIGITS = 4


@dataclass(frozen=True, slots=True)
class TableCell:
    """One cell: its text, whether it is a figure, and where it leads."""

    text: str
    is_number: bool = False
    href: str = ""


def table(rows: Sequence[Mapping[str, Any]], columns: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    """Heads and rows for ``components/chart.html``; the first column leads where the row's mark leads.

    Args:
        columns: key of the row and head of the column, in order.
    """
    return {
        "heads": [head for _, head in columns],
        "rows": [
            [
                _cell(row.get(key), str(row.get("href") or "") if place == 0 else "")
                for place, (key, _) in enumerate(columns)
            ]
            for row in rows
        ],
    }


def _cell(value: object, href: str) -> TableCell:
    if value is None:
        return TableCell("—", href=href)
    if isinstance(value, int | float | Decimal | Fraction) and not isinstance(value, bool):
        return TableCell(plain(value, MOST_DIGITS), is_number=True, href=href)
    return TableCell(str(value), href=href)
