"""Which schools fall below which limit, and when; which coefficients of a county cross theirs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import polars as pl

from junheng.base.outcome import Outcome
from junheng.monitoring.forecast.forecast import COEFFICIENTS, FALLS, Forecast
from junheng.monitoring.forecast.future import future_dataset
from junheng.standards.model import Standard
from junheng.tables.dataset import Dataset
from junheng.verdict.judge import judge
from junheng.verdict.judgement import Judgement

SCHOOL_VERDICT = "school"
SCENARIOS: Mapping[str, str] = {"middle": "pupils", "low": "low_80", "high": "high_80"}
_KEY = ["county_code", "school_code", "stage", "indicator"]


def under_todays_resources(
    dataset: Dataset, forecast: Forecast, standard: Standard
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """``falls`` and ``coefficients`` of a forecast: each year judged by the judge of filings, as rules are known today.

    Scenarios: all schools at the middle of their forecast, at the low and at the high end of their 80 % interval. A
    school without an interval is judged by the middle only in all three.

    Args:
        dataset: filings with the base year.
    """
    base = forecast.base_year
    today = judge(dataset, standard, date(base, 12, 31), year=base)
    outcomes, coefficients = [], []
    for year in forecast.years:
        rows = forecast.schools.filter(pl.col("school_year") == year)
        for scenario, end in SCENARIOS.items():
            pupils = rows.select("school_code", "stage", pl.coalesce(end, "pupils").alias("pupils"))
            later = judge(future_dataset(dataset, base, year, pupils), standard, date(year, 12, 31), year=year)
            about = pl.lit(year, pl.Int64).alias("school_year"), pl.lit(scenario).alias("scenario")
            outcomes.append(_outcomes(later).with_columns(about))
            coefficients.append(_coefficients(later).with_columns(about))
    names = dict(dataset["school"].select("school_code", "school_name").iter_rows())
    falls = _falls(_outcomes(today), pl.concat(outcomes), forecast.years[-1])
    falls = falls.with_columns(school_name=pl.col("school_code").replace_strict(names, default=None))
    now = _coefficients(today).with_columns(school_year=pl.lit(base, pl.Int64), scenario=pl.lit("today"))
    return (
        falls.select(*FALLS).cast(FALLS).sort(pl.coalesce("falls_in", pl.lit(9999)), *_KEY),  # type: ignore[arg-type]
        pl.concat([now, *coefficients]).select(*COEFFICIENTS).cast(COEFFICIENTS),  # type: ignore[arg-type]
    )


def _outcomes(judgement: Judgement) -> pl.DataFrame:
    """A row per school, stage and resource that the rules judge, and one for the school's verdict."""
    rows = judgement.in_scope
    found = [
        rows.select(
            "county_code",
            "school_code",
            "stage",
            pl.lit(SCHOOL_VERDICT).alias("indicator"),
            pl.lit(None, pl.Float64).alias("value"),
            pl.lit(None, pl.Float64).alias("limit"),
            "outcome",
        )
    ]
    for name in judgement.standard.resources:
        if f"{name}__outcome" in rows.columns:
            found.append(
                rows.select(
                    "county_code",
                    "school_code",
                    "stage",
                    pl.lit(name).alias("indicator"),
                    pl.col(f"{name}__value").cast(pl.Float64).alias("value"),
                    pl.col(f"{name}__limit").cast(pl.Float64).alias("limit"),
                    pl.col(f"{name}__outcome").alias("outcome"),
                )
            )
    return pl.concat(found).with_columns(pl.col("outcome").cast(pl.String))


def _coefficients(judgement: Judgement) -> pl.DataFrame:
    balance = judgement.balance.filter(pl.col("limit").is_not_null())
    return balance.select(
        "county_code", "stage", "indicator", pl.col("cv").cast(pl.Float64), pl.col("limit").cast(pl.Float64), "outcome"
    )


def _falls(today: pl.DataFrame, later: pl.DataFrame, last: int) -> pl.DataFrame:
    """Of what passes today, the first year in which it does not, by scenario."""
    passes = pl.col("outcome").is_in([str(outcome) for outcome in Outcome if outcome.passes])
    good = today.filter(passes).select(*_KEY, value_today="value")
    failing = later.filter(pl.col("outcome") == str(Outcome.UNMET)).join(good, on=_KEY)
    first = failing.group_by([*_KEY, "value_today"]).agg(
        pl.col("school_year").filter(pl.col("scenario") == scenario).min().alias(scenario) for scenario in SCENARIOS
    )
    every = [pl.col(scenario) for scenario in SCENARIOS]
    in_all = pl.all_horizontal(column.is_not_null() for column in every)
    found = first.with_columns(
        falls_in=pl.col("middle"),
        earliest=pl.min_horizontal(every),
        latest=pl.when(in_all).then(pl.max_horizontal(every)),
    )
    middle = later.filter(pl.col("scenario") == "middle").select(*_KEY, "value", "limit", shown="school_year")
    return found.with_columns(shown=pl.coalesce("falls_in", pl.lit(last, pl.Int64))).join(
        middle, on=[*_KEY, "shown"], how="left"
    )
