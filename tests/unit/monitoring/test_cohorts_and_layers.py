"""Cohorts through the grades, and what groups of pupils find at their schools."""

import polars as pl
import pytest
from watched_frames import AREA, measure, school, schools

from junheng.monitoring.attainment import attainment, cohorts
from junheng.monitoring.layers import layers

COUNTY_YEAR = pl.DataFrame(
    {
        "county_code": ["330101", "330102"], "school_year": [2025, 2025], "primary_age_enrolled": [99, None],
        "primary_age_children": [100, 50], "junior_age_enrolled": [None, None], "junior_age_children": [None, None],
        "junior_leavers_promoted": [45, 40], "junior_leavers": [50, 50],
    },
    schema_overrides=dict.fromkeys(("junior_age_enrolled", "junior_age_children"), pl.Int64),
).lazy()  # fmt: skip


def filed(*rows):
    """county, year, stage, pupils by grade."""
    columns = [f"grade_{grade}" for grade in range(1, 10)]
    kinds = dict.fromkeys([*columns, "pupils", "dropped_out", "pupils_year_before"], pl.Int64)
    found = [
        {"county_code": county, "school_code": f"{county}1", "school_year": year, "stage": stage, "pupils": 100}
        | dict.fromkeys((*columns, "dropped_out", "pupils_year_before"))
        | {f"grade_{grade}": pupils for grade, pupils in grades.items()}
        | more
        for county, year, stage, grades, more in rows
    ]
    return pl.DataFrame(found, schema_overrides=kinds).lazy()


def test_a_cohort_is_followed_through_the_grades():
    """Those in grade 1 of 2020: 200, then 198 in grade 2, and 180 in grade 6 five years on."""
    stage_year = filed(
        ("330101", 2020, "primary", {1: 200}, {}),
        ("330101", 2021, "primary", {2: 198}, {}),
        ("330101", 2025, "primary", {6: 180}, {}),
    )
    found = cohorts(stage_year).filter(pl.col("pupils").is_not_null())
    own = found.filter(pl.col("entered") == 2020)
    assert own.select("grade", "school_year", "pupils", "kept", "of_entry").rows() == [
        (1, 2020, 200, None, 1.0),
        (2, 2021, 198, pytest.approx(0.99), pytest.approx(0.99)),
        (6, 2025, 180, None, pytest.approx(0.9)),
    ]
    rates = attainment(stage_year, COUNTY_YEAR).filter(pl.col("rate").is_not_null())
    completion = rates.filter(pl.col("measure") == "primary_completion")
    assert completion.select("group", "school_year", "reached", "base", "rate").rows() == [
        ("330101", 2025, 180, 200, 0.9)
    ]


def test_a_grade_that_one_school_did_not_file_is_unknown():
    frame = filed(("330101", 2025, "primary", {1: 200}, {}), ("330101", 2025, "primary", {}, {}))
    first = cohorts(frame).row(by_predicate=pl.col("grade") == 1, named=True)
    assert (first["pupils"], first["blank"]) == (None, 1)


def test_a_region_sums_the_counties_that_have_both_figures():
    found = attainment(
        filed(("330101", 2025, "primary", {}, {"dropped_out": 1, "pupils_year_before": 1000})), COUNTY_YEAR, 2
    )
    rates = {row["measure"]: row for row in found.iter_rows(named=True)}
    assert rates["to_senior"]["rate"] == pytest.approx(0.85)
    assert (rates["primary_enrolment"]["rate"], rates["primary_enrolment"]["missing"]) == (0.99, 1)
    assert (rates["junior_enrolment"]["rate"], rates["junior_enrolment"]["counties"]) == (None, 0)
    assert rates["dropout"]["rate"] == pytest.approx(0.001)


def test_what_groups_find_at_their_schools():
    """Two schools of 100: 2 and 4 a pupil. All 30 migrant children are at the poorer, left-behind ones 10 and 30."""
    rows = [
        school(
            "s1",
            2025,
            boarding=1,
            migrant_pupils=30,
            left_behind_pupils=10,
            **{f"{AREA}__value": 2.0, f"{AREA}__outcome": "unmet"},
        ),
        school("s2", 2025, school_kind="218", left_behind_pupils=30, **{f"{AREA}__value": 4.0}),
    ]
    found = layers(schools(rows).lazy(), measure({2025: 0.33}).lazy(), [AREA], 6)
    groups = {(row["grouping"], row["group"]): row for row in found.groups.iter_rows(named=True)}
    assert groups["migrant_pupils", "migrant_pupils"]["mean"] == 2
    assert groups["migrant_pupils", "migrant_pupils"]["ratio"] == pytest.approx(2 / 3)
    assert groups["left_behind_pupils", "left_behind_pupils"]["mean"] == 3.5
    assert groups["boarders", "boarders"]["mean"] is None, "nobody boards"
    assert (groups["boarding", "1"]["passed_share"], groups["boarding", "0"]["passed_share"]) == (0, 1)
    assert groups["teaching_point", "1"]["ratio"] == pytest.approx(4 / 3)
    assert found.regions.select("group", "mean", "ratio", "passed_share").rows() == [("330101", 3.0, 1.0, 0.5)]
    assert found.schools.select("counties", "cv_median", "cvs_over").rows() == [(1, 0.33, 0)]


def test_a_school_that_did_not_file_the_group_is_not_taken_for_none():
    rows = [school("s1", 2025, migrant_pupils=None), school("s2", 2025, migrant_pupils=5, **{f"{AREA}__value": 4.0})]
    groups = layers(schools(rows).lazy(), measure({2025: 0.3}).lazy(), [AREA], 6).groups
    own = groups.row(by_predicate=pl.col("grouping") == "migrant_pupils", named=True)
    assert (own["schools"], own["known"], own["pupils"], own["mean"]) == (2, 1, 5, 4.0)
