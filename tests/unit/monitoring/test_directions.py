"""走势: slopes worked out by hand, gaps that stay gaps, limits that move without the county."""

from fractions import Fraction

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from watched_frames import AREA, measure

from junheng.monitoring.declared import direction_rule
from junheng.monitoring.direction import directions


def of(frame, year=2025):
    return directions(frame.lazy()).collect().row(by_predicate=pl.col("school_year") == year, named=True)


def test_a_coefficient_that_rises_gets_worse():
    """0.30, 0.32, 0.34: a line of 0.02 a year, 4 % of the limit of 0.5, beyond the 2 % that count as nothing."""
    row = of(measure({2023: 0.30, 2024: 0.32, 2025: 0.34}))
    assert row["slope"] == pytest.approx(0.02, rel=1e-12)
    assert row["change"] == pytest.approx(0.02, rel=1e-12)
    assert row["gain"] == -row["change"]
    assert (row["direction"], row["points"], row["first_year"]) == ("worsening", 3, 2023)
    assert row["room_change"] == pytest.approx(-0.04, rel=1e-12)


def test_the_same_numbers_are_better_where_more_is_better():
    row = of(measure({2023: 30, 2024: 32, 2025: 34}, kind="check", operator="at_least", limit=50))
    assert (row["direction"], row["gain"]) == ("improving", 2)


def test_small_movements_are_steady():
    """0.009 a year is 1.8 % of the limit; 0.011 is 2.2 %."""
    assert of(measure({2023: 0.300, 2024: 0.309, 2025: 0.318}))["direction"] == "steady"
    assert of(measure({2023: 0.300, 2024: 0.311, 2025: 0.322}))["direction"] == "worsening"


def test_a_gap_is_a_gap():
    """2024 is not filed: there is no change since last year, and the line goes by the years themselves."""
    row = of(measure({2022: 0.28, 2023: 0.30, 2025: 0.34}))
    assert (row["last_value"], row["change"], row["last_outcome"]) == (None, None, None)
    assert row["points"] == 3
    times, values = (2022, 2023, 2025), (Fraction("0.28"), Fraction("0.30"), Fraction("0.34"))
    mean_t, mean_x = Fraction(sum(times), 3), sum(values) / 3
    top = sum((t - mean_t) * (x - mean_x) for t, x in zip(times, values, strict=True))
    assert row["slope"] == pytest.approx(float(top / sum((t - mean_t) ** 2 for t in times)), rel=1e-12)


def test_a_partial_value_is_no_point():
    """2024 cannot be judged, so the coefficient of the schools that filed is not compared with anything."""
    row = of(measure({2023: 0.30, 2024: 0.10, 2025: 0.34}, unknown=(2024,)))
    assert (row["last_value"], row["points"], row["direction"]) == (None, 2, None)
    now = of(measure({2023: 0.30, 2024: 0.32, 2025: 0.34}, unknown=(2025,)))
    assert (now["value"], now["change"], now["slope"], now["points"], now["direction"]) == (0.34, None, None, 0, None)


def test_two_years_say_nothing_of_a_direction():
    row = of(measure({2024: 0.30, 2025: 0.40}))
    assert (row["points"], row["direction"]) == (2, None)
    assert row["change"] == pytest.approx(0.1)


def test_a_limit_that_moves_is_not_the_county():
    """The value stays; only the room says that the limit was lowered."""
    row = of(measure({2023: 0.5, 2024: 0.5, 2025: 0.5}, limit={2023: 0.65, 2024: 0.65, 2025: 0.5}))
    assert (row["change"], row["slope"], row["direction"], row["limit_moved"]) == (0, 0, "steady", True)
    assert row["room_change"] == pytest.approx(0 - (0.65 - 0.5) / 0.65)
    assert not of(measure({2024: 0.5, 2025: 0.4}))["limit_moved"]


def test_only_the_latest_five_years_count():
    """What was six years ago is not in the line."""
    flat = measure({2019: 9.0, 2021: 0.4, 2022: 0.4, 2023: 0.4, 2024: 0.4, 2025: 0.4})
    row = of(flat)
    assert (row["points"], row["first_year"], row["slope"], row["direction"]) == (5, 2021, 0, "steady")


def test_measures_and_counties_do_not_mix():
    frames = [
        measure({2023: 0.1, 2024: 0.1, 2025: 0.1}, county="330101"),
        measure({2025: 0.4}, county="330102"),
        measure({2024: 0.3}, county="330102", stage="junior"),
        measure({2025: 0.4}, county="330102", name="other", stage=None),
    ]
    found = directions(pl.concat(frames).lazy()).collect().filter(pl.col("county_code") == "330102")
    assert found["last_value"].to_list() == [None] * 3
    assert found["points"].to_list() == [1] * 3


series = st.dictionaries(st.integers(2015, 2025), st.integers(1, 10_000), min_size=1, max_size=11)


@given(values=series)
def test_every_slope_is_least_squares_of_the_filed_years(values):
    """Against exact fractions, for every year that ends a line."""
    found = directions(measure({year: value / 10_000 for year, value in values.items()}).lazy()).collect()
    window = direction_rule().window
    for row in found.iter_rows(named=True):
        points = {
            y: Fraction(v, 10_000) for y, v in values.items() if row["school_year"] - window < y <= row["school_year"]
        }
        assert row["points"] == len(points)
        mean_t, mean_x = Fraction(sum(points), len(points)), sum(points.values()) / len(points)
        bottom = sum((t - mean_t) ** 2 for t in points)
        if bottom == 0:
            assert row["slope"] is None
        else:
            exact = sum((t - mean_t) * (x - mean_x) for t, x in points.items()) / bottom
            assert row["slope"] == pytest.approx(float(exact), rel=1e-9, abs=1e-14)


@given(values=series, factor=st.integers(2, 9))
def test_a_direction_does_not_depend_on_the_unit(values, factor):
    one = measure({year: value / 16 for year, value in values.items()}, limit=64.0)
    other = measure({year: value / 16 * factor for year, value in values.items()}, limit=64.0 * factor)
    assert directions(one.lazy()).collect()["direction"].equals(directions(other.lazy()).collect()["direction"])


def test_a_year_without_any_measure_has_no_direction():
    empty = measure({2025: 0.1}).clear()
    assert directions(empty.lazy()).collect().is_empty()
    assert AREA not in empty["name"]
