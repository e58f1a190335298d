"""A point of the solvers as exact amounts, and whether these keep every rule, without a float."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import ceil

import numpy as np

from junheng.base.exact import sum_of_roots_at_most
from junheng.indicators.balance import exact_cv_squared
from junheng.planning.resources.model import ResourceModel
from junheng.planning.resources.statement import Affine, Spread, Statement
from junheng.planning.solvers.program import Floats

_CENT = Fraction(1, 100)
_DUST = 1e-7
_NEAR = 1e-9  # coefficients this near to their limit are compared exactly, as the judge does

Amounts = list[Fraction]  # of the decisions, in their units


def exactly(model: ResourceModel, x: Floats) -> Amounts:
    """The decisions at a point: whole lots; hundredths, rounded up until every limit that counts as met is kept."""
    statement = model.statement
    amounts: Amounts = []
    for decision, value, unit in zip(statement.decisions, model.amounts(x), model.units, strict=True):
        if decision.lot is not None:
            amounts.append(round(value / float(decision.lot)) * decision.lot)
        else:
            cents = 0 if value <= _DUST * unit else ceil((value - _DUST * unit) * 100)
            amounts.append(_at_most(cents * _CENT, decision.most))
    for demand, kept in zip(statement.demands, x[model.met] > 0.5, strict=True):
        for reach in (demand.full if kept else None, demand.floor):
            if reach is not None:
                _reach(reach, statement, amounts)
    return amounts


def _reach(reach: Affine, statement: Statement, amounts: Amounts) -> None:
    short = -at(reach, amounts)
    if short <= 0:
        return
    for number, factor in reach.factors.items():
        decision = statement.decisions[number]
        if factor > 0 and decision.lot is None:
            amounts[number] = _at_most(amounts[number] + ceil(short / factor * 100) * _CENT, decision.most)
            return


def _at_most(amount: Fraction, most: Fraction | None) -> Fraction:
    return amount if most is None else min(amount, most)


def at(affine: Affine, amounts: Sequence[Fraction]) -> Fraction:
    """The value of an affine function."""
    return affine.constant + sum((factor * amounts[n] for n, factor in affine.factors.items()), Fraction(0))


def cost_of(statement: Statement, amounts: Sequence[Fraction]) -> Fraction:
    """元."""
    return sum((d.cost * a for d, a in zip(statement.decisions, amounts, strict=True) if a), Fraction(0))


def keeps_all(statement: Statement, amounts: Sequence[Fraction]) -> bool:
    """Whether the amounts keep every rule of the statement, exactly."""
    return (
        all(a >= 0 and (d.most is None or a <= d.most) for d, a in zip(statement.decisions, amounts, strict=True))
        and all(sum((amounts[n] for n in c.decisions), Fraction(0)) <= c.most for c in statement.ceilings)
        and all(at(kept, amounts) >= 0 for kept in statement.kept)
        and (statement.budget is None or cost_of(statement, amounts) <= statement.budget)
        and _balanced(statement, amounts)
        and _schools_pass(statement, amounts)
        and _alike(statement, amounts)
    )


def _balanced(statement: Statement, amounts: Sequence[Fraction]) -> bool:
    left: dict[tuple[str, str | None], Fraction] = {}
    for decision, amount in zip(statement.decisions, amounts, strict=True):
        if decision.way != "add":
            key = decision.measure, decision.stage
            left[key] = left.get(key, Fraction(0)) + (amount if decision.way == "take" else -amount)
    return not any(left.values())


def _schools_pass(statement: Statement, amounts: Sequence[Fraction]) -> bool:
    earned = {need.row: need.fixed for need in statement.needs}
    for demand in statement.demands:
        if demand.floor is not None and at(demand.floor, amounts) < 0:
            return False
        if at(demand.full, amounts) >= 0:
            earned[demand.row] += demand.weight
    return all(not need.lost and earned[need.row] >= need.least for need in statement.needs)


def _alike(statement: Statement, amounts: Sequence[Fraction]) -> bool:
    for spread in statement.spreads:
        if spread.limit is not None and not _at_most_mean([spread], amounts, spread.limit):
            return False
    return all(
        _at_most_mean([s for s in statement.spreads if s.stage == stage], amounts, limit)
        for stage, limit in statement.composite.items()
    )


def _at_most_mean(spreads: Sequence[Spread], amounts: Sequence[Fraction], limit: Fraction) -> bool:
    """Whether the mean of the coefficients is at most the limit; by floats where that is sure."""
    total = sum(coefficient(spread, amounts) for spread in spreads)
    away = total - float(limit) * len(spreads)
    if not np.isfinite(away) or abs(away) > _NEAR * len(spreads):
        return bool(away < 0)
    squares = []
    for spread in spreads:
        values = (at(value, amounts) for value in spread.values)
        square = exact_cv_squared(list(zip(spread.weights, values, strict=True)))
        if square is None:
            return False
        squares.append(square)
    return sum_of_roots_at_most(squares, limit * len(spreads))


def coefficient(spread: Spread, amounts: Sequence[Fraction]) -> float:
    """The 差异系数 after the amounts, as a float; infinite where the mean is nothing."""
    changed = {n: float(amounts[n]) for value in spread.values for n in value.factors if amounts[n]}
    values = np.array(
        [
            float(value.constant) + sum(float(f) * changed[n] for n, f in value.factors.items() if n in changed)
            for value in spread.values
        ]
    )
    weights = np.array([float(weight) for weight in spread.weights])
    mean = float(weights @ values) / float(weights.sum())
    if mean <= 0:
        return float("inf")
    return float(np.sqrt(weights @ (values - mean) ** 2 / weights.sum()) / mean)
