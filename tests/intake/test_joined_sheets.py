"""Rows of one table from several sheets: put together column by column, or said to disagree."""

from pathlib import Path

import openpyxl
import pytest

from junheng import workflow
from junheng.intake.asked import template_columns
from junheng.intake.read import read_file
from junheng.standards.library import load_standard
from junheng.store.snapshot import Store
from junheng.tables.finding import blocking

EXAMPLE = Path(__file__).parents[2] / "examples/county.xlsx"
KEY = ["学校标识码", "学年"]
BOOKS, AREA, NOTE = "图书册数（册）", "教学及辅助用房面积（㎡）", "填报说明"


@pytest.fixture
def read(tmp_path, tables):
    """Read a folder of workbooks with one sheet each, given as name → rows."""

    def reading(sheet="办学条件", **files):
        folder = tmp_path / "各单位"
        folder.mkdir(exist_ok=True)
        for name, rows in files.items():
            book = openpyxl.Workbook()
            book.active.title = sheet
            for row in rows:
                book.active.append(row)
            book.save(folder / f"{name}.xlsx")
        return read_file(folder, tables)

    return reading


def told(reading, code):
    return [finding for finding in reading.findings if finding.check == code]


def test_columns_of_two_offices_make_one_row(read):
    one, other = [[*KEY, BOOKS], ["3401", 2025, 4000]], [[*KEY, AREA], ["3402", 2025, 2], ["3401", 2025, 3000]]
    reading = read(甲=one, 乙=other)
    frame = reading.dataset["school_year"]
    assert frame.select("school_code", "books", "teaching_area").rows() == [("3401", 4000, 3000), ("3402", None, 2)]
    assert reading.dataset.cell("school_year", 0, "books") == "[甲.xlsx]办学条件!C2"
    assert reading.dataset.cell("school_year", 0, "teaching_area") == "[乙.xlsx]办学条件!C3"
    assert told(reading, "JH-F101") == told(reading, "JH-F050") == []


def test_equal_values_agree_and_blanks_are_filled(read):
    rows = [[*KEY, BOOKS, AREA], ["3401", 2025, 4000, None]]
    reading = read(甲=rows, 乙=[rows[0], ["3401", 2025, "4,000", 3000]])
    assert reading.dataset["school_year"].select("books", "teaching_area").rows() == [(4000, 3000)]
    assert reading.dataset.cell("school_year", 0, "teaching_area") == "[乙.xlsx]办学条件!D2"
    assert told(reading, "JH-F050") == []


def test_a_check_points_at_the_sheet_that_holds_the_value(read):
    reading = read(甲=[[*KEY, AREA], ["3401", 2025, 30]], 乙=[[*KEY, "室内体育用房面积（㎡）"], ["3401", 2025, 40]])
    (found,) = told(reading, "JH-F123")
    assert found.cell == "[乙.xlsx]办学条件!C2"
    assert found.value == "40"


def test_two_values_name_both_cells(read):
    reading = read(甲=[[*KEY, BOOKS], ["3401", 2025, 4000]], 乙=[[*KEY, BOOKS], ["3401", 2025, 4001]])
    (found,) = blocking(told(reading, "JH-F050"))
    cells = {"[甲.xlsx]办学条件!C2", "[乙.xlsx]办学条件!C2"}
    assert found.cell in cells
    assert (cells - {found.cell}).pop() in found.message
    assert "4000 册" in found.message
    assert "4001 册" in found.message


def test_notes_of_offices_stand_one_after_the_other(read):
    reading = read(
        甲=[[*KEY, BOOKS, NOTE], ["3401", 2025, 1, "搬迁"]], 乙=[[*KEY, AREA, NOTE], ["3401", 2025, 2, "扩建"]]
    )
    assert set(reading.dataset["school_year"]["note"][0].split("；")) == {"搬迁", "扩建"}


def test_a_row_twice_in_one_sheet_is_not_joined_with_anything(read):
    reading = read(甲=[[*KEY, BOOKS], ["3401", 2025, 1], ["3401", 2025, 1]], 乙=[[*KEY, AREA], ["3401", 2025, 2]])
    assert reading.dataset["school_year"].height == 3
    assert len(told(reading, "JH-F101")) == 3


def test_what_a_row_must_have_may_stand_in_another_sheet(read):
    head = ["学校标识码", "学校名称", "县代码", "办学类型", "城乡分类", "举办者", "是否寄宿制"]
    one = [head[:4], ["3401", "一小", "340299", "小学"], ["3402", "二小", "340299", "小学"]]
    other = [[head[0], *head[4:]], ["3401", "城区", "本县政府", "否"], ["3402", "城区", "本县政府", None]]
    reading = read(sheet="学校名录", 甲=one, 乙=other)
    assert reading.dataset["school"]["school_name"].to_list() == ["一小"]
    assert [(found.check, found.cell) for found in blocking(reading.findings)] == [
        ("JH-F010", "[乙.xlsx]学校名录!D3"),
    ]
    assert [(tally.read, tally.kept, tally.rejected) for tally in reading.tally] == [(2, 1, 1), (2, 1, 1)]


def test_a_column_that_no_sheet_has_is_missed_once(read):
    rows = [["学校标识码", "学校名称", "县代码", "办学类型"], ["3401", "一小", "340299", "小学"]]
    other = [["学校标识码", "城乡分类", "举办者"], ["3401", "城区", "本县政府"]]
    assert [f.message for f in told(read(sheet="学校名录", 甲=rows, 乙=other), "JH-F006") if "寄宿" in f.message] != []


def test_the_templates_of_all_offices_make_the_whole_again(tmp_path, tables):
    """Each office fills its part of the example county; read together they are the county."""
    standard = load_standard("CN/youzhi_2017")
    county = workflow.load(EXAMPLE, store=Store(tmp_path / "store"))
    columns = template_columns(standard, tables)
    folder = tmp_path / "各单位"
    folder.mkdir()
    for office in {column.filled_by for name in columns for column in tables[name].columns.values()}:
        workflow.template("CN/youzhi_2017", folder / f"{office}.xlsx", dataset=county, filled_by=office)
    reading = read_file(folder, workflow.tables_for(standard))
    assert told(reading, "JH-F050") == told(reading, "JH-F101") == []
    for name in columns:
        assert reading.dataset[name].height == county[name].height, name
