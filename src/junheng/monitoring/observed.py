"""What is watched of a judgement: one year's verdicts and measures as plain frames, so that years can be set together.

``room`` is the distance to the limit as a share of the limit, positive on the good side: 0.1 is a tenth to spare.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Self

import polars as pl

from junheng.base.outcome import Outcome
from junheng.indicators.compute import stage_order
from junheng.verdict.items import each_check
from junheng.verdict.judgement import Judgement

CV, CHECK, ROWS = "cv", "check", "rows"
MEASURES = {
    "county_code": pl.String(),
    "school_year": pl.Int64(),
    "kind": pl.String(),
    "stage": pl.String(),
    "part": pl.String(),
    "name": pl.String(),
    "value": pl.Float64(),
    "operator": pl.String(),
    "limit": pl.Float64(),
    "room": pl.Float64(),
    "outcome": pl.String(),
}
_ABOUT = (
    "school_name", "town", "school_kind", "location", "operator", "boarding", "pupils", "classes", "left_out",
    "outcome",
)  # fmt: skip
# Filed by stage: who the pupils are, and the classes that are too large: 大班额 from 56, 超大班额 from 66 pupils.
_PUPILS = ("boarders", "migrant_pupils", "left_behind_pupils")
_BANDS = {
    "classes_over_55": ("classes_60", "classes_65", "classes_over_65"),
    "classes_over_65": ("classes_over_65",),
}


@dataclass(frozen=True)
class Observed:
    """One year, or several below each other.

    Attributes:
        counties: county_code, county_name, school_year, outcome (the verdict), schools (rows of school and stage in
            scope), met, unmet, unknown (of those rows), pupils (in scope; blank where one did not file).
        parts: county_code, school_year, part, outcome.
        measures: a row per county, stage and coefficient (``kind`` cv, ``part`` balance), per county and check of
            the county (``kind`` check; stage blank) and per county and check of schools (``kind`` rows; ``value`` is
            how many of them miss it, without a limit): see ``MEASURES``. ``name`` is the indicator's or the check's
            id; a limit or a value that is not there leaves ``room`` blank.
        schools: a row per school and stage: county_code, school_code, stage, school_year, school_name, town,
            school_kind, location, operator, boarding (1 or 0), pupils, classes, boarders, migrant_pupils,
            left_behind_pupils, classes_over_55, classes_over_65 (as far as filed), left_out, outcome, and per
            resource ``<id>__value``, ``<id>__limit``, ``<id>__operator``, ``<id>__outcome``.
    """

    counties: pl.DataFrame
    parts: pl.DataFrame
    measures: pl.DataFrame
    schools: pl.DataFrame

    @classmethod
    def names(cls) -> list[str]:
        return [field.name for field in fields(cls)]

    def frames(self) -> dict[str, pl.DataFrame]:
        return {name: getattr(self, name) for name in self.names()}

    @classmethod
    def together(cls, years: list[Observed]) -> Self:
        """Years below each other; columns that one lacks are blank."""
        return cls(
            **{name: pl.concat([getattr(year, name) for year in years], how="diagonal_relaxed") for name in cls.names()}
        )


def observe(judgement: Judgement) -> Observed:
    """The watched frames of a judgement."""
    year = pl.lit(judgement.year, pl.Int64).alias("school_year")
    return Observed(
        counties=_counties(judgement).with_columns(year),
        parts=judgement.parts.select("county_code", year, "part", "outcome"),
        measures=pl.concat([_coefficients(judgement), _checks(judgement), _rows(judgement)]),
        schools=_schools(judgement).with_columns(year),
    )


def _counties(judgement: Judgement) -> pl.DataFrame:
    counts = {str(o): (pl.col("outcome") == str(o)).sum() for o in (Outcome.UNMET, Outcome.UNKNOWN)}
    passes = pl.col("outcome").is_in([str(o) for o in Outcome if o.passes]).sum()
    pupils = pl.when(pl.col("pupils").null_count() == 0).then(pl.col("pupils").sum())
    by_county = judgement.in_scope.group_by("county_code").agg(schools=pl.len(), met=passes, **counts, pupils=pupils)
    counties = judgement.counties.join(by_county, on="county_code", how="left", maintain_order="left")
    return counties.with_columns(pl.col("schools", "met", *counts).fill_null(0))


def _coefficients(judgement: Judgement) -> pl.DataFrame:
    measured = judgement.balance.select(
        "county_code",
        pl.lit(judgement.year, pl.Int64).alias("school_year"),
        pl.lit(CV).alias("kind"),
        "stage",
        pl.lit("balance").alias("part"),
        pl.col("indicator").alias("name"),
        pl.col("cv").alias("value"),
        pl.lit("at_most").alias("operator"),
        "limit",
        room_expression(pl.col("cv"), pl.lit("at_most"), pl.col("limit")).alias("room"),
        "outcome",
    )
    return measured.cast(MEASURES)  # type: ignore[arg-type]  # a mapping of names to types


def _checks(judgement: Judgement) -> pl.DataFrame:
    """The county's own checks with their limits; what is judged school by school is in ``schools``."""
    frame = judgement.judged_checks.of("county")
    found = []
    for part, _, _, name, check in each_check(judgement.standard):
        # Years since a day go by in every county: nothing to watch.
        if check.level == "county" and check.formula.kind != "years_since" and f"{name}__limit" in frame.columns:
            value, limit = pl.col(f"{name}__value"), pl.col(f"{name}__limit").cast(pl.Float64)
            operator = pl.col(f"{name}__operator").cast(pl.String)
            found.append(
                frame.select(
                    "county_code",
                    pl.lit(judgement.year, pl.Int64).alias("school_year"),
                    pl.lit(CHECK).alias("kind"),
                    pl.lit(None, pl.String).alias("stage"),
                    pl.lit(part).alias("part"),
                    pl.lit(name).alias("name"),
                    value.alias("value"),
                    operator.alias("operator"),
                    limit.alias("limit"),
                    room_expression(value, operator, limit).alias("room"),
                    pl.col(f"{name}__outcome").alias("outcome"),
                ).cast(MEASURES)  # type: ignore[arg-type]
            )
    return pl.concat(found) if found else pl.DataFrame(schema=MEASURES)


