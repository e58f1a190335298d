"""泰尔指数: worked by hand, against DuckDB and a slow computation of every component, and its laws."""

import math
from collections import defaultdict

import duckdb
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from watched_frames import AREA, school, schools

from junheng.monitoring.decomposition import county_inequality, decomposition

PARTS = ("between_provinces", "between_counties", "within_counties")
places = st.sampled_from(["330101", "330102", "440101", "440102"])
rows = st.lists(
    st.tuples(places, st.sampled_from(["urban", "town", "rural", None]), st.integers(0, 400), st.integers(0, 900)),
    min_size=1,
    max_size=25,
)


def frame(listed, times=1, factor=1):
    """Rows of (county, location, pupils, amount): the value is the amount per pupil."""
    found = []
    for again in range(times):
        for number, (county, location, pupils, amount) in enumerate(listed):
            value = None if amount is None or not pupils else amount * factor / pupils
            row = school(f"s{again}-{number}", 2025, county_code=county, location=location, pupils=pupils)
            found.append(row | {f"{AREA}__value": value})
    return schools(found).lazy()


def total(listed, **given):
    found = decomposition(frame(listed, **given), [AREA])
    return found.row(0, named=True)


def test_two_equal_halves_and_one_that_has_all():
    """Two schools of 100 pupils; one has everything: T = ln 2. With equal shares T = 0."""
    assert total([("330101", "urban", 100, 50), ("330101", "rural", 100, 0)])["total"] == pytest.approx(
        math.log(2), abs=1e-15
    )
    equal = total([("330101", "urban", 100, 50), ("440101", "rural", 300, 150)])
    assert [equal["total"], *(equal[part] for part in PARTS)] == [0, 0, 0, 0]
    assert equal["share_within_counties"] is None


def test_three_schools_by_hand():
    """Pupils 100, 100, 200 have 100, 300, 400: shares of pupils ¼ ¼ ½, of the amount ⅛ ⅜ ½.

    T = ⅛ ln ½ + ⅜ ln 1.5 + ½ ln 1. The first two are one county with ½ of both, so nothing lies between the counties.
    """
    found = total([("330101", "urban", 100, 100), ("330101", "rural", 100, 300), ("330102", "rural", 200, 400)])
    by_hand = math.log(0.5) / 8 + 3 * math.log(1.5) / 8
    assert found["total"] == pytest.approx(by_hand, abs=1e-15)
    assert found["within_counties"] == pytest.approx(by_hand, abs=1e-15)
    assert (found["between_counties"], found["between_provinces"]) == (0, 0)
    assert found["between_locations"] == pytest.approx(by_hand, abs=1e-15), "each location of a county is one school"
    assert (found["mean"], found["pupils"], found["counties"], found["schools"]) == (2, 400, 2, 3)


def test_what_is_missing_is_left_out_and_counted():
    """A school that filed nothing, one without pupils: neither is a school that has nothing."""
    known = [("330101", "urban", 100, 100), ("330101", "rural", 100, 300)]
    found = total([*known, ("330101", "rural", 50, None), ("330101", "rural", 0, 80)])
    assert (found["schools"], found["excluded"]) == (2, 2)
    assert found["total"] == total(known)["total"]


def test_where_nobody_has_anything_there_is_no_index():
    found = total([("330101", "urban", 100, 0), ("330102", "urban", 100, 0)])
    assert (found["total"], found["within_counties"], found["mean"]) == (None, None, 0)


def test_rows_out_of_scope_do_not_count():
    inside = school("s1", 2025)
    outside = school("s2", 2025, left_out=0, **{f"{AREA}__value": 99.0})
    found = decomposition(schools([inside, outside]).lazy(), [AREA])
    assert found.select("schools", "excluded").rows() == [(1, 0)]


