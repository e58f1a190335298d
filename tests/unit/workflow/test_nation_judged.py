"""A nation is judged as each county alone is judged, and again only where something changed."""

from dataclasses import replace

import polars as pl
import pytest

from example import DAY, county_dataset, county_judgement
from junheng.monitoring.observed import observe
from junheng.store.errors import (
    CountyNotLoadedError,
    JudgedUnreadableError,
    NationalYearMissingError,
    NationEmptyError,
    NotJudgedError,
)
from junheng.store.judged import JudgedYears
from junheng.store.national import NationalStore
from junheng.store.snapshot import SourceFile, Store
from junheng.workflow import explain, judge
from junheng.workflow.nation import judge_nation, observed, stale_years
from junheng.workflow.nation_county import judge_county, take

SCHOOL = "示例县第三小学"


def renamed(code):
    """The example county under another code, its schools too."""
    dataset = county_dataset()

    def moved(frame):
        schools = [name for name in ("school_code", "campus_of") if name in frame.columns]
        frame = frame.with_columns(pl.concat_str(pl.lit(code), name).alias(name) for name in schools)
        return frame.with_columns(county_code=pl.lit(code)) if "county_code" in frame.columns else frame

    return replace(dataset, frames={name: moved(frame) for name, frame in dataset.frames.items()}, origins={})


@pytest.fixture
def nation(tmp_path):
    store = NationalStore(tmp_path / "nation")
    store.append(county_dataset(), label="county.xlsx")
    store.append(renamed("330102"), label="另一个县")
    return store


def test_each_county_is_judged_as_it_is_alone(nation):
    [year] = judge_nation(nation, years=[2025])
    assert (year.fresh, year.about.day, year.counties["county_code"].to_list()) == (
        True,
        "2025-12-31",
        ["330102", "990101"],
    )
    kept = observed(nation, region="99")
    alone = observe(county_judgement())
    for name, frame in alone.frames().items():
        assert getattr(kept, name).equals(frame.select(getattr(kept, name).columns)), name
    assert year.counties["outcome"].to_list() == [county_judgement().outcome()] * 2


@pytest.mark.parametrize("harm", [lambda file: file.unlink(), lambda file: file.write_bytes(file.read_bytes()[:99])])
def test_kept_results_that_are_gone_or_cut_off_are_named_and_judged_again(nation, harm):
    [year] = judge_nation(nation, years=[2025])
    [file] = nation.folder.glob("judged/*/year=2025/*/schools.parquet")
    harm(file)
    with pytest.raises(JudgedUnreadableError, match=r"schools\.parquet.*--again"):
        list(judge_nation(nation, years=[2025]))
    [again] = judge_nation(nation, years=[2025], again=True)
    assert again.fresh
    assert again.counties.equals(year.counties)


def test_only_what_changed_is_judged_again(nation):
    def fresh(**options):
        return {year.about.year: year.fresh for year in judge_nation(nation, **options)}

    assert set(stale_years(nation)) == {2023, 2024, 2025}
    assert fresh() == {2023: True, 2024: True, 2025: True}
    assert fresh() == {2023: False, 2024: False, 2025: False}
    assert stale_years(nation) == {}
    only = county_dataset()
    later = {
        name: frame.filter(pl.col("school_year") == 2024) if "school_year" in frame.columns else frame
        for name, frame in only.frames.items()
    }
    nation.append(replace(only, frames={**later, "finance_year": later["finance_year"].clear()}, origins={}))
    assert {year: why.zh for year, why in stale_years(nation).items()} == {2024: "判定之后数据有变动"}
    assert fresh() == {2023: False, 2024: True, 2025: False}
    assert fresh(again=True, years=[2025]) == {2025: True}


def test_another_version_or_standard_is_judged_again(nation, monkeypatch):
    list(judge_nation(nation, years=[2025]))
    kept = JudgedYears(nation.folder)
    [about] = kept.years("CN/youzhi_2017")
    frames = observed(nation).frames()
    for change, why in (({"version": "0.0"}, "由程序的另一版本判定"), ({"content": ""}, "判定之后标准有变动")):
        kept.keep(replace(about, **change), frames)
        assert stale_years(nation)[2025].zh == why
    assert [year.fresh for year in judge_nation(nation, years=[2025])] == [True]