def _rows(judgement: Judgement) -> pl.DataFrame:
    """Checks of schools and stages: how many rows of the county miss them."""
    own = [name for _, _, _, name, check in each_check(judgement.standard) if check.level != "county"]
    found = judgement.checks.filter(pl.col("check").is_in(own))
    counted = found.select(
        "county_code",
        pl.lit(judgement.year, pl.Int64).alias("school_year"),
        pl.lit(ROWS).alias("kind"),
        pl.lit(None, pl.String).alias("stage"),
        "part",
        pl.col("check").alias("name"),
        pl.when(pl.col("rows").is_not_null()).then("unmet").alias("value"),
        *(pl.lit(None, MEASURES[name]).alias(name) for name in ("operator", "limit", "room")),
        "outcome",
    )
    return counted.cast(MEASURES)  # type: ignore[arg-type]


def room_expression(value: pl.Expr, operator: pl.Expr, limit: pl.Expr) -> pl.Expr:
    """Distance to the limit as a share of it, positive on the good side; blank where the limit is 0 or absent."""
    above = (value - limit) / limit.abs()
    signed = pl.when(operator.is_in(["at_least", "above"])).then(above).otherwise(-above)
    return pl.when((limit != 0) & value.is_finite()).then(signed)


def _schools(judgement: Judgement) -> pl.DataFrame:
    rows = judgement.rows
    about = [name for name in _ABOUT if name in rows.columns]
    of_resources = [
        f"{name}__{what}"
        for name in judgement.standard.resources
        for what in ("value", "limit", "operator", "outcome")
        if f"{name}__{what}" in rows.columns
    ]
    filed = _filed(judgement).rename({"classes": "filed_classes"})
    joined = rows.drop(_PUPILS, strict=False).join(filed, on=["school_code", "stage"], how="left")
    if "classes" not in about:
        joined = joined.rename({"filed_classes": "classes"})
        about.insert(about.index("pupils") + 1, "classes")
    chosen = joined.select("county_code", "school_code", "stage", *about, *_PUPILS, *_BANDS, *of_resources)
    return chosen.sort("county_code", "school_code", stage_order())


def _filed(judgement: Judgement) -> pl.DataFrame:
    """school_code, stage: what was filed of the pupils and classes, campuses with the school they are judged with.

    A campus that filed nothing leaves a blank in its school's figure.
    """
    homes = judgement.computed.members.select("school_code", "home")
    filed = judgement.dataset["stage_year"].filter(pl.col("school_year") == judgement.year)
    joined = filed.join(homes, on="school_code", how="left").with_columns(
        school_code=pl.coalesce("home", "school_code"),
        **{name: pl.sum_horizontal(*bands, ignore_nulls=False) for name, bands in _BANDS.items()},
    )
    columns = ("classes", *_PUPILS, *_BANDS)
    whole = [pl.when(pl.col(name).null_count() == 0).then(pl.col(name).sum()).alias(name) for name in columns]
    return joined.group_by("school_code", "stage").agg(whole)
