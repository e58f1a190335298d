"""Nothing that a school filed is computed when its table is opened in a spreadsheet."""

from dataclasses import replace

import polars as pl
import pytest

from example import ROOT, county_judgement
from junheng.intake.read import read_file
from junheng.reporting.csv_text import csv_text, never_computed
from junheng.reporting.reconciliation import as_csv, reconcile
from junheng.reporting.several import long_csv_of_all
from junheng.tables.catalogue import load_tables


@pytest.mark.parametrize("text", ["=HYPERLINK(1)", "+1+1", "-1-1", "@SUM(1)", "\t=1", "\r=1", "-"])
def test_what_begins_like_a_formula_becomes_text(text):
    assert never_computed(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "城关镇", "-3", "+3.5", "1=1", "3:2"])
def test_names_and_numbers_stay_as_they_are(text):
    assert never_computed(text) == text


def test_a_blank_cell_is_blank_and_a_comma_is_quoted():
    assert csv_text(["乡镇", "人"], [["东,西", -1], [None, 2.5]]) == '乡镇,人\n"东,西",-1\n,2.5\n'


def test_a_name_of_two_lines_stays_in_its_row():
    judgement = county_judgement()
    broken = replace(judgement, rows=judgement.rows.with_columns(school_name=pl.lit("第一\n小学")))
    table = pl.read_csv(long_csv_of_all([broken, judgement]).encode(), infer_schema=False)
    assert table.height == 2 * judgement.rows.height * 7
    assert set(table["standard"]) == {"CN/youzhi_2017"}


def test_the_words_of_a_form_are_not_computed():
    found = reconcile(read_file(ROOT / "examples/forms/jiaoji_flat", load_tables()))
    planted = replace(found, items=(replace(found.items[0], words="=1+1"),))
    assert "'=1+1" in as_csv(planted)
