"""The reconciliation finds what differs between forms and tables, with the cells, and says what was not read."""

import csv
import io
import json
import shutil
from dataclasses import replace
from decimal import Decimal

import polars as pl
import pytest
from openpyxl import load_workbook

from example import ROOT
from junheng.intake.read import read_file
from junheng.reporting.errors import NoFormsError
from junheng.reporting.reconciliation import Status, as_csv, as_json, reconcile
from junheng.reporting.reconciliation_book import write_reconciliation_book
from junheng.tables.catalogue import load_tables

FORMS = ROOT / "examples/forms"
SCHOOL = "9901010016"


@pytest.fixture(scope="module")
def reading():
    return read_file(FORMS / "jiaoji_flat", load_tables())


@pytest.fixture(scope="module")
def found(reading):
    return reconcile(reading)


def with_cell(reading, table, column, value, **where):
    """The same reading whose tables hold another value in one cell, as if it had been read wrongly."""
    here = pl.all_horizontal(pl.col(name) == key for name, key in where.items())
    frame = reading.dataset[table].with_columns(pl.when(here).then(pl.lit(value)).otherwise(column).alias(column))
    frames = {**reading.dataset.frames, table: frame.cast(dict(reading.dataset[table].schema))}
    return replace(reading, dataset=replace(reading.dataset, frames=frames))


def item(found, form, column):
    return next(entry for entry in found.items if (entry.form, entry.column) == (form, column))


def test_everything_agrees_where_nothing_went_wrong(found):
    assert found.agrees
    assert found.count(Status.AGREES) == len(found.items) > 100
    assert (len(found.schools), found.stored, found.rejected) == (10, 10, 0)


def test_sums_are_those_of_the_schools_in_the_form(found, reading):
    """Summed again by hand from the tables; the nine-year school stands in two files."""
    books = item(found, "小学", "books")
    rows = reading.dataset["stage_year"].filter(pl.col("stage") == "primary")
    points = reading.dataset["school"].filter(pl.col("school_kind") == "218")["school_code"]
    codes = [code for code in rows["school_code"] if code not in set(points)]
    by_hand = reading.dataset["school_year"].filter(pl.col("school_code").is_in(codes))["books"].sum()
    assert (books.schools, books.printed, books.kept) == (6, by_hand, by_hand)
    assert books.total == by_hand


def test_money_is_compared_in_yuan(found):
    value = item(found, "教学点", "equipment_value")
    sheet = load_workbook(FORMS / "jiaoji_flat/教学点.xlsx").active
    head = next(c for row in sheet.iter_rows() for c in row if c.value == "教学仪器设备资产值(万元)")
    filed = next(row[head.column - 1].value for row in sheet.iter_rows(min_row=6))
    assert value.unit == "元"
    assert value.printed == Decimal(str(filed)) * 10_000 == value.kept


def test_a_value_that_was_read_wrongly_is_found_with_its_cell(reading):
    wrong = with_cell(reading, "stage_year", "teachers_pe", 99, school_code=SCHOOL, stage="junior")
    found = reconcile(wrong)
    entry = item(found, "初中", "teachers_pe")
    assert entry.status is Status.DIFFERS
    (school,) = entry.differing
    assert (school.school_code, school.kept) == (SCHOOL, 99)
    assert school.difference == 99 - school.printed == entry.difference
    assert [cell.split("!")[0] for cell in school.cells] == ["[初中.xlsx]初中"]
    assert found.count(Status.DIFFERS) == 1
    assert not found.agrees


def test_differences_that_cancel_are_still_differences(reading):
    """Two schools wrong by one, up and down: the sums agree, the item does not."""
    rows = {row["school_code"]: row["books"] for row in reading.dataset["school_year"].iter_rows(named=True)}
    wrong = with_cell(reading, "school_year", "books", rows["9901010004"] + 1, school_code="9901010004")
    wrong = with_cell(wrong, "school_year", "books", rows["9901010028"] - 1, school_code="9901010028")
    entry = item(reconcile(wrong), "小学", "books")
    assert entry.difference == 0
    assert entry.status is Status.DIFFERS
    assert len(entry.differing) == 2


def test_an_item_that_the_tables_lack_is_unread_and_not_zero(reading):
    frame = reading.dataset["school_year"].with_columns(pl.lit(None, pl.Int64).alias("computers"))
    frames = {**reading.dataset.frames, "school_year": frame}
    found = reconcile(replace(reading, dataset=replace(reading.dataset, frames=frames)))
    entry = item(found, "小学", "computers")
    assert (entry.status, entry.kept, entry.difference) == (Status.UNREAD, None, None)


def test_schools_that_were_rejected_are_counted(tmp_path):
    """Without the supplement an export has no county codes: all schools are rejected, and all are counted."""
    shutil.copytree(FORMS / "jiaoji_flat", tmp_path / "年报")
    (tmp_path / "年报/补充表.xlsx").unlink()
    found = reconcile(read_file(tmp_path / "年报", load_tables()))
    assert (len(found.schools), found.stored, found.rejected) == (10, 0, 10)
    assert not found.agrees


def test_a_printed_total_that_is_not_the_sum_is_shown(tmp_path):
    shutil.copytree(FORMS / "jiaoji_flat", tmp_path / "年报")
    book = load_workbook(tmp_path / "年报/教学点.xlsx")
    sheet = book.active
    total = next(row for row in sheet.iter_rows() if row[0].value == "合计")
    pupils = next(cell.column for row in sheet.iter_rows() for cell in row if cell.value == "在校生数")
    total[pupils - 1].value += 5
    book.save(tmp_path / "年报/教学点.xlsx")
    entry = item(reconcile(read_file(tmp_path / "年报", load_tables())), "教学点", "pupils")
    assert entry.difference == 0
    assert entry.total_differs
    assert entry.status is Status.DIFFERS


def test_what_has_no_forms_is_refused():
    with pytest.raises(NoFormsError):
        reconcile(read_file(ROOT / "examples/worked_example.xlsx", load_tables()))


def test_document_and_table_say_the_same(found):
    document = json.loads(as_json(found))
    rows = list(csv.DictReader(io.StringIO(as_csv(found))))
    assert len(rows) == len(document["items"]) == len(found.items)
    assert [row["printed"] for row in rows] == [entry["printed"] for entry in document["items"]]
    assert document["schools"] == {"read": 10, "stored": 10, "rejected": 0}


def test_the_workbook_shows_sums_differences_and_schools(reading, tmp_path):
    wrong = with_cell(reading, "school_year", "land_area", Decimal(1), school_code=SCHOOL)
    found = reconcile(wrong)
    write_reconciliation_book(found, tmp_path / "对账表.xlsx")
    book = load_workbook(tmp_path / "对账表.xlsx")
    assert book.sheetnames == ["总览", "各项对账", "逐校差异", "学校", "报表检查"]
    items = list(book["各项对账"].iter_rows(min_row=3, values_only=True))[: len(found.items)]
    assert [row[10] for row in items].count("不符") == found.count(Status.DIFFERS) == 2  # it stands in two files
    assert {row[2] for row in book["逐校差异"].iter_rows(min_row=3, values_only=True) if row[2]} == {SCHOOL}
    assert "10 ＝ 已读入 10 ＋ 未收 0" in book["学校"]["A1"].value


def test_a_place_that_cannot_be_written(found, tmp_path):
    with pytest.raises(OSError, match="没有"):
        write_reconciliation_book(found, tmp_path / "没有" / "对账表.xlsx")
