"""Every plan is accepted by the judge, by the second opinion and by a checker that knows the standard by heart."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import polars as pl
import pytest
from benchmarks.plan_counties import DAY, judged
from plan_checker import MEASURES, faults, missed, values_of

from example import county_judgement
from junheng.planning.resources.filed import missing_values
from junheng.planning.resources.measures import Inputs, default_inputs
from junheng.planning.resources.plan import ResourcePlan, plan_resources
from junheng.verdict.judgement import Judgement
from reference import second_opinion

EXAMPLE = "990101"
SPREADS = (0.2, 0.3, 0.4, 0.5)


def example_inputs(judgement: Judgement) -> Inputs:
    """The assumed costs, confirmed, and three of whatever was not filed."""
    missing = missing_values(judgement, EXAMPLE)
    return replace(default_inputs(confirmed=True), supposed=dict.fromkeys(missing, Fraction(3)))


def without_moves(inputs: Inputs) -> Inputs:
    still = {name: replace(c, allowed=not MEASURES[name].get("moves")) for name, c in inputs.choices.items()}
    return replace(inputs, choices=still)


def passes_elsewhere(plan: ResourcePlan) -> bool:
    """Whether the second opinion passes schools and balance after the plan, where the plan's own part is known."""
    opinion = second_opinion(plan.after.dataset, plan.after.standard, plan.after.day)
    parts = {part: said for (county, part), (said, _) in opinion.parts.items() if county == plan.county}
    return all(parts.get(part, "met") == "met" for part in ("resources", "balance"))


@pytest.mark.slow
def test_the_plan_of_the_example_county_passes_whoever_looks_at_it():
    judgement = county_judgement()
    plan = plan_resources(judgement, example_inputs(judgement), seconds=20, explain=False)
    assert faults(plan) == []
    assert passes_elsewhere(plan)
    assert plan.gap <= 1e-3
    assert plan.proven
    document = plan.document()
    assert document["after"]["schools"]["unmet"] == 0
    assert sum(entry["cost"] for entry in document["additions"]) == pytest.approx(float(plan.cost))
    assert sum(entry["cost"] for entry in document["schools"]) == pytest.approx(float(plan.cost))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(8))
def test_plans_of_generated_counties_pass_whoever_looks_at_them(seed):
    judgement = judged(30 + 4 * seed, seed, SPREADS[seed % 4])
    inputs = default_inputs(confirmed=True)
    plan = plan_resources(judgement, without_moves(inputs) if seed % 2 else inputs, seconds=6, explain=False)
    assert missed(*values_of(judgement.dataset, judgement.year)) != []
    assert faults(plan) == []
    assert passes_elsewhere(plan)
    assert 0 < plan.bound <= plan.cost


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 4, 6])
def test_plans_of_several_years_keep_each_years_budget_to_the_cent(seed):
    judgement = judged(30, seed, SPREADS[seed % 4])
    inputs = default_inputs(confirmed=True)
    cost = plan_resources(judgement, inputs, seconds=6, explain=False).cost
    years = {2026: int(cost * Fraction("0.4")), 2027: int(cost * Fraction("0.35")), 2028: int(cost * Fraction("0.27"))}
    inputs = replace(inputs, budgets={year: Fraction(budget) for year, budget in years.items()})
    plan = plan_resources(judgement, inputs, seconds=6, explain=False)
    assert faults(plan) == []
    assert plan.cost <= inputs.budget
    document = plan.document()
    assert [year["year"] for year in document["years"]] == list(years)
    assert all(Fraction(str(year["cost"])) <= years[year["year"]] for year in document["years"])
    done = [year["schools_done"] for year in document["years"]]
    assert done == sorted(done)
    assert done[-1] == len({dated.addition.school for dated in plan.additions})


@pytest.mark.slow
def test_moves_that_cost_next_to_nothing_still_leave_every_school_in_order():
    judgement = judged(40, 2, 0.5)
    inputs = default_inputs(confirmed=True)
    cheap = {n: replace(c, cost=Fraction(1)) if MEASURES[n].get("moves") else c for n, c in inputs.choices.items()}
    plan = plan_resources(judgement, replace(inputs, choices=cheap), seconds=6, explain=False)
    assert faults(plan) == []
    moved = sum(MEASURES[dated.addition.measure].get("moves", False) for dated in plan.additions)
    assert moved > 20


@pytest.mark.slow
def test_ceilings_hold_school_by_school():
    judgement = judged(30, 5, 0.3)
    free = plan_resources(judgement, default_inputs(confirmed=True), seconds=6, explain=False)
    most: dict[tuple[str, str], Fraction] = {}
    for dated in free.additions:
        one = dated.addition
        if one.measure in ("hire_teacher", "hire_pe_arts", "train_backbone", "equip_multimedia") and len(most) < 3:
            most[one.school, one.measure] = max(one.amount - 1, Fraction(0))
    plan = plan_resources(judgement, replace(free.inputs, ceilings=most), seconds=6, explain=False)
    assert faults(plan) == []
    assert plan.cost >= free.bound


@pytest.mark.slow
def test_the_same_county_gets_the_same_plan_again():
    judgement = judged(20, 3, 0.3)
    inputs = default_inputs(confirmed=True)
    first, again = (plan_resources(judgement, inputs, seconds=30, gap=1e-2, explain=False) for _ in range(2))
    assert first.additions == again.additions


@pytest.mark.slow
@pytest.mark.parametrize(("seed", "spread"), [(1, 0.9), (2, 0.7)])
def test_plans_for_the_standard_of_2012_are_accepted_and_cost_no_less_than_their_bound(seed, spread):
    judgement = judged(20, seed, spread, standard="CN/jiben_2012")
    plan = plan_resources(judgement, default_inputs(confirmed=True), seconds=15, explain=False)
    assert faults(plan) == []
    assert passes_elsewhere(plan)
    assert 0 <= plan.bound <= plan.cost
    composite = plan.after.balance.filter(pl.col("indicator") == "composite")
    assert (composite["cv"] <= composite["limit"]).all()
    before = judgement.balance.filter(pl.col("indicator") == "composite")
    assert not (before["cv"] <= before["limit"]).all()
    assert plan.cost > 0


def test_a_county_that_has_everything_gets_a_plan_of_nothing():
    judgement = judged(20, 3, 0.05, standard="CN/jiben_2012")
    assert judgement.day == DAY
    plan = plan_resources(judgement, replace(default_inputs(confirmed=True), budgets={2026: Fraction(0)}), seconds=5)
    assert plan.cost == 0
    assert plan.additions == ()
    assert plan.gap == 0
