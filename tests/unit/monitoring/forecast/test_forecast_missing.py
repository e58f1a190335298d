"""What is not filed is not zero: blanks, schools that come and go, too few years."""

import polars as pl
import pytest
from forecast_panels import dataset_of, day, panel, steady

from junheng.monitoring.forecast.faults import HorizonError, NoHistoryError, TooShortToTestError
from junheng.workflow.forecast import backtest, forecast

YEARS = range(2023, 2026)
A, B = [30] * 6, [60] * 6


def of_school(found, school):
    return found.schools.filter(pl.col("school_code") == school)


def test_a_school_without_grades_goes_as_its_county():
    """A shrinks by a sixth when a large grade 6 leaves; B files totals only, and shrinks like A; the page says so."""
    rows = steady("A", range(2023, 2025), [20, 20, 20, 20, 20, 20]) | {("A", 2025): [20, 20, 20, 20, 20, 20]}
    data = dataset_of(rows | steady("B", YEARS, [10] * 6))
    is_b = pl.col("school_code") == "B"
    blank = [pl.when(~is_b).then(pl.col(f"grade_{g}")).alias(f"grade_{g}") for g in range(1, 7)]
    data.frames["stage_year"] = data["stage_year"].with_columns(blank)
    found = forecast(data, years=1)
    row = of_school(found, "B").row(0, named=True)
    assert row["method"] == "totals"
    assert row["pupils"] == pytest.approx(60)
    assert found.grades.filter(is_b).is_empty()
    assert any("没有填全各年级" in note.zh for note in found.notes)


def test_without_any_grades_the_trend_of_the_totals_is_followed():
    """Totals 1000, 900, 810: 0.9 a year, half of which is believed."""
    data = dataset_of({("A", 2023): [1000], ("A", 2024): [900], ("A", 2025): [810]})
    data.frames["stage_year"] = data["stage_year"].with_columns(grade_1=pl.lit(None, pl.Int64))
    assert of_school(forecast(data, years=1), "A")["pupils"].item() == pytest.approx(810 * 0.9**0.5)


def test_a_blank_grade_is_no_grade_where_the_others_are_all_pupils():
    rows = steady("A", YEARS, [10, 10, 10, None, None, None])
    data = dataset_of(rows)
    data.frames["stage_year"] = data["stage_year"].with_columns(pupils=pl.lit(30, pl.Int64))
    found = forecast(data, years=1)
    assert of_school(found, "A")["method"].item() == "cohort"
    assert of_school(found, "A")["pupils"].item() == pytest.approx(30)


def test_a_school_that_filed_nothing_is_named_not_counted_as_empty():
    data = dataset_of(steady("A", YEARS, A) | steady("B", YEARS, B))
    blank = (pl.col("school_code") == "B") & (pl.col("school_year") == 2025)
    names = ["pupils", *(f"grade_{g}" for g in range(1, 7))]
    data.frames["stage_year"] = data["stage_year"].with_columns(pl.when(~blank).then(pl.col(n)).alias(n) for n in names)
    found = forecast(data, years=1)
    assert found.schools["school_code"].to_list() == ["A"]
    assert found.history.filter(pl.col("school_year") == 2025)["pupils"].to_list() == [None]
    assert any("没有填在校生数" in note.zh for note in found.notes)


def test_a_school_that_is_closed_ends_and_its_pupils_stay_in_the_town():
    """The register already names the day; A is alone in its town with B, C is elsewhere."""
    about = {"B": {"closed_on": day(2027)}, "C": {"town": "他镇"}}
    rows = steady("A", YEARS, A) | steady("B", YEARS, B) | steady("C", YEARS, A)
    found = forecast(dataset_of(rows, about), years=3)
    assert of_school(found, "B")["school_year"].to_list() == [2026]
    assert of_school(found, "A")["pupils"].to_list() == pytest.approx([180, 540, 540])
    assert of_school(found, "C")["pupils"].to_list() == pytest.approx([180, 180, 180])


def test_a_school_closed_long_ago_is_not_forecast():
    rows = steady("A", YEARS, A) | steady("B", range(2023, 2025), B)
    found = forecast(dataset_of(rows, {"B": {"closed_on": day(2025)}}), years=1)
    assert found.schools["school_code"].to_list() == ["A"]
    assert not any("没有填" in note.zh for note in found.notes)


def test_a_new_school_without_history_uses_the_ratios_of_its_county():
    """N opened this year with 100 in grade 1; in the county nine of ten move up."""
    grades = [1000, 900, 810, 729, 656, 590]
    rows = steady("A", YEARS, grades) | {("N", 2025): [100, 0, 0, 0, 0, 0]}
    found = forecast(dataset_of(rows), years=1).grades.filter((pl.col("school_code") == "N") & (pl.col("grade") == 2))
    assert found["pupils"].item() == pytest.approx(90)


def test_two_years_give_a_forecast_without_intervals_and_say_why():
    found = forecast(dataset_of(steady("A", range(2024, 2026), A)), years=2)
    assert found.schools["pupils"].to_list() == pytest.approx([180, 180])
    assert found.schools["low_80"].null_count() == 2
    assert any("没有可以回测的年份" in note.zh for note in found.notes)


def test_years_that_do_not_follow_each_other_are_no_history():
    """From 2023 and 2025 nobody can see who moved up; years of long ago do not help."""
    for years in ((2023, 2025), (2010, 2011, 2025)):
        with pytest.raises(NoHistoryError, match="连续"):
            panel({("A", year): A for year in years})


def test_a_year_after_a_gap_is_not_forecast_from():
    """2021 has no move before it: only 2022 and 2023 can be gone back to."""
    data = dataset_of({("A", year): A for year in (2019, 2021, 2022, 2023, 2024)})
    assert backtest(data).origins == (2022, 2023)
    with pytest.raises(TooShortToTestError):
        backtest(dataset_of({("A", year): A for year in (2022, 2024, 2025)}))


def test_leavers_of_a_school_that_filed_no_grades_still_go_to_grade_seven():
    """A and B have 10 in each grade, the junior school takes all 20; this year B filed 60 pupils without grades."""
    ten = [10] * 6
    rows = steady("A", YEARS, ten) | steady("B", YEARS, ten) | steady("J", YEARS, [20] * 3)
    data = dataset_of(rows)
    unknown = (pl.col("school_code") == "B") & (pl.col("school_year") == 2025)
    names = [f"grade_{g}" for g in range(1, 7)]
    data.frames["stage_year"] = data["stage_year"].with_columns(
        pl.when(~unknown).then(pl.col(n)).alias(n) for n in names
    )
    found = forecast(data, years=2).grades.filter(pl.col("grade") == 7)
    assert found["pupils"].to_list() == pytest.approx([20, 20])


def test_what_cannot_be_forecast_is_refused_with_the_next_step():
    with pytest.raises(NoHistoryError, match="至少要连续两个学年"):
        panel({("A", 2025): A})
    data = dataset_of(steady("A", range(2024, 2026), A))
    with pytest.raises(TooShortToTestError, match="只有 2 个学年"):
        backtest(data)
    for years in (0, 16):
        with pytest.raises(HorizonError, match="1～15"):
            forecast(data, years=years)
