"""Intervals: the ranks of split conformal, worked by hand; coverage of what was simulated; honest blanks."""

import numpy as np
import polars as pl
import pytest

from junheng.monitoring.forecast.intervals import bounded, calibrate


def errors_of(values, origin=2020, size=0, horizon=1):
    schema = {"stage": pl.String, "origin": pl.Int32, "horizon": pl.Int32, "size": pl.Int32, "error": pl.Float64}
    rows = [("primary", origin, horizon, size, value) for value in values]
    return pl.DataFrame(rows, schema=schema, orient="row")


def asked(pupils, size=0, horizon=1):
    schema = {"stage": pl.String, "horizon": pl.Int32, "size": pl.Int32, "pupils": pl.Float64}
    return pl.DataFrame([("primary", horizon, size, pupils)], schema=schema, orient="row")


def test_the_ends_are_the_ranks_that_the_claim_needs():
    """Of 19 errors the 2nd smallest and the 2nd largest hold 80 %: (19 + 1) · 0.1 = 2. For 95 % there are too few.

    One year only: the ends move out by themselves once more.
    """
    bounds = calibrate(errors_of([place / 100 - 0.09 for place in range(19)]), ["stage"]).row(0, named=True)
    assert (bounds["low_80"], bounds["high_80"]) == pytest.approx((-0.16, 0.16))
    assert (bounds["low_95"], bounds["high_95"]) == (None, None)
    bounds = calibrate(errors_of([place / 100 - 0.19 for place in range(39)]), ["stage"]).row(0, named=True)
    assert (bounds["low_95"], bounds["high_95"]) == pytest.approx((-0.38, 0.38))


def test_of_several_years_the_widest_counts_and_half_of_it_more_for_two():
    quiet, bad = errors_of([0.0] * 19), errors_of([0.1] * 19, origin=2021)
    found = bounded(asked(99.5), calibrate(pl.concat([quiet, bad]), ["stage"]), ["stage"]).row(0, named=True)
    assert found["low_80"] == pytest.approx(99.5)
    assert found["high_80"] == pytest.approx(100 * np.exp(0.15) - 0.5)
    assert found["interval_from"] == "backtest"


def test_too_few_errors_give_no_interval():
    found = bounded(asked(100.0), calibrate(errors_of([0.1] * 8), ["stage"]), ["stage"]).row(0, named=True)
    assert found["low_80"] is None
    assert found["interval_from"] is None


def test_years_with_too_few_errors_are_not_made_into_one():
    """Six counties in each of five years are not thirty."""
    few = pl.concat([errors_of([0.1] * 6, origin=2016 + year) for year in range(5)])
    assert bounded(asked(100.0), calibrate(few, ["stage"]), ["stage"])["low_80"].item() is None


def test_a_size_with_few_errors_borrows_from_all_sizes():
    known = pl.concat([errors_of([-0.2, 0.2] * 10, size=1), errors_of([0.0], size=0)])
    found = bounded(asked(99.5, size=0), calibrate(known, ["stage"]), ["stage"]).row(0, named=True)
    assert found["high_80"] == pytest.approx(100 * np.exp(0.4) - 0.5)


def test_beyond_what_was_tested_intervals_widen_and_say_so():
    """Four years ahead of errors of one year: twice as wide."""
    known = calibrate(errors_of([-0.1, 0.1] * 10), ["stage"])
    found = bounded(asked(99.5, horizon=4), known, ["stage"]).row(0, named=True)
    assert found["high_80"] == pytest.approx(100 * np.exp(0.4) - 0.5)
    assert found["interval_from"] == "extrapolated"


@pytest.mark.parametrize("nominal", [80, 95])
@pytest.mark.parametrize("shock", [0.0, 0.02])
def test_intervals_hold_what_they_claim(nominal, shock):
    """Skewed errors, with and without a shock that a whole year shares; 6 years to learn from; 80 draws."""
    draw = np.random.default_rng(7)
    held = []
    for _ in range(80):
        shocks = draw.normal(0, shock, 7)
        known = [errors_of(draw.gumbel(0, 0.05, 100) + s, origin=2016 + y) for y, s in enumerate(shocks[:6])]
        bounds = calibrate(pl.concat(known), ["stage"]).row(0, named=True)
        new = draw.gumbel(0, 0.05, 200) + shocks[6]
        held.append(np.mean((new >= bounds[f"low_{nominal}"]) & (new <= bounds[f"high_{nominal}"])))
    assert nominal / 100 <= np.mean(held) <= nominal / 100 + 0.15
