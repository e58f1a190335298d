"""Filters, orders and files of the pages."""

import csv
import io
from dataclasses import replace

import polars as pl
import pytest

from junheng.store.judged import JudgedYears
from web.monitoring.conftest import text_of


def lines_of(response):
    return list(csv.reader(io.StringIO(text_of(response).lstrip("\ufeff"))))


def test_counties_are_found_by_name_code_verdict_and_warning(watchers, nation, as_user):
    client = as_user(watchers.province)
    everything = list(client.get("/monitoring/").context["rows"])
    assert [row.code for row in client.get("/monitoring/", {"q": "336003"}).context["rows"]] == ["336003"]
    name = next(row.name for row in everything if row.code == "336002")
    assert [row.code for row in client.get("/monitoring/", {"q": name}).context["rows"]] == ["336002"]
    for outcome in ("met", "unmet", "unknown"):
        found = [row.code for row in client.get("/monitoring/", {"outcome": outcome}).context["rows"]]
        assert sorted(found) == sorted(row.code for row in everything if row.outcome == outcome)
    warned = [row.code for row in client.get("/monitoring/", {"warning": "any"}).context["rows"]]
    assert sorted(warned) == sorted(row.code for row in everything if row.warned)


def test_a_filter_that_leaves_nothing_says_so(watchers, nation, as_user):
    assert "没有符合条件的县" in text_of(as_user(watchers.province).get("/monitoring/", {"q": "无此县"}))
    assert "没有符合条件的预警" in text_of(as_user(watchers.province).get("/monitoring/warnings/", {"q": "无此县"}))


@pytest.mark.parametrize("sort", ["share", "room", "warnings", "worsening", "improving"])
def test_counties_sort_both_ways(watchers, nation, as_user, sort):
    client = as_user(watchers.province)
    key = {"share": "share", "room": "room", "warnings": "warned"}.get(sort, sort)
    up = [getattr(row, key) for row in client.get("/monitoring/", {"sort": sort}).context["rows"]]
    down = [getattr(row, key) for row in client.get("/monitoring/", {"sort": f"-{sort}"}).context["rows"]]
    assert up == sorted(up)
    assert down == sorted(down, reverse=True)


def test_warnings_by_severity_the_urgent_first(watchers, nation, as_user):
    client = as_user(watchers.province)
    rows = client.get("/monitoring/warnings/", {"size": "200"}).context["rows"].paginator.object_list
    order = {"urgent": 0, "warn": 1, "notice": 2}
    assert [order[row["severity"]] for row in rows] == sorted(order[row["severity"]] for row in rows)
    severity = rows[0]["severity"]
    found = client.get("/monitoring/warnings/", {"severity": severity}).context["rows"].paginator.object_list
    assert len(found) == sum(row["severity"] == severity for row in rows)


@pytest.mark.parametrize("page", ["", "trends/", "warnings/", "ranking/", "inequality/", "counties/336001/"])
def test_every_table_is_a_file_of_as_many_rows_as_it_says(watchers, nation, as_user, page):
    client = as_user(watchers.province)
    lines = lines_of(client.get(f"/monitoring/{page}", {"format": "csv"}))
    assert lines[-1][:2] == ["行数", str(len(lines) - 2)]
    assert len(lines) > 2
    assert {len(line) for line in lines[1:-1]} == {len(lines[0])}
    book = client.get(f"/monitoring/{page}", {"format": "xlsx"})
    assert book.getvalue()[:2] == b"PK"


def test_a_file_has_the_filtered_counties_only(watchers, nation, as_user):
    lines = lines_of(as_user(watchers.province).get("/monitoring/", {"format": "csv", "q": "336003"}))
    assert [line[0] for line in lines[1:-1]] == ["336003"]


def test_in_english_no_chinese_but_names_is_left(watchers, nation, as_user):
    client = as_user(watchers.province)
    client.cookies["django_language"] = "en"
    page = client.get("/monitoring/warnings/")
    assert page.context["answer"].startswith("合成省, 2025:")
    assert "说明" not in text_of(page)


def test_a_page_of_another_year_is_not_shown_from_memory(watchers, own_nation, as_user):
    """What is kept in memory is of the data that were judged; once they are judged anew it is forgotten."""
    client = as_user(watchers.province)
    before = client.get("/monitoring/").context["about"].state
    home = JudgedYears(own_nation)
    about = next(about for about in home.years("CN/youzhi_2017") if about.year == 2025)
    frames = {name: home.frame("CN/youzhi_2017", name).filter(pl.col("school_year") == 2025).collect()
              for name in ("counties", "parts", "measures", "schools")}  # fmt: skip
    frames["counties"] = frames["counties"].with_columns(outcome=pl.lit("met"))
    home.keep(replace(about, state="0" * 64), frames)
    page = client.get("/monitoring/")
    assert page.context["about"].state != before
    assert {row.outcome for row in page.context["rows"]} == {"met"}
    assert "判定之后数据有变动" in text_of(page)
