"""Workbooks as people lay them out: titles, merged heads, unit rows, totals, notes; and cells as people type them."""

from datetime import date
from decimal import Decimal

import pytest

from junheng.intake.heads import Recogniser, find_heads
from junheng.intake.sheet import Sheet
from junheng.intake.wording import key_of, split_unit
from junheng.tables.finding import Severity

HEAD = ["学校标识码", "学年", "教学及辅助用房面积（㎡）", "教学仪器设备资产值（万元）", "图书册数（册）"]
ROW = ["3401", 2025, 3000, 12.3, 4000]
SCHOOLS = [
    ["学校标识码", "学校名称", "县代码", "办学类型", "城乡分类", "举办者", "是否寄宿制"],
    ["3401", "一小", "340299", "小学", "城区", "本县政府", "否"],
]


def codes(reading, *but):
    """Rules that were broken, without those about what a small workbook leaves out."""
    ignored = {"JH-F160", "JH-F103", "JH-F113", "JH-F102", "JH-F109", *but}
    return {finding.check for finding in reading.findings} - ignored


def value(reading, column, table="school_year", row=0):
    return reading.dataset[table][row, column]


def test_titles_and_blank_rows_above_the_head(read_rows):
    reading = read_rows(办学条件=[["某县办学条件一览表"], [], ["填报单位：某县教育局"], HEAD, [], ROW, [], []])
    assert value(reading, "books") == 4000
    assert reading.dataset.cell("school_year", 0, "books") == "办学条件!E6"
    assert codes(reading) == set()
    assert reading.tally[0].blank == 1


def test_two_level_merged_head(read_rows):
    reading = read_rows(
        merge=("A1:A2", "B1:B2", "C1:C2", "D1:D2", "E1:G1"),
        学段情况=[
            ["学校标识码", "学年", "学段", "在校生数（人）", "专任教师"],
            [None, None, None, None, "合计", "体育与健康", "音乐"],
            ["3401", 2025, "小学", 480, 32, 2, 1],
        ],
    )
    frame = reading.dataset["stage_year"]
    assert frame.select("pupils", "teachers", "teachers_pe", "teachers_music").row(0) == (480, 32, 2, 1)
    assert codes(reading) == set()


@pytest.mark.parametrize(
    ("table", "levels"),
    [
        ("学段情况", ["上学年", "在校生数"]),
        ("学段情况", ["代课教师", "音乐"]),
        ("学段情况", ["离退休教师", "本科"]),
        ("学段情况", ["专任教师", "离退休", "本科"]),
        ("学段情况", ["教职工", "本科"]),
        ("办学条件", ["危房", "教学及辅助用房"]),
        ("办学条件", ["危房情况", "教学及辅助用房", "计"]),
        ("办学条件", ["上年", "图书"]),
        ("办学条件", ["上年办学条件", "图书"]),
        ("办学条件", ["当年新增", "教学仪器设备资产值（万元）"]),
    ],
)
def test_a_level_above_that_says_something_else(tables, table, levels):
    keys = ["学校标识码", "学年", "学段"][: len(tables[{"学段情况": "stage_year"}.get(table, "school_year")].key)]
    assert heads_of(tables, table, keys, levels) == set()


@pytest.mark.parametrize(
    ("table", "levels", "column"),
    [
        ("学段情况", ["专任教师", "#按学历分", "本科"], "teachers_bachelor"),
        ("学段情况", ["专任教师", "#按授课课程分", "体育与健康"], "teachers_pe"),
        ("学段情况", ["#按授课课程分", "艺术", "音乐"], "teachers_music"),
        ("学段情况", ["专任教师", "合计"], "teachers"),
        ("学段情况", ["在校生数", "合计"], "pupils"),
        ("学段情况", ["在校生数", "其中", "寄宿生"], "boarders"),
        ("学段情况", ["班额", "26-30人"], "classes_30"),
        ("学段情况", ["学段情况", "在校生数"], "pupils"),
        ("办学条件", ["教学及辅助用房", "计"], "teaching_area"),
        ("办学条件", ["占地面积及其他办学条件", "占地面积(平方米)", "运动场地面积"], "sports_ground_area"),
        ("办学条件", ["校舍建筑面积", "其中", "教学及辅助用房"], "teaching_area"),
    ],
)
def test_a_level_above_that_only_groups(tables, table, levels, column):
    keys = ["学校标识码", "学年", "学段"][: len(tables[{"学段情况": "stage_year"}.get(table, "school_year")].key)]
    assert heads_of(tables, table, keys, levels) == {column}


def heads_of(tables, table, keys, levels):
    """What a head of these levels is read as, in full and where only its last row names the keys."""
    name = {"学段情况": "stage_year", "办学条件": "school_year"}[table]
    names = Recogniser(tables).names[name]
    start = len(keys)
    rows = [[None] * start + [level, None, "没有用处"] for level in levels]
    rows[-1][:start] = keys
    rows[-1][start + 1] = "不相干"
    merged = tuple(((row, start), (row, start + 1)) for row in range(len(levels) - 1))
    found = find_heads(Sheet("县.xlsx", table, table, [*rows, ["1"] * 3], merged=merged), names)
    parts = [key_of(split_unit(level)[0]).removeprefix("其中") for level in levels]
    alone = names.find([part for part in parts if part], table)
    return set(found.columns) - set(tables[name].key) | ({alone} - {None})


