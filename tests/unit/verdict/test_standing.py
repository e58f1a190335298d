"""How a school stands while its data are typed is what the judge says of it later."""

from __future__ import annotations

import pytest

from example import DAY, county_dataset, county_judgement
from junheng import workflow
from junheng.verdict.lacks import shortages


@pytest.fixture(scope="module")
def standing():
    return workflow.standing(county_dataset(), standard="CN/youzhi_2017", on=DAY)


def test_every_outcome_and_value_is_the_judges(standing):
    judged = {
        (row["school_code"], row["stage"], name): (row[f"{name}__outcome"], row[f"{name}__value"])
        for row in county_judgement().in_scope.iter_rows(named=True)
        for name in county_judgement().standard.resources
        if row[f"{name}__outcome"] is not None
    }
    found = {(s.school, s.stage, s.indicator): (str(s.outcome), s.value) for s in standing if s.counted}
    assert found == judged


def test_what_is_lacking_is_what_the_shortages_say(standing):
    rows = shortages(county_judgement()).iter_rows(named=True)
    expected = {(row["school_code"], row["stage"], row["indicator"]): row["lack"] for row in rows}
    found = {(s.school, s.stage, s.indicator): s.lack for s in standing if s.counted and s.lack}
    assert found == expected


def test_requirements_of_items_are_held_against_each_school_too(standing):
    assert {"classes_too_large", "music_rooms_for_classes"} <= {s.indicator for s in standing if not s.counted}
