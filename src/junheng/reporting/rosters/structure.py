"""队伍结构: degrees, titles, ages and the like of the full-time teachers, by school, town or county and by stage."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, NamedTuple

import polars as pl

from junheng.base.terms import Stage
from junheng.indicators.roster_rules import StructurePart, structure_parts
from junheng.indicators.rosters import BLANK, SCHOOL, RosterSums
from junheng.standards.library import load_standard
from junheng.tables.catalogue import load_tables

By = Literal["school", "town", "county"]
BY: Mapping[str, str] = {"school": "学校", "town": "乡镇街道", "county": "县"}
WHOLE = "合计"
_COMPULSORY = (Stage.PRIMARY.value, Stage.JUNIOR.value)


@dataclass(frozen=True, slots=True)
class Known:
    """A number of persons; None where it is open for ``blanks`` of them."""

    amount: int | None
    blanks: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that is counted; ``mean``: shown for each teacher, not as a share."""

    name: str
    label: str
    mean: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the structure with its lines."""

    name: str
    label: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Row:
    """One group and stage (``stage`` 合计: both stages, and the staff of the whole school).

    Attributes:
        staff: 教职工; only of whole schools, for those who do not teach have no stage.
        pupils: of the list of classes, else of the filed data; not known without either.
        with_senior: the staff is of senior pupils too, who are not among ``pupils``.
    """

    group: str
    school_year: int
    stage: str
    teachers: Known
    staff: Known | None
    pupils: Known
    counts: Mapping[str, Known]
    with_senior: bool = False

    def share(self, line: Line) -> Fraction | None:
        """The line's share of the teachers, 0 to 1; for a mean, the mean."""
        count, teachers = self.counts[line.name].amount, self.teachers.amount
        return Fraction(count, teachers) if count is not None and teachers else None

    def pupils_per(self, whom: Literal["teachers", "staff"]) -> Fraction | None:
        """生师比: pupils per full-time teacher, or per member of staff; None where those are not the same schools'."""
        if whom == "staff" and self.with_senior:
            return None
        base = self.teachers if whom == "teachers" else self.staff
        if base is None or not base.amount or self.pupils.amount is None:
            return None
        return Fraction(self.pupils.amount, base.amount)


@dataclass(frozen=True)
class Structure:
    """The structure of the staff, group by group, ending with all of them."""

    by: str
    parts: tuple[Part, ...]
    rows: tuple[Row, ...]


class _Schools(NamedTuple):
    """What is known of some schools: rows of their compulsory stages and of whole schools.

    Attributes:
        lost: the schools whose teachers may be of any stage: none of the stages is known.
        senior: those with a senior stage too.
    """

    stages: pl.DataFrame
    staff: pl.DataFrame
    lost: pl.DataFrame
    senior: pl.DataFrame

    def where(self, condition: pl.Expr) -> _Schools:
        return _Schools(*(frame.filter(condition) for frame in self))


def structure(sums: RosterSums, schools: pl.DataFrame, pupils: pl.DataFrame | None, by: By = "school") -> Structure:
    """Sum up the structure of the compulsory stages.

    Args:
        sums: by ``structure_rules``.
        schools: school_code, school_name, county_code and town, as far as they are known.
        pupils: school_code, school_year, stage, pupils as filed, where the rosters have no classes.
    """
    parts = tuple(_part(name, part) for name, part in structure_parts().items())
    listed = sums.stages.filter(pl.col("stage").is_in(_COMPULSORY), pl.col("teacher__rows").is_not_null())
    known = _groups(schools, by)
    frame = _grouped(_with_pupils(_with_above(listed), pupils), known, by)
    # Of senior schools nothing else stands here: their staff does not either.
    compulsory = pl.concat([frame.select(SCHOOL), _only_unplaced(sums).select(SCHOOL)])
    staff = _grouped(sums.schools.join(compulsory.unique(), on=list(SCHOOL), how="semi"), known, by)
    lost = staff.join(frame, on=list(SCHOOL), how="anti")
    senior = sums.stages.filter(pl.col("stage") == Stage.SENIOR.value)
    senior = staff.join(senior, on=list(SCHOOL), how="semi")
    names = ["teachers", "pupils", *(line.name for part in parts for line in part.lines)]
    rows: list[Row] = []
    for year in sorted({*frame["school_year"], *lost["school_year"]}):
        of_year = _Schools(frame, staff, lost, senior).where(pl.col("school_year") == year)
        groups = list(dict.fromkeys(of_year.staff.sort("group", "school_code")["group"]))
        for group in [*groups, WHOLE] if len(groups) > 1 else groups:
            here = of_year if group == WHOLE else of_year.where(pl.col("group") == group)
            rows += _rows(group, year, here, names)
    return Structure(BY[by], parts, tuple(rows))


