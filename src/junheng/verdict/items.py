"""事项: the items of government, quality, satisfaction, eligibility and vetoes, county by county.

An item is met when its checks are met and, where people must judge it, their finding says so. What nobody has judged is
unknown; what does not concern the county has no outcome.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction

import polars as pl

from junheng.base.outcome import Outcome
from junheng.base.terms import Absence
from junheng.indicators.amounts import exact_amount
from junheng.indicators.compute import Computed
from junheng.indicators.conditions import holds
from junheng.indicators.county import EXTREMES, YEARLY
from junheng.indicators.exact import exact_sum, exact_value
from junheng.indicators.years import exact_yearly
from junheng.standards.indicator import Indicator
from junheng.standards.item import Item
from junheng.standards.model import Standard
from junheng.tables.dataset import Dataset
from junheng.verdict.decide import Row, decide
from junheng.verdict.findings import NOT_APPLICABLE, OUTCOMES, outcome_of_finding
from junheng.verdict.wholes import decided_by_wholes

_CHECK_COLUMNS = {
    **dict.fromkeys(("county_code", "part", "item", "check", "outcome"), pl.String),
    "value": pl.Float64,
    **dict.fromkeys(("rows", "unmet", "unknown"), pl.Int64),
}


def judge_checks(computed: Computed, dataset: Dataset, standard: Standard, year: int, day: date) -> JudgedChecks:
    """Decide every check of every item at its own level."""
    frames = {
        "stage": computed.stages,
        "school": computed.schools,
        "county_stage": computed.county_stages,
        "county": computed.counties,
    }
    exact = ExactCheck(standard, computed, dataset, year, day)
    for level, frame in frames.items():
        checks = {name: check for _, _, _, name, check in each_check(standard) if check.level == level}
        whole = decided_by_wholes(checks, standard, dataset.tables)
        frames[level] = decide(frame, checks, exact=exact, compare=standard.compare, whole=whole)
    return JudgedChecks(frames, exact)


class JudgedChecks:
    """The frames of each level with the outcomes of their checks, and the exact values behind them."""

    def __init__(self, frames: Mapping[str, pl.DataFrame], exact: ExactCheck) -> None:
        self.frames, self.exact = frames, exact

    def of(self, level: str) -> pl.DataFrame:
        return self.frames[level]


def each_check(standard: Standard) -> Iterator[tuple[str, str, Item, str, Indicator]]:
    """part, item id, item, check id, check."""
    for part_name, part in standard.parts():
        for item_name, item in part.items.items():
            for name, check in item.checks.items():
                yield part_name, item_name, item, name, check


class ExactCheck:
    """The exact value of a check for one row of its level, from the filed numbers."""

    def __init__(self, standard: Standard, computed: Computed, dataset: Dataset, year: int, day: date) -> None:
        self.standard, self.computed, self.dataset, self.year, self.day = standard, computed, dataset, year, day
        self._by_county: dict[str, RowsByCounty] = {}

    def __call__(self, name: str, check: Indicator, row: Row) -> Fraction | None:
        formula, level = check.formula, check.level
        if level in ("stage", "school"):
            return exact_value(name, check, self.standard, row)
        if formula.kind == "years_since":
            return Fraction(int(row[f"{name}__value"]))
        if formula.kind in YEARLY:
            return exact_yearly(self._rows(check, row), formula, self.day)
        if formula.kind in EXTREMES:
            concerned = [other for other in self._rows(check, row) if holds(formula.where, other) is not False]
            amounts = [exact_amount(formula.amount, other) for other in concerned]
            known = [amount for amount in amounts if amount is not None]
            return (min if formula.kind == "lowest" else max)(known) if known and len(known) == len(amounts) else None
        if formula.over:
            return exact_sum(check, self._rows(check, row))
        return exact_value(name, check, self.standard, {**row, "pupils": 1})

    def _rows(self, check: Indicator, row: Row) -> list[Row]:
        """The rows behind a check of a county, or of one stage of it."""
        over = check.formula.over or "stages"
        if over not in self._by_county:
            self._by_county[over] = RowsByCounty(self._frame(over))
        frame = self._by_county[over].of(row["county_code"])
        if check.level == "county_stage":
            frame = frame.filter(pl.col("stage") == row["stage"])
        return list(frame.iter_rows(named=True))

    def _frame(self, over: str) -> pl.DataFrame:
        if over in ("stages", "schools"):
            return self.computed.stages if over == "stages" else self.computed.schools
        frame = self.dataset[over]
        return frame.filter(pl.col("school_year") == self.year) if "school_year" in frame.columns else frame


class RowsByCounty:
    """The rows of one county at once, without going through those of all others: there may be thousands."""

    def __init__(self, frame: pl.DataFrame) -> None:
        self.frame = frame.sort("county_code", maintain_order=True)
        lengths = self.frame.group_by("county_code", maintain_order=True).len()
        starts = lengths["len"].cum_sum() - lengths["len"]
        self.places = dict(zip(lengths["county_code"], zip(starts, lengths["len"], strict=True), strict=True))

    def of(self, county: str) -> pl.DataFrame:
        return self.frame.slice(*self.places.get(county, (0, 0)))


def county_checks(judged: JudgedChecks, standard: Standard, counties: pl.DataFrame) -> pl.DataFrame:
    """One row per county and check: outcome, value (county level only), and how many rows are behind it.

    A check that concerns none of a county's rows is met: there is nothing to miss. A county without any row is unknown.
    """
    listed = [{"part": part, "item": item, "check": name} for part, item, _, name, _ in each_check(standard)]
    if not listed:
        return pl.DataFrame(schema=_CHECK_COLUMNS)
    levels: dict[str, list[str]] = {}
    for *_, name, check in each_check(standard):
        levels.setdefault(check.level, []).append(name)
    found = pl.concat([_count_rows(judged.of(level), names, level == "county") for level, names in levels.items()])
    grid = counties.select("county_code").join(pl.DataFrame(listed), how="cross", maintain_order="left_right")
    combined = (
        pl.when(pl.col("unmet") > 0)
        .then(pl.lit(str(Outcome.UNMET)))
        .when((pl.col("unknown") > 0) | pl.col("rows").is_null())
        .then(pl.lit(str(Outcome.UNKNOWN)))
        .otherwise(pl.lit(str(Outcome.MET)))
    )
    joined = grid.join(found, on=["county_code", "check"], how="left", maintain_order="left")
    return joined.with_columns(outcome=combined).select(*_CHECK_COLUMNS)


def _count_rows(frame: pl.DataFrame, checks: list[str], with_value: bool) -> pl.DataFrame:
    """county_code, check, rows, unmet, unknown, value: all checks of one level in one pass."""
    measures: list[pl.Expr] = []
    for name in checks:
        outcome = pl.col(f"{name}__outcome")
        concerned = pl.col(f"{name}__absent").ne_missing(str(Absence.NOT_APPLICABLE))
        value = pl.col(f"{name}__value").first() if with_value else pl.lit(None, pl.Float64)
        measures += [
            concerned.sum().cast(pl.Int64).alias(f"{name}__rows"),
            (outcome == str(Outcome.UNMET)).sum().cast(pl.Int64).alias(f"{name}__unmet"),
            (outcome == str(Outcome.UNKNOWN)).sum().cast(pl.Int64).alias(f"{name}__unknown"),
            value.alias(f"{name}__value"),
        ]
    grouped = frame.group_by("county_code").agg(measures)
    long = [
        grouped.select("county_code", *(pl.col(f"{name}__{measure}").alias(name) for name in checks)).unpivot(
            index="county_code", variable_name="check", value_name=measure
        )
        for measure in ("rows", "unmet", "unknown", "value")
    ]
    return pl.concat([long[0], *(other.drop("county_code", "check") for other in long[1:])], how="horizontal")


def judge_items(
    checks: pl.DataFrame, findings: pl.DataFrame, standard: Standard, counties: pl.DataFrame, gate: Mapping[str, str]
) -> pl.DataFrame:
    """One row per county, part and item: what people filed, and the item's ``outcome`` (null: does not concern it).

    Args:
        findings: see ``findings_of``.
        gate: county_code → outcome of the basic standard, where one was judged beside this standard.
    """
    listed = [
        {"part": part, "item": name, "judged": item.judged, "gate": item.gate}
        for part, entry in standard.parts()
        for name, item in entry.items.items()
    ]
    if not listed:
        return pl.DataFrame(schema=_ITEM_COLUMNS)
    grid = counties.select("county_code").join(pl.DataFrame(listed), how="cross", maintain_order="left_right")
    outcome = pl.col("outcome")
    checked = checks.group_by("county_code", "part", "item").agg(
        failed=(outcome == str(Outcome.UNMET)).any(),
        opened=(outcome == str(Outcome.UNKNOWN)).any(),
    )
    joined = grid.join(checked, on=["county_code", "part", "item"], how="left", maintain_order="left").join(
        findings, on=["county_code", "item"], how="left", maintain_order="left"
    )
    gated = pl.DataFrame(
        {"county_code": list(gate), "gate_outcome": list(gate.values())},
        schema={"county_code": pl.String, "gate_outcome": pl.String},
    )
    joined = joined.join(gated, on="county_code", how="left", maintain_order="left").join(
        _said(standard), on=["part", "item", "finding"], how="left", maintain_order="left"
    )
    # A basic standard that was judged beside this one goes before a finding that says how it came out.
    by_gate = pl.col("gate") & pl.col("gate_outcome").is_not_null()
    found = pl.when(by_gate).then("gate_outcome").otherwise("finding")
    said = pl.when(by_gate).then("gate_outcome").otherwise(pl.col("said").fill_null(str(Outcome.UNKNOWN)))
    needs_finding = pl.col("judged") | pl.col("gate")
    # Whoever found that an item is not met is heard, even where it is computed as well.
    failed = pl.col("failed").fill_null(False) | (said == str(Outcome.UNMET))
    opened = pl.col("opened").fill_null(False) | (needs_finding & (said == str(Outcome.UNKNOWN)))
    verdict = (
        pl.when(said == NOT_APPLICABLE)
        .then(None)
        .when(failed)
        .then(pl.lit(str(Outcome.UNMET)))
        .when(opened | (found == NOT_APPLICABLE).fill_null(False))
        .then(pl.lit(str(Outcome.UNKNOWN)))
        .when(said == str(Outcome.TOLERATED))
        .then(pl.lit(str(Outcome.TOLERATED)))
        .otherwise(pl.lit(str(Outcome.MET)))
    )
    return joined.with_columns(outcome=verdict, finding=found).select(
        pl.col(name).cast(kind) for name, kind in _ITEM_COLUMNS.items()
    )


_ITEM_COLUMNS = {
    **dict.fromkeys(("county_code", "part", "item", "finding"), pl.String),
    "score": pl.Float64,
    **dict.fromkeys(("responsible", "plan", "outcome"), pl.String),
}


def _said(standard: Standard) -> pl.DataFrame:
    """part, item, finding → what that says of the item: an outcome, or that it does not concern the county."""
    rows = [
        {"part": name, "item": key, "finding": finding, "said": str(said) if said else NOT_APPLICABLE}
        for name, part in standard.parts()
        for key, item in part.items.items()
        for finding in (*OUTCOMES, NOT_APPLICABLE)
        for said in [outcome_of_finding(part, item, finding)]
    ]
    return pl.DataFrame(rows, schema=dict.fromkeys(("part", "item", "finding", "said"), pl.String))
