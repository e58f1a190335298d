"""2012: only the mean of the eight 差异系数 is limited, and that is not convex.

Caps c₁ … c₈ with Σ c = 8 × limit make a problem like that of 2017, and its plan keeps the mean. Which caps are best is
searched: what one more of each would save is known from the continuous plan for them (its price), so caps go from the
cheap to the dear while that plan gets cheaper. It is a plan, not the best for certain. Two bounds hold for every plan:
with means as large as the plan's money could make them, Σ S ÷ X̄ ≤ 8 × limit becomes convex and looser; and on a grid of
caps, each indicator alone and its part of the cost only is never dearer than in any plan.
"""

from __future__ import annotations

import time
from dataclasses import replace
from fractions import Fraction
from itertools import count

import numpy as np

from junheng.planning.resources.exactly import coefficient, cost_of, keeps_all
from junheng.planning.resources.model import MONEY, TIGHTER, ResourceModel, build
from junheng.planning.resources.search import Found, Tell, search
from junheng.planning.resources.statement import Affine, Spread, Statement
from junheng.planning.solvers.conic import solve_relaxed

_STEP = 0.005  # of the grid of caps
_LOWEST = (0.1, 0.2, 0.3)  # caps below which none is drawn, tried in turn
_NOTHING_AT_ALL = 10.0  # the coefficient of an indicator that no school has anything of
_BLENDS = (0.0, 0.3, 0.6, 1.0)
_FIRST_STEP, _LAST_STEP = 0.1, 0.001  # by how much caps are moved
Caps = dict[tuple[str, str], float]


def search_composite(
    model: ResourceModel, *, seconds: float = 60.0, gap: float = 1e-3, tell: Tell | None = None
) -> Found:
    """Search means, then the plan for them. The bound holds for every plan; the plan is not proven to be the best."""
    began = time.perf_counter()
    statement = model.statement
    nothing = [Fraction(0)] * len(statement.decisions)
    if keeps_all(statement, nothing):
        return Found(model.point(nothing), nothing, 0.0, solve_relaxed(model.program), (), time.perf_counter() - began)
    today = {(s.stage, s.indicator): min(coefficient(s, nothing), _NOTHING_AT_ALL) for s in statement.spreads}
    found = None
    for lowest in _LOWEST:  # very low caps can be out of reach for whole computers and teachers
        caps = _best_caps(statement, today, lowest, time.perf_counter() + seconds / 6)
        left = (seconds * 0.9 - (time.perf_counter() - began)) / (1 if lowest == _LOWEST[-1] else 2)
        found = search(build(statement, caps=caps), seconds=max(left, 2.0), gap=gap, tell=tell)
        if found.amounts is not None or found.stopped:
            break
    assert found is not None
    if found.amounts is None:  # other caps might do: that there is no plan is not proven
        return replace(found, bound=-np.inf)
    cost = float(cost_of(statement, found.amounts)) / MONEY
    bound = max(_by_grid(statement, began + seconds), _by_largest_means(statement, cost), 0.0)
    return replace(found, x=model.point(found.amounts), bound=min(bound, cost), seconds=time.perf_counter() - began)


def _most(statement: Statement, stage: str) -> float:
    count = sum(1 for spread in statement.spreads if spread.stage == stage)
    return float(statement.composite[stage]) * count * (1 - TIGHTER)


def _best_caps(statement: Statement, today: Caps, lowest: float, until: float) -> Caps:
    """Caps that add up to the limit, moved towards what they save until that saves no more."""
    starts = [_start(statement, today, part) for part in _BLENDS]
    priced = [(*_priced(statement, caps), caps) for caps in starts]
    cost, prices, best = min(priced, key=lambda entry: entry[0])
    step = _FIRST_STEP
    while step > _LAST_STEP and time.perf_counter() < until:
        tried = _moved(best, prices, step, lowest)
        again, worth = _priced(statement, tried)
        if again < cost * (1 - 1e-6):
            best, cost, prices, step = tried, again, worth, step * 1.5
        else:
            step /= 2
    return best


def _start(statement: Statement, today: Caps, part: float) -> Caps:
    """Caps to begin with: as unlike as today's coefficients, or all the same, or a blend of the two."""
    caps: Caps = {}
    for stage in statement.composite:
        most = _most(statement, stage)
        own = {key: value for key, value in today.items() if key[0] == stage}
        if sum(own.values()) <= most:
            caps |= own
            continue
        for key, value in own.items():
            caps[key] = most * (part / len(own) + (1 - part) * value / sum(own.values()))
    return caps


def _moved(caps: Caps, prices: Caps, step: float, lowest: float) -> Caps:
    """The caps of each stage changed by about a step: more where one more saves more, as much less elsewhere."""
    found: Caps = {}
    for stage in {stage for stage, _ in caps}:
        keys = [key for key in caps if key[0] == stage]
        worth = np.array([prices.get(key, 0.0) for key in keys])
        now = np.array([caps[key] for key in keys])
        way = worth - worth.mean()
        size = float(np.abs(way).max())
        then = np.maximum(now + (step * way / size if size > 0 else 0.0), np.minimum(now, lowest))
        found |= dict(zip(keys, then * now.sum() / then.sum(), strict=True))
    return found


