"""The input workbook as a county gets it: the measures that its standard looks at, and what its data lack."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from junheng.planning.resources.filed import missing_values
from junheng.planning.resources.measures import write_inputs
from junheng.planning.resources.plan import one_county
from junheng.planning.resources.state import used_measures
from junheng.tables.catalogue import planning_tables
from junheng.tables.model import Column, ColumnType
from junheng.verdict.judgement import Judgement


def write_prefilled(path: Path, judgement: Judgement, county: str | None = None) -> None:
    """Write the workbook: costs are assumed until somebody confirms them; values to suppose are left to people.

    Args:
        county: the county's code, where the judgement has several.

    Raises:
        SeveralCountiesError: there are several and none, or another, was named.
        CannotWriteError: the place cannot be written to.
    """
    names = dict(judgement.dataset["school"].select("school_code", "school_name").iter_rows())
    tables = judgement.dataset.tables
    rows = []
    for school, stage, name in missing_values(judgement, one_county(judgement, county)):
        column = tables.column(name)
        note = f"{names.get(school) or school}：请补报{_or_suppose(column)}"
        rows.append({"school_code": school, "stage": stage, "column": column.label.zh, "note": note})
    schema = planning_tables("resources")["supposed"].schema
    blank = [{**dict.fromkeys(schema), **row} for row in rows]
    write_inputs(
        path,
        names=used_measures(judgement.standard),
        missing=pl.DataFrame(blank, schema=schema) if blank else None,
    )


def _or_suppose(column: Column) -> str:
    """How a value of the column may be supposed; nothing for what is no number."""
    if column.type is ColumnType.FLAG:
        return "，或写一个假定值（1 是，0 否）"
    if not column.type.is_number:
        return ""
    return f"，或写一个假定值{f'（{column.unit}）' if column.unit else ''}"
