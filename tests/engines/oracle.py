"""The oracle: values, means and 差异系数 of the seven (2017) and the eight (2012) as SQL written by hand, on DuckDB.

Independence is the point: nothing here is built from a standard's files, so that a slip in those shows as well.
"""

from __future__ import annotations

from typing import Any

import duckdb

from junheng.tables.dataset import Dataset

Row = dict[str, Any]

_PREPARE = """
CREATE MACRO whole(x) AS CASE WHEN count(*) = count(x) THEN sum(x) END;

CREATE TABLE kind_stage (kind VARCHAR, stage VARCHAR);
INSERT INTO kind_stage VALUES
  ('211', 'primary'), ('212', 'primary'), ('213', 'primary'), ('218', 'primary'), ('219', 'primary'),
  ('311', 'junior'), ('312', 'primary'), ('312', 'junior'), ('313', 'junior'), ('314', 'primary'), ('314', 'junior'),
  ('319', 'junior'), ('321', 'junior'), ('341', 'junior'), ('341', 'senior'), ('342', 'senior'), ('343', 'junior'),
  ('343', 'senior'), ('344', 'senior'), ('345', 'primary'), ('345', 'junior'), ('345', 'senior'), ('371', 'junior');

-- Open on 1 September of the year.
CREATE TABLE open_school AS
SELECT * FROM school
WHERE (opened_on IS NULL OR opened_on <= make_date($year, 9, 1))
  AND (closed_on IS NULL OR closed_on > make_date($year, 9, 1));

-- Every stage a kind should have, and every stage that was filed.
CREATE TABLE stage_row AS
WITH due AS (
  SELECT s.school_code, k.stage FROM open_school s JOIN kind_stage k ON k.kind = s.school_kind
  UNION
  SELECT f.school_code, f.stage FROM stage_year f JOIN open_school USING (school_code) WHERE f.school_year = $year
)
SELECT due.school_code, due.stage, f.* EXCLUDE (school_code, stage, school_year)
FROM due LEFT JOIN stage_year f
  ON f.school_code = due.school_code AND f.stage = due.stage AND f.school_year = $year;
"""

_JOINS_2017 = """
CREATE TABLE joining AS
WITH size AS (
  SELECT school_code, whole(pupils) AS pupils FROM stage_row WHERE stage <> 'senior' GROUP BY school_code
)
SELECT s.school_code, s.campus_of FROM open_school s LEFT JOIN size USING (school_code)
WHERE s.campus_of IN (SELECT school_code FROM open_school)
  AND (size.pupils < 50 OR s.school_kind IN ('219', '319', '518', '519'));
"""

_JOINS_2012 = """
CREATE TABLE joining AS
SELECT school_code, campus_of FROM open_school WHERE campus_of IN (SELECT school_code FROM open_school);
"""

_ROWS = """
CREATE TABLE home AS
SELECT s.school_code, CASE WHEN j.campus_of IS NOT NULL AND j.campus_of NOT IN (SELECT school_code FROM joining)
                           THEN j.campus_of ELSE s.school_code END AS home
FROM open_school s LEFT JOIN joining j USING (school_code);

CREATE TABLE premises AS
SELECT home, whole(teaching_area)::DOUBLE AS teaching_area, whole(indoor_sports_area)::DOUBLE AS indoor,
       whole(sports_ground_area)::DOUBLE AS ground, whole(equipment_value)::DOUBLE AS equipment,
       whole(multimedia_classrooms)::DOUBLE AS multimedia, whole(computers)::DOUBLE AS computers,
       whole(books)::DOUBLE AS books
FROM home LEFT JOIN (SELECT * FROM school_year WHERE school_year = $year) USING (school_code) GROUP BY home;

CREATE TABLE staffed AS
SELECT home, stage, whole(pupils)::DOUBLE AS pupils, whole(teachers)::DOUBLE AS teachers,
       whole(teachers_associate)::DOUBLE AS associate, whole(teachers_bachelor)::DOUBLE AS bachelor,
       whole(teachers_master)::DOUBLE AS master, whole(teachers_doctor)::DOUBLE AS doctor,
       whole(backbone_teachers)::DOUBLE AS backbone, whole(teachers_pe)::DOUBLE AS pe,
       whole(teachers_music)::DOUBLE AS music, whole(teachers_fine_arts)::DOUBLE AS fine_arts,
       whole(teachers_arts)::DOUBLE AS arts, whole(teachers_mid_title)::DOUBLE AS mid_title,
       whole(teachers_senior_title)::DOUBLE AS senior_title
FROM stage_row JOIN home USING (school_code) GROUP BY home, stage;

-- A stage that a school does not have counts nobody; one that was not filed is unknown.
CREATE TABLE enrolled AS
SELECT home, p_blank, j_blank,
       CASE WHEN NOT p_blank THEN p END AS p,
       CASE WHEN NOT j_blank THEN j END AS j,
       CASE WHEN NOT s_blank THEN s END AS s
FROM (
  SELECT home,
         coalesce(sum(pupils) FILTER (stage = 'primary'), 0) AS p,
         coalesce(sum(pupils) FILTER (stage = 'junior'), 0) AS j,
         coalesce(sum(pupils) FILTER (stage = 'senior'), 0) AS s,
         count(*) FILTER (stage = 'primary' AND pupils IS NULL) > 0 AS p_blank,
         count(*) FILTER (stage = 'junior' AND pupils IS NULL) > 0 AS j_blank,
         count(*) FILTER (stage = 'senior' AND pupils IS NULL) > 0 AS s_blank
  FROM staffed GROUP BY home
);

CREATE TABLE judged AS
SELECT m.county_code, t.home AS school_code, t.stage, m.school_kind, m.operator, t.pupils, e.p + e.j AS school_pupils,
       CASE WHEN t.pupils > 0 THEN t.pupils END AS heads,
       CASE t.stage WHEN 'primary' THEN e.p ELSE 1.1::DOUBLE * e.j END
         / nullif(e.p + 1.1::DOUBLE * e.j + 1.32::DOUBLE * e.s, 0) AS part,
       t.* EXCLUDE (home, stage, pupils), f.* EXCLUDE (home)
FROM staffed t
JOIN open_school m ON m.school_code = t.home
JOIN enrolled e ON e.home = t.home
JOIN premises f ON f.home = t.home
WHERE t.stage IN ('primary', 'junior');
"""

