"""Outcomes combine in three-valued logic: what is not known neither passes nor fails."""

import pytest

from junheng.base.outcome import Outcome, all_of, at_least

MET, UNMET, UNKNOWN = Outcome.MET, Outcome.UNMET, Outcome.UNKNOWN


@pytest.mark.parametrize(
    ("outcomes", "combined"),
    [
        ([MET, Outcome.TOLERATED], MET),
        ([MET, UNKNOWN], UNKNOWN),
        ([UNKNOWN, UNMET], UNMET),
        ([], UNKNOWN),
    ],
)
def test_all_must_hold(outcomes, combined):
    assert all_of(outcomes) is combined


@pytest.mark.parametrize(
    ("outcomes", "combined"),
    [([MET, MET, UNKNOWN], MET), ([MET, UNKNOWN, UNMET], UNKNOWN), ([MET, UNMET, UNMET], UNMET)],
)
def test_at_least_two_must_hold_and_the_open_one_decides_only_where_it_can(outcomes, combined):
    assert at_least(2, outcomes) is combined
