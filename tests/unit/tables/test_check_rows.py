"""Checks of rows and keys: duplicates, strangers, campuses, two spellings, schools that are missing."""

from datetime import date

import polars as pl

from junheng.tables.finding import Severity

ROW = {"school_code": "01"}


def test_duplicate_rows_name_each_other(findings):
    found = findings("JH-F101", school=[{}], school_year=[ROW, ROW, {"school_code": "02"}])
    assert [finding.cell for finding in found] == ["办学条件!C3", "办学条件!C4"]
    assert "办学条件!C4" in found[0].message


def test_a_school_that_is_not_listed(findings):
    found = findings("JH-F102", school=[{"school_code": "3402000001"}], school_year=[{"school_code": "3402000010"}])
    assert found[0].severity is Severity.ERROR
    assert "3402000001" in found[0].message


def test_a_listed_school_whose_row_did_not_read_is_no_stranger(findings):
    rejected = {"school": pl.DataFrame({"school_code": ["02"]})}
    assert not findings("JH-F102", rejected, school=[{}], school_year=[{"school_code": "02"}])
    unread = {"school": pl.DataFrame({"school_code": [None]}, schema={"school_code": pl.String})}
    assert not findings("JH-F102", unread, school=[{}], school_year=[{"school_code": "02"}])


def test_without_a_list_of_schools_each_table_is_told_once(findings):
    found = findings("JH-F102", school_year=[ROW, {"school_code": "02"}], stage_year=[ROW])
    assert [finding.cell for finding in found] == ["办学条件", "学段情况"]


def test_counties(findings):
    assert findings("JH-F103", school=[{}])[0].severity is Severity.HINT
    listed = [{"county_code": "35", "county_name": "某县"}]
    assert findings("JH-F103", school=[{}], county=listed)[0].severity is Severity.ERROR


def test_campuses(findings):
    assert findings("JH-F104", school=[{"campus_of": "99"}])
    assert not findings("JH-F104", school=[{"campus_of": "02"}, {"school_code": "02"}])
    assert findings("JH-F105", school=[{"campus_of": "01"}])
    chain = [{"campus_of": "02"}, {"school_code": "02", "campus_of": "03"}, {"school_code": "03"}]
    assert "不是主校区" in findings("JH-F105", school=chain)[0].message
    assert findings("JH-F106", school=[{"counted": False}])
    assert findings("JH-F106", school=[{"school_kind": "219"}])
    assert not findings("JH-F106", school=[{"counted": False, "campus_of": "02"}, {"counted": True}])


def test_two_spellings(findings):
    towns = ["城关镇", "城关镇", "城 关镇", "青山镇"]
    found = findings("JH-F107", school=[{"school_code": str(n), "town": town} for n, town in enumerate(towns)])
    assert [finding.value for finding in found] == ["城 关镇"]
    assert found[0].severity is Severity.HINT


def test_same_name(findings):
    found = findings("JH-F108", school=[{}, {"school_code": "02", "school_name": "一 小"}])
    assert len(found) == 2
    assert not findings("JH-F108", school=[{}, {}])  # the same code is a duplicate, told elsewhere


def test_missing_schools(findings):
    schools = [{}, {"school_code": "02"}, {"school_code": "03", "counted": False}]
    schools += [
        {"school_code": "04", "closed_on": date(2025, 1, 1)},
        {"school_code": "05", "opened_on": date(2026, 9, 1)},
    ]
    found = findings("JH-F109", school=schools, school_year=[ROW])
    assert [finding.value for finding in found] == ["02"]


def test_two_schools_of_no_name_are_not_the_same(findings):
    assert not findings("JH-F108", school=[{"school_name": None}, {"school_code": "02", "school_name": None}])
