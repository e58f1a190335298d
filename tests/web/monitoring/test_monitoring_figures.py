"""The figures on the pages are those that were judged, counted here again."""

import statistics

import polars as pl
import pytest

PASSES = ["met", "tolerated"]
MEASURE = "cv.primary.teaching_area_per_pupil"


def of_year(frame, year=2025, region="33"):
    return frame.filter(pl.col("county_code").str.starts_with(region) & (pl.col("school_year") == year))


def test_the_overview_counts_what_was_judged(watchers, nation, frames, as_user):
    page = as_user(watchers.province).get("/monitoring/")
    now, last = of_year(frames.counties), of_year(frames.counties, 2024)
    passed = int(now["outcome"].is_in(PASSES).sum())
    before = int(last["outcome"].is_in(PASSES).sum())
    assert page.context["answer"].startswith(f"合成省 2025 学年判定了 {len(now)} 个县，{passed} 个达标")
    assert f"上一学年 {len(last)} 个县中 {before} 个达标" in page.context["answer"]
    tiles = {tile.name: tile.figure for tile in page.context["tiles"]}
    assert tiles["达标的县"] == f"{100 * passed / len(now):.1f}%"
    assert tiles["达标的学校（按学段）"] == f"{100 * int(now['met'].sum()) / int(now['schools'].sum()):.1f}%"


def test_each_county_has_its_verdict_share_and_the_share_of_every_year(watchers, nation, frames, as_user):
    rows = {row.code: row for row in as_user(watchers.province).get("/monitoring/").context["rows"]}
    for county in of_year(frames.counties).iter_rows(named=True):
        row = rows[county["county_code"]]
        assert (row.outcome, row.schools, row.unmet) == (county["outcome"], county["schools"], county["unmet"])
        history = frames.counties.filter(pl.col("county_code") == county["county_code"]).sort("school_year")
        assert row.shares == pytest.approx([met / of for met, of in history.select("met", "schools").iter_rows()])
        measured = of_year(frames.measures, region=county["county_code"]).filter(pl.col("room").is_not_null())
        assert row.room in measured["room"].to_list()


def test_an_earlier_year_is_shown_when_it_is_asked_for(watchers, nation, frames, as_user):
    page = as_user(watchers.province).get("/monitoring/", {"year": "2023"})
    assert page.context["asked"].year == 2023
    rows = {row.code: row.outcome for row in page.context["rows"]}
    assert rows == dict(of_year(frames.counties, 2023).select("county_code", "outcome").iter_rows())
    assert "没有上一学年" in page.content.decode()


def test_the_trend_has_the_quartiles_of_each_year(watchers, nation, frames, as_user):
    page = as_user(watchers.province).get("/monitoring/trends/", {"measure": MEASURE})
    for row in page.context["rows"]:
        own = of_year(frames.measures, row["year"]).filter(
            (pl.col("kind") == "cv") & (pl.col("stage") == "primary") & (pl.col("name") == "teaching_area_per_pupil")
        )
        values = sorted(own.filter(pl.col("outcome") != "unknown")["value"])
        low, middle, high = statistics.quantiles(values, n=4, method="inclusive")
        assert (row["low"], row["middle"], row["high"]) == pytest.approx((low, middle, high))
        assert (row["lowest"], row["highest"], row["known"]) == (values[0], values[-1], len(values))
        assert row["passed"] == int(own["outcome"].is_in(PASSES).sum())
    assert page.context["rows"][-1]["limit"] == 0.5


def test_the_share_of_counties_and_schools_by_year(watchers, nation, frames, as_user):
    page = as_user(watchers.province).get("/monitoring/trends/")
    chart = next(chart for chart in page.context["charts"] if chart["id"] == "shares")
    drawn = {(row["year"], row["series"]): row["value"] for row in chart["spec"]["data"]["values"]}
    for year in (2023, 2024, 2025):
        now = of_year(frames.counties, year)
        assert drawn[year, "达标的县"] == pytest.approx(100 * now["outcome"].is_in(PASSES).sum() / len(now))
        assert drawn[year, "达标的学校"] == pytest.approx(100 * now["met"].sum() / now["schools"].sum())


