"""Outcomes combine in three-valued logic: what is not known neither passes nor fails."""

import pytest

from junheng.base.outcome import Outcome, all_of

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
