"""Rosters in the national store: nobody's name, the same person the same, sums year by year."""

import polars as pl
import pytest

from junheng.intake.template import write_workbook
from junheng.store.national import NationalStore
from junheng.store.rosters import PersonKeyBrokenError
from junheng.workflow.rosters import (
    RosterYearMissingError,
    SchoolWithoutCountyError,
    compare_national_rosters,
    load_rosters_into,
    people_twice,
    sum_national_rosters,
)
from small_roster import TABLES, YEAR, a_class, person, rosters

SCHOOLS = [{"school_code": code, "school_name": f"{code}校", "county_code": "330106"} for code in "AB"]


def book(path, *people, classes=(), schools=SCHOOLS):
    columns = {name: table.columns for name, table in TABLES.tables.items()}
    dataset = rosters(*people, classes=classes, schools=schools)
    write_workbook(path, TABLES, columns=columns, frames=dataset.frames)
    return path


def stored(folder):
    return pl.concat([pl.read_parquet(file) for file in sorted(folder.glob("rosters/teacher/*/*/*.parquet"))])


def test_what_is_stored_says_of_nobody_who_they_are(tmp_path):
    people = [person(1, name="张三", honours="省优秀教师", note="病假"), person(1, name="张三", school_year=YEAR - 1)]
    (load,) = load_rosters_into(tmp_path / "库", [book(tmp_path / "a.xlsx", *people)])
    kept = stored(tmp_path / "库")
    assert load.rows == kept.height == 2
    assert {"name", "honours", "note"} & set(kept.columns) == set()
    text = b"".join(file.read_bytes() for file in (tmp_path / "库").rglob("*.*"))
    assert "张三".encode() not in text
    assert b"T1" not in "".join(kept["staff_no"]).encode()
    assert kept["staff_no"].n_unique() == 1, "the same person in two years"
    assert (tmp_path / "库/person_key").stat().st_mode & 0o077 == 0


def test_the_same_number_in_two_counties_is_two_persons(tmp_path):
    other = [{"school_code": "C", "school_name": "C校", "county_code": "340102"}]
    files = [book(tmp_path / "a.xlsx", person(1)), book(tmp_path / "b.xlsx", person(1, school_code="C"), schools=other)]
    assert len([*load_rosters_into(tmp_path / "库", files)]) == 2
    ((_, sums),) = sum_national_rosters(tmp_path / "库")
    assert sums.stages["teachers"].to_list() == [1, 1]
    assert people_twice(sums) == 0
    ((_, anhui),) = sum_national_rosters(tmp_path / "库", region="34")
    assert anhui.stages["school_code"].to_list() == ["C"]


def test_two_stores_hash_the_same_number_differently(tmp_path):
    file = book(tmp_path / "a.xlsx", person(1))
    for name in ("甲", "乙"):
        assert len([*load_rosters_into(tmp_path / name, [file])]) == 1
    assert stored(tmp_path / "甲")["staff_no"].to_list() != stored(tmp_path / "乙")["staff_no"].to_list()


def test_loading_again_changes_nothing_and_a_later_roster_replaces(tmp_path):
    nation = tmp_path / "库"
    first = book(tmp_path / "a.xlsx", person(1), person(2), classes=[a_class("1", 40)])
    numbers = [load.number for _ in range(2) for load in load_rosters_into(nation, [first])]
    assert numbers == [1, 2, 1, 2]
    assert len([*load_rosters_into(nation, [book(tmp_path / "b.xlsx", person(1))])]) == 1
    ((year, sums),) = sum_national_rosters(nation)
    (row,) = sums.stages.to_dicts()
    assert (year, row["teachers"], row["classes"]) == (YEAR, 1, 1), "the classes of the first load hold"


def test_years_are_summed_one_by_one(tmp_path):
    people = [person(n, school_year=year) for n, year in ((1, 2023), (2, 2024), (3, 2024))]
    assert len([*load_rosters_into(tmp_path, [book(tmp_path / "a.xlsx", *people)])]) == 1
    found = {year: sums.stages["teachers"].to_list() for year, sums in sum_national_rosters(tmp_path)}
    assert found == {2023: [1], 2024: [2]}
    with pytest.raises(RosterYearMissingError, match="2020 学年的花名册；已有的学年：2023、2024"):
        list(sum_national_rosters(tmp_path, years=[2020]))


def test_a_school_of_no_known_county_stops_the_load(tmp_path):
    file = book(tmp_path / "a.xlsx", person(1), person(2, school_code="Z"), schools=[])
    with pytest.raises(SchoolWithoutCountyError, match="2 所学校（A、Z）"):
        list(load_rosters_into(tmp_path / "库", [file]))
    assert NationalStore(tmp_path / "库").loads == []


def test_schools_of_the_store_need_no_county_code_and_are_compared(tmp_path):
    from example import county_dataset

    store = NationalStore(tmp_path / "库")
    store.append(county_dataset())
    people = [person(n, school_code="9901010001") for n in range(3)]
    assert len([*load_rosters_into(store, [book(tmp_path / "a.xlsx", *people, schools=[])])]) == 1
    ((year, found),) = compare_national_rosters(tmp_path / "库")
    (teachers,) = (e for e in found.differences if e.column == "teachers")
    assert (year, teachers.filed, teachers.summed) == (YEAR, 77, 3)


@pytest.mark.parametrize("broken", [b"", b"short", b"x" * 100])
def test_a_damaged_key_hides_nobody_and_stops_the_load(tmp_path, broken):
    (tmp_path / "库").mkdir()
    (tmp_path / "库/person_key").write_bytes(broken)
    with pytest.raises(PersonKeyBrokenError, match=f"person_key 损坏（{len(broken)} 字节）"):
        list(load_rosters_into(tmp_path / "库", [book(tmp_path / "a.xlsx", person(1))]))
    assert not list((tmp_path / "库").glob("rosters/**/*.parquet"))
