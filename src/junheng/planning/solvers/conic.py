"""Clarabel: the continuous program with its cones. A valid bound, and what each limit is worth (its dual)."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

import numpy as np
import scipy.sparse as sparse

from junheng.planning.solvers.answer import Answer
from junheng.planning.solvers.program import Floats, Program


@dataclass(frozen=True)
class Relaxed:
    """The answer without wholeness.

    Attributes:
        row_price: (m,) what one unit less on the left side of a ≥ row would save (the dual; negative in ≤ rows).
        cone_duals: per cone (λ, u): λ is what one unit of slack in it would save.
    """

    answer: Answer
    row_price: Floats
    cone_duals: list[Floats]


def solve_relaxed(program: Program, *, seconds: float = 60.0) -> Relaxed:
    """Solve without wholeness. The bound is computed anew from the prices, whatever the solver's tolerance."""
    import clarabel  # an extra: the planners alone need it

    start = time.perf_counter()
    count = program.size
    rows, low, high = program.matrix, program.row_lower, program.row_upper
    eye = sparse.eye_array(count, format="csr")
    equal = low == high
    under, over = np.isfinite(low) & ~equal, np.isfinite(high) & ~equal
    fixed = program.lower == program.upper
    floor, roof = np.isfinite(program.lower) & ~fixed, np.isfinite(program.upper) & ~fixed
    parts = [
        (rows[equal], low[equal]),
        (eye[fixed], program.lower[fixed]),
        (-rows[under], -low[under]),
        (rows[over], high[over]),
        (-eye[floor], -program.lower[floor]),
        (eye[roof], program.upper[roof]),
    ]
    equalities = int(equal.sum() + fixed.sum())
    inequalities = sum(part.shape[0] for part, _ in parts) - equalities
    cones = [clarabel.ZeroConeT(equalities), clarabel.NonnegativeConeT(inequalities)]
    for cone in program.cones:
        parts.append((sparse.vstack([-cone.bound, -cone.factor]), np.r_[cone.constant, cone.offset]))
        cones.append(clarabel.SecondOrderConeT(len(cone.offset) + 1))
    matrix = sparse.csc_matrix(sparse.vstack([part for part, _ in parts]))
    right = np.concatenate([side for _, side in parts])
    settings = clarabel.DefaultSettings()
    settings.verbose = False
    settings.time_limit = seconds
    # Programs come with their rows in like units. Clarabel's own scaling stretched the columns of rare large decisions
    # so far that it stopped, satisfied, 2 % above the minimum of a county of 130 schools: it is tried second.
    for settings.equilibrate_enable in (False, True):
        solver = clarabel.DefaultSolver(sparse.csc_matrix((count, count)), program.cost, matrix, right, cones, settings)
        found = solver.solve()
        status = str(found.status)
        if status in _DECIDED:
            break
    dual = np.asarray(found.z)
    solved = status in ("Solved", "AlmostSolved")
    infeasible = status == "PrimalInfeasible"
    row_price = np.zeros(len(low))
    at = equalities
    row_price[under] = dual[at : at + under.sum()]
    row_price[over] = -dual[at + under.sum() : at + under.sum() + over.sum()]
    row_price[equal] = -dual[: equal.sum()]
    at = equalities + inequalities
    prices: list[Floats] = []
    for cone in program.cones:
        prices.append(dual[at : at + len(cone.offset) + 1])
        at += len(cone.offset) + 1
    took = time.perf_counter() - start
    if status in ("DualInfeasible", "AlmostDualInfeasible"):
        answer = Answer("unbounded", None, -np.inf, took, status)
    else:
        answer = Answer(
            status="optimal" if solved else "infeasible" if infeasible else "nothing",
            x=np.clip(np.asarray(found.x), program.lower, program.upper) if solved else None,
            bound=np.inf
            if infeasible
            else _proven(program, row_price, prices, program.value(np.asarray(found.x)))
            if solved
            else -np.inf,
            seconds=took,
            ended=status,
        )
    return Relaxed(answer, row_price, prices)


def _proven(program: Program, row_price: Floats, cone_duals: list[Floats], value: float) -> float:
    """A bound that holds whatever the solver's tolerance: all rules are paid for, only the variables' own limits kept.

    Whatever costs more than ``worth`` is beyond that bound anyway, so the smaller of the two always holds.
    """
    worth = generous(value)
    paid = priced(program, row_price, cone_duals, worth)
    used = paid.cost != 0
    at = np.where(paid.cost > 0, paid.lower, paid.upper)
    return min(float(paid.cost[used] @ at[used]) + paid.constant, worth)


def generous(value: float) -> float:
    """A cost far above a relaxed one: what is dearer still need not be looked at to bound the others."""
    return 2.0 * abs(value) + 1.0


def priced(program: Program, row_price: Floats, cone_duals: list[Floats], worth: float) -> Program:
    """The program with rows and cones paid for instead of kept (Lagrange). Its rows stay: a caller may keep some.

    For any prices y of rows (≥ 0 for ≥) and (λ, u) of cones with ‖u‖ ≤ λ, every feasible x costs at least
    y·b − Σ (λ·constant + u·offset) + (cost − Aᵀy − Σ (λ·bound + Fᵀu))·x. Prices that no solver's tolerance can spoil:
    those of the wrong sign are dropped, those outside the cone's dual are drawn into it.

    Args:
        worth: nothing dearer than this is of interest, which limits variables that have no limit of their own.
    """
    price = row_price.copy()
    price[(price > 0) & ~np.isfinite(program.row_lower)] = 0.0
    price[(price < 0) & ~np.isfinite(program.row_upper)] = 0.0
    side = np.where(price > 0, program.row_lower, program.row_upper)
    constant = float(price[price != 0] @ side[price != 0]) + program.constant
    left = program.cost - program.matrix.T @ price
    for cone, own in zip(program.cones, cone_duals, strict=True):
        level, leg = max(float(own[0]), 0.0), own[1:]
        length = float(np.linalg.norm(leg))
        if length > level:
            leg = leg * (level / length)
        left = left - level * cone.bound.toarray()[0] - cone.factor.T @ leg
        constant -= level * cone.constant + float(leg @ cone.offset)
    most = np.full(program.size, np.inf)
    dear = program.cost > 0
    most[dear] = (worth - program.constant) / program.cost[dear]
    upper = np.minimum(program.upper, most)
    # What costs nothing and has no limit either gives no bound, unless what is left of its cost is dust and no more.
    dust = np.abs(left) < _DUST * (1 + np.abs(program.cost))
    left = np.where(dust & ~np.isfinite(upper), 0.0, left)
    return replace(program, cost=left, upper=upper, cones=(), constant=constant)


_DUST = 1e-7
_DECIDED = frozenset({"Solved", "PrimalInfeasible", "DualInfeasible"})