_VALUES_2017 = """
CREATE TABLE valued AS
SELECT county_code, school_code, stage, pupils,
       NOT coalesce(school_kind IN ('511', '512', '513', '514', '518', '519', '361', '321'), false)
         AND NOT coalesce(school_kind = '218' AND school_pupils < 50, false) AS counts,
       (CASE stage WHEN 'primary' THEN associate ELSE 0 END + bachelor + master + doctor) / heads * 100
         AS teachers_above_required_education_per_100,
       backbone / heads * 100 AS backbone_teachers_per_100,
       (pe + music + fine_arts + arts) / heads * 100 AS pe_arts_teachers_per_100,
       (teaching_area - indoor) * part / heads AS teaching_area_per_pupil,
       (ground + indoor) * part / heads AS sports_area_per_pupil,
       equipment * part / heads AS equipment_value_per_pupil,
       multimedia * part / heads * 100 AS multimedia_classrooms_per_100
FROM judged;
"""

_VALUES_2012 = """
CREATE TABLE valued AS
SELECT county_code, school_code, stage, pupils,
       coalesce(operator = 'county', true)
         AND NOT coalesce(school_kind IN ('218', '511', '512', '513', '514', '518', '519'), false) AS counts,
       (teaching_area - indoor) * part / heads AS teaching_area_per_pupil,
       (ground + indoor) * part / heads AS sports_area_per_pupil,
       equipment * part / heads AS equipment_value_per_pupil,
       computers * part / heads * 100 AS computers_per_100,
       books * part / heads AS books_per_pupil,
       teachers / heads AS teachers_per_pupil,
       (CASE stage WHEN 'primary' THEN associate ELSE 0 END + bachelor + master + doctor) / heads
         AS teachers_above_required_education_per_pupil,
       (mid_title + senior_title) / heads AS teachers_mid_title_and_above_per_pupil
FROM judged;
"""

_BALANCE = """
CREATE TABLE long AS
SELECT * FROM valued
UNPIVOT INCLUDE NULLS (x FOR indicator IN (COLUMNS(* EXCLUDE (county_code, school_code, stage, pupils, counts))));

CREATE TABLE mean AS
SELECT county_code, stage, indicator, count(x) FILTER (pupils > 0) AS schools,
       count(*) FILTER (x IS NULL AND pupils IS DISTINCT FROM 0) AS absent,
       sum(pupils * x) / nullif(sum(pupils) FILTER (x IS NOT NULL), 0) AS mean, avg(x) AS plain_mean
FROM long WHERE counts GROUP BY ALL;

CREATE TABLE balance AS
SELECT county_code, stage, indicator, any_value(schools) AS schools, any_value(absent) AS absent,
       any_value(mean) AS mean,
       sqrt(sum(pupils * (x - mean) ** 2) / nullif(sum(pupils) FILTER (x IS NOT NULL), 0)) AS sd,
       CASE WHEN any_value(mean) > 0 THEN sd / any_value(mean) END AS cv,
       CASE WHEN any_value(plain_mean) > 0 THEN sqrt(avg((x - plain_mean) ** 2)) / any_value(plain_mean) END AS plain_cv
FROM long JOIN mean USING (county_code, stage, indicator) WHERE counts GROUP BY ALL;
"""

SCRIPTS = {
    "CN/youzhi_2017": (_JOINS_2017, _VALUES_2017),
    "CN/jiben_2012": (_JOINS_2012, _VALUES_2012),
}


def ask(dataset: Dataset, standard: str, year: int) -> tuple[list[Row], list[Row]]:
    """Rows of values (a school, stage and indicator each, with ``counts``) and of balance, from the filed tables."""
    joins, values = SCRIPTS[standard]
    with duckdb.connect() as connection:
        for name in ("school", "school_year", "stage_year"):
            connection.register(name, dataset[name].to_arrow())
        for statement in (_PREPARE, joins, _ROWS, values, _BALANCE):
            connection.execute(statement.replace("$year", str(year)))
        return _rows(connection, "FROM long"), _rows(connection, "FROM balance")


def _rows(connection: duckdb.DuckDBPyConnection, query: str) -> list[Row]:
    result = connection.execute(query)
    names = [column[0] for column in result.description]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]
