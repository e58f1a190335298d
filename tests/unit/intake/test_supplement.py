"""What a supplement asks for: cells that are blank and meant to be filled, and rows that nobody filed yet."""

import polars as pl
import pytest

from junheng.intake.supplement import what_is_open
from junheng.tables.catalogue import load_tables
from junheng.tables.dataset import Dataset

TABLES = load_tables()
CODE, COUNTY, YEAR = "3402990001", "340299", 2025


def dataset(**rows):
    frames = {
        name: pl.DataFrame(rows.get(name, []), schema=table.schema).sort(table.key)
        for name, table in TABLES.tables.items()
    }
    return Dataset(TABLES, frames)


def school(code=CODE, kind="211", **more):
    return {"school_code": code, "school_name": f"学校{code}", "school_kind": kind, "county_code": COUNTY, **more}


def stage(code=CODE, name="primary", **more):
    return {"school_code": code, "school_year": YEAR, "stage": name, **more}


def asked_cells(found, table):
    """Key → the columns asked of that row."""
    frame, known = found.frames[table], found.known[table]
    key = [name for name in TABLES[table].key if name in frame.columns]
    return {
        row: [name for name in found.columns[table] if name not in known.columns or not known[name][at]]
        for at, row in enumerate(frame.select(key).iter_rows())
    }


def test_a_blank_cell_is_asked_for_and_a_filled_one_is_not():
    data = dataset(
        school=[school(), school("3402990002")],
        stage_year=[stage(pupils=100), stage("3402990002", pupils=90, teachers=8)],
    )
    found = what_is_open(data, {"stage_year": {"pupils", "teachers"}})
    assert found.columns["stage_year"] == ["teachers"]
    assert asked_cells(found, "stage_year") == {
        (CODE, YEAR, "primary"): ["teachers"],
        ("3402990002", YEAR, "primary"): [],
    }


def test_nothing_to_ask_leaves_no_sheet():
    data = dataset(school=[school()], stage_year=[stage(pupils=100)])
    assert "stage_year" not in what_is_open(data, {"stage_year": {"pupils", "note"}}).columns


def test_zero_is_an_answer():
    data = dataset(school=[school()], stage_year=[stage(pupils=0)])
    assert "stage_year" not in what_is_open(data, {"stage_year": {"pupils"}}).columns


def test_columns_are_not_asked_of_stages_that_they_are_not_of():
    data = dataset(school=[school(kind="312")], stage_year=[stage(), stage(name="junior")])
    found = what_is_open(data, {"stage_year": {"graduates"}})
    assert asked_cells(found, "stage_year") == {
        (CODE, YEAR, "junior"): ["graduates"],
        (CODE, YEAR, "primary"): [],
    }


def test_a_stage_that_no_form_told_of_gets_a_row_and_seniors_are_asked_their_pupils_only():
    data = dataset(school=[school(kind="341")], stage_year=[stage(name="junior", pupils=300, teachers=20)])
    found = what_is_open(data, {"stage_year": {"pupils", "teachers", "boarders"}})
    assert asked_cells(found, "stage_year") == {
        (CODE, YEAR, "junior"): ["boarders"],
        (CODE, YEAR, "senior"): ["pupils"],
    }


@pytest.mark.parametrize(("counted", "asked"), [(True, []), (False, ["campus_of"]), (None, [])])
def test_a_main_school_is_asked_only_of_campuses(counted, asked):
    data = dataset(school=[school(counted=counted)], stage_year=[stage()])
    found = what_is_open(data, {"school": {"campus_of", "town"}})
    assert [name for name in asked_cells(found, "school")[CODE,] if name == "campus_of"] == asked


def test_the_county_is_asked_for_the_year_and_four_fiscal_years():
    data = dataset(school=[school()], stage_year=[stage()])
    found = what_is_open(data, {"county_year": {"rotated"}, "finance_year": {"gdp"}})
    assert found.frames["county_year"].select("county_code", "school_year").rows() == [(COUNTY, YEAR)]
    assert found.frames["finance_year"]["fiscal_year"].to_list() == [2022, 2023, 2024, 2025]


def test_a_county_without_code_is_asked_once_beside_its_name():
    data = dataset(school=[school(county_code=None)], stage_year=[stage()])
    found = what_is_open(data, {"school": {"county_code", "town"}, "county": {"county_name"}}, ["示例县"])
    assert "county_code" not in found.columns["school"]
    assert found.frames["county"].rows(named=True) == [{"county_code": None, "county_name": "示例县"}]


def test_names_stand_beside_the_codes():
    data = dataset(school=[school()], stage_year=[stage()])
    found = what_is_open(data, {"stage_year": {"pupils"}})
    assert found.frames["school"].rows() == [(CODE, f"学校{CODE}")]
