"""学校达标: each row in scope, by the standard's rule.

Either at least k indicators are met and the others tolerated, or the points of the met ones reach a score, or the rule
itself was not found and only a school that meets everything is sure to pass.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

import polars as pl

from junheng.base.outcome import Outcome
from junheng.indicators.exact import exact_value
from junheng.standards.indicator import Indicator
from junheng.standards.model import SchoolRule, SchoolScore, Standard
from junheng.tables.model import Tables
from junheng.verdict.decide import Row, decide
from junheng.verdict.wholes import decided_by_wholes


def judge_rows(rows: pl.DataFrame, standard: Standard, tables: Tables) -> pl.DataFrame:
    """Add the outcome of every resource indicator and, null where the row is out of scope, what follows for the row.

    ``outcome`` is the row's; ``score_low`` and ``score_high`` are what its score may be where the standard scores.
    """
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
    return rows.with_columns(in_scope.then(said).alias(name) for name, said in _school_rule(standard).items())


def school_rest(standard: Standard) -> Fraction | None:
    """The share of a limit that the remaining indicators must reach, where the standard has one."""
    rule = standard.school_rule
    return Fraction(rule.rest) if rule and rule.rest is not None else None


def _some_of(indicator: Indicator) -> pl.Expr:
    """Outcome of a bundle: met when at least ``count`` of its parts are met; none when no part concerns the row."""
    parts = [f"{part}__outcome" for part in indicator.formula.of]
    count = indicator.formula.count or len(parts)
    met, unknown = _count(parts, Outcome.MET), _count(parts, Outcome.UNKNOWN)
    return (
        pl.when(pl.all_horizontal(pl.col(part).is_null() for part in parts))
        .then(None)
        .when(met >= count)
        .then(pl.lit(str(Outcome.MET)))
        .when(met + unknown >= count)
        .then(pl.lit(str(Outcome.UNKNOWN)))
        .otherwise(pl.lit(str(Outcome.UNMET)))
    )


def _school_rule(standard: Standard) -> dict[str, pl.Expr]:
    """The row's outcome, and its score, from the outcomes of its indicators."""
    rule = standard.school_rule
    columns = [f"{name}__outcome" for name in standard.counted()]
    nothing = pl.lit(None, pl.Float64)
    said = {"outcome": pl.lit(None, pl.String), "score_low": nothing, "score_high": nothing}
    if rule is None:
        return said
    if not columns:
        return said | {"outcome": pl.lit(str(Outcome.UNKNOWN))}
    if rule.score is not None:
        return _scored(rule.score, {f"{name}__outcome": standard.resources[name].points for name in standard.counted()})
    decided = _everything_met(rule, columns) if rule.not_found else _enough_met(rule, columns)
    # A school that nothing of the standard concerns has shown nothing.
    concerned = pl.any_horizontal(pl.col(column).is_not_null() for column in columns)
    return said | {"outcome": pl.when(concerned).then(decided).otherwise(pl.lit(str(Outcome.UNKNOWN)))}


def _enough_met(rule: SchoolRule, columns: list[str]) -> pl.Expr:
    """Of n indicators all but n − k must be met, and those must be tolerated where the standard has a floor.

    What an indicator does not concern is not missed. The unknown ones, and those whose content was not seen, decide
    only where they could still change the answer.
    """
    allowed = len(columns) + rule.not_seen - (rule.at_least or 0)
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


def _everything_met(rule: SchoolRule, columns: list[str]) -> pl.Expr:
    """Whatever the rule that was not found asks for: a school that misses nothing keeps it."""
    missed = sum((_count(columns, o) for o in (Outcome.UNMET, Outcome.TOLERATED, Outcome.UNKNOWN)), pl.lit(0))
    sure = (missed == 0) & pl.lit(not rule.not_seen)
    return pl.when(sure).then(pl.lit(str(Outcome.MET))).otherwise(pl.lit(str(Outcome.UNKNOWN)))


def _scored(score: SchoolScore, points: dict[str, Decimal | None]) -> dict[str, pl.Expr]:
    """The lowest and highest score that the school may have; it passes where even the lowest reaches the pass mark.

    A met indicator earns its points. What one that is not met earns (partial credit is not printed), or an unknown
    one, or what of the total belongs to nobody known, may be anything up to all of it: no score is too low for sure.
    Points are counted in whole numbers of their last decimal, so that no sum or comparison is off.
    """
    known = {column: own for column, own in points.items() if own is not None}
    given = [score.total, *known.values(), *([] if score.at_least is None else [score.at_least])]
    digits = max(0, *(-int(number.as_tuple().exponent) for number in given))

    def whole(number: Decimal) -> int:
        return int(number.scaleb(digits))

    def points_where(holds: Callable[[pl.Expr], pl.Expr]) -> pl.Expr:
        nothing = pl.lit(0, pl.Int64)
        earned = (
            pl.when(holds(pl.col(column)).fill_null(False)).then(pl.lit(whole(own), pl.Int64)).otherwise(nothing)
            for column, own in known.items()
        )
        return pl.sum_horizontal(nothing, *earned)

    total = whole(score.total)
    elsewhere = max(total - sum(whole(own) for own in known.values()), 0)
    low = points_where(lambda outcome: outcome == str(Outcome.MET))
    # What the school could earn at all: the points of what does not concern it are gone.
    most = points_where(lambda outcome: outcome.is_not_null()) + elsewhere
    passes = pl.lit(False) if score.at_least is None else low * total >= whole(score.at_least) * most
    return {
        "outcome": pl.when((most > 0) & passes).then(pl.lit(str(Outcome.MET))).otherwise(pl.lit(str(Outcome.UNKNOWN))),
        "score_low": pl.when(most > 0).then(low / most * float(score.total)),
        "score_high": pl.when(most > 0).then(pl.lit(float(score.total))),
    }


def grade(standard: Standard, outcome: str | None) -> str:
    """What the document calls an outcome of a school (合格、基本合格、不合格); empty where it has no word for it."""
    grades = standard.school_rule.grades if standard.school_rule else {}
    return next((label.zh for code, label in grades.items() if code == outcome), "")


def _count(columns: list[str], outcome: Outcome) -> pl.Expr:
    return pl.sum_horizontal((pl.col(column) == str(outcome)).fill_null(False).cast(pl.Int64) for column in columns)
