"""The synthetic teachers, person by person: they add up to what the schools filed."""

from __future__ import annotations

import polars as pl
import pytest
from examples.synthetic_nation import counties_of, filings, make_nation
from examples.synthetic_nation.people import PLANTED

from junheng.store.national import NationalStore
from junheng.tables.catalogue import load_tables, roster_tables

OWN = (pl.col("attendance") == "own") & pl.col("on_post") & (pl.col("post") == "fulltime")
COUNTED = {
    "teachers": pl.col("on_post"),
    **{f"teachers_{degree}": pl.col("degree") == degree for degree in ("master", "bachelor", "associate", "secondary")},
    "teachers_mid_title": pl.col("title") == "middle",
    "teachers_senior_title": pl.col("title").is_in(["senior", "professor"]),
    "backbone_teachers": pl.col("backbone_level").is_in(["county", "city", "province", "nation"]),
    **{f"teachers_{subject}": pl.col("subject") == subject for subject in ("pe", "music", "fine_arts")},
    "certified_teachers": pl.col("certificate"),
    "teachers_360_hours": pl.col("training_hours") >= 360,
}


@pytest.fixture(scope="module")
def nation(tmp_path_factory):
    home = NationalStore(tmp_path_factory.mktemp("people"))
    made = make_nation(home, counties=10, years=[2024, 2025], seed=5, provinces=("33", "50"), teachers=[2024, 2025])
    teachers = home.scan(roster_tables()["teacher"], [2024, 2025], kind="teacher").collect()
    stages = pl.concat([home.open(year, load_tables())["stage_year"] for year in (2024, 2025)])
    return made, teachers, stages


def test_sums_are_what_was_filed_but_for_the_planted_differences(nation):
    made, teachers, stages = nation
    keys = ["school_code", "school_year", "stage"]
    sums = teachers.filter(OWN).group_by(keys).agg(column.sum().alias(name) for name, column in COUNTED.items())
    both = stages.filter(pl.col("teachers") > 0).join(sums, on=keys, suffix="_roster")
    assert both.height == stages.filter(pl.col("teachers") > 0).height > 1_000
    found = [
        (*row[:3], name, *row[3:])
        for name in COUNTED
        for row in both.filter(pl.col(name) != pl.col(f"{name}_roster"))
        .select(*keys, name, f"{name}_roster")
        .iter_rows()
    ]
    assert sorted(found) == sorted(made.planted.iter_rows())
    assert 0 < len(found) < 3 * PLANTED * both.height


def test_all_staff_are_those_filed_and_nobody_is_listed_twice_as_own(nation):
    _, teachers, _ = nation
    filing = next(iter(filings("50", counties_of(10, ("33", "50"))["50"], [2025], 5)))
    own = teachers.filter(
        pl.col("attendance") == "own", pl.col("post").is_in(["fulltime", "administrator", "assistant", "worker"])
    )
    assert not own.select("school_year", "staff_no").is_duplicated().any()
    filed = filing.dataset["school_year"].filter(pl.col("staff") > 0).select("school_code", "staff")
    here = own.filter(pl.col("school_year") == 2025, pl.col("school_code").str.starts_with("50"))
    counted = here.group_by("school_code").agg(staff=pl.len().cast(pl.Int64))
    assert counted.sort("school_code").equals(filed.sort("school_code"))


def test_visitors_are_at_home_elsewhere(nation):
    _, teachers, stages = nation
    visits = teachers.filter(pl.col("attendance") == "visiting")
    homes = teachers.filter(pl.col("attendance") == "own").select("staff_no", "school_year", home="school_code")
    placed = visits.join(homes, on=["staff_no", "school_year"])
    assert placed.height == visits.height > 0
    assert (placed["home"] != placed["school_code"]).all()
    filed = stages.filter(pl.col("visiting_pe_arts_teachers") > 0)
    assert visits.height == filed["visiting_pe_arts_teachers"].sum()


def test_people_are_of_working_age_and_stay_who_they_are(nation):
    _, teachers, _ = nation
    ages = teachers["school_year"] - teachers["birth_year"]
    assert 22 <= ages.min() < ages.max() <= 60
    born = teachers.filter(pl.col("attendance") == "own").group_by("staff_no").agg(pl.col("birth_year").n_unique())
    assert born["birth_year"].max() == 1
    both = teachers.group_by("staff_no").agg(pl.col("school_year").n_unique())
    assert (both["school_year"] == 2).mean() > 0.85


def test_numbers_are_twelve_characters_and_no_name_is_kept(nation):
    _, teachers, _ = nation
    assert teachers["staff_no"].str.len_chars().unique().to_list() == [12]
    assert teachers.select("name", "honours", "note").null_count().row(0) == (teachers.height,) * 3
    for name, column in roster_tables()["teacher"].columns.items():
        if column.codes is not None:
            assert set(teachers[name].drop_nulls()) <= set(column.codes.codes), name
