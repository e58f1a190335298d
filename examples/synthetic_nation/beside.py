"""Who is at a school beside its teachers: other staff, teachers on leave, and those who visit from larger schools."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from examples.synthetic_nation.draws import Draws, Mask, Numbers
from examples.synthetic_nation.posts import YOUNGEST, born_in, staff_numbers
from examples.synthetic_nation.schools import STAGES, Schools
from examples.synthetic_nation.stage_rows import Columns

OTHERS = 0.07  # other staff, against the teachers
ON_LEAVE = 0.12  # of the other staff, teachers who are not at work


@dataclass(frozen=True)
class Stage:
    """The staff of one stage as it was counted: which schools have the stage, and the columns of ``stage_year``."""

    rows: Mask
    columns: Columns


def other_staff(draws: Draws, key: Numbers, teachers: Numbers) -> Numbers:
    """Staff of a school who are counted in no stage."""
    return draws.whole(teachers * OTHERS, key, "other staff")


def make_others(schools: Schools, stages: tuple[Stage, Stage], year: int) -> pl.DataFrame:
    """Administrators, assistants and workers, and teachers on leave: staff, but no teachers of a stage."""
    draws = schools.draws
    number = other_staff(draws, schools.key, sum(np.where(s.rows, s.columns["teachers"], 0) for s in stages))  # type: ignore[arg-type]
    school = np.repeat(np.arange(len(schools)), number)
    slot = np.arange(len(school)) - np.repeat(np.cumsum(number) - number, number)
    key = schools.key[school] * 4_096 + 4_000 + slot % 96
    born, generation = born_in(draws, key, year)
    away = draws.uniform(key, "away") < ON_LEAVE
    post = np.array(("administrator", "assistant", "worker"))[draws.choice(np.array((0.4, 0.35, 0.25)), key, "post")]
    blank = pl.Series([None], dtype=pl.String).new_from_index(0, len(school))

    def if_away(word: str) -> pl.Series:
        return pl.Series(np.where(away, word, "")).replace("", None)

    return pl.DataFrame({
        "school": school,
        "staff_no": staff_numbers(schools, school, slot, 2, generation),
        "sex": np.where(draws.uniform(key, "sex", generation) < 0.5, "female", "male"),
        "birth_year": born,
        "teaching_since": np.minimum(born + YOUNGEST, year),
        "at_school_since": np.minimum(born + YOUNGEST, year),
        "attendance": pl.Series(["own"]).new_from_index(0, len(school)),
        "post": np.where(away, "fulltime", post),
        "on_post": ~away,
        "stage": if_away("primary") if len(school) else blank,
        "subject": if_away("chinese") if len(school) else blank,
        "degree": np.where(born < year - 50, "associate", "bachelor"),
        "title": np.where(away, "middle", "none"),
        "backbone_level": np.full(len(school), "no"),
        "certificate": away,
        "training_hours": np.where(away, 360, 60),
    })  # fmt: skip


def make_visitors(schools: Schools, stages: tuple[Stage, Stage], teachers: pl.DataFrame) -> pl.DataFrame:
    """PE and music teachers of larger schools who come to the small ones of their town."""
    frames = []
    for stage, subject in ((0, "pe"), (1, "music")):
        visited = np.flatnonzero(stages[stage].rows & (stages[stage].columns["visiting_pe_arts_teachers"] > 0))
        own = teachers.filter(pl.col("stage") == "primary")
        from_school = own.with_columns(liked=pl.col("subject") == subject).sort(
            "school", "liked", descending=[False, True], maintain_order=True
        ).unique("school", keep="first", maintain_order=True)  # fmt: skip
        seeking = pl.DataFrame({"to": visited, "school": schools.receiver[visited]})
        came = seeking.join(from_school, on="school", how="inner", maintain_order="left").drop("school", "liked")
        frames.append(
            came.rename({"to": "school"})
            .with_columns(
                attendance=pl.lit("visiting"),
                stage=pl.lit(STAGES[stage]),
                subject=pl.lit(subject),
                backbone_level=pl.lit("no"),
            )
            .select(teachers.columns)
        )
    return pl.concat(frames)
