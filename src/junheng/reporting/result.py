"""The result as one document with a published schema: what ``--format json`` prints."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import isfinite
from typing import Any, Literal

import polars as pl
from pydantic import BaseModel, ConfigDict, Field

from junheng.base.outcome import Outcome
from junheng.indicators.balance import MEASURES
from junheng.reporting.csv_text import csv_text
from junheng.standards.item import ItemPart
from junheng.verdict.drivers import drivers
from junheng.verdict.judge import BALANCE, RESOURCES
from junheng.verdict.judgement import Judgement
from junheng.verdict.lacks import shortages
from junheng.verdict.notices import notices
from junheng.verdict.schools import grade
from junheng.verdict.scores import SCORE_COLUMNS, each_branch
from junheng.verdict.sentences import indicator_label, part_label, summary


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class StandardUsed(_Entry):
    """The standard judged by."""

    id: str
    label: str
    relaxations: tuple[str, ...] = Field(description="optional relaxations that were asked for")
    unverified_rules: int = Field(description="rules whose text was not seen in print")
    gate: str | None = Field(description="id of the basic standard judged beside it; its verdict stands under gate")


class IndicatorResult(_Entry):
    """One indicator of one school and stage."""

    value: float | None = Field(description="in the indicator's unit, unrounded; null when absent or endless")
    absent: str | None = Field(description="not_filed | no_pupils | no_base | not_applicable")
    endless: bool = Field(False, description="pupils but nothing for them: an infinite ratio")
    operator: str | None
    limit: float | None
    outcome: Outcome | None


class SchoolResult(_Entry):
    """One row judged: a school and stage."""

    county_code: str
    school_code: str
    school_name: str | None
    stage: Literal["primary", "junior"]
    town: str | None
    school_kind: str | None
    location: str | None
    operator: str | None
    pupils: int | None
    left_out: str | None = Field(description="why the resource rules leave it out; null when it is judged")
    outcome: Outcome | None
    grade: str | None = Field(description="what the document calls the outcome (合格、基本合格、不合格)")
    score_low: float | None = Field(description="the lowest score it may have, where the standard scores schools")
    score_high: float | None
    indicators: dict[str, IndicatorResult]


class BalanceResult(_Entry):
    """One coefficient (差异系数) of one county and stage."""

    county_code: str
    stage: Literal["primary", "junior"]
    indicator: str
    label: str
    schools: int | None
    absent: int | None = Field(description="rows in scope without a value; above 0 the figures are partial")
    mean: float | None
    sd: float | None
    cv: float | None
    plain_cv: float | None = Field(description="unweighted, for comparison only")
    limit: float | None
    near: bool | None = Field(description="closer than 0.0005 to its limit")
    outcome: Outcome | None


class CheckResult(_Entry):
    check: str
    label: str
    outcome: Outcome
    value: float | None
    rows: int | None = Field(description="rows it concerns (schools, stages, or the county itself)")
    unmet: int | None
    unknown: int | None


class ItemResult(_Entry):
    item: str
    label: str
    branch: str | None = Field(description="id of the branch of the part's tree that it stands under")
    outcome: Outcome | None = Field(description="null where the item does not concern the county")
    finding: str | None
    points: float | None
    score: float | None = Field(description="of a scored part: what counts, null while it is open")
    score_low: float | None
    score_high: float | None
    responsible: str | None
    plan: str | None
    checks: list[CheckResult]


class BranchResult(_Entry):
    """The subtotal of one branch of a scored part's tree, before anything is rescaled."""

    branch: str
    label: str
    above: str | None = Field(description="id of the branch above it")
    points: float | None
    left_out: float = Field(description="points of items that do not concern the county")
    score_low: float
    score_high: float | None


class PartResult(_Entry):
    part: str
    label: str
    outcome: Outcome
    score: float | None = Field(description="null while it is open")
    score_low: float | None
    score_high: float | None
    branches: list[BranchResult]
    items: list[ItemResult]


class CountyResult(_Entry):
    county_code: str
    county_name: str | None
    outcome: Outcome
    summary: str
    parts: list[PartResult]


