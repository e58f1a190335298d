"""From a value back to the filed cells: which numbers went in, what was typed where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from junheng.base.exact import plain
from junheng.indicators.rows import DERIVED
from junheng.standards.indicator import Indicator
from junheng.tables.dataset import Dataset
from junheng.verdict.judgement import Judgement

Row = Mapping[str, Any]
# The stages whose pupils a derived column counts.
_COUNTED = {
    "school_pupils": ("primary", "junior"),
    "pupils_primary": ("primary",),
    "pupils_junior": ("junior",),
    "pupils_senior": ("senior",),
}


@dataclass(frozen=True, slots=True)
class FiledCell:
    """One filed number behind a value.

    Attributes:
        label: the column's official label, with the school's name where several schools went in.
        value: as kept (in ``unit``), or 未填报.
        cell: ``学段情况!D17``; empty when the data did not come from a file.
    """

    label: str
    value: str
    unit: str
    cell: str


def cells_behind(judgement: Judgement, indicator: Indicator, row: Row) -> list[FiledCell]:
    """The filed cells that a stage- or school-level value of ``row`` was computed from, pupils last."""
    dataset = judgement.dataset
    columns = _ordered_columns(indicator, row)
    codes = members_of(judgement, row["school_code"])
    return [cell for column in columns for cell in _cells(dataset, column, codes, row, judgement.year)]


def members_of(judgement: Judgement, school: str) -> list[str]:
    """The school and the campuses judged with it."""
    joined = judgement.computed.members.filter(pl.col("home") == school)["school_code"].to_list()
    return [school, *joined]


def _ordered_columns(indicator: Indicator, row: Row) -> list[str]:
    formula = indicator.formula
    stage = row.get("stage")
    named = [term.column for term in (*formula.amount.terms(stage), *formula.base.terms(stage))]
    if formula.kind in ("per_pupil", "pupils_per", "funded_as"):
        named.append("pupils")
    return list(dict.fromkeys(named))


def _cells(dataset: Dataset, column: str, codes: list[str], row: Row, year: int) -> Iterator[FiledCell]:
    if column in DERIVED:
        yield from _pupils_counted(dataset, column, codes, row, year)
        return
    table = "stage_year" if column == "pupils" else dataset.tables.home_of(column).name
    definition = dataset.tables[table].columns[column]
    frame = dataset[table].with_row_index("__place")
    if table == "county_year":
        here = frame.filter((pl.col("county_code") == row["county_code"]) & (pl.col("school_year") == year))
    elif table == "school":
        here = frame.filter(pl.col("school_code").is_in(codes))
    else:
        here = frame.filter(pl.col("school_code").is_in(codes) & (pl.col("school_year") == year))
        if table == "stage_year":
            here = here.filter(pl.col("stage") == row["stage"]) if "stage" in row else here.filter(_compulsory())
    if here.is_empty():
        yield FiledCell(definition.label.zh, "未填报", definition.unit, "")
    for filed in here.iter_rows(named=True):
        label = definition.label.zh
        if len(codes) > 1 and "school_code" in filed:
            label = f"{label}（{filed['school_code']}）"
        value = as_filed(filed[column])
        yield FiledCell(label, value, definition.unit, dataset.cell(table, filed["__place"], column))


def _pupils_counted(dataset: Dataset, column: str, codes: list[str], row: Row, year: int) -> Iterator[FiledCell]:
    """The cells of a derived number of pupils; of a stage that a school does not have there is none."""
    unit = dataset.tables["stage_year"].columns["pupils"].unit
    here = dataset["stage_year"].with_row_index("__place")
    here = here.filter(pl.col("school_code").is_in(codes) & (pl.col("school_year") == year))
    here = here.filter(pl.col("stage").is_in(_COUNTED[column]))
    if here.is_empty() and row[column] is None:
        yield FiledCell(DERIVED[column], "未填报", unit, "")
    for filed in here.iter_rows(named=True):
        cell = dataset.cell("stage_year", filed["__place"], "pupils")
        yield FiledCell(DERIVED[column], as_filed(filed["pupils"]), unit, cell)


def _compulsory() -> pl.Expr:
    return pl.col("stage").is_in(["primary", "junior"])


def as_filed(value: Any) -> str:  # noqa: ANN401 - any type that a column can have (2026-11)
    """A kept value as a person reads it."""
    if value is None:
        return "未填报"
    if isinstance(value, bool):
        return "是" if value else "否"
    return value if isinstance(value, str) else str(value) if hasattr(value, "year") else plain(value, 16)
