"""The national store: what holds of a county in a year is what was loaded of it last, and is what was loaded."""

import json
from dataclasses import replace

import polars as pl
import pytest

from junheng.store.compacting import compact
from junheng.store.errors import (
    CountyNotLoadedError,
    LoadDamagedError,
    LoadMissingError,
    LoadRefusedError,
    LoadUnreadableError,
    NationalYearMissingError,
    RegistersDifferError,
    SchoolTwiceError,
)
from junheng.store.integrity import conflicts, damages, leftovers
from junheng.store.national import FISCAL, NationalStore
from junheng.store.placing import place
from junheng.store.snapshot import content_id
from loaded_counties import county, county_rows, dataset, tables, together


@pytest.fixture
def store(tmp_path):
    return NationalStore(tmp_path / "nation")


def pupils(store, year, region=""):
    rows = store.open(year, tables(), region=region)["stage_year"]
    return dict(rows.select("school_code", "pupils").iter_rows())


def files(store):
    return set((store.folder / "rows").rglob("*.parquet"))


def test_a_year_opens_with_all_its_counties_and_nothing_of_other_years(store):
    store.append(county("330101", [2024, 2025], schools=1))
    store.append(county("440101", [2025], schools=1, pupils=200))
    opened = store.open(2025, tables())
    assert pupils(store, 2025) == {"3301010000": 2125, "4401010000": 2225}
    assert opened["county"]["county_code"].to_list() == ["330101", "440101"]
    assert pupils(store, 2024) == {"3301010000": 2124}
    assert (store.years(), store.counties(2025)) == ([2024, 2025], ["330101", "440101"])


def test_what_one_county_filed_is_opened_as_it_was_filed(store):
    filed = county("330101", [2025], money=[2023, 2024, 2025])
    store.append(filed)
    opened = store.open(2025, tables())
    for name, frame in filed.frames.items():
        assert opened[name].equals(frame), name


@pytest.mark.parametrize(("region", "expected"), [("33", 2), ("3301", 1), ("330102", 1), ("", 3), ("3", 2)])
def test_a_region_is_the_counties_whose_codes_begin_so(store, region, expected):
    store.append(together(*(county(code, [2025], schools=1) for code in ("330102", "330201", "440101"))))
    assert store.open(2025, tables(), region=region)["school"].height == expected


def test_a_year_or_a_region_that_is_not_there_is_said_with_what_is(store):
    store.append(county("330101", [2024, 2025]))
    with pytest.raises(NationalYearMissingError, match="2023 学年的数据；已有的学年：2024、2025"):
        store.open(2023, tables())
    with pytest.raises(NationalYearMissingError, match="没有 44 2025"):
        store.open(2025, tables(), region="44")


# Replacing


def test_a_later_load_replaces_its_counties_in_its_years_and_nothing_else(store):
    store.append(together(county("330101", [2024, 2025]), county("330102", [2024, 2025])))
    store.append(county("330101", [2025], schools=1, pupils=900))
    assert pupils(store, 2025) == {"3301010000": 2925, "3301020000": 2125, "3301020001": 2125}
    assert pupils(store, 2024)["3301010001"] == 2124


def test_rows_that_the_later_filing_no_longer_has_are_gone(store):
    first = county_rows("330101", [2025])
    store.append(dataset(first))
    store.append(dataset({**first, "county_year": [], "school_year": []}))
    opened = store.open(2025, tables())
    assert opened["county_year"].is_empty()
    assert opened["school_year"].is_empty()
    assert opened["stage_year"].height == 2


def test_the_list_of_schools_is_that_of_the_year(store):
    old = county("330101", [2024], schools=1)
    new = county("330101", [2025], schools=1)
    renamed = new["school"].with_columns(school_name=pl.lit("新校名"))
    store.append(old)
    store.append(replace(new, frames={**new.frames, "school": renamed}))
    assert store.open(2024, tables())["school"]["school_name"].to_list() == ["学校3301010000"]
    assert store.open(2025, tables())["school"]["school_name"].to_list() == ["新校名"]


def test_finance_is_replaced_by_fiscal_year_and_opened_up_to_the_year(store):
    store.append(county("330101", [2024], money=[2022, 2023, 2024], pupils=1))
    store.append(county("330101", [2025], money=[2024, 2025], pupils=2))
    money = store.open(2025, tables())["finance_year"].select("fiscal_year", pl.col("gdp").cast(pl.Int64))
    assert money.rows() == [(2022, 1), (2023, 1), (2024, 2), (2025, 2)]
    assert store.open(2024, tables())["finance_year"]["fiscal_year"].to_list() == [2022, 2023, 2024]


