"""A bound from prices: what seats are worth, and what each pair would add to the bound.

For any prices on the rows other than "every group in one zone", taking the cheapest unit of every group at these prices
costs no more than any plan does (Lagrange). Using a pair costs at least its own excess over that choice on top, so a
pair whose excess exceeds the distance to a known plan is in no better plan and may be dropped: an exact reduction.
"""

from __future__ import annotations

from dataclasses import dataclass
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from junheng.planning.solvers.highs import solve_linear
from junheng.planning.solvers.program import Floats
from junheng.planning.zoning.contiguity import Cut, loose_fractions
from junheng.planning.zoning.model import SCALE, Model, build
from junheng.planning.zoning.problem import NEVER, Problem

_FIRST = 8  # pairs a group that the program begins with
_PATIENCE = 3  # rounds without gain before the prices are taken as they are
_LEAST_GAIN = 2e-5  # relative, of the bound


@dataclass(frozen=True)
class Prices:
    """Attributes:
    bound: no plan costs less (pupil-metres).
    excess: (groups, units) what a plan with this pair costs more than ``bound`` at least; infinite where never.
    """

    bound: float
    excess: Floats


@dataclass(frozen=True)
class Relaxation:
    """Prices, and the cuts that fractions have asked for on the way."""

    prices: Prices
    cuts: tuple[Cut, ...]


def relax(problem: Problem, *, seconds: float) -> Relaxation | None:
    """Solve the linear relaxation, with cuts against loose parts as fractions show them; None where time ran out.

    Pairs enter the program as prices ask for them, so it stays small; the bound is taken over all pairs.
    """
    until = perf_counter() + seconds
    allowed = problem.cost != NEVER
    pool = _cheapest(problem)
    cuts: dict[Cut, None] = {}
    best: Prices | None = None
    stalled = 0
    while perf_counter() < until and stalled < _PATIENCE:
        model = build(problem, pool, list(cuts), whole=False)
        answer = solve_linear(model.program, seconds=until - perf_counter())
        if answer.duals is None or answer.x is None:
            break
        prices, dearer = _bound(build(problem, allowed, list(cuts), whole=False), answer.duals)
        gained = best is None or prices.bound > best.bound * (1 + _LEAST_GAIN)
        stalled = 0 if gained else stalled + 1
        best = prices if best is None or prices.bound > best.bound else best
        entering = dearer & ~pool
        if entering.any():
            pool |= entering
            continue
        found = [cut for cut in loose_fractions(problem, model.shares(answer.x)) if cut not in cuts]
        if not found:
            break
        cuts.update(dict.fromkeys(found))
    return None if best is None else Relaxation(best, tuple(cuts))


def _cheapest(problem: Problem) -> NDArray[np.bool_]:
    """The cheapest few pairs of every group, and the groups near each school."""
    cost = np.where(problem.cost == NEVER, np.inf, problem.cost)
    order = np.argsort(cost, axis=1, kind="stable")[:, :_FIRST]
    pool = np.zeros(cost.shape, dtype=bool)
    np.put_along_axis(pool, order, True, axis=1)
    for unit, near in enumerate(problem.anchors):
        pool[sorted(near), unit] = True
    pool &= problem.cost != NEVER
    return pool


def _bound(model: Model, duals: Floats) -> tuple[Prices, NDArray[np.bool_]]:
    """The bound of given prices, in our own arithmetic: it holds however roughly they were found.

    Also the pairs that would better the linear program the prices come from: cheaper than their group's own price.
    """
    program, problem = model.program, model.problem
    lower, upper = np.isfinite(program.row_lower), np.isfinite(program.row_upper)
    # A price of the wrong sign would let a row be used against its open side.
    prices = np.where(duals > 0, np.where(lower, duals, 0.0), np.where(upper, duals, 0.0))
    own = duals[program.rules["one_zone"]]
    prices[program.rules["one_zone"]] = 0.0
    side = np.where(prices > 0, np.where(lower, program.row_lower, 0.0), np.where(upper, program.row_upper, 0.0))
    reduced = program.cost - program.matrix.T @ prices
    pairs = len(model.group)
    slack = np.minimum(program.lower[pairs:] * reduced[pairs:], program.upper[pairs:] * reduced[pairs:])
    table = np.full((problem.groups, len(problem.units)), np.inf)
    table[model.group, model.unit] = reduced[:pairs]
    table[problem.cost == NEVER] = np.inf
    cheapest = table.min(axis=1)
    bound = float(prices @ side + slack.sum() + cheapest.sum()) * SCALE
    return Prices(bound, (table - cheapest[:, None]) * SCALE), table < own[:, None] - 1e-6
