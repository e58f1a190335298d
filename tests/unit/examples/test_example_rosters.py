"""The example rosters are what their command makes, and agree with the county but for what is planted in them."""

import polars as pl
import pytest

from example import COUNTY, ROOT, county_dataset
from junheng.intake.read import read_file
from junheng.reporting.rosters.comparison import Status
from junheng.tables.catalogue import roster_tables
from junheng.workflow.rosters import compare_rosters, load_rosters

pytestmark = pytest.mark.slow


def test_the_example_reads_back_as_made_and_differs_where_planted():
    from make_rosters import SEED, make_rows

    tables = roster_tables()
    reading = read_file(ROOT / "examples/teachers.xlsx", tables)
    for name, rows in make_rows(SEED).items():
        frame = pl.DataFrame(rows, schema=tables[name].schema)
        assert reading.dataset[name].equals(frame.sort(tables[name].key)), name
    assert sorted(finding.check for finding in reading.findings) == ["JH-F160", "JH-F181", "JH-F181"]
    found = compare_rosters(reading.dataset, county_dataset())
    where = {(entry.school_name, entry.status) for entry in found.differences if entry.status is not Status.BLANK}
    assert where == {
        ("示例县第一小学", Status.DIFFERS),
        ("示例县第二小学", Status.OPEN),
        ("示例县第三小学", Status.DIFFERS),
        ("示例县第四小学", Status.DIFFERS),
    }
    assert found.agreeing > 5000


def test_the_classes_of_a_filing_are_a_roster_as_they_are():
    found = compare_rosters(load_rosters(COUNTY), county_dataset())
    assert found.differences == ()
    assert found.agreeing > 2000