def test_the_same_content_is_loaded_once(store):
    first = store.append(county("330101", [2025]))
    again = NationalStore(store.folder).append(county("330101", [2025]))
    assert again.number == first.number == 1
    assert len(NationalStore(store.folder).loads) == 1


def test_an_older_filing_loaded_again_after_it_was_replaced_holds_again(store):
    old, new = county("330101", [2025], pupils=100), county("330101", [2025], pupils=300)
    for filed in (old, new, old):
        store.append(filed)
    assert set(pupils(store, 2025).values()) == {2125}
    assert [load.number for load in store.loads] == [1, 2, 3]
    assert not list(leftovers(store))
    assert all(not found for _, found in damages(store))


def test_a_filing_of_which_a_part_was_replaced_holds_again_as_a_whole(store):
    both = together(county("330101", [2025]), county("330102", [2025]))
    store.append(both)
    store.append(county("330102", [2025], pupils=500))
    store.append(both)
    assert set(pupils(store, 2025).values()) == {2125}


def test_a_school_year_without_stages_is_not_filed_and_replaces_nothing(store):
    store.append(county("330101", [2024]))
    rows = county_rows("330101", [2025])
    rows["county_year"].append({"county_code": "330101", "school_year": 2024, "rotated": 0})
    assert place(dataset(rows)).left_out == {2024: ("330101",)}
    store.append(dataset(rows))
    opened = store.open(2024, tables())
    assert opened["county_year"]["rotated"].to_list() == [100]
    assert opened["stage_year"].height == 2


def test_a_county_of_which_only_finance_is_there_is_in_no_school_year(store):
    store.append(dataset({"finance_year": [{"county_code": "330109", "fiscal_year": 2025, "gdp": 1}]}))
    assert (store.years(), store.years(FISCAL), store.counties(2025, FISCAL)) == ([], [2025], ["330109"])


def test_rosters_and_filings_do_not_replace_each_other(store):
    filed = county("330101", [2025])
    classes = [
        {"school_code": "3301010000", "school_year": 2025, "stage": "primary", "grade": 1, "class_name": f"{n}班",
         "pupils": 40}
        for n in range(3)
    ]  # fmt: skip
    rows = {"class": pl.DataFrame(classes, schema=tables()["class"].schema, strict=False)}
    roster = replace(filed, frames={**{name: frame.clear() for name, frame in filed.frames.items()}, **rows})
    store.append(filed)
    store.append(roster, homes=filed["school"], kind="class")
    assert store.open(2025, tables())["class"].is_empty()
    assert store.scan(tables()["class"], [2025], kind="class").collect().height == 3
    assert pupils(store, 2025)
    store.append(county("330101", [2025], pupils=7))
    assert store.scan(tables()["class"], [2025], kind="class").collect().height == 3
    moved = filed["school"].with_columns(county_code=pl.lit("330109"))
    assert store.append(roster, homes=moved, kind="class").number == 4, "the same roster in another county is another"


# Changes of code


def test_a_county_that_changed_its_code_between_years_stays_in_both(store):
    store.append(county("330102", [2024]))
    store.append(county("330113", [2025]))
    assert (store.counties(2024), store.counties(2025)) == (["330102"], ["330113"])


def test_one_school_in_two_counties_of_a_year_is_never_counted_twice(store):
    old = county_rows("330102", [2025])
    new = {name: [{**row, "county_code": "330113"} if "county_code" in row else row for row in rows]
           for name, rows in old.items()}  # fmt: skip
    store.append(dataset(old))
    store.append(dataset(new))
    with pytest.raises(SchoolTwiceError, match="nation withdraw 330102 --year 2025"):
        store.open(2025, tables())
    assert [error.code for error in conflicts(store, tables())] == ["JH-D008"]
    store.withdraw(2025, ["330102"], label="县代码变更")
    assert store.open(2025, tables())["school"]["county_code"].unique().to_list() == ["330113"]
    assert store.counties(2025) == ["330113"]
    assert NationalStore(store.folder).loads[-1].label == "县代码变更"


