"""Where what is judged was filed: a school's own rows, and those of the campuses that are judged with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from junheng.tables.dataset import Dataset


@dataclass(frozen=True)
class Places:
    """The filed rows of one school year.

    Attributes:
        campuses: school code → codes of the campuses that are judged with it.
        rows: (table, school code, stage; None for a whole school) → number of the row in the table's frame.
        pupils: (school code, stage) → pupils, where filed.
    """

    campuses: dict[str, tuple[str, ...]]
    rows: dict[tuple[str, str, str | None], int]
    pupils: dict[tuple[str, str], int]

    def members(self, home: str) -> tuple[str, ...]:
        """The school and the campuses that are judged with it, its own code first."""
        return (home, *self.campuses.get(home, ()))

    def filed_by(self, home: str, stage: str | None) -> str | None:
        """Whose row takes what is added to a judged place; None where nothing was filed for it.

        It is the school's own row. A stage that only campuses have gets it at the one with the most pupils.
        """
        table = "school_year" if stage is None else "stage_year"
        filed = [code for code in self.members(home) if (table, code, stage) in self.rows]
        if home in filed or not filed:
            return home if filed else None
        return min(filed, key=lambda code: (-self.pupils.get((code, stage or ""), 0), code))


def places_of(dataset: Dataset, year: int, members: pl.DataFrame | None = None) -> Places:
    """Look up the rows of a year.

    Args:
        members: ``Computed.members`` of the judgement: school_code and home; without it every school stands alone.
    """
    campuses: dict[str, tuple[str, ...]] = {}
    for code, home in () if members is None else sorted(members.select("school_code", "home").iter_rows()):
        campuses[home] = (*campuses.get(home, ()), code)
    pupils = dataset["stage_year"].filter(pl.col("school_year") == year, pl.col("pupils").is_not_null())
    return Places(
        campuses,
        dict(_rows(dataset, year)),
        {(code, stage): count for code, stage, count in pupils.select("school_code", "stage", "pupils").iter_rows()},
    )


def _rows(dataset: Dataset, year: int) -> Iterator[tuple[tuple[str, str, str | None], int]]:
    for table in ("stage_year", "school_year"):
        frame = dataset[table].with_row_index("__row").filter(pl.col("school_year") == year)
        stages = frame["stage"] if table == "stage_year" else [None] * frame.height
        for row, code, stage in zip(frame["__row"], frame["school_code"], stages, strict=True):
            yield (table, code, stage), row
    for row, code in enumerate(dataset["school"]["school_code"]):
        yield ("school", code, None), row
