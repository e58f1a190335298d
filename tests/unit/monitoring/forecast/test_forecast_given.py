"""What people know of the years to come: entrants, births, migration, closures and openings."""

import re

import polars as pl
import pytest
from forecast_panels import dataset_of, panel, steady

from junheng.intake.template import write_workbook
from junheng.monitoring.forecast.faults import ForecastInputsRefusedError
from junheng.monitoring.forecast.forecast import forecast_panel
from junheng.monitoring.forecast.given import Given, given_tables, read_given
from junheng.monitoring.forecast.settings import Settings
from junheng.workflow.forecast import forecast, forecast_template

COUNTY = "330101"
ROWS = steady("A", range(2023, 2026), [30] * 6) | steady("B", range(2023, 2026), [60] * 6)
JUNIOR = steady("J", range(2023, 2026), [90] * 3)


@pytest.fixture
def book(tmp_path):
    """A filled input workbook of rows by table."""

    def write(**rows):
        tables, file = given_tables(), tmp_path / "输入.xlsx"
        frames = {name: pl.DataFrame(filled, schema=tables[name].schema) for name, filled in rows.items()}
        write_workbook(file, tables, frames=frames)
        return file

    return write


def told(rows, file):
    filed = panel(rows)
    today = pl.DataFrame(schema=["school_code", "stage", "pupils", "classes", "teachers"]).cast(
        {"school_code": pl.String, "stage": pl.String, "pupils": pl.Int64, "classes": pl.Int64, "teachers": pl.Int64}
    )
    given = read_given(file, filed)
    found = forecast_panel(filed, 3, Settings(), given=given, today=today, limits={}, pupils_per_teacher={})
    grades = found.grades.select("school_code", "grade", "school_year", "pupils").iter_rows()
    return {(school, grade, year): count for school, grade, year, count in grades}


def entry(year, entrants, stage="primary"):
    return {"county_code": COUNTY, "school_year": year, "stage": stage, "entrants": entrants}


def school_entry(school, year, entrants, stage="primary"):
    return {"school_code": school, "school_year": year, "stage": stage, "entrants": entrants}


def opening(school, year):
    return {"school_code": school, "county_code": COUNTY, "opens_in": year, "location": "town", "town": "镇"}


def test_entrants_given_for_the_county_are_shared_as_in_recent_years(book):
    found = told(ROWS, book(county_entry=[entry(2026, 120), entry(2027, 150)]))
    assert [found["A", 1, 2026], found["B", 1, 2026]] == pytest.approx([40, 80])
    assert [found["A", 1, 2027], found["A", 2, 2027]] == pytest.approx([50, 40])
    # What is not given goes on from what was.
    assert found["A", 1, 2028] + found["B", 1, 2028] == pytest.approx(150)


def test_entrants_given_for_a_school_leave_the_rest_to_the_others(book):
    found = told(ROWS, book(school_entry=[school_entry("A", 2026, 50)]))
    assert [found["A", 1, 2026], found["B", 1, 2026]] == pytest.approx([50, 40])
    assert found["A", 1, 2027] == pytest.approx(50)


def test_entrants_given_for_grade_seven_take_the_place_of_the_leavers(book):
    found = told(ROWS | JUNIOR, book(county_entry=[entry(2026, 100, "junior")]))
    assert found["J", 7, 2026] == pytest.approx(100)
    assert found["J", 7, 2027] == pytest.approx(90)


def test_births_are_the_entrants_six_to_seven_years_later(book):
    """Grade 1 was 90 of 100 born. A third of those of 2020 begin in 2027, with two thirds of those of 2021."""
    births = [{"county_code": COUNTY, "birth_year": year, "births": 100} for year in range(2016, 2021)]
    births.append({"county_code": COUNTY, "birth_year": 2021, "births": 70})
    found = told(ROWS, book(births=births))
    assert found["A", 1, 2026] + found["B", 1, 2026] == pytest.approx(90)
    assert found["A", 1, 2027] + found["B", 1, 2027] == pytest.approx(0.9 * (100 / 3 + 70 * 2 / 3))


def test_migration_comes_on_top_in_proportion_to_pupils(book):
    net = {"county_code": COUNTY, "school_year": 2026, "stage": "primary", "net": 54}
    found = told(ROWS, book(migration=[net]))
    assert found["A", 3, 2026] == pytest.approx(33)
    assert found["B", 3, 2026] == pytest.approx(66)
    assert found["A", 3, 2027] == pytest.approx(33)


