"""差异系数 as spreads: the values of an indicator over a stage as functions of the decisions, and their limit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from math import ceil

from junheng.base.terms import Label
from junheng.indicators.amounts import exact, exact_amount
from junheng.indicators.exact import exact_share, exact_value
from junheng.planning.resources.affine import affine
from junheng.planning.resources.decisions import Effects
from junheng.planning.resources.errors import NothingToPlanError
from junheng.planning.resources.statement import Affine, Row, Spread
from junheng.standards.indicator import Indicator
from junheng.standards.model import Standard

# Values that are an affine function of the filed amounts, so that their spread is convex.
_CONVEX = frozenset({"per_pupil", "amount", "rooms_for_classes"})


def spreads_of(rows: tuple[Row, ...], standard: Standard, effects: Effects) -> Iterator[Spread]:
    """Every 差异系数 that is limited, as values over the decisions."""
    rule = standard.balance_rule
    if rule is None:
        return
    for name in standard.balanced():
        indicator = standard.resources[name]
        for stage in standard.stages:
            limit = indicator.balance[0].limit(stage) if rule.rule == "each" and indicator.balance else None
            if rule.rule == "each" and limit is None:
                continue
            own = [number for number, row in enumerate(rows) if row["stage"] == stage]
            values = [_value(name, indicator, standard, rows[number], effects[number]) for number in own]
            if not own:
                continue
            if indicator.formula.kind not in _CONVEX:
                raise NothingToPlanError(
                    standard=standard.id,
                    why=Label(
                        f"{indicator.label.zh}的差异系数不是凸的",
                        f"the coefficient of “{indicator.label.en}” is not convex",
                    ),
                )
            weight = [exact(rows[number]["pupils"]) if standard.weighted else Fraction(1) for number in own]
            yield Spread(
                stage, name, None if limit is None else Fraction(limit), tuple(own), tuple(weight), tuple(values)
            )


def _value(
    name: str, indicator: Indicator, standard: Standard, row: Row, effects: Mapping[int, Mapping[str, Fraction]]
) -> Affine:
    """The value of one row after the decisions: as computed now, and what one unit of each decision changes."""
    now = exact_value(name, indicator, standard, row)
    amount = affine(indicator.formula.amount, row, effects)
    assert now is not None, "blanks were refused before"
    assert amount is not None
    by = Fraction(1)
    if standard.split and name in standard.split.indicators:
        by = exact_share(row, standard.split) or Fraction(0)
    if indicator.formula.kind == "per_pupil":
        by = by * Fraction(indicator.formula.scale) / exact(row["pupils"])
    elif indicator.formula.kind == "rooms_for_classes":
        base = exact_amount(indicator.formula.base, row)
        by = by / ceil((base or 0) / (indicator.formula.per or 1)) if base else Fraction(0)
    return Affine(now, {number: factor * by for number, factor in amount.factors.items()})


def composite_limits(standard: Standard) -> dict[str, Fraction]:
    """By stage, the limit of the mean of the coefficients, where the standard limits that."""
    rule = standard.balance_rule
    if rule is None or rule.rule != "mean" or not rule.limits:
        return {}
    found = {stage: rule.limits[0].limit(stage) for stage in standard.stages}
    return {stage: Fraction(limit) for stage, limit in found.items() if limit is not None}
