"""A campus that is filed by itself names its main school, which stands in another filing."""

from __future__ import annotations

from junheng.web.filings.selectors import checked
from web.conftest import fill_soundly


def campus(cast, of: str):
    filing = fill_soundly(cast.filing())
    row = filing.rows.get(table="school")
    row.values |= {"campus_of": of, "counted": "否"}
    row.save()
    return cast.filing()


def test_a_campus_of_a_school_of_the_county_is_sound(cast):
    assert checked(campus(cast, cast.neighbour.code)).errors == 0


def test_a_campus_of_a_school_that_nobody_knows_is_an_error_at_its_cell(cast):
    [error] = [entry for entry in checked(campus(cast, "9901019999")).findings if entry.is_error]
    assert (error.table, error.column, error.finding.value) == ("school", "campus_of", "9901019999")
