"""A county of two primary schools and one junior school, worked out by hand."""

import polars as pl
import pytest
from forecast_panels import dataset_of, panel

from junheng.monitoring.forecast.cohort import Past, project
from junheng.monitoring.forecast.settings import Settings
from junheng.workflow.forecast import backtest, forecast

# 学校 A 每年升级一名不少，学校 B 每升一级少十分之一；初中收走全部小学毕业生。
GRADES = {
    ("A", 2023): [40, 40, 40, 40, 40, 40],
    ("A", 2024): [40, 40, 40, 40, 40, 40],
    ("A", 2025): [40, 40, 40, 40, 40, 40],
    ("B", 2023): [1000, 900, 810, 729, 656.1, 590.49],
    ("B", 2024): [1000, 900, 810, 729, 656.1, 590.49],
    ("B", 2025): [1000, 900, 810, 729, 656.1, 590.49],
    ("J", 2023): [630.49, 630.49, 630.49],
    ("J", 2024): [630.49, 630.49, 630.49],
    ("J", 2025): [630.49, 630.49, 630.49],
}
WHOLE = {key: [round(count * 100) for count in counts] for key, counts in GRADES.items()}


def grades_of(found, unit, year):
    row = found.filter((pl.col("unit") == unit) & (pl.col("year") == year)).row(0, named=True)
    return [row[f"grade_{grade}"] for grade in range(1, 10) if row[f"grade_{grade}"] is not None]


def test_each_school_keeps_its_own_ratio_where_years_do_not_vary():
    """Ratios without noise are believed, however they differ: 1 for A, 0.9 for B."""
    found = project(Past(panel(WHOLE)), 2025, 2, Settings())
    for unit, school in enumerate(("A", "B", "J")):
        for year in (2026, 2027):
            assert grades_of(found, unit, year) == pytest.approx(WHOLE[school, 2025], rel=1e-9)


def test_a_cohort_moves_up_and_entrants_follow_the_damped_trend():
    """Entrants 100, 90, 81: last growth 0.9 a year; half of it is believed a year ahead, then a quarter."""
    grades = {
        ("A", 2023): [100, 50, 50, 50, 50, 50],
        ("A", 2024): [90, 100, 50, 50, 50, 50],
        ("A", 2025): [81, 90, 100, 50, 50, 50],
    }
    found = project(Past(panel(grades)), 2025, 2, Settings(damping=0.5))
    assert grades_of(found, 0, 2026) == pytest.approx([81 * 0.9**0.5, 81, 90, 100, 50, 50])
    assert grades_of(found, 0, 2027) == pytest.approx([81 * 0.9**0.75, 81 * 0.9**0.5, 81, 90, 100, 50])


def test_leavers_of_grade_six_are_shared_by_junior_schools_as_before():
    """A county of 100 leavers a year; two junior schools took in 60 and 40, next year the leavers are 200."""
    grades = {(f"A{n}", year): [50, 50, 50, 50, 50, 50] for n in (1, 2) for year in (2023, 2024)}
    grades |= {(f"A{n}", 2025): [50, 50, 50, 50, 100, 50] for n in (1, 2)}
    grades |= {("J1", year): [60, 60, 60] for year in (2023, 2024, 2025)}
    grades |= {("J2", year): [40, 40, 40] for year in (2023, 2024, 2025)}
    found = project(Past(panel(grades)), 2025, 2, Settings())
    assert grades_of(found, 2, 2026)[0] == pytest.approx(60)
    # The ratio of 2024—2025 into grade 5 (100 of 50) is one of two moves, the ratio into grade 6 is 1.
    assert grades_of(found, 2, 2027)[0] == pytest.approx(120)
    assert grades_of(found, 3, 2027)[0] == pytest.approx(80)


def test_a_nine_year_school_keeps_its_own_first():
    """N keeps all of its 30 leavers, whose number doubles; J has what is left of the county's."""
    nine = {"school_kind": "312"}
    rows = {}
    for year, sixth, fifth in ((2023, 30, 30), (2024, 30, 60), (2025, 60, 30)):
        rows["N", year] = [30, 30, 30, 30, fifth, sixth]
        rows["A", year] = [100] * 6
        rows["J", year] = [100, 100, 100]
    data = dataset_of(rows, {"N": nine})
    junior = dataset_of({("J9", 2023): [30] * 3, ("J9", 2024): [30] * 3, ("J9", 2025): [30, 30, 30]})
    stages = junior["stage_year"].with_columns(school_code=pl.lit("N"))
    data.frames["stage_year"] = pl.concat([data["stage_year"], stages])
    found = forecast(data, years=1).grades.filter(pl.col("grade") == 7)
    taken = dict(found.select("school_code", "pupils").iter_rows())
    assert taken["N"] == pytest.approx(60)
    assert taken["J"] == pytest.approx(100)


def test_a_central_school_takes_in_the_pupils_of_teaching_points():
    """A point ends after grade 2; the central school's grade 3 lives on the whole county's grade 2, not on its own."""
    rows = {}
    for year in (2023, 2024, 2025):
        rows["P", year] = [30, 30, 0, 0, 0, 0]
        rows["C", year] = [10, 10, 40, 40, 40, 40]
    rows["P", 2025] = [30, 50, 0, 0, 0, 0]
    found = forecast(dataset_of(rows), years=1).grades
    third = dict(found.filter(pl.col("grade") == 3).select("school_code", "pupils").iter_rows())
    assert third["P"] == 0
    assert third["C"] == pytest.approx(60)


def test_the_back_test_holds_forecasts_against_what_came():
    """100, 60, 60 pupils: only the model of grades knows that nobody else leaves."""
    grades = {
        ("A", 2022): [10, 10, 10, 10, 10, 50],
        ("A", 2023): [10, 10, 10, 10, 10, 10],
        ("A", 2024): [10, 10, 10, 10, 10, 10],
    }
    table = backtest(dataset_of(grades)).table.filter((pl.col("level") == "county") & (pl.col("horizon") == 1))
    of = {row["method"]: row for row in table.to_dicts()}
    assert of["last"]["n"] == 1
    assert of["last"]["mape"] == 0
    assert of["linear"]["mape"] == pytest.approx(40 / 60)  # 100, 60 → 20
    assert of["linear"]["bias"] == pytest.approx(-40 / 60)
    assert of["cohort"]["mape"] == pytest.approx(0, abs=1e-12)
