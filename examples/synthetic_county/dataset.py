"""The whole county as typed frames, one a table, in key order."""

from __future__ import annotations

import polars as pl

from junheng.tables.catalogue import load_tables
from synthetic_county.blanks import leave_blank
from synthetic_county.county_rows import county_row, county_year_rows
from synthetic_county.enrolment import enrol
from synthetic_county.finance import finance_rows
from synthetic_county.findings import judged_rows, monitoring_rows, satisfaction_rows
from synthetic_county.further import file_further, of_county
from synthetic_county.history import look_back
from synthetic_county.plan import plan_schools
from synthetic_county.resources import furnish
from synthetic_county.row import Row
from synthetic_county.school_rows import school_rows


def make_frames(seed: int) -> dict[str, pl.DataFrame]:
    """Return the frames of the county; the same seed gives the same frames.

    Raises:
        FitError: with this seed the published figures cannot be reached.
    """
    schools = plan_schools(seed)
    enrolment = enrol(seed, schools)
    history = look_back(seed, schools, enrolment, furnish(seed, schools, enrolment))
    filed = school_rows(seed, schools, enrolment, history)
    county_years = county_year_rows(schools, filed.school_year, filed.stage_year)
    file_further(seed, schools, filed.school_year, filed.stage_year, filed.class_)
    of_county(county_years, filed.stage_year)
    leave_blank(schools, filed.school_year, filed.stage_year)
    rows: dict[str, list[Row]] = {
        "county": [county_row()],
        "school": filed.school,
        "school_year": filed.school_year,
        "stage_year": filed.stage_year,
        "class": filed.class_,
        "county_year": county_years,
        "finance_year": finance_rows(),
        "judged_item": judged_rows(),
        "satisfaction": satisfaction_rows(),
        "monitoring": monitoring_rows(),
    }
    return {name: _frame(name, table_rows) for name, table_rows in rows.items()}


def _frame(name: str, rows: list[Row]) -> pl.DataFrame:
    table = load_tables()[name]
    unknown = {column for row in rows for column in row} - set(table.columns)
    if unknown:
        raise KeyError(f"{name}: {sorted(unknown)}")
    columns = {column: [row.get(column) for row in rows] for column in table.columns}
    return pl.DataFrame(columns, schema=table.schema).sort(table.key, maintain_order=True)
