"""Classes, places, teachers by hand; and what the judge says of the years to come under today's resources."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest
from forecast_panels import dataset_of, steady

from junheng.monitoring.forecast.class_limits import class_limits
from junheng.monitoring.forecast.future import future_dataset, with_closures
from junheng.standards.library import load_standard
from junheng.store.snapshot import Store
from junheng.verdict.judge import judge as judge_dataset
from junheng.workflow.forecast import forecast
from junheng.workflow.judging import judge, load

COUNTY = Path(__file__).parents[4] / "examples/county.xlsx"


@pytest.fixture(scope="module")
def county(tmp_path_factory):
    return load(COUNTY, store=Store(tmp_path_factory.mktemp("store")))


def test_class_sizes_come_from_the_standard():
    day = date(2025, 12, 31)
    assert class_limits(load_standard("CN/youzhi_2017"), day) == {"primary": 45, "junior": 50}
    assert class_limits(load_standard("CN/jiben_2012"), day) == {}


def test_classes_places_and_teachers_by_hand():
    """46 in each of six grades take two classes each: 12 for today's 6; 270 places for 276 pupils."""
    data = dataset_of(steady("A", range(2023, 2026), [46] * 6), classes=6, teachers=12)
    row = forecast(data, years=1).consequences.row(0, named=True)
    assert (row["classes_needed"], row["classes_today"], row["class_limit"]) == (12, 6, 45)
    assert (row["places"], row["places_short"]) == (270, 6)
    assert row["class_size"] == pytest.approx(46)
    assert (row["teachers_needed"], row["teachers_short"]) == (12, 0)  # as many for each pupil as today
    stricter = forecast(data, years=1, pupils_per_teacher={"primary": 19}).consequences.row(0, named=True)
    assert (stricter["teachers_needed"], stricter["teachers_short"]) == (15, 3)  # 276 ÷ 19 = 14.5…


def test_what_is_not_filed_is_not_said():
    data = dataset_of(steady("A", range(2023, 2026), [46] * 6), classes=None, teachers=None)
    found = forecast(data, years=1)
    row = found.consequences.row(0, named=True)
    assert [row[name] for name in ("class_size", "places", "places_short", "teachers_needed")] == [None] * 4
    assert row["classes_needed"] == 12
    assert found.needs["teachers_needed"].to_list() == [None]


def test_the_year_to_come_has_todays_resources_and_nothing_invented(county):
    pupils = pl.DataFrame({"school_code": ["9901010001"], "stage": ["primary"], "pupils": [1500.5]})
    found = future_dataset(county, 2025, 2027, pupils)["stage_year"]
    row = found.filter(pl.col("school_code") == "9901010001").row(0, named=True)
    filed = county["stage_year"].filter((pl.col("school_code") == "9901010001") & (pl.col("school_year") == 2025))
    assert (row["school_year"], row["pupils"]) == (2027, 1501)
    assert row["teachers"] == filed["teachers"].item()
    assert row["classes"] == filed["classes"].item()
    assert [row[name] for name in ("largest_class", "classes_45", "migrant_pupils", "grade_1")] == [None] * 4
    assert found.filter(pl.col("school_code") == "9901010002")["pupils"].to_list() == [None]


def test_the_judge_says_the_same_of_the_same_pupils(county):
    """Judged as a future year with today's pupils, resources and spreads come out as today."""
    today = judge(county, on="2025-12-31", year=2025)
    same = county["stage_year"].filter(pl.col("school_year") == 2025).select("school_code", "stage", "pupils")
    data = future_dataset(county, 2025, 2026, same)
    later = judge_dataset(data, load_standard("CN/youzhi_2017"), date(2026, 12, 31), year=2026)
    names = [f"{name}__outcome" for name in today.standard.resources]
    assert later.rows.select("school_code", "stage", "outcome", *names).equals(
        today.rows.select("school_code", "stage", "outcome", *names)
    )
    assert later.balance["cv"].to_list() == today.balance["cv"].to_list()


def test_schools_fall_below_when_their_pupils_outgrow_what_they_have(county):
    found = forecast(county, years=2, judged=True)
    assert found.indicator_labels
    for row in found.falls.to_dicts():
        years = [row[name] for name in ("earliest", "falls_in", "latest") if row[name] is not None]
        assert years == sorted(years)
        assert set(years) <= {2026, 2027}
    area = found.falls.filter(
        (pl.col("school_code") == "9901010013") & (pl.col("indicator") == "teaching_area_per_pupil")
    ).row(0, named=True)
    room = county["school_year"].filter((pl.col("school_code") == "9901010013") & (pl.col("school_year") == 2025))
    pupils = found.schools.filter((pl.col("school_code") == "9901010013") & (pl.col("school_year") == 2026))
    amount = float(room["teaching_area"].item() - room["indoor_sports_area"].item())
    assert area["value"] == pytest.approx(amount / round(pupils["pupils"].item()), rel=1e-9)
    assert area["value"] < 0.85 * area["limit"] < area["value_today"]
    spreads = found.coefficients
    assert set(spreads["scenario"]) == {"today", "middle", "low", "high"}
    assert set(spreads.filter(pl.col("scenario") == "middle")["school_year"]) == {2026, 2027}


def test_a_planned_closure_leaves_no_school_behind_that_nobody_can_judge(county):
    closing = with_closures(county, {"9901010013": 2026})
    pupils = county["stage_year"].filter(pl.col("school_year") == 2025).select("school_code", "stage", "pupils")
    left = pupils.filter(pl.col("school_code") != "9901010013")
    later = judge_dataset(
        future_dataset(closing, 2025, 2026, left), load_standard("CN/youzhi_2017"), date(2026, 12, 31), year=2026
    )
    today = judge(county, on="2025-12-31", year=2025)
    unknown = pl.col("outcome") == "unknown"
    key = ["stage", "indicator"]
    assert later.balance.filter(unknown).select(key).rows() == today.balance.filter(unknown).select(key).rows()
    assert "9901010013" not in later.in_scope["school_code"].to_list()