def test_a_region_is_judged_without_touching_what_was_kept(nation):
    list(judge_nation(nation, years=[2025]))
    [part] = judge_nation(nation, years=[2025], region="33")
    assert (part.fresh, part.counties["county_code"].to_list()) == (True, ["330102"])
    assert observed(nation).counties.height == 2


def test_a_withdrawn_year_says_so(nation):
    list(judge_nation(nation, years=[2025]))
    nation.withdraw(2025, ["330102", "990101"])
    assert stale_years(nation)[2025].zh == "判定所用的数据已撤下"


def test_what_is_not_there_is_said(nation, tmp_path):
    with pytest.raises(NationEmptyError):
        next(judge_nation(tmp_path / "nowhere"))
    with pytest.raises(NationalYearMissingError, match="2019"):
        next(judge_nation(nation, years=[2019]))
    with pytest.raises(NotJudgedError, match="nation judge --standard CN/jiben_2012"):
        observed(nation, standard="CN/jiben_2012")
    with pytest.raises(CountyNotLoadedError, match="330199 2025"):
        judge_county(nation, "330199", 2025)


def test_reasons_of_a_county_are_those_of_its_own_file_to_the_cell(nation, tmp_path):
    store = Store(tmp_path / "snapshots")
    indicator = "pe_arts_teachers_per_100"
    without = explain(judge_county(nation, "990101", 2025, store=store), school=SCHOOL, indicator=indicator)
    assert without[0].cells[0].cell == ""
    store.commit(county_dataset(), [SourceFile("county.xlsx", "ab" * 32, 10)])
    found = explain(judge_county(nation, "990101", 2025, store=store), school=SCHOOL, indicator=indicator)
    assert found == explain(county_judgement(), school=SCHOOL, indicator=indicator)
    assert found[0].cells[0].cell == "学段情况!AJ11"


def test_cells_of_one_county_in_a_file_of_several(tmp_path):
    store, nation = Store(tmp_path / "snapshots"), NationalStore(tmp_path / "nation")
    one, other = county_dataset(), renamed("330102")
    both = replace(one, origins={}, frames={
        name: pl.concat([other[name], frame]).sort(one.tables[name].key) for name, frame in one.frames.items()
    })  # fmt: skip
    places = {name: {key: place for place, key in enumerate(both[name].select(one.tables[name].key).iter_rows())}
              for name in one.frames}  # fmt: skip
    origins = {}
    for name, origin in one.origins.items():
        rows = [0] * both[name].height
        for place, key in enumerate(one[name].select(one.tables[name].key).iter_rows()):
            rows[places[name][key]] = origin.rows[place]
        origins[name] = replace(origin, rows=tuple(rows), parts=(), part_of=(), cells={})
    nation.append(store.commit(replace(both, origins=origins), [SourceFile("市.xlsx", "cd" * 32, 10)]))
    judgement = judge_county(nation, "990101", 2025, store=store)
    assert judgement.counties["county_code"].to_list() == ["990101"]
    found = explain(judgement, school=SCHOOL, indicator="pe_arts_teachers_per_100")
    assert found == explain(county_judgement(), school=SCHOOL, indicator="pe_arts_teachers_per_100")


def test_reasons_are_of_the_store_where_the_snapshot_says_something_else(nation, tmp_path):
    store = Store(tmp_path / "snapshots")
    store.commit(county_dataset(), [SourceFile("county.xlsx", "ab" * 32, 10)])
    finance = county_dataset()["finance_year"].with_columns(pl.col("gdp") + 1)
    empty = {name: frame.clear() for name, frame in county_dataset().frames.items()}
    nation.append(replace(county_dataset(), frames={**empty, "finance_year": finance}, origins={}))
    judgement = judge_county(nation, "990101", 2025, store=store)
    assert judgement.dataset["finance_year"].equals(finance)


def test_a_county_is_taken_out_as_the_snapshot_it_came_from(nation, tmp_path):
    store = Store(tmp_path / "snapshots")
    taken = take(nation, "990101", [2023, 2024, 2025], store=store)
    assert taken.snapshot == Store(tmp_path / "other").commit(county_dataset()).snapshot
    assert judge(taken.snapshot, on=DAY, store=store).counties.equals(county_judgement().counties)
    assert take(nation, "990101", [2025], store=store)["school_year"]["school_year"].unique().to_list() == [2025]
