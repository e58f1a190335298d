"""The child process of ``scip``: run by its path, so it imports numpy, scipy and SCIP and nothing else."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from junheng.planning.solvers.program import Floats, Program

# Heuristics that solve nonlinear subproblems: the ones seen to abort the process.
_OFF = ("subnlp", "mpec", "nlpdiving", "multistart")


def write(path: Path, program: Program, *, seconds: float, gap: float, start: Floats | None) -> None:
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
    np.savez(path, **arrays)


def _sparse(name: str, matrix: Any) -> dict[str, Any]:  # noqa: ANN401
    return {f"{name}_data": matrix.data, f"{name}_indices": matrix.indices, f"{name}_indptr": matrix.indptr}


def read(path: Path) -> tuple[Floats | None, float, str]:
    """The best point, the best bound and the status that the child left; what it had when it ended."""
    if not path.exists():
        return None, -np.inf, ""
    with np.load(path) as kept:
        x = kept["x"] if "x" in kept else None
        return x, float(kept["bound"]), str(kept["status"])


def standing(path: Path) -> tuple[float, float]:
    """The value of the best point so far and the best bound."""
    if not path.exists():
        return np.inf, -np.inf
    with np.load(path) as kept:
        return float(kept["value"]), float(kept["bound"])


def _main(problem: Path, found: Path) -> None:
    from pyscipopt import SCIP_EVENTTYPE, Eventhdlr, Model, quicksum

    kept = np.load(problem)
    seconds, gap, cones = kept["limits"]
    model = Model()
    model.hideOutput()
    model.setParam("limits/time", float(seconds))
    model.setParam("limits/gap", float(gap))
    for heuristic in _OFF:
        model.setParam(f"heuristics/{heuristic}/freq", -1)

    def number(value: float) -> float | None:
        return float(value) if np.isfinite(value) else None

    x = [
        model.addVar(lb=number(low), ub=number(high), vtype="I" if whole else "C", obj=float(cost))
        for low, high, whole, cost in zip(kept["lower"], kept["upper"], kept["whole"], kept["cost"], strict=True)
    ]

    def line(name: str, row: int) -> list[tuple[int, float]]:
        start, end = kept_of[f"{name}_indptr"][row : row + 2]
        return list(zip(kept_of[f"{name}_indices"][start:end], kept_of[f"{name}_data"][start:end], strict=True))

    kept_of = {name: kept[name] for name in kept.files}
    for row, (low, high) in enumerate(zip(kept["row_lower"], kept["row_upper"], strict=True)):
        terms = line("matrix", row)
        if terms:
            expression = quicksum(float(by) * x[at] for at, by in terms)
            model.addCons((float(low) if np.isfinite(low) else -1e20) <= (expression <= (float(high) if np.isfinite(high) else 1e20)))
    parts: list[tuple[Any, list[tuple[int, float]], float]] = []  # helper variables and what they equal
    for cone in range(int(cones)):
        legs = []
        for row, offset in enumerate(kept_of[f"offset{cone}"]):
            terms = line(f"factor{cone}", row)
            leg = model.addVar(lb=None)
            model.addCons(leg == quicksum(float(by) * x[at] for at, by in terms) + float(offset))
            legs.append(leg)
            parts.append((leg, terms, float(offset)))
        right = model.addVar(lb=0.0)
        terms, constant = line(f"bound{cone}", 0), float(kept_of[f"constant{cone}"])
        model.addCons(right == quicksum(float(by) * x[at] for at, by in terms) + constant)
        parts.append((right, terms, constant))
        model.addCons(quicksum(leg * leg for leg in legs) <= right * right)

    best: dict[str, Any] = {}

    def keep(status: str = "") -> None:
        arrays = {"bound": np.array(model.getDualbound()), "status": np.array(status), "value": np.array(np.inf)} | best
        spare = found.with_suffix(".part.npz")
        np.savez(spare, **arrays)
        os.replace(spare, found)  # noqa: PTH105

    class Better(Eventhdlr):  # type: ignore[misc]
        def eventinit(self) -> None:
            model.catchEvent(SCIP_EVENTTYPE.BESTSOLFOUND, self)
            model.catchEvent(SCIP_EVENTTYPE.NODESOLVED, self)

        def eventexit(self) -> None:
            model.dropEvent(SCIP_EVENTTYPE.BESTSOLFOUND, self)
            model.dropEvent(SCIP_EVENTTYPE.NODESOLVED, self)

        def eventexec(self, event: Any) -> None:  # noqa: ANN401
            if event.getType() == SCIP_EVENTTYPE.BESTSOLFOUND:
                point = model.getBestSol()
                best["x"] = np.array([model.getSolVal(point, own) for own in x])
                best["value"] = np.array(model.getSolObjVal(point))
            keep()

    model.includeEventhdlr(Better(), "better", "keeps the best point")
    if "start" in kept_of:
        point, start = model.createSol(), kept_of["start"]
        for own, value in zip(x, start, strict=True):
            model.setSolVal(point, own, float(value))
        for own, terms, constant in parts:
            model.setSolVal(point, own, float(sum(by * start[at] for at, by in terms) + constant))
        if not model.addSol(point):
            sys.stderr.write("start refused\n")
    model.optimize()
    if model.getNSols():
        point = model.getBestSol()
        best |= {"x": np.array([model.getSolVal(point, own) for own in x]), "value": np.array(model.getObjVal())}
    keep(str(model.getStatus()))


if __name__ == "__main__":
    _main(Path(sys.argv[1]), Path(sys.argv[2]))