def test_city_and_countryside_are_weighted_by_pupils(watchers, nation, frames, as_user):
    page = as_user(watchers.province).get("/monitoring/trends/", {"measure": MEASURE})
    chart = next(chart for chart in page.context["charts"] if chart["id"] == "locations")
    drawn = {(row["year"], row["series"]): row["value"] for row in chart["spec"]["data"]["values"]}
    schools = of_year(frames.schools).filter(
        (pl.col("stage") == "primary") & pl.col("left_out").is_null() & (pl.col("location") == "rural")
        & pl.col("teaching_area_per_pupil__value").is_finite() & (pl.col("pupils") > 0)
    )  # fmt: skip
    whole = sum(row["pupils"] * row["teaching_area_per_pupil__value"] for row in schools.iter_rows(named=True))
    assert drawn[2025, "乡村"] == pytest.approx(whole / schools["pupils"].sum())


def test_ranks_are_those_of_sorted_values_here_and_in_the_nation(watchers, nation, frames, as_user):
    page = as_user(watchers.city).get("/monitoring/ranking/", {"measure": MEASURE})
    measured = frames.measures.filter(
        (pl.col("school_year") == 2025) & (pl.col("kind") == "cv") & (pl.col("stage") == "primary")
        & (pl.col("name") == "teaching_area_per_pupil") & (pl.col("outcome") != "unknown")
    )  # fmt: skip
    values = dict(measured.select("county_code", "value").iter_rows())
    rows = list(page.context["rows"])
    assert {row["code"] for row in rows} == {code for code in values if code.startswith("3360")}
    for row in rows:
        own = values[row["code"]]
        assert row["rank"] == 1 + sum(value < own for value in values.values())
        assert row["of"] == len(values)
        province = [value for code, value in values.items() if code.startswith("33")]
        assert row["province_rank"] == 1 + sum(value < own for value in province)
    assert [row["own_rank"] for row in rows] == sorted(row["own_rank"] for row in rows)


def test_more_is_better_where_schools_that_pass_are_ranked(watchers, nation, frames, as_user):
    rows = as_user(watchers.province).get("/monitoring/ranking/", {"measure": "share..met_share"}).context["rows"]
    shares = [row["value"] for row in rows]
    assert shares == sorted(shares, reverse=True)


def test_the_parts_of_inequality_add_up(watchers, nation, as_user):
    page = as_user(watchers.province).get("/monitoring/inequality/", {"stage": "junior"})
    for row in page.context["years"]:
        assert row["between_provinces"] == pytest.approx(0, abs=1e-12), "one province has nothing between provinces"
        parts = row["between_counties"] + row["between_locations"] + row["within_locations"]
        assert row["total"] == pytest.approx(parts)
    shares = [row["share"] for row in page.context["rows"]]
    assert sum(shares) == pytest.approx(1)


def test_a_county_page_has_every_measure_with_its_limit(watchers, nation, frames, as_user):
    page = as_user(watchers.officer).get("/monitoring/counties/336001/")
    own = of_year(frames.measures, region="336001")
    assert len(page.context["measures"]) == own.height
    shown = {(row["kind"], row["stage"], row["name"]): row["value"] for row in page.context["measures"]}
    for row in own.iter_rows(named=True):
        assert shown[row["kind"], row["stage"], row["name"]] == row["value"]
    assert [row["school_year"] for row in page.context["years"]] == [2025, 2024, 2023]
    rooms = [row["room"] for row in page.context["measures"] if row["room"] is not None]
    assert rooms == sorted(rooms), "what is furthest beyond its limit stands first"


def test_warnings_of_the_pages_are_those_of_the_county_pages(watchers, nation, as_user):
    client = as_user(watchers.province)
    everything = client.get("/monitoring/warnings/", {"size": "200"}).context["rows"].paginator.object_list
    of_county = client.get("/monitoring/counties/336001/").context["warnings"]
    assert [row["says"] for row in everything if row["code"] == "336001"] == [row["says"] for row in of_county]
    by_row = {row.code: row.warned for row in client.get("/monitoring/").context["rows"]}
    assert sum(by_row.values()) == len(everything)
    assert by_row["336001"] == len(of_county)
