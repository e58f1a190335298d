"""排名 and 分布: ties, blanks, the best first; quantiles as a spreadsheet gives them."""

from statistics import quantiles

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from watched_frames import AREA, counties, measure, school, schools

from junheng.monitoring.distribution import distribution, histogram, pass_shares, school_distribution
from junheng.monitoring.ranking import ranking


def ranked(values, *, operator="at_most", unknown=(), kind="cv"):
    """county → value of 2025."""
    own = [
        measure(
            {2025: value}, county=county, operator=operator, kind=kind, unknown=(2025,) if county in unknown else ()
        )
        for county, value in values.items()
    ]
    names = pl.concat([counties({2025: "met"}, county=county, name=f"合成{county}") for county in values])
    return ranking(pl.concat(own).lazy(), names.lazy(), kind, AREA, "primary").collect()


def test_equal_values_share_a_rank_and_the_next_is_skipped():
    found = ranked({"330101": 0.2, "330102": 0.1, "440101": 0.2, "440102": 0.4})
    assert found.select("county_code", "rank", "of", "province_rank", "province_of").rows() == [
        ("330102", 1, 4, 1, 2),
        ("330101", 2, 4, 2, 2),
        ("440101", 2, 4, 1, 2),
        ("440102", 4, 4, 2, 2),
    ]


def test_what_is_missing_or_partial_stands_last_without_a_rank():
    found = ranked({"330101": 0.2, "330102": None, "330103": 0.1}, unknown=("330103",))
    assert found.select("county_code", "rank", "of").rows() == [
        ("330101", 1, 1),
        ("330102", None, 1),
        ("330103", None, 1),
    ]


def test_where_more_is_better_the_highest_is_first():
    assert ranked({"330101": 80, "330102": 90}, operator="at_least")["county_code"].to_list() == ["330102", "330101"]


def test_counties_by_the_share_of_their_schools():
    verdicts = pl.concat([counties({2025: "met"}), counties({2025: "unmet"}, county="330102")])
    verdicts = verdicts.with_columns(met=pl.Series([1, 4]))
    found = ranking(measure({2025: 0.1}).lazy(), verdicts.lazy(), "share", "met_share").collect()
    assert found.select("county_code", "value", "rank").rows() == [("330102", 1.0, 1), ("330101", 0.25, 2)]


@given(values=st.dictionaries(st.sampled_from([f"33010{i}" for i in range(10)]), st.integers(0, 5), min_size=1))
def test_a_rank_is_one_more_than_how_many_are_better(values):
    found = ranked({county: value / 8 for county, value in values.items()})
    expected = {county: 1 + sum(other < value for other in values.values()) for county, value in values.items()}
    assert dict(found.select("county_code", "rank").iter_rows()) == expected


def test_quantiles_over_counties():
    values = {f"33010{i}": value for i, value in enumerate((0.1, 0.2, 0.4, 0.8))}
    frame = pl.concat([measure({2025: value}, county=county) for county, value in values.items()])
    frame = pl.concat([frame, measure({2025: None}, county="330109")])
    found = distribution(frame.lazy()).collect().row(0, named=True)
    assert (found["counties"], found["known"], found["missing"]) == (5, 4, 1)
    expected = quantiles(values.values(), n=20, method="inclusive")
    for name, place in {"p10": 1, "p25": 4, "p50": 9, "p75": 14, "p90": 17}.items():
        assert found[name] == pytest.approx(expected[place], rel=1e-12), name
    assert (found["passed"], found["failed"], found["unknown"]) == (3, 1, 1)


def test_the_bars_hold_every_ranked_county_once():
    bars = histogram(ranked({f"33010{i}": i / 10 for i in range(10)}).lazy(), bins=3)
    assert bars["counties"].to_list() == [3, 3, 4], "0–0.3, 0.3–0.6, and 0.9 in the last"
    assert (bars["from"][0], bars["to"][-1]) == (0, pytest.approx(0.9))
    one = histogram(ranked({"330101": 0.2, "330102": 0.2}).lazy())
    assert one["counties"].to_list() == [2]
    assert histogram(ranked({"330101": None}).lazy()).is_empty()


def test_counties_that_pass_by_region_and_year():
    verdicts = pl.concat(
        [
            counties({2024: "unmet", 2025: "met"}),
            counties({2025: "unknown"}, county="330102"),
            counties({2025: "tolerated"}, county="440101"),
        ]
    )
    found = pass_shares(verdicts.lazy(), "province").collect()
    assert found.select("group", "school_year", "counties", "passed", "unknown", "share").rows() == [
        ("33", 2024, 1, 0, 0, 0.0),
        ("33", 2025, 2, 1, 1, 0.5),
        ("44", 2025, 1, 1, 0, 1.0),
    ]


def test_schools_by_their_place():
    """The mean is weighted by pupils: (100 × 2 + 300 × 4) ÷ 400; a blank place is a group of its own."""
    rows = [
        school("s1", 2025, pupils=100, **{f"{AREA}__value": 2.0, f"{AREA}__outcome": "unmet"}),
        school("s2", 2025, pupils=300, **{f"{AREA}__value": 4.0}),
        school("s3", 2025, location=None, **{f"{AREA}__value": None, f"{AREA}__outcome": "unknown"}),
    ]
    found = school_distribution(schools(rows).lazy(), [AREA], "location")
    assert found.select("group", "schools", "known", "mean", "p50", "passed_share").rows() == [
        (None, 1, 0, None, None, None),
        ("rural", 2, 2, 3.5, 3.0, 0.5),
    ]
