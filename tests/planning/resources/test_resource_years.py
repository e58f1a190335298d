"""The years of a plan: every budget kept to the cent, what moves given and taken in one year."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from junheng.planning.resources.applied import Addition
from junheng.planning.resources.errors import YearsTooTightError
from junheng.planning.resources.measures import default_inputs
from junheng.planning.resources.schedule import costs_by_year, spread_over_years

INPUTS = default_inputs(confirmed=True)


def some_additions(random: Random) -> list[Addition]:
    found = []
    for number in range(random.randint(1, 12)):
        school = f"S{number}"
        if random.random() < 0.7:
            area = Fraction(random.randint(1, 99_999), 100)
            found.append(Addition(school, None, "build_teaching_area", area))
        if random.random() < 0.5:
            found.append(Addition(school, "primary", "hire_teacher", Fraction(random.randint(1, 4))))
        if random.random() < 0.5:
            found.append(Addition(school, None, "buy_equipment", Fraction(random.randint(1, 9_999_999), 100)))
    for number in range(random.randint(0, 3)):
        found.append(Addition(f"G{number}", "primary", "move_teacher", Fraction(-1)))
        found.append(Addition(f"T{number}", "primary", "move_teacher", Fraction(1)))
    return found


@given(seed=st.integers(0, 10**6))
def test_each_year_keeps_its_budget_to_the_cent_and_nothing_is_lost(seed):
    random = Random(seed)
    additions = some_additions(random)
    cost = sum((max(a.amount, Fraction(0)) * INPUTS.choices[a.measure].cost for a in additions), Fraction(0))
    parts = [random.randint(1, 5) for _ in range(random.randint(1, 4))]
    slack = random.choice(("1.0005", "1.01", "1.3"))
    budgets = {2026 + n: Fraction(int(cost * part * Fraction(slack)) // sum(parts)) for n, part in enumerate(parts)}
    try:
        dated = spread_over_years(additions, replace(INPUTS, budgets=budgets))
    except YearsTooTightError:
        return
    for year, spent in costs_by_year(dated).items():
        assert spent <= budgets[year]
    for addition in additions:
        own = [d.addition.amount for d in dated if replace(d.addition, amount=addition.amount) == addition]
        assert sum(own) == addition.amount
        assert all(amount * addition.amount > 0 for amount in own)
        assert all((amount * 100).denominator == 1 for amount in own)
    moved = {}
    for one in dated:
        if one.addition.measure == "move_teacher":
            moved[one.year] = moved.get(one.year, 0) + one.addition.amount
    assert not any(moved.values())


def test_whole_things_that_fit_no_year_are_refused_in_words():
    additions = [Addition(f"S{n}", "primary", "hire_teacher", Fraction(1)) for n in range(2)]
    budgets = {2026: Fraction(60_000), 2027: Fraction(180_000)}
    with pytest.raises(YearsTooTightError, match="2026、2027"):
        spread_over_years(additions, replace(INPUTS, budgets=budgets))


def test_years_may_be_full_to_the_last_cent():
    """Three schools want the third of a square metre that no hundredth divides."""
    additions = [Addition(f"S{n}", None, "buy_equipment", Fraction(100_001, 100)) for n in range(3)]
    budgets = {2026: Fraction(1500), 2027: Fraction("1500.03")}
    spent = costs_by_year(spread_over_years(additions, replace(INPUTS, budgets=budgets)))
    assert spent == budgets


def test_without_budgets_nothing_is_dated_and_with_nothing_to_do_nothing_is_refused():
    addition = Addition("S1", None, "buy_equipment", Fraction(5))
    assert [one.year for one in spread_over_years([addition], INPUTS)] == [None]
    assert spread_over_years([], replace(INPUTS, budgets={2026: Fraction(0)})) == []


def test_schools_are_finished_as_early_as_the_money_allows():
    additions = [Addition(f"S{n}", "primary", "hire_teacher", Fraction(1)) for n in range(4)]
    budgets = {2026: Fraction(360_000), 2027: Fraction(360_000)}
    spent = costs_by_year(spread_over_years(additions, replace(INPUTS, budgets=budgets)))
    assert spent == {2026: 360_000, 2027: 120_000}
