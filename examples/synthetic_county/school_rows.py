"""The rows that schools file: the list of schools, premises, stages, classes."""

from __future__ import annotations

from dataclasses import dataclass, field

from synthetic_county.classes import make_classes
from synthetic_county.enrolment import LATEST, YEARS, Enrolment
from synthetic_county.history import History
from synthetic_county.plan import COUNTY_CODE, School
from synthetic_county.premises import premises_row
from synthetic_county.pupils_filed import boarders, pupils_row
from synthetic_county.row import Row
from synthetic_county.teaching_staff import staff_row

NEW_SCHOOL_NOTE = "2024年9月新开办，逐年招生，学生和教师较上年增加"


@dataclass
class SchoolRows:
    """Rows by table."""

    school: list[Row] = field(default_factory=list)
    school_year: list[Row] = field(default_factory=list)
    stage_year: list[Row] = field(default_factory=list)
    class_: list[Row] = field(default_factory=list)


def school_rows(seed: int, schools: list[School], enrolment: Enrolment, history: History) -> SchoolRows:
    """Return all rows of all schools, for the years they were open; classes for the latest year only."""
    rows = SchoolRows()
    for school in schools:
        rows.school.append(_master_row(school))
        for year in (year for year in YEARS if school.is_open_in(year)):
            _add_year(rows, seed, school, year, enrolment, history)
    return rows


def _master_row(school: School) -> Row:
    return {
        "school_code": school.code,
        "school_name": school.name,
        "county_code": COUNTY_CODE,
        "town": school.town,
        "school_kind": school.kind,
        "location": school.location,
        "operator": school.operator,
        "boarding": school.boarding,
        "campus_of": school.campus_of,
        "counted": school.campus_of is None,
        "opened_on": school.opened_on,
        "closed_on": school.closed_on,
        "built_year": school.built_year,
        "dense_centre": False,
        "mountain_or_lake": school.town == "云岭镇",
    }


def _add_year(rows: SchoolRows, seed: int, school: School, year: int, enrolment: Enrolment, history: History) -> None:
    key: Row = {"school_code": school.code, "school_year": year}
    note = NEW_SCHOOL_NOTE if school.opened_on.year == 2024 and year == LATEST else None
    classes = make_classes(seed, school, enrolment, year)
    pupils = {stage: enrolment.pupils(school.code, stage, year) for stage in school.pupils}
    teachers = migrants = 0
    for stage in school.pupils:
        row = key | {"stage": stage}
        if stage == "senior":
            row |= {"pupils": pupils[stage], "boarders": boarders(seed, school, stage, pupils[stage])}
        else:
            amounts = history.teachers[school.code, stage, year]
            staff = staff_row(seed, school, stage, year, pupils[stage], amounts)
            row |= pupils_row(seed, school, stage, year, enrolment, classes[stage]) | staff
            teachers += staff["teachers"]
            migrants += row["migrant_pupils"]
        rows.stage_year.append(row | {"note": note})
    in_all = sum(boarders(seed, school, stage, number) for stage, number in pupils.items())
    number_of_classes = sum(map(len, classes.values()))
    amounts, latest = history.facilities[school.code, year], history.facilities[school.code, LATEST]
    premises = premises_row(seed, school, year, pupils, number_of_classes, in_all, migrants, teachers, amounts, latest)
    rows.school_year.append(key | premises | {"note": note})
    if year == LATEST:
        rows.class_.extend(
            key | {"stage": stage, "grade": one.grade, "class_name": one.name, "pupils": one.pupils}
            for stage, ones in classes.items()
            for one in ones
        )
