"""The limit that holds for each row. A limit is looked up once per distinct combination of what it depends on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import polars as pl

from junheng.indicators.conditions import holds
from junheng.standards.indicator import Indicator
from junheng.standards.limit import Graded, Limit, Operator


@dataclass(frozen=True, slots=True)
class RowLimit:
    """The limit of one row: an exact value, or none because the document's value was not found (值未见)."""

    operator: Operator
    value: Fraction
    limit: Limit

    def met_by(self, value: Fraction) -> bool:
        """Compare without rounding: 42 of 1000 meets 4.2 per 100, 42 of 1001 does not."""
        match self.operator:
            case "at_least":
                return value >= self.value
            case "at_most":
                return value <= self.value
            case "above":
                return value > self.value
            case "below":
                return value < self.value

    def nearly_met_by(self, value: Fraction, rest: Fraction) -> bool:
        """余项: the value reaches the share ``rest`` of the limit (for an upper limit, exceeds it by no more)."""
        if self.operator in ("at_least", "above"):
            return value >= rest * self.value
        return rest * value <= self.value


def limit_for(indicator: Indicator, row: Mapping[str, Any]) -> RowLimit | None:
    """The first limit in force whose rows include this one; None when there is none or its value was not found."""
    return possible_limits(indicator, row)[-1]


def possible_limits(indicator: Indicator, row: Mapping[str, Any]) -> list[RowLimit | None]:
    """The limits that may be the one in force: more than one where a blank leaves open which rows this one is among.

    The last is the one that holds for certain; a verdict may rest only on what all of them say.
    """
    possible: list[RowLimit | None] = []
    for limit in indicator.thresholds[0].limits(row.get("stage")) if indicator.thresholds else ():
        applies = holds(limit.where, row)
        if applies is False:
            continue
        possible.append(_row_limit(limit, row))
        if applies:
            return possible
    return [*possible, None]


def blanks_before_limit(indicator: Indicator, row: Mapping[str, Any]) -> list[str]:
    """The columns left blank in this row that leave open which limit holds, as the limits name them."""
    blanks: dict[str, None] = {}
    for limit in indicator.thresholds[0].limits(row.get("stage")) if indicator.thresholds else ():
        applies = holds(limit.where, row)
        if applies is False:
            continue
        size = [limit.value.by] if isinstance(limit.value, Graded) else []
        blanks |= dict.fromkeys(column for column in (*limit.where, *size) if row.get(column) is None)
        if applies:
            break
    return [*blanks]


def _row_limit(limit: Limit, row: Mapping[str, Any]) -> RowLimit | None:
    operator, value = limit.operator, limit.value
    if operator is None or value is None:
        return None
    if isinstance(value, Graded):
        size = row.get(value.by)
        return None if size is None else RowLimit(operator, value.at(Fraction(size)), limit)
    return RowLimit(operator, Fraction(value), limit)


def limit_columns(indicator: Indicator) -> list[str]:
    """The columns that the limit of a row depends on."""
    if not indicator.thresholds:
        return []
    threshold = indicator.thresholds[0]
    named: set[str] = set()
    for limit in (*threshold.primary, *threshold.junior, *threshold.all):
        named |= set(limit.where)
        if isinstance(limit.value, Graded):
            named.add(limit.value.by)
    return sorted(named)


def with_limits(frame: pl.DataFrame, indicators: Mapping[str, Indicator]) -> pl.DataFrame:
    """Add ``<id>__limit`` (Float64) and ``<id>__operator``; both null where there is no limit to hold against.

    Where limits differ between rows there is ``<id>__open`` too: whether a blank leaves open which limit holds.
    """
    plain: list[pl.Expr] = []
    for name, indicator in indicators.items():
        keys = [c for c in limit_columns(indicator) if c in frame.columns]
        if keys:
            frame = _join_limits(frame, name, indicator, keys)
        else:
            plain += _limit_by_stage(name, indicator, by_stage="stage" in frame.columns)
    return frame.with_columns(plain)


def _limit_by_stage(name: str, indicator: Indicator, *, by_stage: bool) -> list[pl.Expr]:
    """Most limits depend on the stage at most: two cases, no join."""
    limit: pl.Expr = pl.lit(None, pl.Float64)
    operator: pl.Expr = pl.lit(None, pl.String)
    for stage in ("primary", "junior") if by_stage else (None,):
        found = limit_for(indicator, {"stage": stage})
        here = pl.col("stage") == stage if stage else pl.lit(True)
        if found:
            limit = pl.when(here).then(float(found.value)).otherwise(limit)
            operator = pl.when(here).then(pl.lit(found.operator)).otherwise(operator)
    return [limit.alias(f"{name}__limit"), operator.alias(f"{name}__operator")]


def _join_limits(frame: pl.DataFrame, name: str, indicator: Indicator, keys: list[str]) -> pl.DataFrame:
    keys = [c for c in ("stage",) if c in frame.columns and c not in keys] + keys
    cases = frame.select(keys).unique()
    possible = [possible_limits(indicator, row) for row in cases.iter_rows(named=True)]
    limits = [listed[-1] for listed in possible]
    looked_up = cases.with_columns(
        pl.Series(f"{name}__open", [len(listed) > 1 for listed in possible], pl.Boolean),
        pl.Series(f"{name}__limit", [float(limit.value) if limit else None for limit in limits], pl.Float64),
        pl.Series(f"{name}__operator", [limit.operator if limit else None for limit in limits], pl.String),
    )
    return frame.join(looked_up, on=keys, how="left", nulls_equal=True, maintain_order="left")
