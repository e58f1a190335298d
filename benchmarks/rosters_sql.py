"""Persons counted by hand-written SQL on DuckDB, straight from the Parquet files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb

from benchmarks.rosters_question import (
    AMONG_FULLTIME,
    AMOUNTS,
    ARTS,
    CERTIFIED,
    COLUMNS,
    FULLTIME,
    HOURS,
    TRAINED,
    VISITING,
    VISITORS,
    teacher_files,
)


def _one_of(column: str, words: tuple[str, ...]) -> str:
    return f"{column} IN (" + ", ".join(f"'{word}'" for word in words) + ")"


CONDITIONS = {
    "teachers": FULLTIME,
    **{name: f"{FULLTIME} AND {_one_of(*held)}" for name, held in AMONG_FULLTIME.items()},
    CERTIFIED: f"{FULLTIME} AND certificate",
    TRAINED: f"{FULLTIME} AND training_hours >= {HOURS}",
    VISITING: f"{_one_of('attendance', VISITORS)} AND on_post AND {_one_of('subject', ARTS)}",
}
_HELD = ", ".join(f"({condition}) AND here AS {name}" for name, condition in CONDITIONS.items())
_COUNTS = ", ".join(f"count(*) FILTER ({name}) AS {name}, count(*) - count({name}) AS {name}_open" for name in AMOUNTS)
_PLACED = " OR ".join(f"placed.{name} > 0 OR placed.{name}_open > 0" for name in AMOUNTS)
# Persons whose stage is blank may be of any stage of their school.
_KNOWN = ", ".join(
    f"CASE WHEN placed.{name}_open + coalesce(adrift.{name} + adrift.{name}_open, 0) = 0 THEN placed.{name} END AS "
    f"{name}"
    for name in AMOUNTS
)
COUNT = f"""
CREATE OR REPLACE TEMP TABLE amounts AS
WITH teacher AS (SELECT {", ".join(COLUMNS)} FROM read_parquet(getvariable('files'))),
several AS (
  SELECT staff_no FROM teacher WHERE attendance = 'own' GROUP BY staff_no HAVING count(*) > 1
), listed AS (
  SELECT staff_no, school_code, max(at_school_since) AS latest, count(*) > 1 OR bool_or(at_school_since IS NULL) AS open
  FROM teacher SEMI JOIN several USING (staff_no) WHERE attendance = 'own' GROUP BY staff_no, school_code
), last AS (
  SELECT staff_no, max(latest) AS latest, bool_or(open) AS open FROM listed GROUP BY staff_no
), decided AS (
  SELECT listed.staff_no, listed.school_code,
    CASE WHEN NOT last.open AND count(*) FILTER (listed.latest = last.latest) OVER (PARTITION BY listed.staff_no) = 1
      THEN listed.latest = last.latest END AS here
  FROM listed JOIN last USING (staff_no)
), held AS (
  SELECT teacher.school_code, stage, {_HELD}
  FROM (
    SELECT teacher.*, CASE WHEN decided.staff_no IS NULL THEN true ELSE decided.here END AS here
    FROM teacher LEFT JOIN decided USING (staff_no, school_code)
  ) teacher
), counted AS (
  SELECT school_code, stage, {_COUNTS} FROM held GROUP BY school_code, stage
)
SELECT placed.school_code, placed.stage, {_KNOWN}
FROM counted placed LEFT JOIN counted adrift ON adrift.school_code = placed.school_code AND adrift.stage IS NULL
WHERE placed.stage IN ('primary', 'junior') AND ({_PLACED})
"""


class RostersSql:
    """DuckDB over the files; nothing is loaded before."""

    def __init__(self, nation: Path, year: int) -> None:
        self.connection = duckdb.connect()
        self.connection.execute("SET VARIABLE files = ?", [list(map(str, teacher_files(nation, year)))])

    def run(self) -> None:
        self.connection.execute(COUNT)

    def answer(self) -> tuple[Any, Any]:
        return self.connection.sql("FROM amounts").to_arrow_table(), None
