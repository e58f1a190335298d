"""补充表: what a standard asks for and the yearly forms leave open, cell by cell."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import polars as pl

from junheng.base.terms import Stage
from junheng.tables.checks import asked_of
from junheng.tables.dataset import Dataset
from junheng.tables.model import Column

# A school that files forms is open, and one that is counted has no main school: there a blank is the answer.
_NEVER_OPEN = frozenset({"closed_on"})
_OPEN_WHERE = {"campus_of": ~pl.col("counted")}
# Growth is judged over three years, which needs four in a row.
_FISCAL_YEARS = 4


@dataclass(frozen=True)
class Supplement:
    """What to ask: by table the columns, the rows with their keys, and which of their cells are known already."""

    columns: Mapping[str, list[str]]
    frames: Mapping[str, pl.DataFrame]
    known: Mapping[str, pl.DataFrame]


def what_is_open(
    dataset: Dataset, asked: Mapping[str, Collection[str]], county_names: Collection[str] = ()
) -> Supplement:
    """Find what a dataset read from forms leaves open.

    Args:
        asked: by table, the columns that the standard asks for.
        county_names: counties that the forms name without their code. The code is asked for once, beside the name,
            and not of every school.
    """
    columns: dict[str, list[str]] = {}
    frames: dict[str, pl.DataFrame] = {}
    known: dict[str, pl.DataFrame] = {}
    for name, wanted in asked.items():
        table = dataset.tables[name]
        rows = _rows(dataset, name)
        open_cells = {
            column.name: rows.select(_is_open(column, rows)).to_series()
            for column in table.columns.values()
            if column.name in wanted and column.name not in table.key and column.name not in _NEVER_OPEN
        }
        if county_names and name == "school":
            open_cells.pop("county_code", None)
        here = [column for column, cells in open_cells.items() if column == "note" or cells.any() or rows.is_empty()]
        if set(here) - {"note"}:
            columns[name] = here
            known[name] = pl.DataFrame({column: ~open_cells[column] for column in here if column != "note"})
            blank = [pl.lit(None, table.schema[column]).alias(column) for column in here]
            frames[name] = rows.select(*table.key, *blank)
    if county_names:
        named = pl.DataFrame({"county_name": sorted(county_names)}, schema_overrides={"county_name": pl.String})
        columns["county"] = ["county_name", *(c for c in columns.get("county", ()) if c != "county_name")]
        frames["county"] = pl.concat([dataset["county"], named], how="diagonal").select("county_code", "county_name")
    # Names stand beside the codes of every sheet, whether or not something is asked of the list of schools.
    names = dataset["school"].select("school_code", "school_name")
    frames["school"] = frames["school"].join(names, on="school_code", how="left") if "school" in frames else names
    return Supplement(columns, frames, known)


def _is_open(column: Column, rows: pl.DataFrame) -> pl.Expr:
    open_where = pl.col(column.name).is_null() & asked_of(column)
    if "stage" in rows.columns and column.name != "pupils":
        open_where &= pl.col("stage") != Stage.SENIOR
    if column.name in _OPEN_WHERE:
        open_where &= _OPEN_WHERE[column.name].fill_null(False)
    return open_where.fill_null(False)


def _rows(dataset: Dataset, name: str) -> pl.DataFrame:
    """The rows of a table and those that must still be filed, with their keys."""
    table = dataset.tables[name]
    years = pl.concat([dataset[t]["school_year"] for t in ("school_year", "stage_year")]).unique().drop_nulls().sort()
    counties = dataset["school"]["county_code"].drop_nulls().unique().sort()
    schools = dataset["school"].select("school_code", "school_kind")
    match table.key:
        case ("county_code",):
            wanted = counties.to_frame()
        case ("school_code", "school_year"):
            wanted = schools.select("school_code").join(years.to_frame(), how="cross")
        case ("school_code", "school_year", "stage"):
            wanted = schools.join(_stages(dataset), on="school_kind").join(years.to_frame(), how="cross")
        case ("county_code", "school_year"):
            wanted = counties.to_frame().join(years.to_frame(), how="cross")
        case ("county_code", "fiscal_year"):
            latest = years.max()
            span = range(latest - _FISCAL_YEARS + 1, latest + 1) if isinstance(latest, int) else ()
            wanted = counties.to_frame().join(pl.DataFrame({"fiscal_year": span}), how="cross")
        case _:
            return dataset[name]
    wanted = wanted.select(table.key).cast({key: table.schema[key] for key in table.key})
    missing = wanted.join(dataset[name], on=table.key, how="anti")
    return pl.concat([dataset[name], missing], how="diagonal").sort(table.key, maintain_order=True)


def _stages(dataset: Dataset) -> pl.DataFrame:
    """Kind of school → the stages it teaches."""
    kinds = dataset.tables.code_lists["school_kind"].codes
    rows = [(code, stage) for code, entry in kinds.items() for stage in entry.stages]
    return pl.DataFrame(rows, schema={"school_kind": pl.String, "stage": pl.String}, orient="row")
