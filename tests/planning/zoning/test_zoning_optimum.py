"""The planner's optimum is the optimum, as trying everything shows."""

from dataclasses import replace

import pytest
from all_zonings import least_worth, tiny_problem, worth

from junheng.planning.zoning import solve as module
from junheng.planning.zoning.errors import SearchContradictsItselfError
from junheng.planning.zoning.problem import NEVER
from junheng.planning.zoning.solve import solve


def agrees(problem):
    least = least_worth(problem)
    found = solve(problem, seconds=60)
    if least is None:
        assert found is None
        return False
    assert found is not None
    assert found.value == least == worth(problem, found.owner.tolist())
    assert found.is_optimal
    return True


@pytest.mark.parametrize("seed", range(40))
def test_the_optimum_is_that_of_trying_everything(seed):
    agrees(tiny_problem(seed))


@pytest.mark.parametrize("seed", range(100, 115))
def test_stages_that_share_a_school_are_optimal_together(seed):
    agrees(tiny_problem(seed, stages=2))


@pytest.mark.parametrize("seed", range(200, 220))
def test_growing_pools_end_at_the_same_optimum(seed, monkeypatch):
    monkeypatch.setattr(module, "_EXACT", 0)
    monkeypatch.setattr(module, "_FIRST_POOL", 1)
    agrees(tiny_problem(seed))


def test_more_use_than_there_are_pupils_cuts_no_plan_away():
    found = [problem for problem in map(tiny_problem, range(400, 460)) if asks_too_much(problem)]
    assert len(found) > 10
    assert sum(agrees(problem) for problem in found) > 5


def asks_too_much(problem):
    return any(unit.least > problem.pupils.sum() for unit in problem.units)


def test_a_solver_that_denies_a_known_plan_is_not_believed(monkeypatch):
    problem = next(p for p in map(tiny_problem, range(20)) if least_worth(p) is not None and len(p.units) > 1)
    real = module.solve_linear

    def denying(program, **options):
        return replace(real(program, **options), status="infeasible", x=None, bound=float("inf"))

    monkeypatch.setattr(module, "solve_linear", denying)
    monkeypatch.setattr(module, "relax", lambda problem, seconds: None)
    with pytest.raises(SearchContradictsItselfError):
        solve(problem, seconds=5)


@pytest.mark.slow
def test_the_optimum_is_that_of_trying_everything_many_times_over():
    assert sum(agrees(tiny_problem(seed)) for seed in range(1000, 1400)) > 200


@pytest.mark.parametrize("gap", [0.5, 0.1, 0.02])
def test_a_search_that_stops_early_has_the_optimum_between_bound_and_value(gap, monkeypatch):
    monkeypatch.setattr(module, "_EXACT", 0)
    monkeypatch.setattr(module, "_FIRST_POOL", 1)
    for seed in range(300, 320):
        problem = tiny_problem(seed)
        least, found = least_worth(problem), solve(problem, seconds=60, gap=gap)
        assert (found is None) == (least is None)
        if found is not None:
            assert found.bound <= least <= found.value
            assert found.gap <= gap


def test_no_time_gives_no_wrong_bound():
    for seed in range(300, 310):
        problem = tiny_problem(seed)
        found = solve(problem, seconds=0.0)
        assert found is None or found.bound <= least_worth(problem) <= found.value


def test_a_block_that_no_school_may_take_has_no_plan():
    problem = tiny_problem(1)
    problem.cost[0] = NEVER
    assert solve(problem, seconds=5) is None
