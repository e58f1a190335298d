"""How near the synthetic counties lie to the published ones."""

from __future__ import annotations

import polars as pl
import pytest
from examples.synthetic_nation import make_nation
from examples.synthetic_nation.calibration import YEARS, compared, generated, published

from junheng.store.national import NationalStore


@pytest.fixture(scope="module")
def table(tmp_path_factory):
    home = NationalStore(tmp_path_factory.mktemp("calibration"))
    make_nation(home, counties=60, years=YEARS.values(), provinces=("22", "34", "50"))
    return compared(published(), generated(home))


def test_published_figures_are_those_printed():
    printed = published()
    assert printed.filter(pl.col("standard") == "CN/jiben_2012").height == 23 * 8  # 12 primary and 11 junior rows
    wanzhou = printed.filter(county="万州区", stage="primary", indicator="teaching_area_per_pupil")
    assert wanzhou["cv"].to_list() == [0.437]


def test_medians_lie_near_the_published_ones(table):
    """Of the 2012 rules 11 and more districts are published; two of the 2017 rules say little about a median."""
    many = table.filter(pl.col("n") >= 11)
    assert many.height == 16
    assert many.filter(~pl.col("ratio").is_between(0.7, 1.4)).is_empty()
    assert many["ratio"].median() == pytest.approx(1, abs=0.12)


def test_most_published_figures_lie_among_the_generated_ones(table):
    assert table["inside"].sum() > 0.85 * table["n"].sum()


def test_no_county_is_absurd(table):
    """The largest published difference is 1.30; a county far beyond has schools that nobody would believe."""
    assert table["q95"].max() < 1.4
