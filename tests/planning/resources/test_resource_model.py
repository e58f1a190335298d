"""The model says what the rules say: its cone is the 差异系数, its binaries the rule of schools, its bounds hold."""

from __future__ import annotations

from fractions import Fraction
from math import inf, sqrt
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_statements import at, cheapest, kept, random_statement, squares

from junheng.planning.resources.model import MONEY, ResourceModel, build
from junheng.planning.resources.pricing import take_apart
from junheng.planning.resources.rounding import round_up
from junheng.planning.resources.statement import Statement
from junheng.planning.solvers.conic import priced, solve_relaxed
from junheng.planning.solvers.program import Floats

NEAR = 1e-5  # nearer to a limit than this the model is stricter than the rule, by its stated 1e-6

seeds = st.integers(0, 10**6)


def point(model: ResourceModel, lots: list[int]) -> Floats:
    """The point of the model at so many lots, with every met limit said to be met."""
    x = np.zeros(model.program.size)
    x[model.decisions] = lots
    x[model.met] = [float(at(demand.full, lots) >= 0) for demand in model.statement.demands]
    return model.with_means(x)


def some_lots(statement: Statement, random: Random) -> list[int]:
    return [random.randint(0, int(decision.most or 0)) for decision in statement.decisions]


@given(seed=seeds)
def test_the_cone_has_slack_exactly_where_the_coefficient_is_within_its_limit(seed):
    random = Random(seed)
    statement = random_statement(seed)
    model = build(statement)
    for _ in range(20):
        lots = some_lots(statement, random)
        x = point(model, lots)
        for cone, spread in zip(model.program.cones, statement.spreads, strict=True):
            square, mean = squares(spread, lots)
            cv = sqrt(square) / float(mean) if mean else 0.0
            if mean and abs(cv - float(spread.limit)) > NEAR:
                assert (cone.slack(x) >= 0) == (square <= spread.limit**2 * mean**2)


@given(seed=seeds)
def test_a_point_keeps_the_model_exactly_where_the_plan_keeps_every_rule(seed):
    random = Random(seed)
    statement = random_statement(seed)
    model = build(statement)
    for _ in range(20):
        lots = some_lots(statement, random)
        moved: dict[tuple[str, str | None], int] = {}
        for decision, number in zip(statement.decisions, lots, strict=True):
            if decision.way != "add":
                sign = 1 if decision.way == "take" else -1
                key = (decision.measure, decision.stage)
                moved[key] = moved.get(key, 0) + sign * number
        good = kept(statement, lots) and not any(moved.values())
        violation = model.program.violation(point(model, lots))
        if good != (violation <= 1e-9):
            assert 0 < violation < NEAR  # a coefficient at its limit


def test_every_rule_can_be_found_by_its_name():
    statement = random_statement(3)
    model = build(statement)
    assert {"floor", "limit", "enough", "moves"} <= set(model.program.rules)
    cones = {cone.name for cone in model.program.cones}
    assert cones == {f"cv:{spread.stage}:{spread.indicator}" for spread in statement.spreads}
    for name in cones:
        assert name not in {cone.name for cone in build(statement, without=[name]).program.cones}


@pytest.mark.slow
def test_bounds_lie_in_order_below_the_cheapest_plan():
    seen = 0
    for seed in range(60):
        statement = random_statement(seed)
        least = cheapest(statement)
        model = build(statement)
        relaxed = solve_relaxed(model.program)
        if least is None or relaxed.answer.x is None:
            assert least is None or relaxed.answer.x is not None
            continue
        seen += 1
        apart = take_apart(model, relaxed, seconds=5)
        optimum = float(least) / MONEY
        assert relaxed.answer.bound <= apart.bound + 1e-4 * (1 + abs(optimum))
        assert apart.bound <= optimum + 1e-6
        if apart.met is not None and (x := round_up(model, apart.met)) is not None:
            assert model.program.value(x) >= optimum - 1e-6
    assert seen > 20


@pytest.mark.slow
@given(seed=st.integers(0, 40), spoiled=seeds)
def test_spoiled_prices_give_a_worse_bound_but_never_a_wrong_one(seed, spoiled):
    statement = random_statement(seed)
    least = cheapest(statement)
    model = build(statement)
    relaxed = solve_relaxed(model.program)
    if least is None or relaxed.answer.x is None:
        return
    rng = np.random.default_rng(spoiled)
    rows = relaxed.row_price * rng.normal(1, 1, len(relaxed.row_price)) + rng.normal(0, 0.1, len(relaxed.row_price))
    cones = [own * rng.normal(1, 1, len(own)) + rng.normal(0, 0.1, len(own)) for own in relaxed.cone_duals]
    optimum = float(least) / MONEY
    paid = priced(model.program, rows, cones, worth=2 * optimum + 1)
    at_ = np.where(paid.cost > 0, paid.lower, paid.upper)
    bound = float(paid.cost[paid.cost != 0] @ at_[paid.cost != 0]) + paid.constant
    assert bound == -inf or bound <= optimum + 1e-6


def test_no_bound_is_higher_than_the_worth_it_supposed():
    """Where nothing dear is looked at, nothing is known of what is dear."""
    statement = random_statement(next(s for s in range(100) if (cheapest(random_statement(s)) or 0) > 100_000))
    least = cheapest(statement)
    model = build(statement)
    relaxed = solve_relaxed(model.program)
    assert least is not None
    assert take_apart(model, relaxed, seconds=5).bound * MONEY <= float(least) + 0.01
    assert Fraction(least) > 100_000
