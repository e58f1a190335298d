"""The search by prices: right on any small program, whether the relaxation is whole or not, and its bound holds."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from junheng.planning.rotation.solve import price_bound, solve, usable_prices
from junheng.planning.solvers.program import ProgramBuilder

_MOST = 3


@st.composite
def programs(draw):
    """Three or four whole variables up to 3, one or two rows with small factors: mostly not whole by themselves."""
    count = draw(st.integers(3, 4))
    builder = ProgramBuilder()
    whole = st.integers(-6, 9)
    builder.variables(count, upper=_MOST, cost=draw(st.lists(whole, min_size=count, max_size=count)), whole=True)
    for number in range(draw(st.integers(1, 2))):
        factors = draw(st.lists(st.integers(-3, 5), min_size=count, max_size=count))
        lower = draw(st.integers(-4, 12))
        upper = draw(st.one_of(st.just(np.inf), st.integers(lower, 15)))
        builder.rows(f"row{number}", np.zeros(count), np.arange(count), factors, lower=lower, upper=upper, count=1)
    return builder.program()


def best(program):
    points = [np.array(point, dtype=float) for point in product(range(_MOST + 1), repeat=program.size)]
    return min((program.value(x) for x in points if program.violation(x) < 1e-9), default=None)


@given(program=programs(), flows=st.integers(0, 4))
def test_the_answer_is_the_best_of_all_points(program, flows):
    answer = solve(program, flows=min(flows, program.size), seconds=20)
    expected = best(program)
    if expected is None:
        assert answer.status == "infeasible"
    else:
        assert answer.status == "optimal"
        assert program.value(answer.x) == expected == answer.bound
        assert program.violation(answer.x) < 1e-9


@given(program=programs(), prices=st.lists(st.floats(-9, 9), min_size=2, max_size=2))
def test_whatever_the_prices_are_no_point_costs_less_than_their_bound(program, prices):
    used = usable_prices(program, np.array(prices[: len(program.row_lower)]))
    bound = price_bound(program, used, program.cost - program.matrix.T @ used)
    expected = best(program)
    assert expected is None or bound <= expected + 1e-9


def odd():
    """Two equal halves cannot be split in three: the relaxation is not whole and its bound not reached."""
    builder = ProgramBuilder()
    builder.variables(6, upper=1.0, cost=[5, 4, 7, 6, 5, 4], whole=True)
    builder.rows("pairs", [0, 0, 1, 1, 2, 2], [0, 1, 1, 2, 0, 2], 1.0, lower=1.0, count=3)
    builder.rows("all", np.zeros(6), np.arange(6), 2.0, lower=5.0, count=1)
    return builder.program()


def test_where_the_relaxation_is_not_whole_the_core_is_searched():
    program = odd()
    answer = solve(program, flows=6, seconds=20)
    assert (answer.status, program.value(answer.x)) == ("optimal", best(program))


def test_it_tells_of_the_whole_program_and_stops_when_told_to():
    told = []

    def tell(value, bound):
        told.append((value, bound))
        return False

    program = odd()
    answer = solve(program, flows=6, seconds=20, tell=tell)
    assert all(bound <= best(program) <= value + 1e-9 for value, bound in told)
    if answer.x is not None:
        assert answer.bound <= best(program) <= program.value(answer.x)


@pytest.mark.parametrize("gap", [0.0, 0.5])
def test_the_bound_holds_for_any_gap(gap):
    program = odd()
    answer = solve(program, flows=6, seconds=20, gap=gap)
    assert answer.status == "optimal"
    assert answer.bound <= best(program) <= program.value(answer.x)
