"""汇总: sums of what schools filed, by town, kind, place, operator, stage or school, and how many schools there are.

Every school is in one group, so the groups add up to the county; what is 其中 (of which) is part of a number beside it
and is never added. A sum says how many of its schools filed nothing: missing is not zero.

What is of a stage is summed for primary and junior only, the stages of compulsory education. Of the senior stage the
pupils alone are filed: beside classes and teachers that leave it out they would say too many pupils a class.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

import polars as pl

from junheng.base.terms import Stage
from junheng.tables.dataset import Dataset

By = Literal["town", "kind", "location", "operator", "stage", "school"]
BY: Mapping[str, str] = {
    "town": "乡镇街道",
    "kind": "办学类型",
    "location": "城乡",
    "operator": "举办者",
    "stage": "学段",
    "school": "学校",
}
# What is summed: only what adds up over schools, so no means and no largest of anything.
SETS: Mapping[str, tuple[str, ...]] = {
    "basic": ("pupils", "classes", "teachers", "boarders", "staff"),
    "special": ("pupils", "migrant_pupils", "left_behind_pupils", "out_of_zone_pupils", "boarders"),
    "conditions": (
        "land_area", "building_area", "teaching_area", "indoor_sports_area", "sports_ground_area", "equipment_value",
        "multimedia_classrooms", "computers", "books",
    ),
}  # fmt: skip
COMPULSORY = (Stage.PRIMARY, Stage.JUNIOR)
_GROUPS = {"town": "town", "kind": "school_kind", "location": "location", "operator": "operator"}
_POINT = "218"
_CONTINUOUS = ("312", "314", "345")


@dataclass(frozen=True)
class Sum:
    """A sum and how many rows that should have been in it are blank."""

    amount: Decimal | None
    missing: int


@dataclass(frozen=True)
class Group:
    """One row: the group, its schools, of which what, and its sums.

    ``schools`` are those that the statistics count; campuses that they do not count stand beside them.
    """

    name: str
    schools: int
    teaching_points: int
    continuous: int
    private: int
    uncounted: int
    sums: tuple[Sum, ...]


@dataclass(frozen=True)
class Totals:
    """The groups of one school year and the county's own row, summed from the schools and not from the groups.

    Attributes:
        notes: what a reader has to know of the sums, in Chinese.
    """

    by: str
    school_year: int
    columns: tuple[tuple[str, str], ...]  # label and unit
    groups: tuple[Group, ...]
    county: Group
    notes: tuple[str, ...]


def totals(dataset: Dataset, by: By, what: str = "basic", school_year: int | None = None) -> Totals:
    """Sum up a school year, by default the latest one filed.

    Schools are those with a row in that year. By stage, a school of two stages is in two groups: its pupils and
    teachers are split, its premises are not, and 学校数 of the county is less than the sum of the groups. The senior
    stage is a group of its own, and not in the county's sums.
    """
    filed = [dataset["school_year"]["school_year"], dataset["stage_year"]["school_year"]]
    year = school_year if school_year is not None else int(pl.concat(filed).max() or 0)  # type: ignore[arg-type]
    names = [column for column in SETS[what] if not (by == "stage" and column in dataset["school_year"].columns)]
    group = pl.col("school_code") if by == "school" else pl.col(_GROUPS.get(by, by))
    rows = rows_of_year(dataset, year).with_columns(group.alias("group"))
    rows = rows.sort("group", "school_code", nulls_last=True, maintain_order=True)
    labels = tuple((dataset.tables.column(name).label.zh, dataset.tables.column(name).unit) for name in names)
    parts = {key: part for (key,), part in rows.group_by("group", maintain_order=True)}
    if by == "stage":
        parts = {key: parts[key] for key in (*Stage, None) if key in parts}
    groups = tuple(
        _group(_label(dataset, by, key), part, names, dataset, (Stage.SENIOR,) if key == Stage.SENIOR else COMPULSORY)
        for key, part in parts.items()
    )
    county = _group("全县合计", rows, names, dataset, COMPULSORY)
    return Totals(BY[by], year, labels, groups, county, tuple(_notes(dataset, rows, names, by)))


def _notes(dataset: Dataset, rows: pl.DataFrame, names: Sequence[str], by: str) -> Iterator[str]:
    """What the sums leave out or hold twice, as far as there is any of it."""
    if set(names) - set(dataset["school_year"].columns) and (rows["stage"] == Stage.SENIOR).any():
        own = "“高中”单列一行，不计入全县合计" if by == "stage" else "不含高中；按全校填报的数含高中部"
        yield f"分学段的数（学生、班级、教师等）只计义务教育阶段（小学、初中），{own}。"
    if by == "stage" and rows["school_code"].is_duplicated().any():
        yield "有两个学段的学校在两个学段各列一次，各学段学校数之和大于全县学校数。"


def rows_of_year(dataset: Dataset, year: int) -> pl.DataFrame:
    """One row per school and stage that filed in the year: its entry in the list of schools and what it filed."""
    stages = dataset["stage_year"].filter(pl.col("school_year") == year)
    filed = pl.concat(
        [
            stages.select("school_code", "stage"),
            dataset["school_year"]
            .filter(pl.col("school_year") == year)
            .join(stages, on="school_code", how="anti")
            .select("school_code", pl.lit(None, pl.String).alias("stage")),
        ]
    )
    return (
        filed.join(dataset["school"], on="school_code", how="left")
        .join(stages.drop("school_year", "note"), on=["school_code", "stage"], how="left")
        .join(
            dataset["school_year"].filter(pl.col("school_year") == year).drop("school_year", "note"),
            on="school_code",
            how="left",
        )
        .sort("school_code", maintain_order=True)
    )


def _group(name: str, rows: pl.DataFrame, columns: Sequence[str], dataset: Dataset, stages: Collection[Stage]) -> Group:
    schools = rows.unique("school_code", maintain_order=True)
    counted = schools.filter(pl.col("counted").fill_null(True))
    return Group(
        name,
        schools=counted.height,
        teaching_points=counted.filter(pl.col("school_kind") == _POINT).height,
        continuous=counted.filter(pl.col("school_kind").is_in(_CONTINUOUS)).height,
        private=counted.filter(pl.col("operator") == "private").height,
        uncounted=schools.height - counted.height,
        sums=tuple(sum_of(rows, schools, column, dataset, stages) for column in columns),
    )


def sum_of(rows: pl.DataFrame, schools: pl.DataFrame, column: str, dataset: Dataset, counted: Collection[Stage]) -> Sum:
    """Figures of the whole school once a school, figures of a stage once a stage that the column is asked of."""
    asked = schools
    if column not in dataset["school_year"].columns:
        # Of the senior stage only the pupils are asked for; what is filed beyond that still counts.
        every = [stage.value for stage in Stage if column == "pupils" or stage is not Stage.SENIOR]
        stages = dataset.tables["stage_year"].columns[column].required_when.get("stage", every)
        of_stage = rows.filter(pl.col("stage").is_in([stage.value for stage in counted]))
        asked = of_stage.filter(pl.col("stage").is_in(list(stages)) | pl.col(column).is_not_null())
    found = [Decimal(value) for value in asked[column].drop_nulls()]
    return Sum(sum(found, Decimal(0)) if found else None, asked[column].null_count())


def _label(dataset: Dataset, by: str, key: object) -> str:
    if key is None:
        return "（未填）"
    if by == "school":
        names = dict(dataset["school"].select("school_code", "school_name").iter_rows())
        return names.get(str(key)) or str(key)
    if by == "stage":
        return Stage(str(key)).zh
    lists = dataset.tables.code_lists
    return lists[_GROUPS[by]].zh(str(key)) if _GROUPS[by] in lists else str(key)
