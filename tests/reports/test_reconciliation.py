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


def damaged(tmp_path, kind, file, change):
    """A copy of an example folder in which one workbook was changed."""
    folder = tmp_path / "年报"
    shutil.copytree(FORMS / kind, folder)
    book = load_workbook(folder / file)
    change(book)
    book.save(folder / file)
    return reconcile(read_file(folder, load_tables()))


def head_of(sheet, start):
    return next(cell for row in sheet.iter_rows() for cell in row if str(cell.value).startswith(start))


def schools_below(sheet, head):
    """The cells of a column in the rows of schools, the total row left out."""
    code = head_of(sheet, "学校（机构）标识码").column
    rows = sheet.iter_rows(min_row=head.row + 1)
    return [row[head.column - 1] for row in rows if str(row[code - 1].value).startswith("99")]


def money_in_yuan(book):
    head = head_of(book.active, "教学仪器设备资产值")
    for cell in schools_below(book.active, head):
        cell.value *= 10_000


def shifted_right(book):
    sheet = book.active
    head = head_of(sheet, "教学仪器设备资产值")
    for cell in schools_below(sheet, head):
        for column in range(sheet.max_column, 8, -1):
            sheet.cell(cell.row, column).value = sheet.cell(cell.row, column - 1).value


def first_school_says(value):
    def change(book):
        schools_below(book.active, head_of(book.active, "教学仪器设备资产值"))[0].value = value

    return change


def cell_says(sheet, cell, value):
    def change(book):
        book[sheet][cell].value = value

    return change


def test_refused_schools_of_an_export_are_counted_and_named(tmp_path):
    """Six rows are refused; the nine-year school among them is still read from its other export."""
    found = damaged(tmp_path, "jiaoji_flat", "小学.xlsx", money_in_yuan)
    assert (len(found.schools), found.stored, found.rejected) == (10, 5, 5)
    assert all(school.school_code for school in found.schools)
    (refused,) = found.refused
    assert (refused.read, refused.kept, refused.rejected) == (6, 0, 6)
    assert found.conclusion == "不能对账完"
    books = item(found, "小学", "books")
    assert (books.status, books.printed, len(books.unread)) == (Status.UNREAD, None, 6)
    assert not [entry for entry in found.items if entry.form == "小学" and entry.status is Status.AGREES]


@pytest.mark.parametrize("value", [99999999, "无"])
def test_one_bad_row_of_an_export(tmp_path, value):
    found = damaged(tmp_path, "jiaoji_flat", "小学.xlsx", first_school_says(value))
    assert (len(found.schools), found.stored, found.rejected) == (10, 9, 1)
    (refused,) = found.refused
    assert (refused.read, refused.kept, refused.rejected) == (6, 5, 1)
    money = item(found, "小学", "equipment_value")
    assert money.status is Status.UNREAD  # and not 不符, though the printed total holds the refused row
    sheet = load_workbook(FORMS / "jiaoji_flat/小学.xlsx").active
    cell = schools_below(sheet, head_of(sheet, "教学仪器设备资产值"))[0]
    assert money.unread == (f"[小学.xlsx]小学!{cell.coordinate}",)
    assert any(finding.cell == money.unread[0] for finding in found.findings)
    assert not found.agrees


def test_a_refused_row_of_which_nothing_else_speaks_is_counted_by_its_place(tmp_path):
    """A supplement that does not list the school leaves only the row to go by."""
    folder = tmp_path / "年报"
    shutil.copytree(FORMS / "jiaoji_flat", folder)
    export, supplement = load_workbook(folder / "小学.xlsx"), load_workbook(folder / "补充表.xlsx")
    first_school_says("无")(export)
    code = head_of(export.active, "学校（机构）标识码").column
    row = schools_below(export.active, head_of(export.active, "教学仪器设备资产值"))[0].row
    gone = export.active.cell(row, code).value
    for sheet in supplement:
        for line in sorted((r[0].row for r in sheet.iter_rows() if r[0].value == gone), reverse=True):
            sheet.delete_rows(line)
    export.save(folder / "小学.xlsx")
    supplement.save(folder / "补充表.xlsx")
    found = reconcile(read_file(folder, load_tables()))
    assert (len(found.schools), found.stored, found.rejected) == (10, 9, 1)
    (lost,) = [school for school in found.schools if not school.kept]
    assert f"第 {row} 行" in lost.school_name


