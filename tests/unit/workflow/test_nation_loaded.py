"""Loading many sources: what is refused keeps out nothing else, and a repetition only does what is missing."""

import shutil

import pytest
from openpyxl import load_workbook

from example import COUNTY, WORKED
from junheng.store.national import NationalStore
from junheng.store.snapshot import Store
from junheng.workflow import nation as workflow_nation
from junheng.workflow.nation import each_within, load_into, snapshots_by_age
from loaded_counties import county, county_rows, dataset


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "snapshots")


@pytest.fixture
def home(tmp_path):
    return NationalStore(tmp_path / "nation")


def committed(store, *datasets):
    return [store.commit(each).snapshot for each in datasets]


def test_a_refused_source_is_told_and_the_others_are_loaded(tmp_path, home, store):
    broken = tmp_path / "坏.xlsx"
    workbook = load_workbook(COUNTY)
    workbook["学段情况"]["E4"] = "五百人左右"
    workbook.save(broken)
    arrivals = {a.source: a for a in load_into(home, [broken, COUNTY, tmp_path / "没有.xlsx", WORKED], store=store)}
    refused = arrivals[str(broken)].refused
    assert [(finding.cell, finding.value) for finding in refused.findings] == [("学段情况!E4", "五百人左右")]
    assert arrivals[str(tmp_path / "没有.xlsx")].refused.code == "JH-I001"
    assert arrivals[str(COUNTY)].load.number == arrivals[str(WORKED)].load.number == 1
    assert home.counties(2025) == ["990101"]
    assert home.holder("990101", 2025)[1].label == "county.xlsx"


def test_what_is_there_already_is_not_loaded_again(home, store):
    names = committed(store, county("330101", [2025]), county("330102", [2025]))
    list(load_into(home, names[:1], store=store))
    first, second = sorted(load_into(home, names, store=store), key=lambda arrival: names.index(arrival.source))
    assert (first.known, first.load.number, second.known, second.load.number) == (True, 1, False, 2)
    assert home.loads[1].sources[0].snapshot == names[1]


def test_many_sources_become_few_loads(home, store, monkeypatch):
    monkeypatch.setattr(workflow_nation, "SOURCES_OF_A_LOAD", 3)
    names = committed(store, *(county(f"3301{number:02}", [2025]) for number in range(7)))
    arrivals = list(load_into(home, names, store=store))
    assert [len(load.sources) for load in home.loads] == [3, 3, 1]
    assert [arrival.source for arrival in arrivals] == names


def test_of_two_sources_for_one_county_and_year_the_later_holds(home, store):
    old, new = county("330101", [2025], pupils=1), county("330101", [2025], schools=1, pupils=2)
    arrivals = list(load_into(home, committed(store, old, new), store=store))
    assert [arrival.load.number for arrival in arrivals] == [1, 2]
    [replaced] = arrivals[1].replaced
    assert (replaced.county, replaced.year, replaced.before, replaced.now) == ("330101", 2025, 2, 1)
    assert home.sizes(2025) == {"330101": 1}


def test_one_schools_data_never_stand_in_for_a_county(home, store):
    school = dataset(county_rows("330101", [2025], schools=1) | {"county": []})
    whole, single = committed(store, county("330101", [2025], schools=5), school)
    arrivals = list(load_into(home, [whole, single], store=store))
    assert [arrival.refused.code for arrival in arrivals if arrival.refused] == ["JH-D005"]
    assert home.sizes(2025) == {"330101": 5}


def test_a_standards_own_columns_are_kept_when_it_is_named(home, store):
    folder = "examples/own_standard/data"
    standard = "examples/own_standard/county"
    plain = list(load_into(home, [folder], store=store))
    own = list(load_into(home, [folder], standards=[standard], store=store))
    assert [a.refused for a in (*plain, *own)] == [None, None]
    assert own[0].load.number == 2, "with more columns it is another load"


def test_a_folder_of_workbooks_is_one_source_a_file(tmp_path):
    for name in ("乙县.xlsx", "甲县.xlsx", ".隐藏", "~$甲县.xlsx"):
        shutil.copy(WORKED, tmp_path / name)
    (tmp_path / "丙县").mkdir()
    assert [name.rpartition("/")[2] for name in each_within(tmp_path)] == ["丙县", "乙县.xlsx", "甲县.xlsx"]


def test_snapshots_come_in_the_order_they_were_committed(store):
    names = committed(store, *(county("330101", [2025], pupils=number) for number in range(4)))
    assert names != sorted(names)
    assert snapshots_by_age(store) == names


def test_a_year_without_stages_is_told(home, store):
    rows = county_rows("330101", [2025])
    rows["county_year"].append({"county_code": "330101", "school_year": 2024, "rotated": 0})
    [arrival] = load_into(home, committed(store, dataset(rows)), store=store)
    assert arrival.left_out == {2024: ("330101",)}