def test_a_group_above_heads_that_stand_in_one_row(read_rows):
    rows = [[None, None, None, "上学年", None], ["学校标识码", "学年", "学段", "在校生数", "班数"]]
    reading = read_rows(merge=("D1:E1",), 学段情况=[*rows, ["3401", 2025, "小学", 480, 12]])
    assert value(reading, "pupils", "stage_year") is None
    told = [finding.value for finding in reading.findings if finding.check == "JH-F004"]
    assert told == ["上学年 在校生数", "上学年 班数"]


def test_titles_and_captions_group_nothing(read_rows):
    above = [["办学条件"], ["填报单位", "某县教育局", "学年", 2025], [None, None, "二〇二五年情况表"]]
    reading = read_rows(merge=("A1:E1",), 办学条件=[*above, HEAD, ROW])
    assert value(reading, "books") == 4000
    assert value(reading, "teaching_area") == 3000


def test_units_in_a_row_of_their_own(read_rows):
    head = ["学校标识码", "学年", "教学及辅助用房面积", "教学仪器设备资产值", "图书册数"]
    reading = read_rows(办学条件=[head, [None, None, "㎡", "元", "册"], ["3401", 2025, 3000, 123000, 4000]])
    assert value(reading, "equipment_value") == 123000
    assert codes(reading) == set()


def test_one_unit_given_above_the_table(read_rows):
    head = ["学校标识码", "学年", "教学及辅助用房面积", "教学仪器设备资产值", "图书册数"]
    reading = read_rows(办学条件=[["办学条件", None, None, "单位：万元、册"], head, ROW])
    assert value(reading, "equipment_value") == 123000


def test_column_numbers_below_the_head(read_rows):
    reading = read_rows(办学条件=[HEAD, ["甲", "乙", 1, 2, 3], ROW])
    assert reading.dataset["school_year"].height == 1
    assert codes(reading) == {"JH-F029"}


@pytest.mark.parametrize(
    ("head", "written", "kept"),
    [
        ("教学仪器设备资产值（元）", 123456.78, "123456.78"),
        ("教学仪器设备资产值（千元）", 123.4, "123400"),
        ("教学仪器设备资产值(亿元)", 0.001, "100000"),
        ("教学仪器设备值/万元", 12.3, "123000"),
        ("教学仪器设备值，单位：万元", 12.3, "123000"),
    ],
)
def test_unit_of_the_head_converts_exactly(read_rows, head, written, kept):
    reading = read_rows(办学条件=[["学校标识码", "学年", head, "图书"], ["3401", 2025, written, 1]])
    assert value(reading, "equipment_value") == Decimal(kept)


def test_area_in_mu_is_rounded_and_said_once(read_rows):
    rows = [["3401", 2024 + number, 10, 1] for number in range(2)]
    reading = read_rows(办学条件=[["学校标识码", "学年", "占地面积（亩）", "图书"], *rows])
    assert value(reading, "land_area") == Decimal("6666.67")
    assert [finding.check for finding in reading.findings].count("JH-F009") == 1


def test_sheet_found_by_its_heads_whatever_its_name(read_rows):
    reading = read_rows(Sheet1=[HEAD, ROW])
    assert reading.tally[0].table == "school_year"


def test_sheet_found_by_part_of_its_name(read_rows):
    reading = read_rows(**{"2025年办学条件(终稿)": [HEAD, ROW]})
    assert reading.tally[0].table == "school_year"


def test_other_sheets_are_named_and_not_read(read_rows):
    reading = read_rows(办学条件=[HEAD, ROW], 随想=[["一", "二"], [1, 2]])
    assert [f.cell for f in reading.findings if f.check == "JH-F001"] == ["随想"]


def test_two_sheets_of_one_table_combine(read_rows):
    reading = read_rows(
        **{
            "学段情况（小学）": [["学校标识码", "学年", "学段", "在校生数"], ["3402", 2025, "小学", 100]],
            "学段情况（初中）": [["学年", "学校标识码", "学段", "在校生数"], [2025, "3401", "初中", 200]],
        }
    )
    assert reading.dataset["stage_year"]["pupils"].to_list() == [200, 100]
    assert reading.dataset.cell("stage_year", 0, "pupils") == "学段情况（初中）!D2"
    assert reading.dataset.cell("stage_year", 0, "school_code") == "学段情况（初中）!B2"


