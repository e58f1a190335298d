"""SCIP, in a process of its own: it can crash, and no crash may take the plan with it.

The wheels of SCIP have been seen to abort in native code, which Python cannot catch. The child writes every better
point and bound to a file as it goes; whatever ends it, what it had found by then is read.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from junheng.planning.solvers import scip_child
from junheng.planning.solvers.answer import Answer, Status
from junheng.planning.solvers.program import Floats, Program

_GRACE = 5.0  # seconds beyond its own limit before the child is killed
_LOOK = 0.05


def solve_whole(
    program: Program,
    *,
    seconds: float,
    gap: float = 1e-6,
    start: Floats | None = None,
    enough: float | None = None,
    tell: Callable[[float, float], bool] | None = None,
) -> Answer:
    """Solve a program with whole numbers and cones.

    Args:
        gap: relative gap at which the answer counts as optimal.
        start: a feasible point to begin with; without one SCIP may find nothing in large programs.
        enough: a value that is good enough: the search ends at the first point that reaches it, the same everywhere.
        tell: called now and then with (best value, best bound); when it returns False the search ends.
    """
    began = time.perf_counter()
    with TemporaryDirectory(prefix="junheng-plan-") as folder:
        problem, found = Path(folder) / "problem.npz", Path(folder) / "found.npz"
        scip_child.write(problem, program, seconds=seconds, gap=gap, start=start, enough=enough)
        # By the path of the file: the child then imports nothing of ours but itself.
        child = subprocess.Popen(
            [sys.executable, "-I", scip_child.__file__, str(problem), str(found)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            while child.poll() is None and time.perf_counter() - began < seconds + _GRACE:
                time.sleep(_LOOK)
                if tell is not None and not tell(*scip_child.standing(found)):
                    break
        finally:
            if child.poll() is None:
                child.kill()
            child.wait()
        x, bound, status = scip_child.read(found)
    names: dict[str, Status] = {
        "optimal": "optimal",
        "gaplimit": "optimal",
        "infeasible": "infeasible",
        "unbounded": "unbounded",
    }
    kind = names.get(status, "nothing" if x is None else "feasible")
    if kind == "infeasible":
        bound = np.inf
    if x is not None:
        x = np.where(program.whole, np.round(x), x)
    return Answer(kind, x, bound + program.constant, time.perf_counter() - began, status or f"exit {child.returncode}")
