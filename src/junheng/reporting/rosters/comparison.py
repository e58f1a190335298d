"""核对: the sums of the rosters against what the schools filed, school by school and column by column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

import polars as pl

from junheng.base.terms import Stage
from junheng.indicators.rosters import BLANK, SCHOOL, STAGE, RosterSums
from junheng.tables.dataset import Dataset

_ROSTERS = {"teacher": "教职工花名册", "class": "班级表"}


class Status(StrEnum):
    """How a filed figure and the roster's stand to each other."""

    DIFFERS = "differs"
    BLANK = "blank"
    OPEN = "open"
    NO_ROSTER = "no_roster"
    NOT_FILED = "not_filed"

    @property
    def zh(self) -> str:
        return {
            "differs": "不一致",
            "blank": "填报空缺",
            "open": "花名册有空",
            "no_roster": "没有花名册",
            "not_filed": "没有填报",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Difference:
    """One figure, or one school and stage that only one side has (then without ``column``).

    Attributes:
        filed: what the school filed, at ``cell``; None where it is blank.
        summed: what the roster says; None where it is open, with ``blanks`` rows that nobody can place.
    """

    status: Status
    school_code: str
    school_name: str
    school_year: int
    stage: str | None
    column: str
    label: str
    filed: int | None
    cell: str
    summed: int | None
    blanks: int

    @property
    def stage_zh(self) -> str:
        return Stage(self.stage).zh if self.stage else ""

    @property
    def difference(self) -> int | None:
        """The roster's less the filed one."""
        return None if self.filed is None or self.summed is None else self.summed - self.filed


@dataclass(frozen=True)
class Comparison:
    """Every figure that does not agree, and how many do."""

    years: tuple[int, ...]
    agreeing: int
    differences: tuple[Difference, ...]

    def count(self, status: Status) -> int:
        return sum(entry.status is status for entry in self.differences)

    @property
    def agrees(self) -> bool:
        return not self.count(Status.DIFFERS)


def compare(sums: RosterSums, filed: Dataset) -> Comparison:
    """Hold the sums against the filed tables, in the years that the rosters are of."""
    agreeing, found = 0, []
    names = dict(filed["school"].select("school_code", "school_name").iter_rows())
    for table, columns in sums.columns.items():
        if not columns:
            continue
        keys = STAGE if table == "stage_year" else SCHOOL
        pairs = _pairs(sums.of(table), filed[table].with_row_index("place"), columns, keys)
        agreeing += pairs.filter(pl.col("filed") == pl.col("summed")).height
        for row in pairs.filter(pl.col("status").is_not_null()).iter_rows(named=True):
            found.append(
                Difference(
                    status=Status(row["status"]),
                    school_code=row["school_code"],
                    school_name=names.get(row["school_code"], ""),
                    school_year=row["school_year"],
                    stage=row.get("stage"),
                    column=row["column"],
                    label=filed.tables[table].columns[row["column"]].label.zh,
                    filed=row["filed"],
                    cell=filed.cell(table, row["place"], row["column"]),
                    summed=row["summed"],
                    blanks=row["blanks"],
                )
            )
    found += _one_sided(sums, filed, names)
    order = list(Status)
    found.sort(key=lambda entry: (entry.school_year, entry.school_code, entry.stage or "", order.index(entry.status)))
    return Comparison(tuple(sums.years), agreeing, tuple(found))


def _pairs(summed: pl.DataFrame, filed: pl.DataFrame, columns: Sequence[str], keys: Sequence[str]) -> pl.DataFrame:
    """One row per school (and stage) of both sides and column that the roster says something of: both numbers."""
    both = summed.join(
        filed.select(*keys, "place", *(pl.col(column).alias(f"{column}__filed") for column in columns)), on=list(keys)
    )
    long = [
        both.select(
            *keys,
            "place",
            column=pl.lit(column),
            summed=pl.col(column),
            blanks=pl.col(column + BLANK),
            filed=pl.col(f"{column}__filed"),
        )
        for column in columns
    ]
    said = pl.col("summed").is_not_null() | (pl.col("blanks") > 0)
    status = (
        pl.when(pl.col("summed").is_null())
        .then(pl.lit(Status.OPEN.value))
        .when(pl.col("filed").is_null())
        .then(pl.lit(Status.BLANK.value))
        .when(pl.col("filed") != pl.col("summed"))
        .then(pl.lit(Status.DIFFERS.value))
    )
    return pl.concat(long).filter(said).with_columns(status=status)


def _one_sided(sums: RosterSums, filed: Dataset, names: dict[str, str]) -> Iterator[Difference]:
    """Schools and stages that only the rosters have, or that one of the rosters lacks."""
    schools = filed["stage_year"].filter(
        pl.col("school_year").is_in(sums.years), pl.col("stage").is_in(["primary", "junior"])
    )
    sides = [(Status.NOT_FILED, "", sums.stages.join(schools, on=list(STAGE), how="anti"))]
    for name, label in _ROSTERS.items():
        if f"{name}__rows" in sums.stages.columns:
            listed = sums.stages.filter(pl.col(f"{name}__rows").is_not_null())
            sides.append((Status.NO_ROSTER, label, schools.join(listed, on=list(STAGE), how="anti")))
    unplaced = _unplaced(sums)
    for status, label, frame in sides:
        for code, year, stage in frame.select(STAGE).sort(STAGE).iter_rows():
            if status is Status.NOT_FILED and stage == Stage.SENIOR:
                continue  # of the senior stage only the pupils are filed
            # Who is listed without a stage may be of this one: then there is a roster, with blanks.
            blanks = unplaced.get((code, year), 0) if label == _ROSTERS["teacher"] else 0
            told = Status.OPEN if blanks else status
            yield Difference(told, code, names.get(code, ""), year, stage, "", label, None, "", None, blanks)


def _unplaced(sums: RosterSums) -> dict[tuple[str, int], int]:
    """How many rows of each school and year count in a stage and do not say in which."""
    if "teacher__unplaced" not in sums.schools.columns:
        return {}
    rows = sums.schools.filter(pl.col("teacher__unplaced") > 0).select(*SCHOOL, "teacher__unplaced").iter_rows()
    return {(code, year): count for code, year, count in rows}