def test_what_was_withdrawn_can_be_loaded_again(store):
    filed = county("330102", [2025])
    store.append(filed)
    store.withdraw(2025, ["330102"])
    assert store.years() == []
    with pytest.raises(CountyNotLoadedError):
        store.withdraw(2025, ["330102"])
    store.append(filed)
    assert len(pupils(store, 2025)) == 2


# What cannot be placed


@pytest.mark.parametrize(
    ("table", "rows", "said"),
    [
        ("stage_year", [{"school_code": "没有", "school_year": 2025, "stage": "primary"}], "没有）不在名录中"),
        ("stage_year", [{"school_code": "3301010000", "stage": "primary"}], "1 行没有填“学年”"),
        ("county_year", [{"school_year": 2025}], "1 行没有填“县代码”"),
        ("county_year", [{"county_code": "../../x", "school_year": 2025}], "“../../x”不是行政区划代码"),
        ("finance_year", [{"county_code": "330101"}], "没有填“财政年度”"),
    ],
)
def test_a_row_without_county_or_year_refuses_the_load(store, table, rows, said):
    filed = county_rows("330101", [2025])
    with pytest.raises(LoadRefusedError, match=said):
        store.append(dataset({**filed, table: [*filed[table], *rows]}))
    assert not store.folder.exists()


def test_a_school_listed_in_two_counties_refuses_the_load(store):
    filed = county_rows("330101", [2025])
    twice = [*filed["school"], {**filed["school"][0], "county_code": "330102"}]
    with pytest.raises(LoadRefusedError, match="对应两个县"):
        store.append(dataset({**filed, "school": twice}))


def test_nothing_to_load_is_said(store):
    with pytest.raises(LoadRefusedError, match="没有任何学年"):
        store.append(dataset({"county": [{"county_code": "330101"}]}), label="空.xlsx")


# Damage


def some_file(store, table="stage_year"):
    return next(path for path in files(store) if f"/{table}/" in path.as_posix())


def test_a_file_that_is_gone_or_cut_off_stops_every_reader_with_what_to_do(store):
    store.append(county("330101", [2025]), label="甲县.xlsx")
    file = some_file(store)
    content = file.read_bytes()
    file.unlink()
    for read in (lambda: store.open(2025, tables()), lambda: store.scan(tables()["stage_year"], [2025])):
        with pytest.raises(LoadDamagedError, match=r"不见了.*甲县.xlsx"):
            read()
    file.write_bytes(content[:-1])
    with pytest.raises(LoadDamagedError, match=f"现为 {len(content) - 1} 字节，入库时 {len(content)} 字节"):
        store.open(2025, tables())


def test_one_changed_bit_is_noticed_before_anything_is_judged_of_it(store):
    load = store.append(county("330101", [2025]), label="甲县.xlsx")
    file = some_file(store)
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    with pytest.raises(LoadDamagedError, match="内容与入库时不同"):
        store.open(2025, tables())
    [[damage]] = [found for _, found in damages(store)]
    assert (damage.load.number, damage.needed) == (load.number, True)
    assert damage.file == file.relative_to(store.folder).as_posix()


def test_damage_in_what_was_replaced_is_told_and_stops_nobody(store):
    store.append(county("330101", [2025]))
    some_file(store).unlink()
    store.append(county("330101", [2025], pupils=8))
    assert pupils(store, 2025)
    assert [damage.needed for _, found in damages(store) for damage in found] == [False]


def test_loading_the_source_again_mends_the_damage(store):
    store.append(county("330101", [2025]))
    some_file(store).write_bytes(b"")
    assert store.append(county("330101", [2025])).number == 2
    assert len(pupils(store, 2025)) == 2
    assert [damage.needed for _, found in damages(store) for damage in found] == [False]


def test_a_manifest_that_was_changed_cut_off_or_taken_away_is_noticed(store):
    for code in ("330101", "330102", "330103"):
        store.append(county(code, [2025]))
    file = store.folder / "loads/000002/load.json"
    text = file.read_text(encoding="utf-8")
    for broken in (text.replace("330102", "330109"), text[:100], "[]", ""):
        file.write_text(broken, encoding="utf-8")
        with pytest.raises(LoadUnreadableError, match="000002"):
            NationalStore(store.folder).years()
    file.unlink()
    file.parent.rmdir()
    with pytest.raises(LoadMissingError, match="缺第 2 次"):
        NationalStore(store.folder).years()


