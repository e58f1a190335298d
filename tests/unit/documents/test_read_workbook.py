"""A workbook is a table a sheet, with the cells as people see them."""

from __future__ import annotations

import io
from datetime import date

import xlsxwriter

from junheng.documents.document import Kind
from junheng.documents.workbook import read_workbook
from unit.documents.written_files import table_of, words_of


def workbook(write) -> bytes:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    write(book)
    book.close()
    return file.getvalue()


def test_sheets_are_tables_below_their_names():
    def write(book):
        book.add_worksheet("教师").write_row(0, 0, ["学校", "人数"])
        book.add_worksheet("空表")
        hidden = book.add_worksheet("底稿")
        hidden.write(0, 0, 99)
        hidden.hide()
        book.add_worksheet("学生").write(3, 2, 120)

    read = read_workbook("a.xlsx", workbook(write))
    assert words_of(read) == ["教师", "学校", "人数", "学生", "120"]
    assert [piece.kind for piece in read.pieces].count(Kind.HEADING) == 2
    assert table_of(read)[2, 3, 2, 1, 1] == "120"
    assert read.pieces[-1].place == "工作表“学生”C4"


def test_numbers_percentages_dates_and_results_are_as_they_are_shown():
    def write(book):
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, [12.0, 0.29, 1234567.5, 1e-7, True])
        sheet.write(1, 0, 0.125, book.add_format({"num_format": "0.0%"}))
        sheet.write(1, 1, 0.07, book.add_format({"num_format": 9}))
        sheet.write_datetime(1, 2, date(2025, 9, 1), book.add_format({"num_format": 'yyyy"年"m"月"'}))
        sheet.write(1, 3, 45000, book.add_format({"num_format": '#,##0"day"'}))
        sheet.write_formula(1, 4, "=A1*2", None, 24)
        sheet.write_formula(1, 5, "=1/0", None, "#DIV/0!")
        sheet.write_rich_string(2, 0, "小学", book.add_format({"bold": True}), "12", "所")

    assert words_of(read_workbook("a.xlsx", workbook(write)))[1:] == [
        "12", "0.29", "1234567.5", "0.0000001", "TRUE",
        "12.5%", "7%", "2025-09-01", "45000", "24", "#DIV/0!", "小学12所",
    ]  # fmt: skip


def test_a_merged_range_is_one_cell_and_one_far_away_costs_nothing():
    def write(book):
        sheet = book.add_worksheet()
        sheet.merge_range(0, 0, 1, 2, "合计")
        sheet.write(200_000, 16_383, 7)

    cells = table_of(read_workbook("a.xlsx", workbook(write)))
    assert cells == {(1, 0, 0, 2, 3): "合计", (1, 200_000, 16_383, 1, 1): "7"}
