"""A province's counties, year by year, as datasets ready for the national store."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl
from examples.synthetic_nation import county_rows, finance, findings
from examples.synthetic_nation.beside import Stage, other_staff
from examples.synthetic_nation.county import FIRST_YEAR, Counties, make_counties
from examples.synthetic_nation.draws import Draws, Mask, Numbers, Reals
from examples.synthetic_nation.frames import blanked, dataset, typed
from examples.synthetic_nation.people import Roster, make_roster
from examples.synthetic_nation.premises import Premises, make_school_year
from examples.synthetic_nation.pupils import Enrolment, follow
from examples.synthetic_nation.schools import COMPLETE, KINDS, LOCATIONS, SPECIAL, STAGES, Schools, make_schools
from examples.synthetic_nation.stage_rows import Columns, make_stage
from examples.synthetic_nation.teachers import followed, least_of, wanted

from junheng.tables.dataset import Dataset

CARELESS, BLANK = 0.10, 0.004  # share of counties that leave cells blank in a year, and how many they leave
BLANK_COLUMNS = {
    "stage_year": ("backbone_teachers", "teachers_pe", "zone_pupils", "teachers_360_hours", "teachers_senior_title"),
    "school_year": ("equipment_value", "multimedia_classrooms", "sports_ground_area", "books", "music_rooms_96"),
}
KIND_NAMES = ("小学", "教学点", "初级中学", "九年一贯制学校", "中学", "十二年一贯制学校", "特殊教育学校", "附设小学班")
NEW_SCHOOL, RECEIVED = "新建学校，逐年招生", "接收撤并学校的学生"


@dataclass(frozen=True)
class Filing:
    """What the counties of a province file for one school year."""

    province: str
    year: int
    dataset: Dataset
    counties: Counties
    schools: Schools
    staffing: tuple[Stage, Stage]

    def roster(self) -> Roster:
        """The teachers of the year, person by person."""
        return make_roster(self.counties.code, self.schools, self.staffing, self.year)


def filings(province: str, codes: Numbers, years: Collection[int], seed: int) -> Iterator[Filing]:
    """The school years of some counties of a province, the earliest first.

    Args:
        codes: of the counties; a county files the same whichever others are made with it.
    """
    counties = make_counties(Draws(seed), codes)
    schools = make_schools(counties)
    premises = Premises()
    stocks: list[Reals | None] = [None, None]
    first_pupils: Reals | None = None
    for enrolment in follow(counties, schools, max(years)):
        pupils = np.stack([enrolment.stage(stage) for stage in range(3)], axis=1)
        year, here = enrolment.year, enrolment.open
        premises.follow(counties, schools, pupils, here, year)
        for stage in (0, 1):
            target = wanted(counties, schools, pupils[:, stage], year, stage)
            least = least_of(counties, schools, pupils[:, stage], year, stage)["degree"]
            stocks[stage] = followed(stocks[stage], target, least)
        if year == FIRST_YEAR:
            first_pupils = np.bincount(schools.county, pupils[:, :2].sum(1), len(counties)).astype(np.float64)
        if year in years:
            assert first_pupils is not None
            frames, staffing = _frames(counties, schools, enrolment, premises, stocks, pupils)
            frames |= _county_frames(counties, schools, frames, year, first_pupils, first=year == min(years))
            yield Filing(province, year, dataset(frames, f"合成数据 {province} {year}"), counties, schools, staffing)


def _frames(
    counties: Counties,
    schools: Schools,
    enrolment: Enrolment,
    premises: Premises,
    stocks: list[Reals | None],
    pupils: Numbers,
) -> tuple[dict[str, pl.DataFrame], tuple[Stage, Stage]]:
    year, here = enrolment.year, enrolment.open
    codes = pl.Series(schools.key).cast(pl.String)
    received = np.zeros(len(schools), dtype=bool)
    received[schools.receiver[enrolment.closed == year]] = True
    young = schools.opened > year - 8
    note = np.where(young, NEW_SCHOOL, np.where(received, RECEIVED, ""))
    stages, staffing = [], []
    classes, teachers = np.zeros(len(schools), dtype=np.int64), np.zeros(len(schools), dtype=np.int64)
    for stage in range(3):
        rows, columns = make_stage(counties, schools, enrolment, None if stage == 2 else stocks[stage], stage)
        if stage < 2:
            classes = classes + columns["classes"]
            teachers = teachers + np.where(rows, columns["teachers"], 0)
            staffing.append(Stage(rows, columns))
        cut = {name: values[rows] for name, values in columns.items()}
        frame = typed("stage_year", {"school_code": codes.filter(rows), "school_year": np.full(rows.sum(), year),
                                     "stage": pl.Series([STAGES[stage]]).new_from_index(0, int(rows.sum())),
                                     "note": _text(note[rows]), **cut})  # fmt: skip
        stages.append(_with_blanks("stage_year", counties, schools, frame, rows, year) if stage < 2 else frame)
    amounts = make_school_year(counties, schools, premises, pupils, classes, year)
    amounts["staff"] = teachers + other_staff(schools.draws, schools.key, teachers)
    cut = {name: values[here] for name, values in amounts.items()}
    about = {"school_code": codes.filter(here), "school_year": np.full(here.sum(), year)}
    conditions = typed("school_year", {**about, "note": _text(note[here]), **cut})
    frames = {
        "school": _school(counties, schools, enrolment),
        "stage_year": pl.concat(stages).sort("school_code", "school_year", "stage"),
        "school_year": _with_blanks("school_year", counties, schools, conditions, here, year),
    }
    return frames, (staffing[0], staffing[1])


def _with_blanks(
    table: str, counties: Counties, schools: Schools, frame: pl.DataFrame, rows: Mask, year: int
) -> pl.DataFrame:
    careless = schools.draws.uniform(counties.code, "careless", year) < CARELESS * np.where(
        counties.effort(year) >= 1, 0.2, 1
    )
    of, key = schools.county[rows], schools.key[rows]
    blank = {
        name: careless[of] & (schools.draws.uniform(key, "blank", name, year) < BLANK) for name in BLANK_COLUMNS[table]
    }
    return blanked(table, frame, blank)


def _school(counties: Counties, schools: Schools, enrolment: Enrolment) -> pl.DataFrame:
    """The schools that are open, and those that closed in the summer before."""
    year = enrolment.year
    listed = (schools.opened <= year) & (enrolment.closed >= year)
    key, kind = schools.key[listed], schools.kind[listed]
    of_county = county_rows.names(counties).gather(schools.county[listed])
    numbers = pl.Series(schools.serial[listed]).cast(pl.String)
    town = pl.Series(schools.town[listed]).cast(pl.String)
    main = pl.Series(np.where(schools.main >= 0, schools.key[schools.main], 0)[listed])
    closed, opened = enrolment.closed[listed], schools.opened[listed]
    return typed("school", {
        "school_code": pl.Series(key).cast(pl.String),
        "school_name": of_county + "第" + numbers + pl.Series(np.array(KIND_NAMES)[kind]),
        "county_code": pl.Series(counties.code[schools.county[listed]]).cast(pl.String),
        "town": pl.select(pl.when(town == "0").then(pl.lit("城区")).otherwise("合成" + town + "镇")).to_series(),
        "school_kind": np.array(KINDS)[kind],
        "location": np.array(LOCATIONS)[schools.location[listed]],
        "operator": np.where(schools.private, "private", np.where(schools.kind == COMPLETE, "city", "county"))[listed],
        "boarding": schools.boarding[listed],
        "campus_of": pl.select(pl.when(main > 0).then(main.cast(pl.String))).to_series(),
        "counted": schools.counted[listed],
        "opened_on": _day(opened, "08-20", opened >= FIRST_YEAR),
        "closed_on": _day(closed, "07-15", closed == year),
        "built_year": opened,
        "dense_centre": np.zeros(len(key), dtype=bool),
        "mountain_or_lake": np.zeros(len(key), dtype=bool),
    })  # fmt: skip


def _text(words: np.ndarray) -> pl.Series:
    """Blank where there is nothing to say."""
    return pl.Series(words).replace("", None)


def _day(years: Numbers, day: str, known: Mask) -> pl.Series:
    days = pl.Series(years).cast(pl.String) + f"-{day}"
    return pl.select(pl.when(pl.Series(known)).then(days)).to_series()


def _county_frames(
    counties: Counties,
    schools: Schools,
    frames: dict[str, pl.DataFrame],
    year: int,
    first_pupils: Reals,
    *,
    first: bool,
) -> dict[str, pl.DataFrame]:
    codes = pl.Series(counties.code).cast(pl.String)
    filed = _sums(counties, schools, frames["stage_year"])
    county = county_rows.make_county(counties, first_pupils, year)

    def coded(frame: pl.DataFrame) -> pl.DataFrame:
        at = frame["county"].to_numpy()
        return frame.drop("county").with_columns(codes.gather(at).alias("county_code"), school_year=pl.lit(year))

    def of_year(columns: Columns, name: str, when: int) -> dict[str, object]:
        return {"county_code": codes, name: np.full(len(counties), when), **columns}

    fiscal = range(year - finance.BEFORE if first else year, year + 1)
    money = [
        typed("finance_year", of_year(finance.make_finance(counties, when, first_pupils), "fiscal_year", when))
        for when in fiscal
    ]
    return {
        "county": typed("county", {"county_code": codes, **county}),
        "county_year": typed(
            "county_year", of_year(county_rows.make_county_year(counties, year, filed), "school_year", year)
        ),
        "finance_year": pl.concat(money).sort("county_code", "fiscal_year"),
        "judged_item": typed("judged_item", coded(findings.make_judged(counties, year))),
        "satisfaction": typed(
            "satisfaction", coded(findings.make_satisfaction(counties, year, county_rows.population(first_pupils)))
        ),
        "monitoring": typed("monitoring", coded(findings.make_monitoring(counties, year))),
    }


def _sums(counties: Counties, schools: Schools, stage_year: pl.DataFrame) -> dict[str, Numbers]:
    """What the county's own table repeats of its schools."""
    of = pl.DataFrame({
        "school_code": pl.Series(schools.key).cast(pl.String),
        "county": schools.county,
        "special": schools.kind == SPECIAL,
    })  # fmt: skip
    rows = stage_year.filter(pl.col("stage") != "senior").join(of, on="school_code")
    primary, junior = pl.col("stage") == "primary", pl.col("stage") == "junior"
    sums = (
        rows.group_by("county")
        .agg(
            pl.col("pupils", "teachers", "graduates", "migrant_pupils").sum(),
            ninth=pl.col("grade_9").sum(),
            primary_pupils=pl.col("pupils").filter(primary).sum(),
            junior_pupils=pl.col("pupils").filter(junior).sum(),
            special_pupils=pl.col("pupils").filter("special").sum(),
            primary_teachers=pl.col("teachers").filter(primary).sum(),
            primary_senior_title=pl.col("teachers_senior_title").filter(primary).sum(),
        )
        .sort("county")
    )
    assert sums.height == len(counties)
    return {name: sums[name].to_numpy() for name in sums.columns}
