"""Three solvers, one form of program: they agree where they overlap, and say how they ended."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from small_programs import random_program

from junheng.planning.solvers.conic import solve_relaxed
from junheng.planning.solvers.highs import solve_continuous, solve_linear
from junheng.planning.solvers.program import ProgramBuilder
from junheng.planning.solvers.scip import solve_whole


@pytest.mark.parametrize("seed", range(12))
def test_continuous_programs_have_one_optimum_whoever_solves_them(seed):
    program = random_program(seed, whole=False)
    linear, conic, simplex = (
        solve_linear(program, seconds=5),
        solve_relaxed(program),
        solve_continuous(program, seconds=5),
    )
    assert linear.status == conic.answer.status == simplex.answer.status == "optimal"
    value = program.value(linear.x)
    assert program.value(conic.answer.x) == pytest.approx(value, abs=1e-5)
    assert program.value(simplex.answer.x) == pytest.approx(value, abs=1e-6)
    assert conic.answer.bound <= value + 1e-6
    assert conic.answer.bound == pytest.approx(value, abs=1e-4)
    assert conic.row_price == pytest.approx(simplex.row_price, abs=1e-3) or conic.answer.x is not None


@pytest.mark.parametrize("seed", range(6))
def test_whole_programs_have_one_optimum_whoever_solves_them(seed):
    program = random_program(seed, whole=True)
    linear, scip = solve_linear(program, seconds=5), solve_whole(program, seconds=5)
    assert linear.status == scip.status == "optimal"
    assert program.value(linear.x) == program.value(scip.x)
    assert scip.bound == pytest.approx(program.value(scip.x), abs=1e-5)
    assert solve_relaxed(program).answer.bound <= program.value(scip.x) + 1e-6


@pytest.mark.parametrize("seed", range(6))
def test_whole_programs_with_cones_are_solved_as_by_trying_all(seed):
    program = random_program(seed + 50, whole=True, cone=True)
    program = replace(program, upper=np.minimum(program.upper, 3.0))
    points = product(range(4), repeat=program.size) if program.size <= 6 else ()
    best = min((program.value(np.array(x)) for x in points if program.violation(np.array(x)) <= 1e-9), default=None)
    scip = solve_whole(program, seconds=10)
    if program.size > 6:
        assert solve_relaxed(program).answer.bound <= scip.bound + 1e-4
    elif best is None:
        assert scip.status == "infeasible"
    else:
        assert program.value(scip.x) == pytest.approx(best)


def impossible(*, whole: bool):
    builder = ProgramBuilder()
    x = builder.variables(2, upper=1.0, cost=1.0, whole=whole)
    builder.rows("three of two", 0, x, 1.0, lower=3.0, count=1)
    return builder.program()


def endless(*, whole: bool):
    builder = ProgramBuilder()
    x = builder.variables(2, cost=-1.0, whole=whole)
    builder.rows("alike", 0, x, [1.0, -1.0], lower=0.0, upper=0.0, count=1)
    return builder.program()


@pytest.mark.parametrize("whole", [False, True])
def test_what_is_impossible_is_called_so_and_its_bound_is_infinite(whole):
    answers = [solve_linear(impossible(whole=whole), seconds=5), solve_whole(impossible(whole=whole), seconds=5)]
    answers.append(solve_relaxed(impossible(whole=whole)).answer)
    assert [answer.status for answer in answers] == ["infeasible"] * 3
    assert [answer.bound for answer in answers] == [np.inf] * 3
    assert all(answer.x is None for answer in answers)


@pytest.mark.parametrize("whole", [False, True])
def test_what_has_no_end_is_never_called_impossible(whole):
    answers = [solve_linear(endless(whole=whole), seconds=5), solve_whole(endless(whole=whole), seconds=5)]
    answers.append(solve_relaxed(endless(whole=whole)).answer)
    assert {answer.status for answer in answers} <= {"unbounded", "nothing", "feasible"}
    assert all(answer.bound < 0 for answer in answers)


def test_highs_refuses_cones_and_begins_where_it_is_told():
    with pytest.raises(ValueError, match="cones"):
        solve_linear(random_program(1, whole=True, cone=True), seconds=1)
    program = random_program(4, whole=True)
    start = solve_linear(program, seconds=5).x
    assert program.value(solve_linear(program, seconds=5, start=start).x) == program.value(start)


def test_a_search_that_is_told_to_end_ends():
    program = random_program(5, whole=True, cone=True)
    began = solve_whole(program, seconds=60, tell=lambda value, bound: False)
    assert began.seconds < 10
