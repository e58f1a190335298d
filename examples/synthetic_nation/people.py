"""Teachers person by person, whose sums are what the schools filed, but for a few planted differences.

A person keeps number and year of birth over the years and retires at 60; degrees, titles and posts are dealt out by age
within each school and stage so that their sums come out.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from examples.synthetic_nation.beside import Stage, make_others, make_visitors
from examples.synthetic_nation.draws import Draws, Numbers
from examples.synthetic_nation.posts import YOUNGEST, born_in, staff_numbers
from examples.synthetic_nation.schools import STAGES, Schools
from examples.synthetic_nation.stage_rows import Columns

from junheng.tables.catalogue import roster_tables
from junheng.tables.dataset import Dataset
from junheng.tables.model import ColumnType

KIND = "teacher"
PLANTED = 0.002  # share of the rows of school and stage where the roster has one fewer than was filed
DIFFERENT = ("backbone_teachers", "teachers_360_hours", "teachers_pe")
SUBJECTS = (
    ("chinese", "mathematics", "english", "morality", "science", "information", "labour"),
    ("chinese", "mathematics", "english", "physics", "chemistry", "history", "geography", "biology", "morality"),
)
SHARES = ((0.36, 0.30, 0.13, 0.08, 0.07, 0.04, 0.02), (0.21, 0.20, 0.19, 0.10, 0.06, 0.07, 0.06, 0.06, 0.05))


@dataclass(frozen=True)
class Roster:
    """The people of a province in one year.

    Attributes:
        dataset: the table ``teacher``, without what a national store does not keep.
        homes: school_code and county_code.
        planted: school_code, school_year, stage, column, filed, roster: where the sums differ on purpose.
    """

    dataset: Dataset
    homes: pl.DataFrame
    planted: pl.DataFrame


def make_roster(counties: Numbers, schools: Schools, stages: tuple[Stage, Stage], year: int) -> Roster:
    """Args: ``counties`` are the codes of the counties that ``schools.county`` numbers."""
    frames, planted = [], []
    for stage in (0, 1):
        people, differing = _of_stage(schools, stages[stage], stage, year)
        frames.append(people)
        planted.append(differing)
    teachers = pl.concat(frames)
    everyone = pl.concat([teachers, make_others(schools, stages, year), make_visitors(schools, stages, teachers)])
    tables = roster_tables()
    kept = [
        column for column in tables[KIND].columns.values()
        if column.sensitivity != "personal" or column.type is ColumnType.CODE
    ]  # fmt: skip
    codes = pl.Series(schools.key).cast(pl.String)
    frame = everyone.with_columns(
        codes.gather(everyone["school"].to_numpy()).alias("school_code"), school_year=pl.lit(year)
    )
    frame = frame.select(pl.col(column.name).cast(column.type.polars) for column in kept)
    homes = pl.DataFrame({"school_code": codes, "county_code": pl.Series(counties[schools.county]).cast(pl.String)})
    whole = {name: table.empty() for name, table in tables.tables.items()} | {KIND: frame}
    dataset = Dataset(tables, whole, name=f"合成数据 {homes['county_code'][0][:2]} {year} 教师")
    return Roster(dataset, homes, pl.concat(planted))


def _of_stage(schools: Schools, counted: Stage, stage: int, year: int) -> tuple[pl.DataFrame, pl.DataFrame]:
    columns = counted.columns
    here = np.flatnonzero(counted.rows & (columns["teachers"] > 0))
    number = columns["teachers"][here]
    at = np.repeat(np.arange(len(here)), number)  # which of the rows of school and stage
    school = here[at]
    first = np.cumsum(number) - number
    slot = np.arange(len(at)) - first[at]
    draws, key = schools.draws, schools.key[school] * 4_096 + stage * 2_048 + slot
    born, generation = born_in(draws, key, year)
    eldest = np.lexsort((slot, born, at))
    rank = np.empty(len(at), dtype=np.int64)
    rank[eldest] = np.arange(len(at)) - first[at[eldest]]
    size = number[at]

    def count(name: str) -> Numbers:
        return np.asarray(columns[name][here][at])

    def turned(purpose: str) -> Numbers:
        """Ranks turned by an angle of the school's own."""
        angle = np.floor(draws.uniform(schools.key[here], purpose, stage) * number).astype(np.int64)
        return (rank + angle[at]) % size

    planted, taken = _planted(schools, columns, here, stage, year)
    backbone = (rank - size // 5) % size < count("backbone_teachers") - taken["backbone_teachers"][at]
    trained = turned("trained") >= size - count("teachers_360_hours") + taken["teachers_360_hours"][at]
    subject = _subjects(draws, key, stage, turned("subject"), count, taken["teachers_pe"][at])
    from_youngest = size - 1 - rank
    low, associate = count("teachers_secondary"), count("teachers_associate")
    degree = np.select(
        [from_youngest < count("teachers_master"), rank < low, rank < low + associate],
        ["master", "secondary", "associate"], "bachelor",
    )  # fmt: skip
    senior = count("teachers_senior_title")
    title = np.select(
        [rank < senior, rank < senior + count("teachers_mid_title"), born > year - 26],
        ["senior", "middle", "none"],
        "junior",
    )
    level = np.array(("county", "city", "province"))[
        draws.choice(np.array((0.76, 0.19, 0.05)), key, "level", generation)
    ]
    since = born + YOUNGEST + np.floor(draws.uniform(key, "since", generation) * 3).astype(np.int64)
    stayed = np.floor(draws.uniform(key, "stayed", generation) * (year - since + 1)).astype(np.int64)
    hours = np.floor(draws.uniform(key, "hours", year) * 200).astype(np.int64)
    frame = pl.DataFrame({
        "school": school,
        "staff_no": staff_numbers(schools, school, slot, stage, generation),
        "sex": np.where(draws.uniform(key, "sex", generation) < (0.72, 0.60)[stage], "female", "male"),
        "birth_year": born,
        "teaching_since": np.minimum(since, year),
        "at_school_since": np.minimum(since + np.maximum(stayed, 0), year),
        "attendance": pl.Series(["own"]).new_from_index(0, len(at)),
        "post": pl.Series(["fulltime"]).new_from_index(0, len(at)),
        "on_post": np.ones(len(at), dtype=bool),
        "stage": pl.Series([STAGES[stage]]).new_from_index(0, len(at)),
        "subject": subject,
        "degree": degree,
        "title": title,
        "backbone_level": np.where(backbone, level, "no"),
        "certificate": turned("certificate") < count("certified_teachers"),
        "training_hours": np.where(trained, 360, 120) + hours,
    })  # fmt: skip
    return frame, planted


def _planted(
    schools: Schools, columns: Columns, here: Numbers, stage: int, year: int
) -> tuple[pl.DataFrame, dict[str, Numbers]]:
    """Where one person fewer is on the roster than was filed, and in which column."""
    draws, key = schools.draws, schools.key[here]
    which = draws.choice(np.ones(len(DIFFERENT)), key, "planted column", stage, year)
    chosen = draws.uniform(key, "planted", stage, year) < PLANTED
    taken, rows = {}, []
    for at, name in enumerate(DIFFERENT):
        filed = columns[name][here]
        taken[name] = (chosen & (which == at) & (filed > 0)).astype(np.int64)
        hit = taken[name] > 0
        rows.append(
            pl.DataFrame(
                {
                    "school_code": pl.Series(key[hit]).cast(pl.String),
                    "school_year": pl.Series([year], dtype=pl.Int64).new_from_index(0, int(hit.sum())),
                    "stage": pl.Series([STAGES[stage]]).new_from_index(0, int(hit.sum())),
                    "column": pl.Series([name]).new_from_index(0, int(hit.sum())),
                    "filed": filed[hit],
                    "roster": filed[hit] - 1,
                }
            )
        )
    return pl.concat(rows), taken


def _subjects(draws: Draws, key: Numbers, stage: int, rank: Numbers, count: object, missing: Numbers) -> np.ndarray:
    assert callable(count)
    pe = count("teachers_pe")
    music = pe + count("teachers_music")
    arts = music + count("teachers_fine_arts")
    usual = np.array(SUBJECTS[stage])[draws.choice(np.array(SHARES[stage]), key, "usual subject")]
    return np.select(
        [rank < pe - missing, rank < pe, rank < music, rank < arts], ["pe", "labour", "music", "fine_arts"], usual
    )
