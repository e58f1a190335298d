"""Rows typed into a form read like the sheets of a workbook, and findings lead back to their cells."""

from __future__ import annotations

from decimal import Decimal

import pytest

from example import COUNTY
from junheng.intake.entered import Entered, as_typed
from junheng.intake.read import read_file
from junheng.tables.catalogue import load_tables


def entered(**pupils: str) -> Entered:
    row = {"school_code": "9901010001", "school_year": "2025", "stage": "小学", "pupils": "500"} | pupils
    return Entered(load_tables().demanding_nothing(), {"stage_year": [row]})


def test_the_example_county_typed_cell_by_cell_is_the_same_dataset():
    tables = load_tables()
    filed = read_file(COUNTY, tables).dataset
    rows = {
        name: [
            {column.name: as_typed(column, row[column.name]) for column in tables[name].columns.values()}
            for row in frame.iter_rows(named=True)
        ]
        for name, frame in filed.frames.items()
    }
    read = Entered(tables, rows).read("typed").dataset
    assert all(read[name].equals(frame) for name, frame in filed.frames.items())


def test_a_finding_leads_back_to_the_row_and_the_column():
    form = entered(pupils="五百")
    [finding] = [entry for entry in form.read("typed").findings if entry.value == "五百"]
    assert form.locate(finding.cell) == ("stage_year", 0, "pupils")


def test_a_finding_about_the_whole_table_leads_to_the_table():
    assert entered().locate("学段情况") == ("stage_year", None, "")


def test_an_address_of_another_sheet_is_refused():
    with pytest.raises(KeyError):
        entered().locate("学校名录!A2")


def test_an_amount_is_typed_in_the_unit_of_the_form():
    column = load_tables()["school_year"].columns["equipment_value"]
    assert (column.header, as_typed(column, Decimal("1234500"))) == ("教学仪器设备资产值（万元）", "123.45")


def test_a_blank_cell_stays_missing():
    dataset = entered(pupils="").read("typed").dataset
    assert dataset["stage_year"]["pupils"].to_list() == [None]
