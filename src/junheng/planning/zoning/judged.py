"""What a zoning does to the verdict: the enrolment that follows from it, judged again by the same judge."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import polars as pl

from junheng.base.terms import Label, Stage
from junheng.planning.zoning.figures import Facts
from junheng.tables.school_years import reference_day
from junheng.verdict.judge import judge
from junheng.verdict.judgement import Judgement

Change = Mapping[tuple[str, str], int]  # (school code, stage) → pupils more or fewer
# What a school of several stages is once one of them is gone: (办学类型, the stage) → 办学类型.
_WITHOUT = {
    ("312", "primary"): "311",
    ("312", "junior"): "211",
    ("314", "primary"): "313",
    ("314", "junior"): "212",
    ("341", "junior"): "342",
    ("343", "junior"): "344",
    ("345", "primary"): "341",
}
_LEAST_SHARE = 0.5  # of the pupils filed: a table of pupils with fewer holds the entry grade, or part of the county


def enrolment_change(before: Facts, after: Facts) -> dict[tuple[str, str], int]:
    """(school code, stage) → pupils more or fewer than under the zones of today; only where they differ."""
    found: dict[tuple[str, str], int] = {}
    for stage in after.schools:
        for school, row in enumerate(after.town.schools):
            change = after.load(stage, school) - before.load(stage, school)
            if change:
                found[str(row["school_code"]), stage] = change
    return found


def why_not(judgement: Judgement, before: Facts, change: Change) -> Label | None:
    """Why the enrolment after a zoning cannot be judged; None where it can."""
    filed = _filed(judgement)
    for stage in before.schools:
        codes = [str(row["school_code"]) for row in before.town.schools]
        both = [(school, filed[code, stage]) for school, code in enumerate(codes) if (code, stage) in filed]
        placed = sum(before.load(stage, school) for school, _ in both)
        enrolled = sum(pupils or 0 for _, pupils in both)
        if placed < _LEAST_SHARE * enrolled:
            return Label(
                f"{Stage(stage).zh}的生源表只有 {placed} 名学生，这些学校填报的在校生有 {enrolled} 名："
                "多半只填了起始年级，不能当作全校在校生，没有重新判定。",
                f"The table of pupils ({stage}) has {placed} of {enrolled} pupils filed: probably "
                "the entry grade alone, which is not the enrolment; nothing is judged.",
            )
    unknown = sorted(code for code, stage in change if (code, stage) in filed and filed[code, stage] is None)
    if unknown:
        return Label(
            f"这些学校没有填在校生数，划片后有多少学生不知道，没有重新判定：{'、'.join(unknown)}。",
            f"Enrolment is not filed for {', '.join(unknown)}: nothing is judged.",
        )
    below = sorted(key[0] for key, more in change.items() if (filed.get(key) or 0) + more < 0 and key in filed)
    if below:
        return Label(
            f"这些学校划出的学生比填报的在校生还多，生源表与填报数据不是一回事，没有重新判定：{'、'.join(below)}。",
            f"More pupils leave {', '.join(below)} than were filed there: nothing is judged.",
        )
    kinds = dict(judgement.dataset["school"].select("school_code", "school_kind").iter_rows())
    stages = _stages_of(judgement)
    for code, stage in _emptied(judgement, change):
        if len(stages[code] - _gone(judgement, change, code)) and (kinds.get(code), stage) not in _WITHOUT:
            return Label(
                f"{code} 的{Stage(stage).zh}没有学生了，其余学段还在，不知道算哪种办学类型，没有重新判定。",
                f"{code} keeps other stages than {stage}; its kind is then not known: nothing is judged.",
            )
    return None


def judged_again(judgement: Judgement, change: Change) -> Judgement:
    """The same county with the pupils of ``change`` moved; teachers, rooms and equipment stay where they are.

    A school that loses all its pupils is judged no more, as one that closed before the school year; one that loses a
    stage is from then on of the kind of school that has the others.

    Args:
        change: nothing that ``why_not`` speaks against.
    """
    dataset, day = judgement.dataset, reference_day(judgement.year)
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
    school, stages = dataset["school"], _stages_of(judgement)
    for code, stage in _emptied(judgement, change):
        own = pl.col("school_code") == code
        if stages[code] <= _gone(judgement, change, code):
            school = school.with_columns(closed_on=pl.when(own).then(pl.lit(day)).otherwise(pl.col("closed_on")))
        else:
            kind = str(dataset["school"].filter(own)["school_kind"][0])
            rest = pl.lit(_WITHOUT[kind, stage])
            school = school.with_columns(school_kind=pl.when(own).then(rest).otherwise(pl.col("school_kind")))
    frames = {**dataset.frames, "stage_year": frame, "school": school}
    changed = replace(dataset, frames=frames, origins={}, snapshot="", parts={})
    return judge(changed, judgement.standard, judgement.day, year=judgement.year, relax=judgement.relax)


def not_filed(judgement: Judgement, change: Change) -> list[str]:
    """Schools whose enrolment changes and that the county's data do not have: their pupils cannot be judged."""
    filed = _filed(judgement)
    return sorted({code for code, stage in change if (code, stage) not in filed})


def _filed(judgement: Judgement) -> dict[tuple[str, str], int | None]:
    rows = judgement.dataset["stage_year"].filter(pl.col("school_year") == judgement.year)
    return {(code, stage): pupils for code, stage, pupils in rows.select("school_code", "stage", "pupils").iter_rows()}


def _stages_of(judgement: Judgement) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for code, stage in _filed(judgement):
        found.setdefault(code, set()).add(stage)
    return found


def _emptied(judgement: Judgement, change: Change) -> list[tuple[str, str]]:
    """School and stage that have no pupils left, of those that the county filed."""
    filed = _filed(judgement)
    return sorted(key for key, more in change.items() if key in filed and (filed[key] or 0) + more == 0)


def _gone(judgement: Judgement, change: Change, code: str) -> set[str]:
    return {stage for own, stage in _emptied(judgement, change) if own == code}
