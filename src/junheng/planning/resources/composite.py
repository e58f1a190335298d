"""2012: only the mean of the eight 差异系数 is limited, and that is not convex: caps for each are searched for.

Caps c₁ … c₈ with Σ c ≤ 8 × limit give a problem like that of 2017, and its plan keeps the mean. Which caps are best is
searched on a grid. A bound that holds for every choice of caps comes from the same grid: each indicator alone, its part
of the cost only, is never dearer than in any plan; rounding its cap up to the grid makes it cheaper still.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace
from itertools import count

import numpy as np

from junheng.planning.resources.model import TIGHTER, ResourceModel, build
from junheng.planning.resources.search import Found, Tell, search
from junheng.planning.resources.statement import Spread, Statement
from junheng.planning.solvers.conic import solve_relaxed
from junheng.planning.solvers.program import Floats

_STEP = 0.01  # of the grid of caps
_LOWEST = 0.02
Caps = dict[tuple[str, str], float]


def search_composite(
    model: ResourceModel, *, seconds: float = 60.0, gap: float = 1e-3, tell: Tell | None = None
) -> Found:
    """Search caps, then the plan for them. The bound holds for all caps; the plan is not proven to be the best."""
    began = time.perf_counter()
    statement = model.statement
    caps: Caps = {}
    bound = 0.0
    for stage, limit in statement.composite.items():
        spreads = [spread for spread in statement.spreads if spread.stage == stage]
        own, least = _grid(statement, spreads, float(limit) * (1 - TIGHTER), began + seconds / 2)
        caps |= own
        bound += least
    found = search(build(statement, caps=_improved(statement, caps, began + seconds * 0.7)),
                   seconds=max(seconds - (time.perf_counter() - began), 5.0), gap=gap, tell=tell)  # fmt: skip
    if found.x is None:
        return replace(found, bound=bound if found.bound == np.inf else found.bound)
    # The point belongs to the program with caps, whose variables stand where the model's do, less the cones' means.
    x = np.zeros(model.program.size)
    shared = len(statement.decisions) + len(statement.demands)
    x[:shared] = found.x[:shared]
    return replace(found, x=x, bound=min(bound, model.program.value(x)), seconds=time.perf_counter() - began)


def _grid(statement: Statement, spreads: list[Spread], limit: float, until: float) -> tuple[Caps, float]:
    """The best caps of one stage on the grid, and a bound for any caps at all."""
    total = limit * len(spreads)
    tables = [_costs(_alone(statement, spread), spread, until) for spread in spreads]
    # Rounding caps up to the grid costs at most a step each: that much more room makes the bound valid.
    caps, _ = _cheapest(tables, total)
    _, bound = _cheapest(tables, total + _STEP * len(spreads))
    return {(s.stage, s.indicator): cap for s, cap in zip(spreads, caps, strict=True)}, bound


def _alone(statement: Statement, spread: Spread) -> Statement:
    """The statement with one spread, and of each measure the part of its cost that this spread has to bear."""
    feeds: dict[int, int] = {}
    for own in statement.spreads:
        for number in {n for value in own.values for n in value.factors}:
            feeds[number] = feeds.get(number, 0) + 1
    decisions = tuple(
        replace(decision, cost=decision.cost / feeds.get(number, 1))
        for number, decision in enumerate(statement.decisions)
    )
    return replace(statement, decisions=decisions, demands=(), needs=(), spreads=(spread,), budget=None)


def _costs(statement: Statement, spread: Spread, until: float) -> dict[float, float]:
    """Cap → least cost, from today's coefficient (nothing to do) downwards on the grid."""
    now = _coefficient(spread)
    start = np.ceil(now / _STEP) * _STEP
    table = {round(float(start), 9): 0.0}
    base = build(statement, caps={(spread.stage, spread.indicator): 1.0}).program
    for step in count(1):
        cap = round(float(start - step * _STEP), 9)
        if cap < _LOWEST or time.perf_counter() > until:
            break
        cones = tuple(replace(cone, bound=cone.bound * cap) for cone in base.cones)
        answer = solve_relaxed(replace(base, cones=cones)).answer
        if answer.status != "optimal":
            break
        table[cap] = max(answer.bound, max(table.values()))
    return table


def _coefficient(spread: Spread) -> float:
    values = np.array([float(value.constant) for value in spread.values])
    weights = np.array([float(weight) for weight in spread.weights])
    weights = weights / weights.sum()
    mean = float(weights @ values)
    return float(np.sqrt(weights @ (values - mean) ** 2) / mean) if mean else 10.0


def _cheapest(tables: list[dict[float, float]], total: float) -> tuple[list[float], float]:
    """Caps that add up to no more than the total at least cost: dynamic programming over steps of the grid."""
    best: dict[int, tuple[float, list[float]]] = {0: (0.0, [])}
    most = int(np.floor(total / _STEP + 1e-9))
    for table in tables:
        grown: dict[int, tuple[float, list[float]]] = {}
        for used, (cost, caps) in best.items():
            for cap, own in table.items():
                at = used + round(cap / _STEP)
                if at <= most and (at not in grown or cost + own < grown[at][0]):
                    grown[at] = (cost + own, [*caps, cap])
        best = grown
    if not best:  # not even the lowest caps fit: the bound is open, the lowest are tried
        return [min(table) for table in tables], 0.0
    cost, caps = min(best.values(), key=lambda entry: entry[0])
    return caps, cost


def _improved(statement: Statement, caps: Mapping[tuple[str, str], float], until: float) -> Caps:
    """Exchange caps between pairs while the continuous plan gets cheaper: what each is worth is known by its price."""
    best = dict(caps)
    step = _STEP
    value, prices = _priced(statement, best)
    while step >= _STEP / 8 and time.perf_counter() < until:
        tried = dict(best)
        gains: dict[str, list[tuple[float, tuple[str, str]]]] = {}
        for key, price in prices.items():
            gains.setdefault(key[0], []).append((price, key))
        for entries in gains.values():
            low, high = min(entries), max(entries)
            if low[1] != high[1] and tried[low[1]] - step > _LOWEST:
                tried[low[1]] -= step
                tried[high[1]] += step
        again, worth = _priced(statement, tried)
        if again < value - 1e-9:
            best, value, prices = tried, again, worth
        else:
            step /= 2
    return best


def _priced(statement: Statement, caps: Caps) -> tuple[float, dict[tuple[str, str], float]]:
    """Cost of the continuous plan for these caps, and what one more of each would save."""
    program = build(statement, caps=caps).program
    relaxed = solve_relaxed(program)
    if relaxed.answer.x is None:
        return np.inf, {}
    prices = {}
    for cone, own in zip(program.cones, relaxed.cone_duals, strict=True):
        _, stage, indicator = cone.name.split(":")
        mean: Floats = relaxed.answer.x[cone.bound.indices]
        prices[stage, indicator] = float(own[0] * mean[0])
    return relaxed.answer.bound, prices


