"""Solving: the relaxation's prices say which flows can matter, and only these are made whole.

Without wholeness the program solves in a second or two, nearly whole by itself. Its row prices prove a bound that needs
no trust in a solver: for any prices, no plan costs less than what they add up to. A flow whose reduced cost exceeds
the distance between that bound and a plan in hand cannot be in a better plan, so the search for one leaves it out and
is still exact.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from math import ceil

import numpy as np
from numpy.typing import NDArray

from junheng.planning.solvers.answer import Answer, Status
from junheng.planning.solvers.highs import solve_continuous, solve_linear
from junheng.planning.solvers.program import Floats, Program

# Costs are whole and below 2⁴⁰; float sums of them are right to far better than this.
_SLIP = 1e-3


def solve(
    program: Program,
    *,
    flows: int,
    seconds: float,
    gap: float = 0.0,
    tell: Callable[[float, float], bool] | None = None,
) -> Answer:
    """Solve a program whose variables and costs are all whole and whose variables are all bounded.

    Args:
        flows: the first so many variables are flows; the others measure what the flows leave undone.
        gap: relative gap at which the search may end.
        tell: called now and then with (best value, best bound); when it returns False the search ends.
    """
    began = time.perf_counter()
    stopped = False

    def spent() -> float:
        return time.perf_counter() - began

    def left() -> float:
        return max(1.0, seconds - spent())

    def told(in_hand: float, *, all_flows: bool) -> Callable[[float, float], bool] | None:
        """Tell of the whole program: the bound of a part of the flows is none of the whole."""

        def look(value: float, own: float) -> bool:
            nonlocal stopped
            best = min(value, in_hand)
            proven = max(bound, min(own, best)) if all_flows else bound
            stopped = stopped or (tell is not None and not tell(best, proven))
            return not stopped

        return None if tell is None else look

    relaxed = solve_continuous(program, seconds=seconds)
    if relaxed.answer.x is None:
        return relaxed.answer
    prices = usable_prices(program, relaxed.row_price)
    reduced = program.cost - program.matrix.T @ prices
    bound = _whole(price_bound(program, prices, reduced))
    # A first plan out of the flows that the relaxation uses, with a part of the time at most.
    used = (relaxed.answer.x > _SLIP) | (np.arange(program.size) >= flows)
    first = _checked(
        program, solve_linear(_only(program, used), seconds=left() / 2, gap=gap, tell=told(np.inf, all_flows=False))
    )
    if first.x is None and not stopped:
        first = _checked(program, solve_linear(program, seconds=left(), gap=gap, tell=told(np.inf, all_flows=True)))
        return replace(first, bound=max(bound, _whole(first.bound)), seconds=spent())
    if first.x is None:
        return replace(first, status="nothing", bound=bound, seconds=spent())
    value = program.value(first.x)
    if stopped or _within(value, bound, gap):
        done: Status = "optimal" if _within(value, bound, gap) else "feasible"
        return Answer(done, first.x, bound, spent(), first.ended)
    core = _only(program, reduced <= value - bound)
    better = _checked(
        program, solve_linear(core, seconds=left(), gap=gap, start=first.x, tell=told(value, all_flows=True))
    )
    if better.x is None or program.value(better.x) > value:
        better = replace(better, x=first.x)
    # A plan better than the first lies in the core, so the core's bound holds for every plan that beats it.
    best = program.value(better.x) if better.x is not None else value
    bound = max(bound, min(best, _whole(better.bound)))
    return Answer("optimal" if _within(best, bound, gap) else "feasible", better.x, bound, spent(), better.ended)


def usable_prices(program: Program, prices: Floats) -> Floats:
    """Row prices (m,) with 0 for those that would pay for a side of a row that is open."""
    side = np.where(prices > 0, program.row_lower, program.row_upper)
    return np.where(np.isfinite(side), prices, 0.0)


def price_bound(program: Program, prices: Floats, reduced: Floats) -> float:
    """The bound that usable prices prove: Σ price · its side of the row + Σ the least of reduced cost · variable.

    Weak duality: it holds whatever the prices are.
    """
    side = np.where(prices > 0, program.row_lower, program.row_upper)
    rows = prices * np.where(prices != 0, side, 0.0)
    ends = np.where(reduced > 0, program.lower, program.upper)
    return float(rows.sum() + (reduced * ends).sum()) + program.constant


def _whole(bound: float) -> float:
    """Costs are whole, so a bound may be rounded up."""
    return float(ceil(bound - _SLIP)) if np.isfinite(bound) else bound


def _within(value: float, bound: float, gap: float) -> bool:
    return value - bound <= max(_SLIP, gap * abs(value))


def _only(program: Program, kept: NDArray[np.bool_]) -> Program:
    """The program where every variable that is not kept stays at its lower bound."""
    return replace(program, upper=np.where(kept, program.upper, program.lower))


def _checked(program: Program, answer: Answer) -> Answer:
    """Rounded to whole numbers a point must still hold exactly; one that does not is no plan."""
    if answer.x is None or program.violation(answer.x) <= _SLIP:
        return answer
    return replace(answer, status="nothing", x=None, ended=f"{answer.ended}, not whole")
