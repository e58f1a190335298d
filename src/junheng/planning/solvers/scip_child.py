"""The child process of ``scip``: run by its path, so it imports numpy, scipy and SCIP and nothing else."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from junheng.planning.solvers.program import Floats, Program

# Heuristics that solve nonlinear subproblems: the ones seen to abort the process.
_DEATH_OF_PARENT = 1  # PR_SET_PDEATHSIG of Linux
_OFF = ("subnlp", "mpec", "nlpdiving", "multistart")


def write(
    path: Path,
    program: Program,
    *,
    seconds: float,
    gap: float,
    start: Floats | None = None,
    enough: float | None = None,
) -> None:
    """Write a program where the child reads it."""
    arrays: dict[str, Any] = {
        "cost": program.cost,
        "lower": program.lower,
        "upper": program.upper,
        "whole": program.whole,
        "row_lower": program.row_lower,
        "row_upper": program.row_upper,
        "limits": np.array([seconds, gap, len(program.cones)]),
    }
    arrays |= _sparse("matrix", program.matrix)
    for number, cone in enumerate(program.cones):
        arrays |= _sparse(f"factor{number}", cone.factor) | _sparse(f"bound{number}", cone.bound)
        arrays[f"offset{number}"], arrays[f"constant{number}"] = cone.offset, np.array(cone.constant)
    if start is not None:
        arrays["start"] = start
    if enough is not None:
        arrays["enough"] = np.array(enough - program.constant)
    np.savez(path, **arrays)


def _sparse(name: str, matrix: Any) -> dict[str, Any]:  # noqa: ANN401
    return {f"{name}_data": matrix.data, f"{name}_indices": matrix.indices, f"{name}_indptr": matrix.indptr}


def read(path: Path) -> tuple[Floats | None, float, str]:
    """The best point, the best bound and the status that the child left; what it had when it ended."""
    if not path.exists():
        return None, -np.inf, ""
    with np.load(path) as kept:
        x = kept.get("x")
        return x, float(kept["bound"]), str(kept["status"])


def standing(path: Path) -> tuple[float, float]:
    """The value of the best point so far and the best bound."""
    if not path.exists():
        return np.inf, -np.inf
    with np.load(path) as kept:
        return float(kept["value"]), float(kept["bound"])


Line = list[tuple[int, float]]  # variables and their factors
Part = tuple[Any, Line, float]  # a variable of the cones, and the affine expression that it equals


class _Problem:
    """The arrays of a problem file."""

    def __init__(self, path: Path) -> None:
        with np.load(path) as kept:
            self.arrays = {name: kept[name] for name in kept.files}

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401
        return self.arrays[name]

    def line(self, name: str, row: int) -> Line:
        start, end = self[f"{name}_indptr"][row : row + 2]
        indices, data = self[f"{name}_indices"][start:end], self[f"{name}_data"][start:end]
        return [(int(at), float(by)) for at, by in zip(indices, data, strict=True)]


def _main(problem: Path, found: Path) -> None:
    from pyscipopt import Model

    _end_with_parent()
    kept = _Problem(problem)
    seconds, gap, cones = kept["limits"]
    model = Model()
    model.hideOutput()
    model.setParam("limits/time", float(seconds))
    model.setParam("limits/gap", float(gap))
    if "enough" in kept.arrays:
        model.setParam("limits/primal", float(kept["enough"]))
    for heuristic in _OFF:
        model.setParam(f"heuristics/{heuristic}/freq", -1)
    x = _variables(model, kept)
    _rows(model, kept, x)
    parts = [part for cone in range(int(cones)) for part in _cone(model, kept, cone, x)]
    keep = _keeper(model, x, found)
    if "start" in kept.arrays:
        _start(model, kept["start"], x, parts)
    model.optimize()
    keep(str(model.getStatus()), model.getBestSol() if model.getNSols() else None)


def _end_with_parent() -> None:
    """A parent that is killed takes this process with it, where the system can do that."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_DEATH_OF_PARENT, signal.SIGKILL)


def _variables(model: Any, kept: _Problem) -> list[Any]:  # noqa: ANN401
    columns = zip(kept["lower"], kept["upper"], kept["whole"], kept["cost"], strict=True)
    return [
        model.addVar(lb=_limit(low), ub=_limit(high), vtype="I" if whole else "C", obj=float(cost))
        for low, high, whole, cost in columns
    ]


def _limit(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


def _sum(line: Line, x: list[Any]) -> Any:  # noqa: ANN401
    from pyscipopt import quicksum

    return quicksum(by * x[at] for at, by in line)


def _rows(model: Any, kept: _Problem, x: list[Any]) -> None:  # noqa: ANN401
    infinity = model.infinity()
    for row, (low, high) in enumerate(zip(kept["row_lower"], kept["row_upper"], strict=True)):
        if line := kept.line("matrix", row):
            model.addCons((max(low, -infinity) <= _sum(line, x)) <= min(high, infinity))


def _cone(model: Any, kept: _Problem, cone: int, x: list[Any]) -> list[Part]:  # noqa: ANN401
    """‖legs‖ ≤ right, with a variable for each: SCIP finds a cone in squares of variables, not of sums."""
    from pyscipopt import quicksum

    offsets, constant = kept[f"offset{cone}"], float(kept[f"constant{cone}"])
    legs: list[Part] = [
        (model.addVar(lb=None), kept.line(f"factor{cone}", row), float(offset)) for row, offset in enumerate(offsets)
    ]
    right: Part = (model.addVar(lb=0.0), kept.line(f"bound{cone}", 0), constant)
    for variable, line, own in (*legs, right):
        model.addCons(variable == _sum(line, x) + own)
    model.addCons(quicksum(leg * leg for leg, _, _ in legs) <= right[0] * right[0])
    return [*legs, right]


def _keeper(model: Any, x: list[Any], found: Path) -> Any:  # noqa: ANN401
    """A function that writes what there is, called at every better point and at every node."""
    from pyscipopt import Eventhdlr
    from pyscipopt.scip import PY_SCIP_EVENTTYPE as EVENTS

    best: dict[str, Any] = {"value": np.array(np.inf)}

    def keep(status: str, point: Any) -> None:  # noqa: ANN401
        if point is not None:
            best["x"] = np.array([model.getSolVal(point, own) for own in x])
            best["value"] = np.array(model.getSolObjVal(point))
        spare = found.with_suffix(".part.npz")
        np.savez(spare, bound=np.array(model.getDualbound()), status=np.array(status), **best)
        os.replace(spare, found)  # noqa: PTH105

    class Better(Eventhdlr):
        def eventinit(self) -> None:
            model.catchEvent(EVENTS.BESTSOLFOUND, self)
            model.catchEvent(EVENTS.NODESOLVED, self)

        def eventexit(self) -> None:
            model.dropEvent(EVENTS.BESTSOLFOUND, self)
            model.dropEvent(EVENTS.NODESOLVED, self)

        def eventexec(self, event: Any) -> None:  # noqa: ANN401
            keep("", model.getBestSol() if event.getType() == EVENTS.BESTSOLFOUND else None)

    model.includeEventhdlr(Better(), "better", "keeps the best point")
    return keep


def _start(model: Any, start: Floats, x: list[Any], parts: list[Part]) -> None:  # noqa: ANN401
    point = model.createSol()
    for own, value in zip(x, start, strict=True):
        model.setSolVal(point, own, float(value))
    for own, line, constant in parts:
        model.setSolVal(point, own, float(sum(by * start[at] for at, by in line) + constant))
    model.addSol(point)


if __name__ == "__main__":
    _main(Path(sys.argv[1]), Path(sys.argv[2]))
