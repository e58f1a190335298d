"""Whatever is loaded in whatever order: the store holds what a plain dictionary would hold."""

import tempfile
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from junheng.store.compacting import compact
from junheng.store.integrity import damages
from junheng.store.national import FISCAL, NationalStore
from junheng.store.placing import place
from loaded_counties import county, tables, together

CODES = ("330101", "330102", "440101")
YEARS = (2023, 2024, 2025)

filings = st.builds(
    lambda code, years, pupils, money: (code, tuple(sorted(years)), pupils, tuple(sorted(money))),
    st.sampled_from(CODES),
    st.sets(st.sampled_from(YEARS), min_size=1),
    st.integers(1, 4),
    st.sets(st.sampled_from(YEARS)),
)
# One county, several as one dataset, several as one load, what was loaded before once more, tidying up, taking out.
steps = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["dataset", "load"]), st.lists(filings, min_size=1, max_size=3)),
        st.tuples(st.just("again"), st.integers(0, 9)),
        st.tuples(st.just("compact"), st.none()),
        st.tuples(st.just("withdraw"), st.tuples(st.sampled_from(CODES), st.sampled_from(YEARS))),
    ),
    min_size=1,
    max_size=7,
)


def made(filing):
    code, years, pupils, money = filing
    return county(code, years, schools=1, pupils=pupils, money=money)


def one_each(several):
    """At most one filing of each county: two of them cannot be one dataset."""
    return list({filing[0]: filing for filing in several}.values())


@pytest.mark.slow
@given(steps=steps)
def test_any_sequence_of_loads_gives_what_a_dictionary_gives(steps):
    with tempfile.TemporaryDirectory() as folder:
        store, model, money, done = NationalStore(Path(folder)), {}, {}, []
        for kind, what in steps:
            if kind == "compact":
                compact(store)
                continue
            if kind == "withdraw":
                code, year = what
                if model.pop((code, year), None):
                    store.withdraw(year, [code])
                continue
            if kind == "again":
                if not done:
                    continue
                how, several = done[what % len(done)]
            else:
                how, several = kind, one_each(what)
                done.append((how, several))
            if how == "dataset":
                store.append(together(*map(made, several)))
            else:
                store.add([place(made(filing)) for filing in several])
            for code, years, pupils, fiscal in several:
                model |= {(code, year): pupils for year in years}
                money |= {(code, year): pupils for year in fiscal}
        check(store, model, money)
        check(NationalStore(Path(folder)), model, money)
        assert all(not found for _, found in damages(store))


def check(store, model, money):
    assert store.years() == sorted({year for _, year in model})
    for year in store.years():
        opened = store.open(year, tables())
        assert found(opened["county_year"], "school_year", "rotated") == {
            (code, of, pupils) for (code, of), pupils in model.items() if of == year
        }
        filed = opened["stage_year"].join(opened["school"], on="school_code", validate="m:1", how="inner")
        assert filed.height == opened["stage_year"].height == opened["county_year"].height
        assert found(filed.with_columns(pl.col("pupils") - year), "school_year", "pupils") == {
            (code, of, pupils) for (code, of), pupils in model.items() if of == year
        }
        known = [fiscal for fiscal in store.years(FISCAL) if fiscal <= year]
        assert found(opened["finance_year"], "fiscal_year", "gdp") == {
            (code, of, pupils) for (code, of), pupils in money.items() if of in known
        }


def found(frame, year, amount):
    return set(frame.select("county_code", year, pl.col(amount).cast(pl.Int64)).iter_rows())
