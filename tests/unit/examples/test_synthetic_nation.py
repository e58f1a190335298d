"""The synthetic nation: possible counties, the same every time, with a life from year to year."""

from __future__ import annotations

import csv
import itertools
from pathlib import Path

import polars as pl
import pytest
from examples.synthetic_nation import counties_of, filings, make_nation
from examples.synthetic_nation.__main__ import main
from examples.synthetic_nation.county import make_counties
from examples.synthetic_nation.draws import Draws
from examples.synthetic_nation.nation import YearsOutsideError
from examples.synthetic_nation.places import TooManyCountiesError

from junheng.intake.asked import template_columns
from junheng.standards.library import load_standard
from junheng.store.national import NationalStore
from junheng.tables.catalogue import load_tables
from junheng.tables.check import check_dataset
from junheng.tables.dataset import Dataset
from junheng.tables.finding import Severity

ROOT = Path(__file__).parents[3]
YEARS = range(2022, 2026)


@pytest.fixture(scope="module")
def years():
    """Eight counties of Anhui over four school years."""
    return list(filings("34", counties_of(8, ("34",))["34"], YEARS, 3))


@pytest.fixture(scope="module")
def together(years):
    """All years as one dataset, so that the checks between years have something to compare."""
    tables = load_tables()
    frames = {}
    for name, table in tables.tables.items():
        rows = pl.concat([filing.dataset[name] for filing in years])
        frames[name] = rows.unique(table.key, keep="last").sort(table.key)
    return Dataset(tables, frames, name="synthetic")


class TestSame:
    def test_a_county_is_the_same_alone_and_among_others(self, years):
        codes = counties_of(8, ("34",))["34"]
        alone = next(iter(filings("34", codes[4:5], [2025], 3)))
        among = years[-1].dataset
        county = str(codes[4])
        for name in ("school", "county_year", "judged_item", "monitoring"):
            assert alone.dataset[name].equals(among[name].filter(pl.col("county_code") == county)), name
        for name in ("stage_year", "school_year"):
            assert alone.dataset[name].equals(among[name].filter(pl.col("school_code").str.starts_with(county))), name

    def test_another_seed_gives_other_counties(self, years):
        other = next(filings("34", counties_of(8, ("34",))["34"], [2022], 4))
        assert not other.dataset["stage_year"].equals(years[0].dataset["stage_year"])

    def test_a_load_interrupted_and_repeated_gives_the_same_store(self, tmp_path):
        wanted = {"counties": 2, "years": [2016, 2017], "provinces": ("33", "34"), "teachers": [2017]}

        def interrupt(province: str, year: int) -> None:
            if (province, year) == ("33", 2017):
                raise KeyboardInterrupt

        whole, broken = NationalStore(tmp_path / "whole"), NationalStore(tmp_path / "broken")
        made = make_nation(whole, **wanted)
        with pytest.raises(KeyboardInterrupt):
            make_nation(broken, **wanted, step=interrupt)
        assert make_nation(broken, **wanted).school_stages == made.school_stages
        before = len(broken.loads)
        make_nation(broken, **wanted)
        assert len(broken.loads) == before, "what is there already is not loaded again"

        def content(store: NationalStore) -> dict[str, object]:
            return {file.name: file.read_bytes() for file in sorted(store.folder.glob("r*/**/*.parquet"))}

        assert content(whole) == content(broken)


class TestPossible:
    def test_no_check_finds_an_error_and_few_want_an_explanation(self, together):
        found = check_dataset(together)
        assert [finding.message for finding in found if finding.severity is Severity.ERROR] == []
        explain = [finding for finding in found if finding.severity is Severity.EXPLAIN]
        assert len(explain) < 0.02 * together["stage_year"].height

    def test_frames_have_the_tables_types_and_unique_keys_in_order(self, together):
        for name, frame in together.frames.items():
            table = load_tables()[name]
            assert frame.schema == table.schema
            assert not frame.select(table.key).is_duplicated().any()

    @pytest.mark.parametrize("standard", ["CN/youzhi_2017", "CN/jiben_2012"])
    def test_every_column_that_a_standard_asks_for_is_filed(self, together, standard):
        asked = template_columns(load_standard(standard), load_tables())
        own = {"score", "responsible", "plan", "note", "campus_of", "closed_on", "opened_on"}  # blank is an answer
        empty = [
            f"{table}.{column}"
            for table, columns in asked.items()
            for column in columns - own
            if together[table][column].null_count() == together[table].height
        ]
        assert empty == []

    def test_finance_begins_three_years_before_the_first_school_year(self, years):
        assert sorted(years[0].dataset["finance_year"]["fiscal_year"].unique()) == [2019, 2020, 2021, 2022]
        assert years[1].dataset["finance_year"]["fiscal_year"].unique().to_list() == [2023]


