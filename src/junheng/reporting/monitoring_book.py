"""监测册: all views of monitoring as one Excel book."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from junheng.reporting.excel_table import MOST_ROWS
from junheng.reporting.monitoring_tables import MonitoringTable
from junheng.reporting.plan_sheets import Column, PlanSheets
from junheng.reporting.sheet_style import workbook

_LONGEST = 31
_FORBIDDEN = str.maketrans("", "", r"[]:*?/\：")


def write_monitoring_book(tables: Iterable[MonitoringTable], path: str | Path) -> None:
    """Write one sheet a table, in their order.

    A table longer than a sheet goes on on the next.

    Raises:
        OSError: the place cannot be written to.
    """
    with workbook(path) as book:
        sheets = PlanSheets(book)
        taken: set[str] = set()
        for table in tables:
            rows = list(table.rows())
            columns = [Column(column.head, column.width, column.kind) for column in table.columns]
            for start in range(0, max(len(rows), 1), MOST_ROWS):
                name = _free(table.title, taken)
                sheets.table(
                    name, table.note, columns, rows[start : start + MOST_ROWS], frozen=2, wide=len(columns) > 12
                )


def _free(title: str, taken: set[str]) -> str:
    """A name for a sheet that no other has, without what Excel forbids."""
    plain = title.translate(_FORBIDDEN)
    name, again = plain[:_LONGEST], 1
    while name in taken:
        again += 1
        suffix = f" {again}"
        name = plain[: _LONGEST - len(suffix)] + suffix
    taken.add(name)
    return name