def test_a_school_to_be_opens_with_the_entrants_given_and_fills_up(book):
    found = told(ROWS, book(change=[opening("N", 2026)], school_entry=[school_entry("N", 2026, 45)]))
    assert [found["N", 1, 2026], found["N", 2, 2027], found["N", 3, 2028]] == pytest.approx([45] * 3)
    assert found["A", 1, 2026] == pytest.approx(15)
    assert found["N", 1, 2027] == pytest.approx(45)


def test_a_planned_closure_sends_the_pupils_to_the_others(book):
    found = told(ROWS, book(change=[{"school_code": "B", "closes_in": 2027}]))
    assert ("B", 1, 2027) not in found
    assert found["B", 2, 2026] == pytest.approx(60)
    assert found["A", 2, 2027] == pytest.approx(90)


@pytest.mark.parametrize(
    ("tables", "message"),
    [
        ({"county_entry": [entry(2026, 10) | {"county_code": "110101"}]}, "没有县 110101"),
        ({"school_entry": [school_entry("X", 2026, 1)]}, "没有学校 X"),
        ({"change": [{"school_code": "A"}]}, "既没有填新建学年，也没有填撤并学年"),
        ({"change": [{"school_code": "X", "closes_in": 2027}]}, "谈不上撤并"),
        ({"change": [{"school_code": "A", "closes_in": 2025}]}, "已经过去"),
        ({"change": [{"school_code": "N", "opens_in": 2026}]}, "数据中没有这个县"),
        (
            {
                "county_entry": [entry(2026, 10)],
                "school_entry": [school_entry("A", 2026, 11)],
            },
            "少于各校所填之和 11 人",
        ),
        ({"county_entry": [entry(2026, 10), entry(2026, 11)]}, "出现了 2 次"),
        ({"county_entry": [entry(2026, -3)]}, "-3"),
        ({"county_entry": [entry(2026, None)]}, "入学人数"),
        ({"school_entry": [school_entry("A", 2026, 9, "junior")]}, "学校 A 没有初中"),
        ({"change": [opening("N", 2026)]}, "新建学校 N 没有入学人数"),
        ({"change": [opening("N", 2027)], "school_entry": [school_entry("N", 2026, 9)]}, "到 2027 学年才开办"),
        (
            {"change": [{"school_code": "B", "closes_in": 2026}], "school_entry": [school_entry("B", 2026, 9)]},
            "从 2026 学年起撤并",
        ),
        (
            {
                "change": [opening("N", 2027) | {"closes_in": 2027}],
                "school_entry": [school_entry("N", 2027, 9)],
            },
            "不晚于新建的 2027 学年",
        ),
    ],
)
def test_what_cannot_be_is_refused_by_its_cell(tables, message, book):
    with pytest.raises(ForecastInputsRefusedError, match=message) as refused:
        read_given(book(**tables), panel(ROWS))
    assert re.match(r"(\S+![A-Z]+\d+|“\S+”第)", refused.value.lines[0]), "it names the cell"


def test_the_empty_template_gives_nothing(tmp_path):
    forecast_template(tmp_path / "输入.xlsx")
    assert read_given(tmp_path / "输入.xlsx", panel(ROWS)) == Given()


def test_what_is_given_and_not_used_is_said(book):
    births = [{"county_code": COUNTY, "birth_year": 2020, "births": 100}]
    file = book(county_entry=[entry(2020, 1), entry(2026, 120), entry(2030, 1)], births=births)
    found = forecast(dataset_of(ROWS), years=1, entry=file)
    assert found.grades.filter(pl.col("grade") == 1)["pupils"].sum() == pytest.approx(120)
    said = " ".join(note.zh for note in found.notes)
    assert "2025 学年和以前的 1 行没有用上" in said
    assert "2026 学年以后的 1 行没有用上" in said
    assert "如 2026 学年要 2019 年和 2020 年" in said


def test_a_school_to_be_has_nothing_today_and_teachers_as_its_county(book):
    """A: 276 pupils, 6 classes, 12 teachers: 23 a teacher. N takes in 30: one class, two teachers, no places yet."""
    rows = steady("A", range(2023, 2026), [46] * 6)
    file = book(change=[opening("N", 2026)], school_entry=[school_entry("N", 2026, 30)])
    found = forecast(dataset_of(rows, classes=6, teachers=12), years=1, entry=file)
    new = found.consequences.filter(pl.col("school_code") == "N").row(0, named=True)
    assert (new["classes_today"], new["classes_needed"], new["places_short"]) == (0, 1, 30)
    assert (new["teachers_today"], new["teachers_needed"], new["teachers_short"]) == (0, 2, 2)
    needs = found.needs.row(0, named=True)
    assert (needs["classes_today"], needs["classes_needed"], needs["places"]) == (6, 12, 270)
    assert (needs["teachers_today"], needs["teachers_needed"]) == (12, 13)
