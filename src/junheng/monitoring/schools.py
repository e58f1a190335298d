"""What is watched of schools: pupils and classes of counties, and the schools whose outcome fell."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from junheng.base.outcome import Outcome

PASSES = [str(outcome) for outcome in Outcome if outcome.passes]
_ROW = ("county_code", "school_code", "stage")


def measured(schools: pl.LazyFrame, indicators: Sequence[str]) -> tuple[pl.LazyFrame, list[str]]:
    """The rows and the indicators to look at; of a standard without any, no rows, with columns as if there were one.

    So every view of such a standard is an empty table with the heads it always has.
    """
    if indicators:
        return schools, list(indicators)
    blank = {"value": pl.Float64(), "limit": pl.Float64(), "operator": pl.String(), "outcome": pl.String()}
    columns = [pl.lit(None, kind).alias(f"none__{what}") for what, kind in blank.items()]
    return schools.limit(0).with_columns(columns), ["none"]


def sizes(schools: pl.LazyFrame) -> pl.LazyFrame:
    """county_code, school_year, stage: rows, pupils, classes, classes_over_55, classes_over_65 of schools in scope.

    A sum is blank where one of them did not file; ``at_least_over_55`` and ``at_least_over_65`` sum what was filed.
    """
    counted = ["pupils", "classes", "classes_over_55", "classes_over_65"]
    whole = [pl.when(pl.col(name).null_count() == 0).then(pl.col(name).sum()).alias(name) for name in counted]
    least = [pl.col(name).sum().alias(f"at_least_{name.removeprefix('classes_')}") for name in counted[2:]]
    in_scope = schools.filter(pl.col("left_out").is_null())
    return in_scope.group_by("county_code", "school_year", "stage").agg(pl.len().alias("rows"), *whole, *least)


def beside_last_year(schools: pl.LazyFrame, year: int, columns: Sequence[str]) -> pl.LazyFrame:
    """Rows in scope of ``year`` that were in scope the year before too; ``before_<column>`` stands beside each."""
    in_scope = schools.filter(pl.col("left_out").is_null())
    now = in_scope.filter(pl.col("school_year") == year).select(*_ROW, *columns)
    before = in_scope.filter(pl.col("school_year") == year - 1)
    named = before.select(*_ROW, *(pl.col(column).alias(f"before_{column}") for column in columns))
    return now.join(named, on=list(_ROW), how="inner")


def slipped_schools(schools: pl.LazyFrame, indicators: Sequence[str], year: int) -> pl.LazyFrame:
    """Rows that met the resource rules the year before and no longer do, because a value fell and not a limit rose.

    Returns:
        county_code, school_code, school_name, stage, school_year, before, outcome, turned: the indicators whose
        outcome fell to 余项容许 or 未达标 while their limit stayed, with a value worse than the year before.
    """
    schools, indicators = measured(schools, indicators)
    columns = [f"{name}__{what}" for name in indicators for what in ("value", "limit", "operator", "outcome")]
    both = beside_last_year(schools, year, ["school_name", "outcome", *columns])
    turned = pl.concat_list(pl.when(_fell(name)).then(pl.lit(name)) for name in indicators).list.drop_nulls()
    fell = pl.col("before_outcome").is_in(PASSES) & (pl.col("outcome") == str(Outcome.UNMET))
    return (
        both.filter(fell)
        .select(
            "county_code",
            "school_code",
            "school_name",
            "stage",
            pl.lit(year, pl.Int64).alias("school_year"),
            pl.col("before_outcome").alias("before"),
            "outcome",
            turned.alias("turned"),
        )
        .filter(pl.col("turned").list.len() > 0)
        .sort("county_code", "school_code", "stage")
    )


def _fell(name: str) -> pl.Expr:
    value, before = pl.col(f"{name}__value"), pl.col(f"before_{name}__value")
    same = pl.col(f"{name}__limit").eq_missing(pl.col(f"before_{name}__limit")) & (
        pl.col(f"{name}__operator").eq_missing(pl.col(f"before_{name}__operator"))
    )
    more = pl.col(f"{name}__operator").is_in(["at_least", "above"])
    worse = pl.when(more).then(value < before).otherwise(value > before)
    was, now = pl.col(f"before_{name}__outcome"), pl.col(f"{name}__outcome")
    down = (was == str(Outcome.MET)) & now.is_in([str(Outcome.TOLERATED), str(Outcome.UNMET)])
    down |= (was == str(Outcome.TOLERATED)) & (now == str(Outcome.UNMET))
    return same & worse & down