class Driver(_Entry):
    """One of the schools with the largest share of S² of one coefficient."""

    county_code: str
    stage: Literal["primary", "junior"]
    indicator: str
    school_code: str
    school_name: str | None
    place: int = Field(description="1 is the largest share")
    pupils: int
    value: float
    mean: float = Field(description="of the county")
    share: float = Field(description="of S², 0 to 1")


class Shortage(_Entry):
    """What one school lacks to one limit; negative where an upper limit is exceeded."""

    county_code: str
    school_code: str
    school_name: str | None
    stage: Literal["primary", "junior"]
    indicator: str
    value: float | None
    limit: float
    outcome: Outcome
    lack: float | None
    lack_to_rest: float | None
    unit: str


class Verdict(_Entry):
    """The verdict by one standard, enough to recompute it."""

    version: str
    snapshot: str
    standard: StandardUsed
    day: str
    school_year: int
    notices: list[str] = Field(description="what should be known before one relies on the verdict")
    counties: list[CountyResult]
    balance: list[BalanceResult]
    schools: list[SchoolResult]
    drivers: list[Driver]
    shortages: list[Shortage]


class Result(Verdict):
    """The whole verdict of one run, with that by the basic standard where one was asked for."""

    gate: Verdict | None = Field(description="the verdict by the basic standard (办学基本标准) judged beside it")


def result_document(judgement: Judgement) -> Result:
    """The judgement as the published document."""
    gate = None if judgement.gate is None else Verdict(**_verdict(judgement.gate))
    return Result(gate=gate, **_verdict(judgement))


def _verdict(judgement: Judgement) -> dict[str, Any]:
    return {
        "version": judgement.version,
        "snapshot": judgement.snapshot,
        "standard": _standard(judgement),
        "day": judgement.day.isoformat(),
        "school_year": judgement.year,
        "notices": notices(judgement),
        "counties": [_county(judgement, row) for row in judgement.counties.iter_rows(named=True)],
        "balance": [_balance(judgement, row) for row in judgement.balance.iter_rows(named=True)],
        "schools": [_school(judgement, row) for row in judgement.rows.iter_rows(named=True)],
        "drivers": [Driver(**row) for row in drivers(judgement).iter_rows(named=True)],
        "shortages": [Shortage(**_finite(row)) for row in shortages(judgement).iter_rows(named=True)],
    }


def _standard(judgement: Judgement) -> StandardUsed:
    standard = judgement.standard
    return StandardUsed(
        id=standard.id,
        label=standard.label.zh,
        relaxations=judgement.relax,
        unverified_rules=sum(source.confidence != "seen" for _, source in standard.sources()),
        gate=judgement.gate.standard.id if judgement.gate else None,
    )


def _county(judgement: Judgement, row: dict[str, Any]) -> CountyResult:
    county = row["county_code"]
    parts = judgement.parts.filter(pl.col("county_code") == county)
    return CountyResult(
        county_code=county,
        county_name=row["county_name"],
        outcome=Outcome(row["outcome"]),
        summary=summary(judgement, county),
        parts=[_part(judgement, county, part) for part in parts.iter_rows(named=True)],
    )


def _part(judgement: Judgement, county: str, row: dict[str, Any]) -> PartResult:
    name = row["part"]
    about = {"part": name, "label": part_label(judgement, name), **{k: row[k] for k in ("outcome", *SCORE_COLUMNS)}}
    if name in (RESOURCES, BALANCE):
        return PartResult(branches=[], items=[], **about)
    entry: ItemPart = getattr(judgement.standard, name)
    own = (pl.col("county_code") == county) & (pl.col("part") == name)
    checks = judgement.checks.filter(own)
    items = []
    for item in judgement.items.filter(own).iter_rows(named=True):
        definition = entry.items[item["item"]]
        listed = [
            CheckResult(label=definition.checks[check["check"]].label.zh, **_finite(check, _CHECK_FIELDS))
            for check in checks.filter(pl.col("item") == item["item"]).iter_rows(named=True)
        ]
        items.append(
            ItemResult(
                label=definition.label.zh,
                branch=definition.group or None,
                points=_float(definition.points),
                checks=listed,
                **{k: item[k] for k in _ITEM_FIELDS},
            )
        )
    return PartResult(branches=_branches(judgement, county, name, entry), items=items, **about)


