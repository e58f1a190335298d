"""Put registers together where they agree: those of several years, those of several counties."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from junheng.store.errors import RegistersDifferError, SchoolTwiceError
from junheng.tables.model import Table


def one_register(county: str, table: Table, by_year: Mapping[int, pl.DataFrame]) -> pl.DataFrame:
    """The entries of all years, in key order: a school that was closed is still listed.

    Raises:
        RegistersDifferError: an entry says something else in another year.
    """
    together = pl.concat([table.empty(), *by_year.values()]).unique(maintain_order=True)
    twice = together.filter(pl.struct(table.key).is_duplicated()).sort(table.key, maintain_order=True)
    if twice.height:
        first = twice.join(twice.head(1).select(table.key), on=table.key, how="semi", maintain_order="left")
        column = next(name for name in first.columns if first[name].n_unique() > 1)
        before, after = first[column].head(2)
        label = table.columns[column].label if column in table.columns else column
        raise RegistersDifferError(
            county=county,
            years="、".join(map(str, sorted(by_year))),
            school="、".join(str(first[name][0]) for name in table.key),
            column=label,
            before="" if before is None else before,
            after="" if after is None else after,
        )
    return together.sort(table.key)


def one_county_each(schools: pl.DataFrame, year: int) -> None:
    """See that every school of a year is in the register of one county only.

    Raises:
        SchoolTwiceError: it names the first that is in several.
    """
    twice = schools.filter(pl.col("school_code").is_duplicated())
    if twice.height:
        school = twice["school_code"].min()
        counties = twice.filter(pl.col("school_code") == school)["county_code"].sort().to_list()
        raise SchoolTwiceError(year=year, school=school, counties="、".join(counties), first=counties[0])
