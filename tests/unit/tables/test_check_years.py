"""Checks over time: closed schools, stages, changes, units between years."""

from datetime import date

import polars as pl
import pytest

from junheng.tables.finding import Severity

YEARS = [{"school_year": year} for year in (2023, 2024, 2025)]


def test_closed_and_not_yet_open(findings):
    closed = findings("JH-F110", school=[{"closed_on": date(2024, 8, 31)}], school_year=YEARS)
    assert [finding.value for finding in closed] == ["2024", "2025"]
    opened = findings("JH-F110", school=[{"opened_on": date(2024, 9, 2)}], stage_year=YEARS)
    assert [finding.value for finding in opened] == ["2023", "2024"]
    assert "尚未办学" in opened[0].message


def test_the_first_of_september_itself_counts(findings):
    """A school opened that day files, one closed that day does not, as when schools are judged."""
    filed = [{"school_year": 2025}]
    assert not findings("JH-F110", school=[{"opened_on": date(2025, 9, 1)}], school_year=filed)
    assert findings("JH-F110", school=[{"closed_on": date(2025, 9, 1)}], school_year=filed)
    assert not findings("JH-F110", school=[{"closed_on": date(2025, 9, 2)}], school_year=filed)


def test_a_school_closed_on_the_day_is_not_missing(findings):
    schools = [{}, {"school_code": "02", "closed_on": date(2025, 9, 1)}]
    schools += [{"school_code": "03", "closed_on": date(2025, 9, 2)}]
    found = findings("JH-F109", school=schools, school_year=[{"school_year": 2025}])
    assert [finding.value for finding in found] == ["03"]


def test_closed_before_opened(findings):
    school = {"opened_on": date(2020, 1, 1), "closed_on": date(2019, 1, 1)}
    assert findings("JH-F111", school=[school])


def test_stages_of_the_kind(findings):
    assert not findings("JH-F112", school=[{}], stage_year=[{}])
    wrong = findings("JH-F112", school=[{}], stage_year=[{"stage": "junior"}])
    assert "只应有小学" in wrong[0].message
    special = [{"school_kind": "513"}]
    assert not findings("JH-F112", school=special, stage_year=[{"stage": "junior"}])


def test_stages_that_are_missing(findings):
    nine = [{"school_kind": "312"}]
    found = findings("JH-F113", school=nine, school_year=[{}], stage_year=[{}])
    assert len(found) == 1
    assert "初中" in found[0].message
    assert found[0].severity is Severity.EXPLAIN
    told = findings("JH-F113", school=nine, school_year=[{"note": "首届初中明年招生"}], stage_year=[{}])
    assert told[0].severity is Severity.HINT
    assert "首届初中明年招生" in told[0].message


def test_a_stage_whose_row_did_not_read_is_not_missing(findings):
    rejected = {"stage_year": pl.DataFrame({"school_code": ["01"], "school_year": [2025], "stage": ["junior"]})}
    nine = [{"school_kind": "312"}]
    assert not findings("JH-F113", rejected, school=nine, school_year=[{}], stage_year=[{}])


@pytest.mark.parametrize(("now", "told"), [(151, True), (150, False), (100, False), (49, True), (50, False), (0, True)])
def test_change_of_more_than_half(findings, now, told):
    rows = [{"school_year": 2024, "pupils": 100}, {"school_year": 2025, "pupils": now}]
    assert bool(findings("JH-F150", stage_year=rows)) == told


def test_small_schools_and_gaps_between_years_are_no_change(findings):
    assert not findings("JH-F150", stage_year=[{"school_year": 2024, "pupils": 4}, {"school_year": 2025, "pupils": 12}])
    assert not findings(
        "JH-F150", stage_year=[{"school_year": 2023, "pupils": 100}, {"school_year": 2025, "pupils": 300}]
    )


def test_units_that_differ_between_years(findings):
    rows = [{"school_year": 2024, "equipment_value": 500_000}, {"school_year": 2025, "equipment_value": 55}]
    found = findings("JH-F145", school_year=rows)
    assert len(found) == 1
    assert found[0].severity is Severity.ERROR
    assert "办学条件!C3" in found[0].message
    assert not findings("JH-F150", school_year=rows)  # one fault, one message


def test_values_of_other_schools_are_not_compared(findings):
    rows = [
        {"school_year": 2024, "equipment_value": 500_000},
        {"school_code": "02", "school_year": 2025, "equipment_value": 50},
    ]
    assert not findings("JH-F145", school_year=rows)


def test_finance_by_fiscal_year(findings):
    rows = [{"fiscal_year": 2023, "gdp": 10**10}, {"fiscal_year": 2024, "gdp": 1_100_000}]
    assert findings("JH-F145", finance_year=rows)