def test_total_row_is_left_out_and_reconciled(read_rows):
    rows = [["3401", 2025, 3000, 12.3, 4000], ["3402", 2025, 1000, 7.7, 1000]]
    reading = read_rows(办学条件=[HEAD, *rows, ["合  计", None, 4000, 20, 5000]])
    told = [finding for finding in reading.findings if finding.check == "JH-F027"]
    assert "3 栏与各行之和相符" in told[0].message
    assert reading.tally[0].read == reading.tally[0].kept == 2
    assert reading.tally[0].left_out == 1


def test_notes_below_the_table_are_named(read_rows):
    reading = read_rows(办学条件=[HEAD, ROW, ["注：图书不含电子图书"], ["填表人：张三", None, "审核人：李四"]])
    assert codes(reading) == {"JH-F029"}
    assert reading.tally[0].left_out == 2


def test_rows_with_only_a_code_are_said_once(read_rows):
    reading = read_rows(办学条件=[HEAD, ROW, *[[f"340{number}"] for number in range(2, 9)]])
    told = [finding for finding in reading.findings if finding.check == "JH-F030"]
    assert len(told) == 1
    assert "共 7 行" in told[0].message
    assert reading.tally[0].rejected == 0


def test_names_merged_over_several_years_count_for_each(read_rows):
    rows = [["3401", 2024, 3000, 12, 4000], [None, 2025, 3000, 12, 4000]]
    reading = read_rows(merge=("A2:A3",), 办学条件=[HEAD, *rows])
    assert reading.dataset["school_year"]["school_code"].to_list() == ["3401", "3401"]


def test_cells_as_people_type_them(read_rows):
    reading = read_rows(
        办学条件=[
            [*HEAD, "占地面积（㎡）", "土操场", "填报说明"],
            ["３４０１ ", "2025-2026学年", "3,000.50", "12.5万元", "４０００册", "3公顷", "√", " 说明 "],
        ]
    )
    frame = reading.dataset["school_year"]
    assert frame.select("school_code", "school_year", "teaching_area", "equipment_value", "books").row(0) == (
        "3401",
        2025,
        Decimal("3000.5"),
        Decimal(125000),
        4000,
    )
    assert frame.select("land_area", "dirt_ground", "note").row(0) == (Decimal(30000), True, "说明")
    assert codes(reading) == {"JH-F019"}  # 3公顷 is told; 12.5万元 is what the head says anyway


def test_dates_as_people_type_them(read_rows):
    written = ["2001/9/1", "2001.9.1", "2001年9月1日", "20010901", 20010901, 37135, date(2001, 9, 1)]
    rows = [[f"34{number:02}", f"第{number}小", *SCHOOLS[1][2:], day] for number, day in enumerate(written)]
    reading = read_rows(学校名录=[[*SCHOOLS[0], "建校日期"], *rows])
    assert set(reading.dataset["school"]["opened_on"].to_list()) == {date(2001, 9, 1)}
    assert reading.dataset["school"].height == len(written)


def test_what_is_kept_is_the_number_as_written(read_rows):
    rows = [["3401", 2025, number, 0.1, 1] for number in (0.1, 12.3, 234567.89, 1e-5)]
    reading = read_rows(办学条件=[HEAD, *[[code, *row[1:]] for code, row in zip("ABCD", rows, strict=True)]])
    kept = [str(number.normalize()) for number in reading.dataset["school_year"]["teaching_area"]]
    assert kept == ["0.1", "12.3", "234567.89", "0.00001"]
    assert set(reading.dataset["school_year"]["equipment_value"].to_list()) == {Decimal(1000)}


def test_blank_is_missing_and_never_zero(read_rows):
    reading = read_rows(办学条件=[HEAD, ["3401", 2025, None, "  ", 0]])
    assert value(reading, "teaching_area") is None
    assert value(reading, "equipment_value") is None
    assert value(reading, "books") == 0
    blank = {finding.cell: finding.severity for finding in reading.findings if finding.check == "JH-F160"}
    assert blank["办学条件!C2"] is Severity.EXPLAIN


def test_name_beside_a_wrong_code_is_noticed(read_rows):
    reading = read_rows(
        学校名录=[*SCHOOLS, ["3402", "二小", *SCHOOLS[1][2:]]],
        办学条件=[["学校标识码", "学校名称", "学年", "图书"], ["3401", "二小", 2025, 10], ["3402", "二小", 2025, 10]],
    )
    told = [finding for finding in reading.findings if finding.check == "JH-F034"]
    assert [finding.cell for finding in told] == ["办学条件!B2"]
    assert "一小" in told[0].message


def test_findings_come_by_sheet_and_row(read_rows):
    rows = [["3401", 2025, "x", 1, 1], ["3402", 2025, 1, 1, "y"], ["3403", 2025, "z", 1, "w"]]
    reading = read_rows(学校名录=SCHOOLS, 办学条件=[HEAD, *rows])
    cells = [finding.cell for finding in reading.findings if finding.check == "JH-F013"]
    assert cells == ["办学条件!C2", "办学条件!E3", "办学条件!C4", "办学条件!E4"]
    assert [f.value for f in reading.findings if f.check == "JH-F013"] == ["x", "y", "z", "w"]