def _branches(judgement: Judgement, county: str, part: str, entry: ItemPart) -> list[BranchResult]:
    score = judgement.scores.get((county, part))
    return [
        BranchResult(
            branch=name,
            label=branch.label.zh,
            above=branch.group or None,
            points=_float(found.points),
            left_out=float(found.left_out),
            score_low=float(found.bounds.low),
            score_high=_float(found.bounds.high),
        )
        for name, branch, _ in each_branch(entry)
        if score is not None and (found := score.branches.get(name)) is not None
    ]


def _float(value: Decimal | Fraction | None) -> float | None:
    return None if value is None else float(value)


_CHECK_FIELDS = ("check", "outcome", "value", "rows", "unmet", "unknown")
_ITEM_FIELDS = ("item", "outcome", "finding", *SCORE_COLUMNS, "responsible", "plan")


def _balance(judgement: Judgement, row: dict[str, Any]) -> BalanceResult:
    fields = ("county_code", "stage", "indicator", *MEASURES, "limit", "near", "outcome")
    return BalanceResult(label=indicator_label(judgement, row["indicator"]), **_finite(row, fields))


def _school(judgement: Judgement, row: dict[str, Any]) -> SchoolResult:
    left_out = judgement.standard.leave_out[row["left_out"]].label.zh if row["left_out"] is not None else None
    indicators = {
        name: IndicatorResult(
            endless=row[f"{name}__value"] == float("inf"),
            outcome=row[f"{name}__outcome"],
            **_finite({k: row[f"{name}__{k}"] for k in ("value", "absent", "operator", "limit")}),
        )
        for name in judgement.standard.resources
        if f"{name}__value" in row
    }
    fields = ("county_code", "school_code", "school_name", "stage", "town", "school_kind", "location", "operator")
    about = {field: row[field] for field in (*fields, "pupils", "outcome", "score_low", "score_high")}
    called = grade(judgement.standard, row["outcome"]) or None
    return SchoolResult(left_out=left_out, indicators=indicators, grade=called, **about)


def _finite(row: dict[str, Any], fields: tuple[str, ...] | None = None) -> dict[str, Any]:
    """JSON has no infinity: an endless ratio is written as null and marked."""
    chosen = {name: row[name] for name in fields} if fields else row
    return {k: None if isinstance(v, float) and not isfinite(v) else v for k, v in chosen.items()}


def long_table(judgement: Judgement) -> pl.DataFrame:
    """The indicator table in long form, for ``--format csv`` and data frames.

    Returns:
        county_code, school_year, stage, school_code, school_name, indicator, pupils, value, absent, operator, limit,
        outcome (null without a limit to hold against); one row per row judged and indicator, those out of scope with
        the outcome ``left_out``.
    """
    names = [name for name in judgement.standard.resources if f"{name}__value" in judgement.rows.columns]
    frames = []
    for name in names:
        fields = [pl.col(f"{name}__{field}").alias(field) for field in ("value", "absent", "operator", "limit")]
        # Where a standard only compares schools there is nothing that one of them could reach or miss.
        judged = (
            pl.col(f"{name}__outcome") if judgement.standard.resources[name].thresholds else pl.lit(None, pl.String)
        )
        outcome = pl.when(pl.col("left_out").is_null()).then(judged).otherwise(pl.lit("left_out"))
        frames.append(
            judgement.rows.select(
                "county_code",
                pl.lit(judgement.year).alias("school_year"),
                "stage",
                "school_code",
                "school_name",
                pl.lit(name).alias("indicator"),
                "pupils",
                *fields,
                outcome.alias("outcome"),
            )
        )
    if not frames:
        return pl.DataFrame(schema=dict.fromkeys(_LONG, pl.String))
    return pl.concat(frames).sort("county_code", "school_code", maintain_order=True)


def long_csv(judgement: Judgement) -> str:
    """The long table as CSV text that is safe to open in a spreadsheet."""
    table = long_table(judgement)
    return csv_text(table.columns, table.iter_rows())


_LONG = (
    *("county_code", "school_year", "stage", "school_code", "school_name", "indicator"),
    *("pupils", "value", "absent", "operator", "limit", "outcome"),
)