def _priced(statement: Statement, caps: Caps) -> tuple[float, Caps]:
    """Cost of the continuous plan for these caps, and what one more of each would save."""
    program = build(statement, caps=caps).program
    relaxed = solve_relaxed(program)
    if relaxed.answer.x is None:
        return np.inf, {}
    prices: Caps = {}
    for cone, own in zip(program.cones, relaxed.cone_duals, strict=True):
        _, stage, indicator = cone.name.split(":")
        prices[stage, indicator] = float(own[0] * relaxed.answer.x[cone.bound.indices][0])
    return program.value(relaxed.answer.x), prices


def _by_largest_means(statement: Statement, cost: float) -> float:
    """A bound: with each mean as large as the plan's money could make it, the limit is looser."""
    budget = replace(statement, budget=Fraction(cost * MONEY))
    largest: Caps = {}
    for spread in statement.spreads:
        key = spread.stage, spread.indicator
        alone = build(replace(budget, spreads=(spread,)), caps={key: 1e3})
        rows = alone.program.rules[f"mean:{spread.stage}:{spread.indicator}"]
        start, end = alone.program.matrix.indptr[rows.start : rows.start + 2]
        mean = int(max(alone.program.matrix.indices[start:end]))
        aim = np.zeros(alone.program.size)
        aim[mean] = -1.0
        answer = solve_relaxed(replace(alone.program, cost=aim, cones=())).answer
        if answer.x is None:
            return 0.0
        largest[key] = -answer.bound * (_mean(spread) or 1.0)
    return solve_relaxed(build(statement, means=largest).program).answer.bound


def _by_grid(statement: Statement, until: float) -> float:
    """A bound: each indicator alone, at the caps on a grid that cost least."""
    bound = 0.0
    for stage in statement.composite:
        spreads = [spread for spread in statement.spreads if spread.stage == stage]
        tables = [_costs(_alone(statement, spread), until) for spread in spreads]
        # Rounding caps up to the grid takes at most a step each, and one below the grid takes nothing: with that much
        # more room there is a choice on the grid that costs no more than any plan.
        bound += _cheapest(tables, float(statement.composite[stage]) * len(spreads) + _STEP * len(spreads))
    return bound


def _alone(statement: Statement, spread: Spread) -> Statement:
    """The statement with one spread, and of each measure the part of its cost that this spread has to bear."""
    feeds: dict[int, int] = {}
    for own in statement.spreads:
        for number in {n for value in own.values for n in value.factors}:
            feeds[number] = feeds.get(number, 0) + 1
    used = sorted({number for value in spread.values for number in value.factors})
    place = {number: at for at, number in enumerate(used)}
    decisions = tuple(
        replace(statement.decisions[number], cost=statement.decisions[number].cost / feeds[number]) for number in used
    )
    values = tuple(Affine(v.constant, {place[n]: factor for n, factor in v.factors.items()}) for v in spread.values)
    # Rules of other decisions fall away: a bound may leave rules out.
    alone = replace(statement, demands=(), needs=(), kept=(), ceilings=(), budget=None)
    return replace(alone, decisions=decisions, spreads=(replace(spread, values=values),))


def _costs(statement: Statement, until: float) -> dict[float, float]:
    """Cap → least cost, from today's coefficient (nothing to do) downwards on the grid."""
    (spread,) = statement.spreads
    now = min(coefficient(spread, [Fraction(0)] * len(statement.decisions)), _NOTHING_AT_ALL)
    start = np.ceil(now / _STEP) * _STEP
    table = {round(float(start), 9): 0.0}
    base = build(statement, caps={(spread.stage, spread.indicator): 1.0}).program
    for step in count(1):
        cap = round(float(start - step * _STEP), 9)
        if cap < _LOWEST[0] or time.perf_counter() > until:
            break
        cones = tuple(replace(cone, bound=cone.bound * cap) for cone in base.cones)
        answer = solve_relaxed(replace(base, cones=cones)).answer
        if answer.status != "optimal":
            break
        table[cap] = max(answer.bound, *table.values())
    return table


def _mean(spread: Spread) -> float:
    total = sum(spread.weights, Fraction(0))
    return float(sum((w * v.constant for w, v in zip(spread.weights, spread.values, strict=True)), Fraction(0)) / total)


def _cheapest(tables: list[dict[float, float]], total: float) -> float:
    """Least cost of one cap from each table within the total of caps; the lowest of a table takes nothing."""
    most = int(np.floor(total / _STEP + 1e-9))
    best = np.full(most + 1, np.inf)
    best[0] = 0.0
    for table in tables:
        grown = np.full(most + 1, np.inf)
        for cap, cost in table.items():
            steps = 0 if cap == min(table) else round(cap / _STEP)
            if steps <= most:
                reached = np.r_[np.full(steps, np.inf), best[: most + 1 - steps] + cost]
                grown = np.minimum(grown, reached)
        best = grown
    return float(np.min(best)) if np.isfinite(best).any() else 0.0
