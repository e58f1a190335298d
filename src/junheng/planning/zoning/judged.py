"""What a zoning does to the verdict: the enrolment that follows from it, judged again by the same judge."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import polars as pl

from junheng.planning.zoning.figures import Facts
from junheng.verdict.judge import judge
from junheng.verdict.judgement import Judgement


def enrolment_change(before: Facts, after: Facts) -> dict[tuple[str, str], int]:
    """(school code, stage) → pupils more or fewer than under the zones of today; only where they differ."""
    found: dict[tuple[str, str], int] = {}
    for stage in after.schools:
        for school, row in enumerate(after.town.schools):
            change = after.load(stage, school) - before.load(stage, school)
            if change:
                found[str(row["school_code"]), stage] = change
    return found


def judged_again(judgement: Judgement, change: Mapping[tuple[str, str], int]) -> Judgement:
    """The same county with the pupils of ``change`` moved; teachers, rooms and equipment stay where they are.

    A stage that loses all its pupils is left out, as a school without pupils has no values.
    """
    dataset = judgement.dataset
    moved = pl.DataFrame(
        [(code, stage, judgement.year, pupils) for (code, stage), pupils in change.items()],
        schema={"school_code": pl.String, "stage": pl.String, "school_year": pl.Int64, "change": pl.Int64},
        orient="row",
    )
    frame = dataset["stage_year"].join(
        moved, on=["school_code", "stage", "school_year"], how="left", maintain_order="left"
    )
    frame = frame.with_columns(pupils=pl.col("pupils") + pl.col("change").fill_null(0))
    frame = frame.filter(pl.col("change").is_null() | (pl.col("pupils") > 0)).drop("change")
    changed = replace(dataset, frames={**dataset.frames, "stage_year": frame}, origins={}, snapshot="")
    return judge(changed, judgement.standard, judgement.day, year=judgement.year, relax=judgement.relax)


def not_filed(judgement: Judgement, change: Mapping[tuple[str, str], int]) -> list[str]:
    """Schools whose enrolment changes and that the county's data do not have: their pupils cannot be judged."""
    filed = judgement.dataset["stage_year"].filter(pl.col("school_year") == judgement.year)
    known = set(filed.select("school_code", "stage").iter_rows())
    return sorted({code for code, stage in change if (code, stage) not in known})