def _only_unplaced(sums: RosterSums) -> pl.DataFrame:
    """Schools whose teachers nobody can place, no stage of any being filled in."""
    unplaced = sums.schools.filter(pl.col("teacher__unplaced") > 0)
    return unplaced.join(sums.stages.filter(pl.col("teacher__rows").is_not_null()), on=list(SCHOOL), how="anti")


def _grouped(frame: pl.DataFrame, groups: pl.DataFrame, by: By) -> pl.DataFrame:
    unknown = pl.col("school_code") if by == "school" else pl.lit("（未填）")
    joined = frame.join(groups, on="school_code", how="left", maintain_order="left")
    return joined.with_columns(pl.coalesce("group", unknown).alias("group"))


def _part(name: str, part: StructurePart) -> Part:
    columns = load_tables()["stage_year"].columns
    lines = [Line(column, columns[column].label.zh.removesuffix("学历教师")) for column in part.columns]
    lines += [Line("above_required", part.above.label.zh)] if part.above else []
    lines += [Line(own, count.label.zh, count.mean) for own, count in part.counts.items()]
    return Part(name, part.label.zh, tuple(lines))


def _with_above(stages: pl.DataFrame) -> pl.DataFrame:
    """Add ``above_required``: the columns that the standard's indicator counts in each stage."""
    above = next(part.above for part in structure_parts().values() if part.above)
    amount = dict(load_standard(above.standard).indicators())[above.indicator].formula.amount
    value, blank = pl.lit(None, pl.Int64), pl.lit(0, pl.Int64)
    for stage in _COMPULSORY:
        columns = [term.column for term in amount.terms(stage)]
        own = pl.col("stage") == stage
        value = pl.when(own).then(pl.sum_horizontal(columns, ignore_nulls=False)).otherwise(value)
        blanks = pl.max_horizontal(column + BLANK for column in columns)
        blank = pl.when(own).then(blanks).otherwise(blank)
    return stages.with_columns(above_required=value, above_required__blank=blank)


def _with_pupils(stages: pl.DataFrame, pupils: pl.DataFrame | None) -> pl.DataFrame:
    if "pupils" not in stages.columns and pupils is not None:
        keys = ["school_code", "school_year", "stage"]
        stages = stages.join(pupils.select(*keys, "pupils"), on=keys, how="left")
    if "pupils" not in stages.columns:
        stages = stages.with_columns(pupils=pl.lit(None, pl.Int64))
    return stages.with_columns(pupils__blank=pl.col("pupils").is_null().cast(pl.Int64))


def _groups(schools: pl.DataFrame, by: By) -> pl.DataFrame:
    """school_code and what its group is called: of two that are called alike, with the code that tells them apart."""
    column, code = {
        "school": ("school_name", "school_code"), "town": ("town", "county_code"), "county": ("county_code",) * 2,
    }[by]  # fmt: skip
    alike = pl.col(code).n_unique().over(column) > 1
    named = pl.when(alike & pl.col(code).is_not_null()).then(pl.format("{}（{}）", column, code)).otherwise(column)
    return schools.select("school_code", group=named).unique("school_code", keep="first")


def _rows(group: str, year: int, schools: _Schools, names: Sequence[str]) -> Iterator[Row]:
    """The rows of a group: each stage, and both."""
    stages, staff, lost, senior = schools
    unplaced = 0 if lost.is_empty() else int(lost["teacher__unplaced"].sum())
    filed = [stage for stage in _COMPULSORY if stage in set(stages["stage"])]
    for stage in [*filed, ""]:
        own = stages.filter(pl.col("stage") == stage) if stage else stages
        counts = {name: _sum(own, name, 0 if name == "pupils" else unplaced) for name in names}
        # Those schools have pupils too, whom the rows of stages do not say.
        pupils = Known(None) if unplaced else counts["pupils"]
        yield Row(
            group=group,
            school_year=year,
            stage=Stage(stage).zh if stage else WHOLE,
            teachers=counts["teachers"],
            staff=None if stage else _sum(staff, "staff"),
            pupils=pupils,
            counts=counts,
            with_senior=not senior.is_empty(),
        )


def _sum(frame: pl.DataFrame, name: str, unplaced: int = 0) -> Known:
    """The sum where nothing in it is open, else how many persons are."""
    if frame.is_empty():
        return Known(None, unplaced)
    blanks = int(frame[name + BLANK].sum()) + unplaced
    return Known(None, blanks) if blanks or frame[name].null_count() else Known(int(frame[name].sum()))
