"""Warnings that come from the schools: slipping, classes, pupils, and coefficients that closing schools moved."""

from __future__ import annotations

import polars as pl

from junheng.base.outcome import Outcome
from junheng.indicators.same_schools import coefficients
from junheng.monitoring.alarms.material import Material, found
from junheng.monitoring.declared import WarningRule
from junheng.monitoring.observed import CV
from junheng.monitoring.schools import beside_last_year, slipped_schools

_COUNTY_STAGE = ["county_code", "stage"]


def schools_slipping(material: Material, rule: WarningRule) -> pl.LazyFrame:
    """``count`` schools and ``share`` of those judged in both years, or more, met the resource rules and do not now."""
    indicators = _measured(material, tuple(material.standard.resources))
    slipped = slipped_schools(material.schools, indicators, material.year)
    judged = beside_last_year(material.schools, material.year, ["outcome"]).filter(
        pl.all_horizontal(pl.col("outcome", "before_outcome") != str(Outcome.UNKNOWN))
    )
    counted = slipped.group_by(_COUNTY_STAGE).agg(pl.len().cast(pl.Int64).alias("count"))
    frame = counted.join(judged.group_by(_COUNTY_STAGE).agg(pl.len().alias("judged")), on=_COUNTY_STAGE)
    frame = frame.with_columns(amount=pl.col("count") / pl.col("judged"))
    enough = (pl.col("count") >= (rule.count or 1)) & (pl.col("amount") >= float(rule.share or 0))
    return _of_stage(material, frame.filter(enough), "resources", 1)


def classes_grown(material: Material, rule: WarningRule) -> pl.LazyFrame:
    """The mean class grew ``years`` years running, by ``share`` together."""
    years = rule.years or 1
    mean = pl.when(pl.col("classes") > 0).then(pl.col("pupils") / pl.col("classes"))
    of_years = [
        material.sizes.filter(pl.col("school_year") == material.year - back).select(
            *_COUNTY_STAGE, mean.alias(f"mean_{back}")
        )
        for back in range(years + 1)
    ]
    frame = of_years[0]
    for earlier in of_years[1:]:
        frame = frame.join(earlier, on=_COUNTY_STAGE)
    grew = pl.all_horizontal(pl.col(f"mean_{back}") > pl.col(f"mean_{back + 1}") for back in range(years))
    value, before = pl.col("mean_0"), pl.col(f"mean_{years}")
    frame = frame.with_columns(value=value, before=before, amount=value / before - 1)
    return _of_stage(material, frame.filter(grew & (pl.col("amount") >= float(rule.share or 0))), "class_size", years)


def large_classes_back(material: Material, rule: WarningRule) -> pl.LazyFrame:
    """There was no class of more than ``count`` pupils the year before, every school having filed; now there is."""
    before = material.sizes.filter(
        (pl.col("school_year") == material.year - 1) & (pl.col(f"classes_over_{rule.count}") == 0)
    )
    now = material.sizes.filter(pl.col("school_year") == material.year)
    frame = now.join(before.select(_COUNTY_STAGE), on=_COUNTY_STAGE).with_columns(
        count=pl.col(f"at_least_over_{rule.count}"), before=pl.lit(0.0)
    )
    frame = frame.with_columns(value=pl.col("count").cast(pl.Float64)).filter(pl.col("count") > 0)
    return _of_stage(material, frame, f"classes_over_{rule.count}", 1)


def hollowing(material: Material, rule: WarningRule) -> pl.LazyFrame:
    """Pupils of a stage fell by ``share`` within ``years``."""
    years = rule.years or 1
    now = material.sizes.filter(pl.col("school_year") == material.year)
    before = material.sizes.filter(pl.col("school_year") == material.year - years)
    frame = now.join(before.select(*_COUNTY_STAGE, before=pl.col("pupils").cast(pl.Float64)), on=_COUNTY_STAGE)
    frame = frame.with_columns(value=pl.col("pupils").cast(pl.Float64)).filter(pl.col("before") > 0)
    frame = frame.with_columns(amount=1 - pl.col("value") / pl.col("before"))
    return _of_stage(material, frame.filter(pl.col("amount") >= float(rule.share or 0)), "pupils", years)


def composition(material: Material, rule: WarningRule) -> pl.LazyFrame:
    """A coefficient fell by ``share`` of its limit or more, but not among the schools that are there in both years.

    ``amount`` is the change among those, ``count`` how many schools of the year before are gone.
    """
    indicators = _measured(material, material.standard.balanced())
    if not indicators:
        return found(pl.LazyFrame(schema={"county_code": pl.String()}))
    values = [f"{name}__value" for name in indicators]
    both = beside_last_year(material.schools, material.year, ["pupils", *values])
    weighted = material.standard.weighted
    key = ["county_code", "stage", "indicator"]
    now = coefficients(both.select(*_COUNTY_STAGE, "pupils", *values), indicators, weighted=weighted)
    before = both.select(*_COUNTY_STAGE, *(pl.col(f"before_{c}").alias(c) for c in ("pupils", *values)))
    before = coefficients(before, indicators, weighted=weighted).rename({"cv": "before_cv"})
    same = now.join(before, on=key).select(*key, amount=pl.col("cv") - pl.col("before_cv"))
    in_scope = material.schools.filter(pl.col("left_out").is_null())
    gone = in_scope.filter(pl.col("school_year") == material.year - 1).join(
        both, on=["county_code", "school_code", "stage"], how="anti"
    )
    counted = gone.group_by(_COUNTY_STAGE).agg(pl.len().cast(pl.Int64).alias("count"))
    scale = pl.when(pl.col("limit") > 0).then("limit").otherwise("last_value")
    fell = material.moved_now.filter((pl.col("kind") == CV) & (pl.col("gain") > float(rule.share or 0) * scale))
    frame = fell.join(same, left_on=["county_code", "stage", "name"], right_on=key).join(counted, on=_COUNTY_STAGE)
    return found(
        frame.filter(pl.col("amount") >= 0),
        first_year=pl.col("school_year") - 1,
        before=pl.col("last_value"),
        now=pl.col("outcome"),
    )


def _measured(material: Material, indicators: tuple[str, ...]) -> list[str]:
    columns = set(material.schools.collect_schema().names())
    return [name for name in indicators if f"{name}__value" in columns]


def _of_stage(material: Material, frame: pl.LazyFrame, name: str, years: int) -> pl.LazyFrame:
    return found(
        frame,
        school_year=pl.lit(material.year),
        first_year=pl.lit(material.year - years),
        kind=pl.lit("schools"),
        name=pl.lit(name),
    )
