"""The same question as hand-written SQL on DuckDB."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb

from benchmarks.question import (
    ATTACHED,
    CV_LIMITS,
    INDICATORS,
    KINDS_WITH,
    REST,
    SMALL,
    SPECIAL,
    TABLES,
    TOLERANCE,
    WEIGHTS,
    files,
)

AMOUNTS = {
    "teachers": "teachers_above_required_education_per_100",
    "backbone": "backbone_teachers_per_100",
    "pe_arts": "pe_arts_teachers_per_100",
    "teaching": "teaching_area_per_pupil",
    "sports": "sports_area_per_pupil",
    "equipment": "equipment_value_per_pupil",
    "multimedia": "multimedia_classrooms_per_100",
}
OF_STAGE, OF_SCHOOL = ("teachers", "backbone", "pe_arts"), ("teaching", "sports", "equipment", "multimedia")


def _each(template: str, names: tuple[str, ...] | list[str]) -> str:
    return ",\n  ".join(template.format(n=name) for name in names)


def _listed(words: tuple[str, ...]) -> str:
    return "(" + ", ".join(f"'{word}'" for word in words) + ")"


def _limit(indicator: str) -> str:
    primary, junior, _ = INDICATORS[indicator]
    return f"CASE stage WHEN 'primary' THEN {primary}::DOUBLE ELSE {junior}::DOUBLE END"


def _value(amount: str) -> str:
    indicator = AMOUNTS[amount]
    scale = " * 100" if indicator.endswith("_per_100") else ""
    share = " * share" if INDICATORS[indicator][2] else ""
    return f'CASE WHEN pupils > 0 THEN {amount}{share}{scale} / pupils END AS "{indicator}__value"'


def _outcome(indicator: str) -> str:
    value, limit = f'"{indicator}__value"', _limit(indicator)
    return f"""CASE WHEN {value} IS NULL THEN 'unknown'
       WHEN {value} >= {limit} - {TOLERANCE} THEN 'met'
       WHEN {value} >= {REST} * {limit} - {TOLERANCE} THEN 'tolerated'
       ELSE 'unmet' END AS "{indicator}__outcome\""""


def _how_many(outcome: str) -> str:
    return " + ".join(f"(\"{indicator}__outcome\" = '{outcome}')::INT" for indicator in INDICATORS)


# A sum passes over blanks; here a blank of any campus leaves the whole blank.
_WHOLE = "CASE WHEN count({n}) = count(*) THEN sum({n}) END AS {n}"

OPEN_SCHOOLS = """
CREATE OR REPLACE TEMP TABLE open_schools AS
SELECT school_code, county_code, school_kind, campus_of FROM school
WHERE (opened_on IS NULL OR opened_on <= make_date(getvariable('year'), 9, 1))
  AND (closed_on IS NULL OR closed_on > make_date(getvariable('year'), 9, 1))
"""

_EXPECTED = " UNION ".join(
    f"SELECT school_code, '{stage}' AS stage FROM open_schools WHERE school_kind IN {_listed(kinds)}"
    for stage, kinds in KINDS_WITH.items()
)
STAGE_ROWS = f"""
CREATE OR REPLACE TEMP TABLE stage_rows AS
WITH filed AS (
  SELECT school_code, stage, pupils,
    CASE stage WHEN 'primary' THEN teachers_associate ELSE 0 END
      + teachers_bachelor + teachers_master + teachers_doctor AS teachers,
    backbone_teachers AS backbone,
    teachers_pe + teachers_music + teachers_fine_arts + teachers_arts AS pe_arts
  FROM stage_year SEMI JOIN open_schools USING (school_code)
  WHERE school_year = getvariable('year') AND stage IN {_listed(tuple(WEIGHTS))}
)
FROM ({_EXPECTED} UNION SELECT school_code, stage FROM filed) LEFT JOIN filed USING (school_code, stage)
"""

HOMES = f"""
CREATE OR REPLACE TEMP TABLE homes AS
WITH sizes AS (
  SELECT school_code, {_WHOLE.format(n="pupils")} FROM stage_rows WHERE stage <> 'senior' GROUP BY school_code
), campuses AS (
  SELECT own.*, main.school_code IS NOT NULL
    AND (coalesce(pupils < {SMALL}, false) OR own.school_kind IN {_listed(ATTACHED)}) AS joins
  FROM open_schools own
  LEFT JOIN open_schools main ON main.school_code = own.campus_of
  LEFT JOIN sizes ON sizes.school_code = own.school_code
)
SELECT own.school_code, own.county_code, own.school_kind,
  CASE WHEN own.joins AND NOT main.joins THEN own.campus_of ELSE own.school_code END AS home
FROM campuses own LEFT JOIN campuses main ON main.school_code = own.campus_of
"""

