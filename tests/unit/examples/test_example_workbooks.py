"""The committed workbooks are what their commands make, and read without anything in the way."""

from pathlib import Path

import pytest

from junheng.intake.read import read_file
from junheng.tables.catalogue import load_tables
from junheng.tables.finding import Severity

EXAMPLES = Path(__file__).parents[3] / "examples"


def made(name, county):
    if name == "county":
        return county
    from make_worked_example import make_frames

    return make_frames()


@pytest.mark.parametrize("name", ["county", "worked_example"])
def test_committed_workbook_reads_back_as_made(name, county):
    reading = read_file(EXAMPLES / f"{name}.xlsx", load_tables())
    assert not reading.blocked
    for table, frame in made(name, county).items():
        assert reading.dataset[table].equals(frame), table


def test_the_county_gives_an_office_nothing_to_ask_but_its_three_explained_blanks():
    findings = read_file(EXAMPLES / "county.xlsx", load_tables()).findings
    assert [finding.severity for finding in findings] == [Severity.HINT] * 3
    assert all("没有填" in finding.message for finding in findings)


def test_committed_workbooks_are_small():
    assert all(file.stat().st_size < 1_500_000 for file in EXAMPLES.glob("*.xlsx"))
