"""Whether an indicator of schools names only what stands in a school's row: its own filings and its county's year."""

from __future__ import annotations

from collections.abc import Iterator

from junheng.indicators.rows import DERIVED
from junheng.standards.model import Standard
from junheng.tables.model import Tables

_OF_SCHOOLS = ("school", "school_year", "stage_year", "county_year")


def columns_out_of_reach(standard: Standard, tables: Tables) -> Iterator[tuple[str, str]]:
    """Name of each indicator of stages or schools that uses another table, with what is wrong, in Chinese."""
    near = {column for name in _OF_SCHOOLS for column in tables[name].columns} | set(DERIVED) | {"pupils"}
    for name, indicator in standard.indicators():
        if indicator.level not in ("stage", "school") or indicator.formula.over:
            continue
        for column in sorted(indicator.columns() - near):
            home = next((table.label.zh for table in tables.tables.values() if column in table.columns), None)
            if home is not None:
                label = tables.column(column).label.zh
                yield name, f"“{label}”在“{home}”里，不在学校的一行里，按学校计算的指标用不到它"
