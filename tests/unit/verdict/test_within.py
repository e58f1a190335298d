"""What is asked about one county of many is answered as if it had been judged alone."""

import sys
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from junheng.standards.library import load_standard
from junheng.store.national import NationalStore
from junheng.tables.catalogue import load_tables
from junheng.verdict.judge import judge
from junheng.verdict.reasons import county_reasons, school_reasons
from junheng.verdict.within import within

sys.path.insert(0, str(Path(__file__).parents[3]))
YEAR, DAY = 2025, date(2025, 12, 31)


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    from examples.synthetic_nation import make_nation

    home = NationalStore(tmp_path_factory.mktemp("nation"))
    make_nation(home, counties=4, years=[YEAR], provinces=("33", "34"))
    return home


def judged(store, region=""):
    dataset = store.open(YEAR, load_tables(), region=region)
    return judge(dataset, load_standard("CN/youzhi_2017"), DAY, year=YEAR)


@pytest.fixture(scope="module")
def together(store):
    return judged(store)


def test_the_reasons_of_a_county_are_those_of_it_alone(store, together):
    for county in together.counties["county_code"]:
        assert county_reasons(together, county) == county_reasons(judged(store, county), county)


def test_the_reasons_of_a_school_are_those_of_its_county_alone(store, together):
    county = together.counties["county_code"][1]
    alone = judged(store, county)
    for school in alone.rows["school_code"].unique():
        assert school_reasons(together, school) == school_reasons(alone, school)


def test_nothing_of_another_county_is_left(together):
    county = together.counties["county_code"][0]
    narrow = within(together, county)
    frames = [narrow.rows, narrow.balance, narrow.checks, narrow.items, narrow.parts, narrow.counties]
    frames += [*narrow.judged_checks.frames.values(), narrow.dataset["school"], narrow.dataset["finance_year"]]
    assert all(set(frame["county_code"]) == {county} for frame in frames)
    own = together.dataset["school"].filter(pl.col("county_code") == county)["school_code"]
    assert set(narrow.dataset["stage_year"]["school_code"]) <= set(own)