class TestLiving:
    def test_cohorts_move_up(self, years):
        """Of a county's pupils of a grade, nearly all are in the next grade a year later."""
        for before, after in itertools.pairwise(years):
            was, now = before.dataset["stage_year"].sum(), after.dataset["stage_year"].sum()
            for grade in (1, 2, 3, 4, 5, 6, 7, 8):
                assert now[f"grade_{grade + 1}"][0] == pytest.approx(was[f"grade_{grade}"][0], rel=0.06), grade

    def test_pupils_leave_the_villages(self, years):
        def rural(filing):
            rows = filing.dataset["stage_year"].join(filing.dataset["school"], on="school_code")
            return rows.filter(pl.col("location") == "rural")["pupils"].sum() / rows["pupils"].sum()

        shares = [rural(filing) for filing in years]
        assert shares == sorted(shares, reverse=True)

    def test_schools_open_close_and_hand_their_pupils_on(self):
        codes = counties_of(40, ("51",))["51"]
        first, last = filings("51", codes, [2023, 2024], 1)
        closed = last.dataset["school"].filter(pl.col("closed_on").is_not_null())
        assert closed["closed_on"].dt.year().unique().to_list() == [2024]
        assert closed["location"].unique().to_list() == ["rural"]
        assert set(closed["school_code"]) <= set(first.dataset["stage_year"]["school_code"])
        assert not set(closed["school_code"]) & set(last.dataset["stage_year"]["school_code"])
        opened = set(last.dataset["school"]["school_code"]) - set(first.dataset["school"]["school_code"])
        dates = last.dataset["school"].filter(pl.col("school_code").is_in(list(opened)))["opened_on"]
        assert opened
        assert dates.dt.year().unique().to_list() == [2024]

    def test_oddities_occur(self, together):
        schools = together["school"]
        assert {"218", "312", "514"} <= set(schools["school_kind"])
        campuses = schools.filter(~pl.col("counted"))
        assert campuses.height
        assert campuses["campus_of"].null_count() == 0
        points = together["stage_year"].filter(pl.col("pupils") < 50)
        assert points.height

    def test_more_counties_reach_the_end_over_the_years_and_some_slip_back(self):
        counties = make_counties(Draws(1), counties_of(600, ("51",))["51"])
        done = {year: counties.done(year) >= 1 for year in range(2017, 2026)}
        assert done[2017].mean() <= 0.01 < done[2021].mean() < done[2025].mean() < 0.4
        assert any((done[year] & ~done[year + 1]).any() for year in range(2019, 2025))


class TestPlaces:
    def test_codes_are_of_real_provinces_and_of_no_real_county(self):
        with (ROOT / "src/junheng_standards/places.csv").open(encoding="utf-8") as lines:
            real = {row["code"] for row in csv.DictReader(line for line in lines if not line.startswith("#"))}
        made = counties_of()
        codes = [str(code) for own in made.values() for code in own]
        assert len(codes) == len(set(codes)) == 2_900
        assert not real & set(codes)
        assert all(str(code).startswith(province) for province, own in made.items() for code in own)
        assert {code[:2] for code in codes} == {code[:2] for code in real}
        assert not {code[:4] for code in codes} & {code[:4] for code in real}

    def test_provinces_have_their_share(self):
        made = counties_of(290)
        assert sum(map(len, made.values())) == 290
        assert len(made["51"]) > len(made["33"]) > len(made["11"]) >= 1

    def test_names_say_that_they_are_made_up(self, together):
        assert together["county"]["county_name"].str.starts_with("安徽合成").all()
        assert together["county"]["county_name"].n_unique() == 8
        assert together["school"]["school_name"].str.contains("合成").all()

    def test_more_counties_than_codes_are_refused(self):
        with pytest.raises(TooManyCountiesError, match="每个省份最多 900 个"):
            counties_of(901, ("31",))


class TestDraws:
    def test_a_number_depends_on_seed_key_and_purpose_only(self):
        codes = counties_of(50, ("33",))["33"]
        drawn = Draws(1).uniform(codes, "x", 2)
        assert (drawn[7:9] == Draws(1).uniform(codes[7:9], "x", 2)).all()
        for other in (Draws(2).uniform(codes, "x", 2), Draws(1).uniform(codes, "x", 3)):
            assert not (drawn == other).any()

    def test_whole_numbers_keep_the_sum(self):
        keys = counties_of(900, ("33",))["33"]
        whole = Draws(1).whole(keys * 0 + 0.3, keys, "part")
        assert set(whole) == {0, 1}
        assert whole.mean() == pytest.approx(0.3, abs=0.05)


class TestWrongInput:
    def test_years_without_assumed_births_are_refused(self, tmp_path):
        with pytest.raises(YearsOutsideError, match="2016 到 2035"):
            make_nation(tmp_path, counties=1, years=[2015])

    def test_teachers_of_a_year_that_is_not_made_are_refused(self, tmp_path):
        with pytest.raises(YearsOutsideError, match="2024"):
            make_nation(tmp_path, counties=1, years=[2025], teachers=[2024])

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (["--years", "2025-2016"], "不是学年"),
            (["--provinces", "77"], "没有省份代码“77”"),
            (["--counties", "0"], "不是正整数"),
        ],
    )
    def test_the_command_says_what_is_wrong(self, tmp_path, monkeypatch, capsys, arguments, said):
        monkeypatch.setattr("sys.argv", ["synthetic_nation", str(tmp_path / "nation"), *arguments])
        with pytest.raises(SystemExit, match="2"):
            main()
        assert said in capsys.readouterr().err
        assert not (tmp_path / "nation").exists()

    def test_the_command_writes_a_nation_and_says_what_it_is(self, tmp_path, monkeypatch, capsys):
        wanted = ["--counties", "2", "--years", "2025", "--provinces", "33", "--teachers", "2025"]
        monkeypatch.setattr("sys.argv", ["synthetic_nation", str(tmp_path / "nation"), *wanted])
        main()
        said = capsys.readouterr()
        assert "2 个合成县" in said.out
        assert said.err == "", "no progress bar where nobody looks"
        assert NationalStore(tmp_path / "nation").years("teacher") == [2025]