_PUPILS = "sum(pupils) FILTER (stage = '{n}') AS sum_{n}, bool_or(pupils IS NULL AND stage = '{n}') AS blank_{n}"
ROWS = f"""
CREATE OR REPLACE TEMP TABLE judged_rows AS
WITH stages AS (
  SELECT home, stage, {_each(_WHOLE, ["pupils", *OF_STAGE])}
  FROM stage_rows JOIN homes USING (school_code) GROUP BY home, stage
), filed AS (
  SELECT school_code, teaching_area - indoor_sports_area AS teaching,
    sports_ground_area + indoor_sports_area AS sports, equipment_value AS equipment,
    multimedia_classrooms AS multimedia
  FROM school_year WHERE school_year = getvariable('year')
), facilities AS (
  SELECT home, {_each(_WHOLE, list(OF_SCHOOL))}
  FROM homes LEFT JOIN filed USING (school_code) GROUP BY home
), sums AS (
  SELECT home, {_each(_PUPILS, list(WEIGHTS))} FROM stages GROUP BY home
), enrolment AS (
  SELECT home, {_each("CASE WHEN NOT blank_{n} THEN coalesce(sum_{n}, 0) END AS pupils_{n}", list(WEIGHTS))} FROM sums
), joined AS (
  SELECT county_code, home AS school_code, stage, pupils, school_kind,
    pupils_primary + pupils_junior AS school_pupils, {_each("{n}", [*OF_STAGE, *OF_SCHOOL])},
    {" + ".join(f"{weight} * pupils_{stage}" for stage, weight in WEIGHTS.items())} AS weighted,
    CASE WHEN weighted > 0 THEN CASE stage WHEN 'primary' THEN {WEIGHTS["primary"]} * pupils_primary
      ELSE {WEIGHTS["junior"]} * pupils_junior END / weighted END AS share
  FROM stages
  JOIN (SELECT home, county_code, school_kind FROM homes WHERE school_code = home) main USING (home)
  JOIN facilities USING (home)
  JOIN enrolment USING (home)
  WHERE stage <> 'senior'
), valued AS (
  SELECT county_code, school_code, stage, pupils,
    CASE WHEN school_kind IN {_listed(SPECIAL)} THEN 0 WHEN school_kind = '361' THEN 1
         WHEN school_kind = '321' THEN 2 WHEN school_kind = '218' AND school_pupils < {SMALL} THEN 3 END AS left_out,
    {", ".join(_value(amount) for amount in AMOUNTS)}
  FROM joined
), decided AS (
  SELECT *, {", ".join(_outcome(indicator) for indicator in INDICATORS)} FROM valued
)
SELECT *, CASE WHEN left_out IS NOT NULL THEN NULL
    WHEN ({_how_many("unmet")}) > 0 OR ({_how_many("tolerated")}) > 1 THEN 'unmet'
    WHEN ({_how_many("unknown")}) > 0 THEN 'unknown'
    WHEN ({_how_many("tolerated")}) = 1 THEN 'tolerated'
    ELSE 'met' END AS outcome
FROM decided
"""

_FIRST_PASS = """count("{n}__value") FILTER (pupils > 0) AS "{n}__schools",
    count(*) FILTER ("{n}__value" IS NULL AND pupils IS DISTINCT FROM 0) AS "{n}__absent",
    sum(pupils) FILTER ("{n}__value" IS NOT NULL) AS "{n}__total",
    sum(pupils * "{n}__value") / "{n}__total" AS "{n}__mean",
    avg("{n}__value") AS "{n}__plain_mean\""""
_SECOND_PASS = """sum(pupils * ("{n}__value" - "{n}__mean") ** 2) AS "{n}__spread",
    avg(("{n}__value" - "{n}__plain_mean") ** 2) AS "{n}__plain_variance\""""


def _coefficients(indicator: str) -> str:
    limits = " ".join(f"WHEN '{stage}' THEN {limit}::DOUBLE" for stage, limit in CV_LIMITS.items())
    return f"""
SELECT county_code, stage, '{indicator}' AS indicator, "{indicator}__schools" AS schools,
  "{indicator}__absent" AS absent, "{indicator}__mean" AS mean,
  sqrt("{indicator}__spread" / "{indicator}__total") AS sd,
  CASE WHEN mean > 0 THEN sd / mean END AS cv,
  CASE WHEN "{indicator}__plain_mean" > 0 THEN sqrt("{indicator}__plain_variance") / "{indicator}__plain_mean" END
    AS plain_cv,
  CASE stage {limits} END AS limit_,
  CASE WHEN absent > 0 OR cv IS NULL THEN 'unknown' WHEN cv <= limit_ + {TOLERANCE} THEN 'met' ELSE 'unmet' END
    AS outcome
FROM totals JOIN spreads USING (county_code, stage)"""


BALANCE = f"""
CREATE OR REPLACE TEMP TABLE balance AS
WITH in_scope AS (SELECT * FROM judged_rows WHERE left_out IS NULL),
totals AS (SELECT county_code, stage, {_each(_FIRST_PASS, list(INDICATORS))} FROM in_scope GROUP BY county_code, stage),
spreads AS (
  SELECT county_code, stage, {_each(_SECOND_PASS, list(INDICATORS))}
  FROM in_scope JOIN totals USING (county_code, stage) GROUP BY county_code, stage
)
{" UNION ALL ".join(_coefficients(indicator) for indicator in INDICATORS)}
"""


class Sql:
    """DuckDB's own tables in memory, all columns of them, with floats for decimals."""

    def __init__(self, nation: Path, year: int) -> None:
        self.connection = duckdb.connect()
        self.connection.execute(f"SET VARIABLE year = {year}")
        for table in TABLES:
            read = f"read_parquet({list(map(str, files(nation, table, year)))}, union_by_name := true)"
            types = self.connection.execute(f"SELECT column_name, column_type FROM (DESCRIBE FROM {read})").fetchall()
            # Wide decimals are slow to compute with; who needs a coefficient keeps floats.
            floats = [f'"{name}"::DOUBLE AS "{name}"' for name, kind in types if kind.startswith("DECIMAL")]
            replaced = f"REPLACE ({', '.join(floats)})" if floats else ""
            self.connection.execute(f"CREATE TABLE {table} AS SELECT * {replaced} FROM {read}")

    def run(self) -> None:
        for statement in (OPEN_SCHOOLS, STAGE_ROWS, HOMES, ROWS, BALANCE):
            self.connection.execute(statement)

    def answer(self) -> tuple[Any, Any]:
        rows = self.connection.sql("FROM judged_rows").to_arrow_table()
        balance = self.connection.sql('SELECT * RENAME (limit_ AS "limit") FROM balance').to_arrow_table()
        return rows, balance
