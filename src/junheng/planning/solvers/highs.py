"""HiGHS: linear programs with whole numbers."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from junheng.planning.solvers.answer import Answer, Status
from junheng.planning.solvers.conic import Relaxed
from junheng.planning.solvers.program import Floats, Program

if TYPE_CHECKING:
    import highspy

_THREADS = 2


def solve_linear(
    program: Program,
    *,
    seconds: float,
    gap: float = 1e-9,
    start: Floats | None = None,
    tell: Callable[[float, float], bool] | None = None,
) -> Answer:
    """Solve a program without cones.

    Args:
        gap: relative gap at which the answer counts as optimal.
        start: a feasible point to begin with.
        tell: called now and then with (best value, best bound); when it returns False the search ends.
    """
    import highspy  # an extra: the planners alone need it

    began = time.perf_counter()
    solver = _solver(program, seconds)
    solver.setOptionValue("mip_rel_gap", gap)
    if start is not None:
        point = highspy.HighsSolution()
        point.col_value = start
        solver.setSolution(point)
    if tell is not None:
        solver.HandleUserInterrupt = True
        asked = tell

        def look(event: highspy.HighsCallbackEvent) -> None:
            if not asked(event.data_out.mip_primal_bound, event.data_out.mip_dual_bound):
                event.interrupt()

        solver.cbMipInterrupt.subscribe(look)
    solver.run()
    info, status = solver.getInfo(), solver.getModelStatus()
    word = solver.modelStatusToString(status)
    names: dict[highspy.HighsModelStatus, Status] = {
        highspy.HighsModelStatus.kOptimal: "optimal",
        highspy.HighsModelStatus.kInfeasible: "infeasible",
        highspy.HighsModelStatus.kUnbounded: "unbounded",
    }
    found = names.get(status)
    if status == highspy.HighsModelStatus.kUnboundedOrInfeasible:  # without costs it can only be one of them
        free = solve_linear(replace(program, cost=np.zeros_like(program.cost)), seconds=seconds)
        found = "infeasible" if free.status == "infeasible" else "unbounded" if free.x is not None else None
    feasible = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    x = np.asarray(solver.getSolution().col_value) if feasible else None
    if x is not None:
        x = np.where(program.whole, np.round(x), x)
    if found is None:
        found = "feasible" if x is not None else "nothing"
    whole = bool(program.whole.any())
    bound = float(info.mip_dual_bound if whole else info.objective_function_value) if x is not None else -np.inf
    if x is None and whole and found == "nothing":
        bound = float(info.mip_dual_bound)
    if found == "infeasible":
        bound = np.inf
    if found == "unbounded":  # a point on the way there proves nothing
        x, bound = None, -np.inf
    duals = None if whole or found != "optimal" else np.asarray(solver.getSolution().row_dual)
    return Answer(found, x, bound, time.perf_counter() - began, word, duals)


def solve_continuous(program: Program, *, seconds: float) -> Relaxed:
    """Solve a program without cones, and without wholeness, by the simplex method: a vertex, and each row's price."""
    import highspy  # an extra: the planners alone need it

    began = time.perf_counter()
    solver = _solver(replace(program, whole=np.zeros_like(program.whole)), seconds)
    solver.run()
    status = solver.getModelStatus()
    word = solver.modelStatusToString(status)
    spent = time.perf_counter() - began
    nothing = np.zeros(len(program.row_lower))
    if status == highspy.HighsModelStatus.kInfeasible:
        return Relaxed(Answer("infeasible", None, np.inf, spent, word), nothing, [])
    if status != highspy.HighsModelStatus.kOptimal:
        return Relaxed(Answer("nothing", None, -np.inf, spent, word), nothing, [])
    found = solver.getSolution()
    value = float(solver.getInfo().objective_function_value)
    answer = Answer("optimal", np.asarray(found.col_value), value, spent, word)
    return Relaxed(answer, np.asarray(found.row_dual), [])


def _solver(program: Program, seconds: float) -> highspy.Highs:
    """A solver that has been passed a program."""
    import highspy

    if program.cones:
        raise ValueError("HiGHS reads no cones")
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = program.size, program.matrix.shape[0]
    model.col_cost_, model.offset_ = program.cost, program.constant
    model.col_lower_, model.col_upper_ = program.lower, program.upper
    model.row_lower_, model.row_upper_ = program.row_lower, program.row_upper
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = program.matrix.indptr
    model.a_matrix_.index_ = program.matrix.indices
    model.a_matrix_.value_ = program.matrix.data
    if program.whole.any():
        kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
        model.integrality_ = [kinds[int(whole)] for whole in program.whole]
    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", _THREADS)
    solver.setOptionValue("time_limit", seconds)
    solver.passModel(model)
    return solver
