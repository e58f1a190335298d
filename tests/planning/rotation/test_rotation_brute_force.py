"""The plan against every possible assignment of persons: the same optimum, and the same word where there is none."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from small_rotation import as_schools, best_of_all, dataset_of, most_moves, random_county, rows_of, school, teacher
from test_rotation_rules import rules, three_schools

from example import county_judgement
from junheng.planning.rotation.errors import (
    AssignmentContradictsError,
    DistanceUnknownError,
    NobodyEligibleError,
    RulesInConflictError,
    ShareOutOfReachError,
)
from junheng.planning.rotation.plan import plan_rotation

# Small schools of the example county: two village schools, a teaching point and a nine-year school.
CODES = ("9901010031", "9901010032", "9901010035", "9901010069")


def agree(seed: int, emphasis: str = "gaps", *, judged: bool = False) -> str:
    """Plan a random county both ways; what came of it.

    With ``judged`` its schools bear the codes of schools of the example county, whose needs they then have.
    """
    judgement = county_judgement() if judged else None
    dataset = dataset_of(as_schools(rows_of(random_county(seed)), CODES) if judged else rows_of(random_county(seed)))
    rows = rows_of(dataset)
    try:
        plan = plan_rotation(dataset, judgement=judgement, emphasis=emphasis)
    except (AssignmentContradictsError, DistanceUnknownError, NobodyEligibleError):
        return "refused"
    except RulesInConflictError:
        assert best_of_all(rows, judgement=judgement, emphasis=emphasis) is None
        return "conflict"
    except ShareOutOfReachError as error:
        reached = error.values["most"]
    else:
        assert plan.document()["proof"]["status"] == "optimal"
        assert round(plan.points * 10) == best_of_all(rows, judgement=judgement, emphasis=emphasis)
        return "planned"
    assert best_of_all(rows, judgement=judgement, emphasis=emphasis) is None
    assert reached == most_moves(rows)
    return "out of reach"


@pytest.mark.slow
def test_on_small_counties_the_plan_is_the_best_of_all_assignments():
    found = [agree(seed) for seed in range(80)]
    assert found.count("planned") > 15
    assert {"conflict", "out of reach"} <= set(found)


@pytest.mark.slow
@given(seed=st.integers(1000, 10**6), emphasis=st.sampled_from(("gaps", "moves", "distance")))
@example(seed=1000, emphasis="moves")
def test_any_small_county_with_any_emphasis_is_planned_as_well_as_can_be(seed, emphasis):
    agree(seed, emphasis)


@pytest.mark.slow
def test_with_the_needs_of_a_verdict_the_plan_is_the_best_of_all_assignments():
    assert [agree(seed, judged=True) for seed in range(300, 316)].count("planned") > 4


@pytest.mark.parametrize("headcount", [None, 0, 3])
@pytest.mark.parametrize("posts", [0, 1, 3])
def test_a_school_that_opens_is_staffed_as_well_as_can_be(headcount, posts):
    rows = three_schools(school=[school(n) for n in range(3)], setting=rules(headcount_change=headcount))
    rows["teacher"] = [teacher(f"T{number}", number % 2, eligible=True) for number in range(6)]
    rows["post"] = [{"school_code": "S2", "stage": "primary", "subject": "chinese", "posts": posts}]
    rows = rows_of(dataset_of(rows))
    assert round(plan_rotation(dataset_of(rows)).points * 10) == best_of_all(rows)
