"""分块汇总: what was filed of teachers, facilities, finance …, summed by town, county, city or province.

A sum says how many of its rows are blank: missing is not zero, and a sum with blanks is of those that filed. What is of
a stage is summed for primary and junior, where the column is asked of that stage; the same rows as ``reporting.totals``
counts for one county.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from junheng.base.terms import Stage
from junheng.monitoring.declared import Block
from junheng.monitoring.distribution import REGIONS
from junheng.tables.model import Table, Tables

_COMPULSORY = [Stage.PRIMARY.value, Stage.JUNIOR.value]
BY = ("town", *reversed(REGIONS))


def summary(block: Block, filed: Mapping[str, pl.LazyFrame], tables: Tables, by: str = "county") -> pl.DataFrame:
    """Sum up one block.

    Args:
        filed: the tables school, school_year, stage_year, county_year and finance_year as they were filed, each with
            ``county_code``.
        by: town, county, city, province or nation.

    Returns:
        year (school year; of finance the fiscal year), county_code and group (the town; else the region's code; blank
        for the nation), column, unit, amount (blank where nobody filed), rows, blank. By town, what is filed by
        counties is one group without a town.
    """
    table = tables[block.table]
    rows = _rows(block, filed, by)
    sums = []
    for name in block.columns:
        asked = _asked(table, name)
        sums += [
            pl.when(pl.col(name).filter(asked).count() > 0).then(pl.col(name).filter(asked).sum()).cast(pl.Float64)
            .alias(f"{name}__amount"),
            asked.sum().cast(pl.Int64).alias(f"{name}__rows"),
            (asked & pl.col(name).is_null()).sum().cast(pl.Int64).alias(f"{name}__blank"),
        ]  # fmt: skip
    key = ["year", "county_code", "group"] if by == "town" else ["year", "group"]
    wide = rows.group_by(key).agg(sums).collect()
    long = [
        wide.select(
            *key,
            pl.lit(name).alias("column"),
            pl.lit(table.columns[name].unit).alias("unit"),
            *(pl.col(f"{name}__{what}").alias(what) for what in ("amount", "rows", "blank")),
        )
        for name in block.columns
    ]
    order = pl.col("column").cast(pl.Enum(block.columns))
    return pl.concat(long).sort(*key, order, nulls_last=True)


def _rows(block: Block, filed: Mapping[str, pl.LazyFrame], by: str) -> pl.LazyFrame:
    group = pl.col("town") if by == "town" else pl.col("county_code").str.slice(0, REGIONS[by])
    frame = filed[block.table]
    if block.table == "finance_year":
        frame = frame.with_columns(year="fiscal_year")
    elif block.table == "county_year":
        frame = frame.with_columns(year="school_year")
    elif block.table == "stage_year":
        frame = frame.with_columns(year="school_year").filter(pl.col("stage").is_in(_COMPULSORY))
    else:
        frame = _of_every_school(frame, filed["stage_year"], block.columns)
    if by == "town":
        towns = filed["school"].select("school_code", "town").unique("school_code", keep="last")
        of_schools = block.table in ("stage_year", "school_year")
        frame = frame.join(towns, on="school_code", how="left") if of_schools else frame.with_columns(town=None)
    return frame.with_columns(group=group)


def _of_every_school(facilities: pl.LazyFrame, stages: pl.LazyFrame, columns: tuple[str, ...]) -> pl.LazyFrame:
    """A row for every school that filed anything in the year: one that filed no facilities leaves a blank."""
    key = ["county_code", "school_code", "school_year"]
    every = pl.concat([facilities.select(key), stages.select(key)]).unique()
    joined = every.join(facilities.select(*key, *columns), on=key, how="left")
    return joined.rename({"school_year": "year"})


def _asked(table: Table, name: str) -> pl.Expr:
    """Whether a row should have the figure: by its stage, or because it has it."""
    stages = table.columns[name].required_when.get("stage")
    if table.name != "stage_year" or not stages:
        return pl.col("county_code").is_not_null()  # every row has one
    return pl.col("stage").is_in(list(stages)) | pl.col(name).is_not_null()
