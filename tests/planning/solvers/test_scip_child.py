"""SCIP runs in a process of its own: whatever becomes of it, what it had found by then is there, and the caller too."""

from __future__ import annotations

import os
import signal
import textwrap

import numpy as np
import pytest
from small_programs import random_program

from junheng.planning.solvers import scip, scip_child
from junheng.planning.solvers.highs import solve_linear
from junheng.planning.solvers.scip import solve_whole

# A child that writes a point as the true one does, and then comes to an end of its own kind.
CHILD = """
import os, signal, sys, time
import numpy as np
kept = np.load(sys.argv[1])
np.savez(sys.argv[2], x=kept["start"], bound=np.array({bound}), value=np.array(5.0), status=np.array(""))
{end}
"""


def child_that(end: str, tmp_path, monkeypatch, bound: float = 1.0) -> None:
    script = tmp_path / "child.py"
    script.write_text(textwrap.dedent(CHILD).format(end=end, bound=bound))
    monkeypatch.setattr(scip_child, "__file__", str(script))


@pytest.mark.parametrize(
    "end", ["os.kill(os.getpid(), signal.SIGKILL)", "os.kill(os.getpid(), signal.SIGABRT)", "os._exit(139)", "1 / 0"]
)
def test_what_a_crashed_child_had_found_is_kept(end, tmp_path, monkeypatch):
    child_that(end, tmp_path, monkeypatch)
    program = random_program(7, whole=True, cone=True)
    start = np.ones(program.size)
    found = solve_whole(program, seconds=5, start=start)
    assert found.status == "feasible"
    assert list(found.x) == list(start)
    assert found.bound == 1.0 + program.constant
    assert found.ended.startswith("exit")


def test_a_child_that_never_ends_is_ended(tmp_path, monkeypatch):
    child_that("time.sleep(600)", tmp_path, monkeypatch)
    monkeypatch.setattr(scip, "_GRACE", 0.5)
    found = solve_whole(random_program(7, whole=True), seconds=0.5, start=np.ones(random_program(7, whole=True).size))
    assert found.status == "feasible"
    assert found.seconds < 5


def test_a_child_that_cannot_even_begin_leaves_nothing(tmp_path, monkeypatch):
    script = tmp_path / "child.py"
    script.write_text("import no_such_solver")
    monkeypatch.setattr(scip_child, "__file__", str(script))
    found = solve_whole(random_program(7, whole=True), seconds=5)
    assert (found.status, found.x, found.bound) == ("nothing", None, -np.inf)


def test_a_child_killed_in_the_middle_by_the_system_does_no_harm(monkeypatch):
    began = []

    class Watched(scip.subprocess.Popen):
        def __init__(self, *args, **kwargs):
            super().__init__(*args, **kwargs)
            began.append(self.pid)

    monkeypatch.setattr(scip.subprocess, "Popen", Watched)

    def kill(value: float, bound: float) -> bool:
        os.kill(began[-1], signal.SIGKILL)
        return True

    program = random_program(9, whole=True, cone=True)
    found = solve_whole(program, seconds=20, tell=kill)
    assert found.status in ("nothing", "feasible", "optimal")
    assert found.seconds < 10


def test_the_start_is_where_scip_begins():
    program = random_program(11, whole=True)
    start = solve_linear(program, seconds=5).x
    found = solve_whole(program, seconds=0.0, start=start)
    assert found.x is not None
    assert program.value(found.x) <= program.value(start)
