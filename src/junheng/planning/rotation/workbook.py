"""The workbook of inputs for people to fill, and rosters written back as one."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import polars as pl

from junheng.intake.template import write_workbook
from junheng.planning.rotation.rules import default_rows
from junheng.tables.catalogue import planning_tables
from junheng.tables.dataset import Dataset


def write_inputs(
    path: str | Path,
    *,
    dataset: Dataset | None = None,
    frames: Mapping[str, pl.DataFrame] | None = None,
    title: str = "教师交流轮岗方案的输入",
) -> None:
    """Write the input workbook of a rotation plan, the rules filled in with their defaults.

    Args:
        dataset: a county's data; its open public schools are listed, what only people know is left blank.
        frames: tables that are ready, by name; they take the place of what would be filled in.

    Raises:
        CannotWriteError: the place cannot be written to.
    """
    tables = planning_tables("rotation")
    filled = {"setting": pl.DataFrame(default_rows(), schema=tables["setting"].schema)}
    if dataset is not None:
        filled["school"] = _schools(dataset, tables["school"].schema)
    filled |= frames or {}
    columns = {name: table.columns for name, table in tables.tables.items()}
    write_workbook(Path(path), tables, columns=columns, frames=filled, title=title)


def _schools(dataset: Dataset, schema: pl.Schema) -> pl.DataFrame:
    """The schools that still teach; whether one is a hardship school, and where it stands, is for people to say."""
    open_and_public = pl.col("closed_on").is_null() & pl.col("operator").ne_missing("private")
    known = dataset["school"].filter(open_and_public).select("school_code", "school_name", "town")
    blank = [pl.lit(None, dtype).alias(name) for name, dtype in schema.items() if name not in known.columns]
    return known.with_columns(blank).select(schema.names())
