"""The inputs of the example county's plan are what their command makes, and fit the county and its standard."""

from decimal import Decimal
from pathlib import Path

import polars as pl

from example import county_judgement
from junheng.intake.read import read_file
from junheng.planning.resources.filed import missing_values
from junheng.tables.catalogue import planning_tables

FILE = Path(__file__).parents[3] / "examples/plan_inputs.xlsx"


def test_committed_inputs_read_back_as_made():
    from make_plan_inputs import make_rows

    tables = planning_tables("resources")
    reading = read_file(FILE, tables)
    assert not reading.blocked
    for name, rows in make_rows().items():
        frame = pl.DataFrame(rows, schema=tables[name].schema)
        assert reading.dataset[name].equals(frame.sort(tables[name].key)), name


def test_the_one_value_that_the_county_lacks_is_supposed():
    supposed = read_file(FILE, planning_tables("resources")).dataset["supposed"].to_dicts()
    ((school, stage, _),) = missing_values(county_judgement(), "990101")
    assert [(row["school_code"], row["stage"], row["value"]) for row in supposed] == [(school, stage, Decimal(3))]
