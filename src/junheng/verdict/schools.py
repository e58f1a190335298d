"""学校达标: each row in scope, by the standard's rule (at least k indicators met, the others tolerated)."""

from __future__ import annotations

from fractions import Fraction

import polars as pl

from junheng.base.outcome import Outcome
from junheng.indicators.exact import exact_value
from junheng.standards.model import Indicator, Standard
from junheng.tables.model import Tables
from junheng.verdict.decide import Row, decide
from junheng.verdict.wholes import decided_by_wholes


def judge_rows(rows: pl.DataFrame, standard: Standard, tables: Tables) -> pl.DataFrame:
    """Add the outcome of every resource indicator and ``outcome`` of the row (null when the row is out of scope)."""
    quotients = {name: i for name, i in standard.resources.items() if i.formula.kind != "some_of"}

    def exact(name: str, indicator: Indicator, row: Row) -> Fraction | None:
        return exact_value(name, indicator, standard, row)

    whole = decided_by_wholes(quotients, standard, tables)
    rest = school_rest(standard)
    rows = decide(rows, quotients, exact=exact, compare=standard.compare, whole=whole, rest=rest)
    for name, indicator in standard.resources.items():
        if indicator.formula.kind == "some_of":
            rows = rows.with_columns(_some_of(indicator).alias(f"{name}__outcome"))
    in_scope = pl.when(pl.col("left_out").is_null())
    return rows.with_columns(in_scope.then(_school_rule(standard)).alias("outcome"))


def school_rest(standard: Standard) -> Fraction | None:
    """The share of a limit that the remaining indicators must reach, where the standard has one."""
    rule = standard.school_rule
    return Fraction(rule.rest) if rule and rule.rest is not None else None


def _some_of(indicator: Indicator) -> pl.Expr:
    """Outcome of a bundle: met when at least ``count`` of its parts are met."""
    parts = [f"{part}__outcome" for part in indicator.formula.of]
    count = indicator.formula.count or len(parts)
    met, unknown = _count(parts, Outcome.MET), _count(parts, Outcome.UNKNOWN)
    return (
        pl.when(met >= count)
        .then(pl.lit(str(Outcome.MET)))
        .when(met + unknown >= count)
        .then(pl.lit(str(Outcome.UNKNOWN)))
        .otherwise(pl.lit(str(Outcome.UNMET)))
    )


def _school_rule(standard: Standard) -> pl.Expr:
    """The row's outcome from those of its indicators.

    Of n indicators all but n − k must be met, and those must be tolerated where the standard has a floor. What an
    indicator does not concern is not missed. The unknown ones decide only where they could still change the answer.
    """
    rule = standard.school_rule
    columns = [f"{name}__outcome" for name in standard.counted()]
    if rule is None or rule.at_least is None or not columns:
        return pl.lit(None, pl.String)
    allowed = len(columns) + rule.not_seen - rule.at_least
    unmet, unknown = _count(columns, Outcome.UNMET), _count(columns, Outcome.UNKNOWN) + rule.not_seen
    missed = unmet + _count(columns, Outcome.TOLERATED)
    fails = missed > allowed
    if rule.rest is not None:
        fails = fails | (unmet > 0)
        open_still = unknown > 0
    else:
        open_still = (unknown > 0) & (missed + unknown > allowed)
    return (
        pl.when(fails)
        .then(pl.lit(str(Outcome.UNMET)))
        .when(open_still)
        .then(pl.lit(str(Outcome.UNKNOWN)))
        .when(missed > 0)
        .then(pl.lit(str(Outcome.TOLERATED)))
        .otherwise(pl.lit(str(Outcome.MET)))
    )


def _count(columns: list[str], outcome: Outcome) -> pl.Expr:
    return pl.sum_horizontal((pl.col(column) == str(outcome)).fill_null(False).cast(pl.Int64) for column in columns)