def test_files_that_no_manifest_names_are_read_by_nobody(store):
    store.append(county("330101", [2025]))
    stray = some_file(store).with_name("stray.parquet")
    stray.write_bytes(some_file(store).read_bytes())
    assert len(pupils(store, 2025)) == 2
    assert leftovers(store) == [stray]


# Several at once, and fewer files


def test_many_sources_are_one_load_that_names_each(store):
    placed = [place(county(code, [2025]), label=f"{code}.xlsx") for code in ("330101", "330102", "440101")]
    load = store.add(placed)
    assert [source.label for source in load.sources] == ["330101.xlsx", "330102.xlsx", "440101.xlsx"]
    assert store.counties(2025) == ["330101", "330102", "440101"]
    assert len([file for file in load.files if file.startswith("rows/stage_year/")]) == 2, "one file a province"
    assert store.append(county("330102", [2025])).number == 1, "each of them is known"
    with pytest.raises(ValueError, match="330101"):
        store.add([place(county("330101", [2025], pupils=1)), place(county("330101", [2025], pupils=2))])


def test_compacting_keeps_every_row_and_the_name_of_every_state(store):
    for number, code in enumerate(("330101", "330102", "330103", "440101")):
        store.append(county(code, [2024, 2025], money=[2025], pupils=number), label=code)
    store.append(county("330102", [2025], pupils=50), label="订正")
    store.withdraw(2024, ["330103"])
    before = {year: store.open(year, tables()) for year in store.years()}
    load = compact(store)
    assert load.number == 7
    assert len(store.parts(tables()["stage_year"], [2025])) == 2
    for year, dataset_before in before.items():
        after = NationalStore(store.folder).open(year, tables())
        assert after.snapshot == dataset_before.snapshot
        assert all(after[name].equals(frame) for name, frame in dataset_before.frames.items())
    assert store.holder("330102", 2025)[1].label == "订正"
    assert store.append(county("330101", [2024, 2025], money=[2025], pupils=0)).number == 7, "it still holds"
    assert compact(store) is None


def test_the_state_of_a_year_has_the_name_of_its_data_however_they_were_loaded(tmp_path):
    one, two = NationalStore(tmp_path / "one"), NationalStore(tmp_path / "two")
    filed = [county(code, [2025], money=[2025]) for code in ("330101", "440101")]
    for each in filed:
        one.append(each)
    two.add([place(each) for each in reversed(filed)])
    assert one.state(2025) == two.state(2025) != two.state(2025, "33") == one.state(2025, "33")
    two.append(county("440101", [2026], money=[2026]))
    assert one.state(2025) == two.state(2025), "a later year changes nothing of an earlier one"


# One county


def test_a_county_comes_out_as_the_content_it_went_in_as(store):
    filed = county("330101", [2023, 2024, 2025], money=[2022, 2025])
    store.append(together(filed, county("330102", [2025])))
    assert content_id(store.county("330101", [2023, 2024, 2025], tables())) == content_id(filed)
    assert store.county("330101", [2023], tables())["finance_year"]["fiscal_year"].to_list() == [2022]


def test_years_whose_lists_of_schools_differ_are_not_one_dataset(store):
    store.append(county("330101", [2024], schools=2))
    changed = county_rows("330101", [2025], schools=3)
    changed["school"][1]["location"] = "urban"
    store.append(dataset(changed))
    with pytest.raises(RegistersDifferError, match=r"3301010001 的“城乡.*”由“town”变为“urban”"):
        store.county("330101", [2024, 2025], tables())
    assert store.county("330101", [2025], tables())["school"].height == 3


def test_a_manifest_reads_as_json_with_where_everything_came_from(store):
    store.append(county("330101", [2025]), label="甲县.xlsx")
    document = json.loads((store.folder / "loads/000001/load.json").read_text(encoding="utf-8"))
    source = document["load"]["sources"][0]
    assert (source["label"], source["covers"]["filing"]) == ("甲县.xlsx", {"2025": {"330101": 2}})


def test_a_folder_whose_name_is_a_pattern_is_a_folder(tmp_path):
    store = NationalStore(tmp_path / "全国库[2025]*")
    store.append(county("330101", [2025]))
    store.append(county("330102", [2025]))
    assert store.open(2025, tables())["school"]["county_code"].unique().sort().to_list() == ["330101", "330102"]
    compact(NationalStore(store.folder))
    assert (
        NationalStore(store.folder).open(2025, tables())["school"].height == store.open(2025, tables())["school"].height
    )
