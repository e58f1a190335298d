"""Laws that hold whatever the numbers are."""

import polars as pl
import pytest
from forecast_panels import dataset_of, panel
from hypothesis import given, settings
from hypothesis import strategies as st

from junheng.monitoring.forecast.cohort import Past, project
from junheng.monitoring.forecast.grades import total_of_grades
from junheng.monitoring.forecast.settings import Settings
from junheng.workflow.forecast import forecast

counts = st.integers(0, 400)
YEARS = (2023, 2024, 2025)
few = settings(max_examples=5, deadline=None)


@st.composite
def counties(draw):
    rows = {}
    for school in draw(st.sampled_from([("A", "J"), ("A", "B", "J"), ("A", "B", "J1", "J2")])):
        size = 3 if school.startswith("J") else 6
        for year in YEARS:
            rows[school, year] = draw(st.lists(counts, min_size=size, max_size=size))
    return rows


def pupils(rows):
    filed = panel(rows)
    found = project(Past(filed), 2025, 2, Settings()).join(filed.units.select("unit", "school_code"), on="unit")
    totals = found.select("school_code", "year", total_of_grades()).iter_rows()
    return {(school, year): count for school, year, count in totals}


@few
@given(rows=counties())
def test_sums_equal_their_parts_and_nothing_is_negative(rows):
    found = forecast(dataset_of(rows), years=2)
    key = ["county_code", "stage", "school_year"]
    for parts in (found.schools, found.grades):
        both = found.counties.join(parts.group_by(key).agg(pl.col("pupils").sum()), on=key, suffix="_parts")
        assert both.height == found.counties.height
        assert both["pupils"].to_list() == pytest.approx(both["pupils_parts"].to_list(), rel=1e-9, abs=1e-6)
    for frame in (found.schools, found.counties, found.grades):
        assert frame["pupils"].min() >= 0
        assert frame["pupils"].is_finite().all()
        known = frame.filter(pl.col("low_95").is_not_null())
        inner, outer = pl.col("low_80") <= pl.col("pupils"), pl.col("low_95") <= pl.col("low_80")
        assert known.select((inner & outer & (pl.col("high_80") <= pl.col("high_95"))).all()).item()


@few
@given(rows=counties(), factor=st.sampled_from([3, 7]))
def test_so_many_times_the_pupils_give_so_many_times_the_forecast(rows, factor):
    larger = {key: [factor * count for count in grades] for key, grades in rows.items()}
    expected = {key: factor * count for key, count in pupils(rows).items()}
    assert pupils(larger) == pytest.approx(expected, rel=1e-9, abs=1e-6)


@few
@given(rows=counties())
def test_the_order_of_rows_does_not_matter(rows):
    assert pupils(dict(reversed(rows.items()))) == pytest.approx(pupils(rows), rel=1e-9)


@few
@given(grades=st.lists(st.integers(1, 300), min_size=6, max_size=6))
def test_a_county_that_never_changes_never_will(grades):
    found = pupils({("A", year): grades for year in YEARS})
    assert found == pytest.approx({("A", 2026): sum(grades), ("A", 2027): sum(grades)}, rel=1e-9)
