"""The planner against every plan there is: the same least cost, and no plan where there is none."""

from __future__ import annotations

from fractions import Fraction
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plan_checker import faults
from small_counties import cheapest_of_all, random_case
from small_statements import cheapest, kept, random_statement

from junheng.planning.resources.errors import BudgetTooSmallError, NoPlanError
from junheng.planning.resources.model import MONEY, build
from junheng.planning.resources.plan import plan_resources
from junheng.planning.resources.search import search

EXACT = 1e-9


def agree_on_statement(seed: int) -> bool:
    """Plan a random statement both ways; whether it has a plan."""
    statement = random_statement(seed)
    least = cheapest(statement)
    model = build(statement)
    found = search(model, seconds=20, gap=EXACT)
    if least is None:
        assert found.x is None
        assert found.bound == inf
        return False
    assert found.x is not None
    lots = [round(amount) for amount in model.amounts(found.x)]
    assert kept(statement, lots)
    assert sum(d.cost * n for d, n in zip(statement.decisions, lots, strict=True)) == least
    assert found.bound * MONEY <= float(least) + 0.01
    return True


def agree_on_county(seed: int) -> str:
    """Plan a random county as filed both ways; what came of it."""
    judgement, inputs = random_case(seed)
    least = cheapest_of_all(judgement, inputs)
    try:
        plan = plan_resources(judgement, inputs, seconds=20, gap=EXACT, explain=False)
    except (NoPlanError, BudgetTooSmallError):
        assert least is None
        return "none"
    assert plan.cost == least
    assert plan.bound <= plan.cost
    assert faults(plan) == []
    return "planned" if least else "nothing to do"


@pytest.mark.slow
def test_on_small_statements_the_plan_is_the_cheapest_of_all():
    planned = [agree_on_statement(seed) for seed in range(100)]
    assert planned.count(True) > 30
    assert planned.count(False) > 30


@pytest.mark.slow
@given(seed=st.integers(10_000, 10**6))
def test_any_small_statement_is_planned_as_cheaply_as_can_be(seed):
    agree_on_statement(seed)


@pytest.mark.slow
def test_on_small_counties_the_plan_is_the_cheapest_of_all_and_is_accepted():
    found = [agree_on_county(seed) for seed in range(25)]
    assert found.count("planned") >= 8
    assert "none" in found


@pytest.mark.slow
@given(seed=st.integers(10_000, 10**6))
def test_any_small_county_is_planned_as_cheaply_as_can_be(seed):
    agree_on_county(seed)


def test_a_budget_of_exactly_the_least_cost_is_enough_and_one_yuan_less_is_not():
    statement = random_statement(next(s for s in range(100) if cheapest(random_statement(s))))
    least = cheapest(statement)
    assert least
    from dataclasses import replace

    assert search(build(replace(statement, budget=least)), gap=EXACT).x is not None
    short = search(build(replace(statement, budget=least - Fraction(1))), gap=EXACT)
    assert short.x is None
    assert short.bound == inf