def test_shifted_columns(tmp_path):
    found = damaged(tmp_path, "jiaoji_flat", "小学.xlsx", shifted_right)
    assert found.refused[0].rejected > 0
    assert found.rejected > 0
    assert found.conclusion == "不能对账完"
    assert {entry.status for entry in found.items if entry.form == "小学"} <= {Status.UNREAD, Status.DIFFERS}


def test_a_renamed_head_of_an_export_is_unread(tmp_path):
    sheet = load_workbook(FORMS / "jiaoji_flat/小学.xlsx").active
    found = damaged(
        tmp_path, "jiaoji_flat", "小学.xlsx", cell_says("小学", head_of(sheet, "在校生数").coordinate, "学娃数")
    )
    entry = item(found, "小学", "pupils")
    assert (entry.status, entry.unread) == (Status.UNREAD, ("[小学.xlsx]小学",))
    assert not found.agrees
    assert "JH-F067" in {finding.check for finding in found.findings}


SECOND = "示例县第二中学.xlsx"


@pytest.mark.parametrize("value", [-5, "无", "=1+"])
def test_a_cell_of_a_form_that_does_not_read(tmp_path, value):
    found = damaged(tmp_path, "jiaoji_grid", SECOND, cell_says("教基3115", "E6", value))
    entry = next(e for e in found.items if (e.form, e.column, e.stage) == ("教基3115", "pupils", "junior"))
    assert entry.status is Status.UNREAD
    assert entry.unread == (f"[{SECOND}]教基3115!E6",)
    assert not found.agrees


@pytest.mark.parametrize(("words", "column", "blocks"), [("图书", "books", True), ("占地面积", "land_area", False)])
def test_a_renamed_row_of_a_form_is_unread(tmp_path, words, column, blocks):
    """Also where no check misses the figure: the other schools' forms have the row."""
    sheet = load_workbook(FORMS / "jiaoji_grid" / SECOND)["教基5176"]
    place = head_of(sheet, words).coordinate
    found = damaged(tmp_path, "jiaoji_grid", SECOND, cell_says("教基5176", place, "别的"))
    entry = item(found, "教基5176", column)
    assert (entry.status, entry.unread) == (Status.UNREAD, (f"[{SECOND}]教基5176",))
    assert ("JH-F052" in {finding.check for finding in found.findings}) is blocks
    assert not found.agrees


def test_a_renamed_head_of_a_form_is_unread(tmp_path):
    found = damaged(tmp_path, "jiaoji_grid", SECOND, cell_says("教基2107", "C4", "几个班"))
    assert not found.agrees
    assert any(entry.form == "教基2107" and entry.unread for entry in found.items)


def test_whatever_blocks_the_reading_is_listed(tmp_path):
    """A form that says no school fills nothing, and no figure of it is there to compare."""

    def without_code(book):
        for sheet in book:
            sheet["A2"].value = "2025/2026学年初"

    found = damaged(tmp_path, "jiaoji_grid", SECOND, without_code)
    assert not found.agrees
    assert found.conclusion == "不能对账完"
    assert any(finding.blocks for finding in found.findings)


@pytest.mark.parametrize("changed", [False, True])
def test_a_file_sent_twice_does_not_count_twice(tmp_path, found, changed):
    """The copy as it is, and as a spreadsheet saved it again: the sums are those of one, and it is said."""
    folder = tmp_path / "年报"
    shutil.copytree(FORMS / "jiaoji_flat", folder)
    shutil.copy(folder / "小学.xlsx", folder / "小学(1).xlsx")
    if changed:
        book = load_workbook(folder / "小学(1).xlsx")
        book.properties.title = "另存"
        book.save(folder / "小学(1).xlsx")
    twice = reconcile(read_file(folder, load_tables()))
    assert len(twice.repeated) == 1
    assert all("小学" in name for name in twice.repeated[0])
    assert [(e.printed, e.kept) for e in sorted(twice.items, key=str_of)] == [
        (e.printed, e.kept) for e in sorted(found.items, key=str_of)
    ]
    assert not twice.agrees
    assert any("交了两次" in obstacle for obstacle in twice.obstacles)


def str_of(entry):
    return entry.form, entry.table, entry.column, entry.stage


def test_forms_of_two_years_are_not_compared(tmp_path):
    def a_year_before(book):
        for sheet in book:
            for row in sheet.iter_rows(max_row=3):
                for cell in row:
                    if isinstance(cell.value, str):
                        cell.value = cell.value.replace("2025/2026", "2024/2025")

    found = damaged(tmp_path, "jiaoji_grid", SECOND, a_year_before)
    assert found.items == ()
    assert not found.comparable
    assert "同一学年" in found.obstacles[0]
    assert not found.agrees


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
