"""Counties of as many schools as one asks for, of one school year: what planners and extreme reports are tried on.

Random schools of all kinds, with blanks and empty stages. Whole provinces with years are in
``examples/synthetic_nation``; the sizes of its counties are those of real ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt
import polars as pl

from junheng.tables.catalogue import load_tables

YEAR = 2025
BLANK = 0.0005  # share of filed amounts that are missing
EMPTY = 0.002  # share of stages without a single pupil

Numbers = npt.NDArray[np.int64]
Reals = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
Columns = dict[str, npt.NDArray[np.generic] | pl.Series]

KINDS = ("211", "218", "311", "312", "341", "345", "514")
KIND_SHARES = (0.60, 0.115, 0.175, 0.075, 0.014, 0.006, 0.015)
LOCATIONS = ("urban", "town", "rural")
STAGE_KINDS = {
    "primary": ("211", "218", "312", "345", "514"),
    "junior": ("311", "312", "341", "345"),
    "senior": ("341", "345"),
}
MEDIAN_SIZES = {"211": (1000, 560, 170), "218": (70, 60, 42), "514": (90, 70, 60)}
MEDIAN_STAGE_SIZES = {"primary": (900, 620, 380), "junior": (1150, 720, 330), "senior": (1500, 1100, 600)}
ROOMS_NEEDED = {"primary": 1.0, "junior": 1.35, "senior": 1.6}  # per pupil, against a primary pupil
BAND_LIMITS = (25, 30, 35, 40, 45, 50, 55, 60, 65)
BANDS = (*((upper, f"classes_{upper}") for upper in BAND_LIMITS), (10**6, "classes_over_65"))


@dataclass(frozen=True)
class Schools:
    """What the other tables depend on, one entry a school."""

    code: pl.Series
    county: Numbers
    kind: npt.NDArray[np.str_]
    location: Numbers
    standing: Reals  # a factor around 1: a good school has more of everything

    def __len__(self) -> int:
        return len(self.county)


def make_counties(n: int, seed: int, *, schools: tuple[int, int] = (30, 200)) -> dict[str, pl.DataFrame]:
    """Return ``n`` counties of one school year, as frames in key order.

    Most counties have few schools: with the default range the mean is about 60, so that 2,900 counties have about
    200,000 school-stage rows.
    """
    rng = np.random.default_rng(seed)
    listed = _schools(rng, n, schools)
    stages = [_stage(rng, listed, stage) for stage in STAGE_KINDS]
    stage_year = pl.concat(stages).sort("school_code", "school_year", "stage")
    need = pl.col("pupils") * pl.col("stage").replace_strict(ROOMS_NEEDED, return_dtype=pl.Float64)
    pupils = (
        listed.code.to_frame("school_code")
        .join(
            stage_year.group_by("school_code").agg(pl.col("pupils", "classes").sum(), need.sum().alias("need")),
            on="school_code",
            how="left",
        )
        .with_columns(pl.col("pupils", "classes", "need").fill_null(0))
    )
    return {
        "county": _county(n),
        "school": _school(rng, listed),
        "school_year": _school_year(rng, listed, *(pupils[name].to_numpy() for name in ("pupils", "classes", "need"))),
        "stage_year": stage_year,
        "county_year": _county_year(rng, n),
    }


def _schools(rng: np.random.Generator, n: int, schools: tuple[int, int]) -> Schools:
    low, high = schools
    number = (low + np.floor((high - low + 1) * rng.beta(1, 4.6, n))).astype(np.int64).clip(low, high)
    county = np.repeat(np.arange(n), number)
    within = np.arange(len(county)) - np.repeat(np.cumsum(number) - number, number) + 1
    code = pl.Series(pl.DataFrame({"c": county, "w": within}).select(
        pl.format("99{}{}", pl.col("c").cast(str).str.zfill(4), pl.col("w").cast(str).str.zfill(4))
    ).to_series())  # fmt: skip
    kind = rng.choice(np.array(KINDS), len(county), p=KIND_SHARES)
    rural = np.isin(kind, ("211", "218"))
    location = np.where(rural, rng.choice(3, len(county), p=(0.2, 0.25, 0.55)), rng.choice(3, len(county)))
    location = np.where(kind == "218", 2, location)
    return Schools(code, county, kind, location, np.exp(rng.normal(0, 0.16, len(county))))


def _stage(rng: np.random.Generator, schools: Schools, stage: str) -> pl.DataFrame:
    """The rows of one stage; teachers and cohorts only where the stage is compulsory."""
    here = np.flatnonzero(np.isin(schools.kind, STAGE_KINDS[stage]))
    kind, location = schools.kind[here], schools.location[here]
    median = np.array(MEDIAN_STAGE_SIZES[stage])[location]
    for one, sizes in MEDIAN_SIZES.items():
        median = np.where(kind == one, np.array(sizes)[location], median)
    pupils = np.round(median * np.exp(rng.normal(0, 0.5, len(here)))).astype(np.int64)
    pupils[rng.random(len(here)) < EMPTY] = 0
    columns: Columns = {
        "school_code": schools.code.gather(here),
        "school_year": np.full(len(here), YEAR),
        "stage": pl.Series([stage]).new_from_index(0, len(here)),
        "pupils": pupils,
    }
    if stage != "senior":
        columns |= _classes(rng, pupils, 45 if stage == "primary" else 50)
        columns |= _teachers(rng, pupils, schools.standing[here], stage)
        columns["zone_pupils"] = np.round(pupils * rng.uniform(0.95, 1, len(here))).astype(np.int64)
    if stage == "junior":
        columns |= _leavers(rng, pupils)
    return _frame("stage_year", columns, partial(_blank, rng))


def _classes(rng: np.random.Generator, pupils: Numbers, limit: int) -> Columns:
    """Classes of one size a school, with the rest in one smaller or larger band."""
    wanted = np.where(rng.random(len(pupils)) < 0.02, limit + 6, limit - 3)
    classes = -(-pupils // wanted)
    classes = np.where((pupils > 0) & (pupils < 6 * wanted), np.minimum(np.maximum(classes, 6), pupils), classes)
    size = pupils // np.maximum(classes, 1)
    larger = pupils - size * classes  # so many classes have one pupil more
    columns: Columns = {"classes": classes, "largest_class": size + (larger > 0)}
    below = -1
    for upper, name in BANDS:
        in_band = ((size > below) & (size <= upper)) * (classes - larger)
        in_band += ((size + 1 > below) & (size + 1 <= upper)) * larger
        columns[name] = in_band
        below = upper
    return columns


def _teachers(rng: np.random.Generator, pupils: Numbers, standing: Reals, stage: str) -> Columns:
    """Degrees add up to the teachers; a few teachers lack the certificate or the hours."""
    per_pupil = (0.058 if stage == "primary" else 0.076) * (np.maximum(pupils, 20) / 450) ** -0.15
    teachers = np.round(pupils * per_pupil * standing**0.4).astype(np.int64)

    def part(share: float, spread: float) -> Numbers:
        drawn = np.round(teachers * share * standing * np.exp(rng.normal(0, spread, len(teachers))))
        return np.minimum(drawn, teachers).astype(np.int64)

    master, secondary = part(0.03, 0.3), part(0.02, 0.3)
    associate = np.minimum(part(0.25 if stage == "primary" else 0.08, 0.2), teachers - master - secondary)
    pe, music, fine_arts = part(0.09, 0.2), part(0.055, 0.2), part(0.055, 0.2)
    return {
        "teachers": teachers,
        "teachers_doctor": np.zeros(len(teachers), dtype=np.int64),
        "teachers_master": master,
        "teachers_bachelor": teachers - master - associate - secondary,
        "teachers_associate": associate,
        "teachers_secondary": secondary,
        "teachers_mid_title": part(0.42, 0.1).clip(0, teachers // 2),
        "teachers_senior_title": part(0.12, 0.2).clip(0, teachers // 3),
        "backbone_teachers": part(0.2, 0.22),
        "teachers_pe": pe,
        "teachers_music": music,
        "teachers_fine_arts": fine_arts,
        "teachers_arts": np.zeros(len(teachers), dtype=np.int64),
        "certified_teachers": teachers,
        "teachers_360_hours": teachers - (rng.random(len(teachers)) < 0.01) * (teachers > 0),
    }


def _leavers(rng: np.random.Generator, pupils: Numbers) -> Columns:
    entered = pupils // 3
    came, went = rng.binomial(entered, 0.015), rng.binomial(entered, 0.015)
    dropped_out = rng.binomial(entered, 0.008)
    return {
        "grade7_entry": entered,
        "graduates": np.maximum(entered + came - went - dropped_out, 0),
        "transferred_in": came,
        "transferred_out": went,
        "deaths": np.zeros(len(pupils), dtype=np.int64),
    }


def _school(rng: np.random.Generator, schools: Schools) -> pl.DataFrame:
    columns: Columns = {
        "school_code": schools.code,
        "school_name": "学校" + schools.code,
        "county_code": _county_codes(schools.county),
        "town": pl.Series(rng.integers(1, 13, len(schools))).cast(pl.String) + "号镇",
        "school_kind": schools.kind,
        "location": np.array(LOCATIONS)[schools.location],
        "operator": np.where(rng.random(len(schools)) < 0.05, "private", "county"),
        "boarding": (schools.location == 2) & (rng.random(len(schools)) < 0.2),
        "counted": np.ones(len(schools), dtype=np.bool_),
    }
    return _frame("school", columns)


def _school_year(
    rng: np.random.Generator, schools: Schools, pupils: Numbers, classes: Numbers, need: Reals
) -> pl.DataFrame:
    size = (np.maximum(pupils, 20) / 450) ** -0.15 * schools.standing

    def amount(per_pupil: float, spread: float) -> Reals:
        return np.asarray(np.round(need * per_pupil * size * np.exp(rng.normal(0, spread, len(pupils))), 2))

    teaching, sports = amount(5.6, 0.12), amount(9.6, 0.18)
    indoor = np.round(np.where((pupils > 900) & (rng.random(len(pupils)) < 0.5), sports * 0.1, 0.0), 2)
    budget = np.round(np.maximum(pupils, 100) * 800.0 * rng.uniform(1, 1.05, len(pupils)), -2)
    rooms = -(-classes // 12)
    columns: Columns = {
        "school_code": schools.code,
        "school_year": np.full(len(pupils), YEAR),
        "teaching_area": np.round(teaching + indoor, 2),
        "indoor_sports_area": indoor,
        "sports_ground_area": np.round(sports - indoor, 2),
        "equipment_value": np.round(amount(2900, 0.15), -2),
        "multimedia_classrooms": np.round(classes * rng.uniform(0.9, 1.2, len(pupils))).astype(np.int64),
        "computers": np.round(pupils * rng.uniform(0.1, 0.2, len(pupils))).astype(np.int64),
        "books": np.round(pupils * rng.uniform(22, 40, len(pupils))).astype(np.int64),
        "music_rooms_96": rooms - (rng.random(len(pupils)) < 0.05) * (rooms > 0),
        "art_rooms_90": rooms - (rng.random(len(pupils)) < 0.05) * (rooms > 0),
        "public_funds_budget": budget,
        "training_budget": np.round(budget * rng.uniform(0.0501, 0.07, len(pupils)), -2),
    }
    return _frame("school_year", columns, partial(_blank, rng))


def _county(n: int) -> pl.DataFrame:
    codes = _county_codes(np.arange(n))
    columns: Columns = {
        "county_code": codes,
        "county_name": "合成县" + codes,
        "basic_balance_recognised_on": pl.Series(["2016-12-30"]).str.to_date().new_from_index(0, n),
        "resident_population": np.full(n, 480_000),
    }
    return _frame("county", columns)


def _county_year(rng: np.random.Generator, n: int) -> pl.DataFrame:
    columns: Columns = {
        "county_code": _county_codes(np.arange(n)),
        "school_year": np.full(n, YEAR),
        "quota_primary": np.full(n, 740.0),
        "quota_junior": np.full(n, 960.0),
        "required_quota_primary": np.full(n, 720.0),
        "required_quota_junior": np.full(n, 940.0),
        "special_public_funds": np.round(rng.uniform(5_900, 9_000, n) * 120, -2),
        "special_pupils": np.full(n, 120),
        "teacher_pay_mean": np.round(rng.uniform(85_000, 120_000, n), 2),
        "civil_pay_mean": np.round(rng.uniform(84_000, 110_000, n), 2),
        "rotation_eligible": np.full(n, 1200),
        "rotated": rng.integers(100, 200, n),
        "rotated_backbone": rng.integers(18, 60, n),
        "senior_places": np.full(n, 1500),
        "senior_places_allotted": rng.integers(700, 1000, n),
        "migrants_eligible": np.full(n, 2000),
        "migrants_public": rng.integers(1600, 1900, n),
        "migrants_purchased": rng.integers(0, 100, n),
        "disabled_children": np.full(n, 300),
        "disabled_enrolled": rng.integers(280, 301, n),
    }
    return _frame("county_year", columns)


def _county_codes(numbers: Numbers) -> pl.Series:
    return "99" + pl.Series(numbers).cast(pl.String).str.zfill(4)


def _blank(rng: np.random.Generator, number: int) -> Mask:
    return rng.random(number) < BLANK


def _frame(table: str, columns: Columns, blank: partial[Mask] | None = None) -> pl.DataFrame:
    """A frame with the table's own columns and types; ``blank`` says which amounts were not filed."""
    definition = load_tables()[table]
    number = len(next(iter(columns.values())))
    frame = {}
    for name, column in definition.columns.items():
        values = pl.Series(name, columns[name]) if name in columns else pl.Series(name, [None] * number)
        if column.type.is_number and name in columns and values.dtype.is_float():
            values = values.cast(pl.Decimal(38, 2))  # exact before it is widened
        values = values.cast(column.type.polars)
        if blank is not None and column.type.is_number and name in columns:
            values = pl.select(pl.when(~pl.Series(blank(number))).then(values).alias(name)).to_series()
        frame[name] = values
    return pl.DataFrame(frame)