def slow(listed):
    """Every component by its own formula: a mean of logarithms of shares, group by group."""
    known = [(c, place, n, y) for c, place, n, y in listed if n]
    n_all, y_all = sum(n for _, _, n, _ in known), sum(y for *_, y in known)

    def between(groups, n_of, y_of):
        """Σ (y/Y) ln((y/Y)/(n/N)) over groups of a whole."""
        return math.fsum(y / y_of * math.log((y / y_of) / (n / n_of)) for n, y in groups if y)

    def sums(key, members):
        found = defaultdict(lambda: [0, 0])
        for row in members:
            found[key(row)][0] += row[2]
            found[key(row)][1] += row[3]
        return dict(found)

    provinces = sums(lambda row: row[0][:2], known)
    parts = {"total": between([(n, y) for _, _, n, y in known], n_all, y_all)}
    parts["between_provinces"] = between(provinces.values(), n_all, y_all)
    between_counties, within, between_places, within_places = [], [], [], []
    for province, (n_p, y_p) in provinces.items():
        members = [row for row in known if row[0][:2] == province]
        counties = sums(lambda row: row[0], members)
        between_counties.append(y_p / y_all * between(counties.values(), n_p, y_p) if y_p else 0)
        for county, (n_c, y_c) in counties.items():
            own = [row for row in members if row[0] == county]
            if not y_c:
                continue
            within.append(y_c / y_all * between([(n, y) for _, _, n, y in own], n_c, y_c))
            locations = sums(lambda row: row[1], own)
            between_places.append(y_c / y_all * between(locations.values(), n_c, y_c))
            for place, (n_l, y_l) in locations.items():
                schools_there = [(n, y) for _, where, n, y in own if where == place]
                within_places.append(y_l / y_all * between(schools_there, n_l, y_l) if y_l else 0)
    lists = (between_counties, within, between_places, within_places)
    names = ("between_counties", "within_counties", "between_locations", "within_locations")
    return parts | {name: math.fsum(values) for name, values in zip(names, lists, strict=True)}


@given(listed=rows)
def test_components_are_those_of_their_own_formulas_and_add_up(listed):
    found = total(listed)
    if not any(n and y for _, _, n, y in listed):
        assert found["total"] is None
        return
    for name, value in slow(listed).items():
        assert found[name] == pytest.approx(value, abs=1e-12), name
    assert found["total"] == pytest.approx(sum(found[part] for part in PARTS), abs=1e-12)
    assert found["within_counties"] == pytest.approx(found["between_locations"] + found["within_locations"], abs=1e-12)
    assert found["total"] >= 0


@given(listed=rows, times=st.integers(2, 4), factor=st.integers(2, 1000))
def test_scale_and_replication_change_nothing(listed, times, factor):
    once = total(listed)
    for other in (total(listed, times=times), total(listed, factor=factor), total(listed[::-1])):
        for name in ("total", *PARTS, "between_locations"):
            assert other[name] == (None if once[name] is None else pytest.approx(once[name], abs=1e-12))


@given(listed=rows)
def test_counties_contribute_what_lies_within_them(listed):
    found = county_inequality(frame(listed), [AREA])
    whole = total(listed)["within_counties"]
    contributions = found["contribution"].drop_nulls()
    assert (contributions.sum() if whole is not None else 0) == pytest.approx(whole or 0, abs=1e-12)
    parts = found.drop_nulls("theil")
    assert (parts["theil"] - parts["between_locations"] - parts["within_locations"]).abs().max() in (
        None,
        pytest.approx(0, abs=1e-12),
    )


def test_the_same_in_sql():
    """The total and the part within counties, written by hand for DuckDB."""
    listed = [(f"33010{i % 4}", ("urban", "rural")[i % 2], 40 + 7 * i, (i * 37) % 90) for i in range(30)]
    rows_of_sql = pl.DataFrame(listed, schema=["county", "place", "n", "y"], orient="row")
    answer = duckdb.sql("""
        WITH s AS (SELECT county, n, y FROM rows_of_sql),
             whole AS (SELECT sum(n) AS n, sum(y) AS y FROM s),
             of_county AS (SELECT county, sum(n) AS n, sum(y) AS y FROM s GROUP BY county)
        SELECT
          (SELECT sum(s.y / w.y * ln((s.y / w.y) / (s.n / w.n))) FROM s, whole w WHERE s.y > 0),
          (SELECT sum(s.y / w.y * ln((s.y / c.y) / (s.n / c.n)))
             FROM s JOIN of_county c USING (county), whole w WHERE s.y > 0)
    """).fetchone()
    assert rows_of_sql.height == 30
    found = total(listed)
    assert (found["total"], found["within_counties"]) == (
        pytest.approx(answer[0], abs=1e-12),
        pytest.approx(answer[1], abs=1e-12),
    )
