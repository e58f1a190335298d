"""Make the broken workbooks, one fault each: ``python examples/make_broken.py [-o examples/broken]``.

Each is the same small sound filing (four schools, two years) with one thing wrong; ``expected.yaml`` beside them says
which rule must find it. The faults are ones that counties make.
"""

from __future__ import annotations

import argparse
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
import polars as pl
import yaml
from openpyxl.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidationList
from steady import ON_DISK, steady

from junheng.intake.template import CODES, GUIDE, write_workbook
from junheng.tables.catalogue import load_tables
from junheng.tables.model import ColumnType, Need, Table, Tables

HERE = Path(__file__).parent
COUNTY, YEARS = "340299", (2024, 2025)
SHOWN = ("county", "school", "school_year", "stage_year", "class", "county_year", "finance_year", "satisfaction")

# code, name, kind, location, stages with (pupils, classes)
SCHOOLS = (
    ("3402990001", "城关第一小学", "211", "urban", {"primary": (480, 12)}),
    ("3402990002", "青山镇中心小学", "211", "town", {"primary": (240, 6)}),
    ("3402990003", "青山镇初级中学", "311", "town", {"junior": (300, 6)}),
    ("3402990004", "白水乡九年一贯制学校", "312", "rural", {"primary": (180, 6), "junior": (120, 3)}),
)


def sound_frames(tables: Tables) -> dict[str, pl.DataFrame]:
    """A small filing without any finding."""
    rows: dict[str, list[dict[str, object]]] = {name: [] for name in SHOWN}
    rows["county"].append(
        {
            "county_code": COUNTY,
            "county_name": "示例县",
            "basic_balance_recognised_on": date(2015, 12, 1),
            "resident_population": 210_000,
        }
    )
    for code, name, kind, location, stages in SCHOOLS:
        rows["school"].append(
            {
                "school_code": code,
                "school_name": name,
                "county_code": COUNTY,
                "town": name[:2] + "镇",
                "school_kind": kind,
                "location": location,
                "operator": "county",
                "boarding": False,
                "counted": True,
                "opened_on": date(1998, 9, 1),
            }
        )
        for year in YEARS:
            rows["school_year"].append(_school_year(code, year, sum(pupils for pupils, _ in stages.values())))
            for stage, (pupils, classes) in stages.items():
                rows["stage_year"].append(_stage_year(code, year, stage, pupils, classes))
    for number in range(1, 4):
        rows["class"].append(_class("3402990004", 2025, "junior", 6 + number, "1班", 40))
    for year in YEARS:
        rows["county_year"].append(_county_year(year))
        rows["finance_year"].append(_finance_year(year))
        rows["satisfaction"].append(
            {
                "county_code": COUNTY,
                "school_year": year,
                "method": "questionnaire",
                "group": "parents",
                "distributed": 500,
                "valid": 480,
                "satisfied": 452,
            }
        )
    return {name: _frame(tables[name], filed) for name, filed in rows.items()}


def _frame(table: Table, rows: list[dict[str, object]]) -> pl.DataFrame:
    """The rows with whatever else is expected filled with nothing of it, so that only the fault is found."""
    full = []
    for row in rows:
        blank: dict[str, object] = dict.fromkeys(table.columns)
        for column in table.columns.values():
            if column.need is Need.EXPECTED and column.applies_to(row) and column.type.is_number:
                blank[column.name] = Decimal(0) if column.type is ColumnType.DECIMAL else 0
        full.append(blank | row)
    return pl.DataFrame(full, schema=table.schema)


def _school_year(code: str, year: int, pupils: int) -> dict[str, object]:
    return {
        "school_code": code,
        "school_year": year,
        "teaching_area": Decimal(pupils) * Decimal("6.5"),
        "indoor_sports_area": Decimal(pupils) / 2,
        "sports_ground_area": Decimal(pupils) * 9,
        "equipment_value": Decimal(pupils) * 2400 + (year - 2024) * 20_000,
        "multimedia_classrooms": pupils // 30,
        "computers": pupils // 5,
        "books": pupils * 30,
        "music_rooms_96": 1,
        "art_rooms_90": 1,
        "staff": pupils // 10,
        "public_funds_budget": Decimal(pupils) * 1500,
        "training_budget": Decimal(pupils) * 90,
    }


def _stage_year(code: str, year: int, stage: str, pupils: int, classes: int) -> dict[str, object]:
    teachers = pupils // 15
    size = {40: "classes_40", 50: "classes_50", 30: "classes_30"}[pupils // classes]
    grades = range(1, 7) if stage == "primary" else range(7, 10)
    row: dict[str, object] = {f"grade_{grade}": pupils // len(grades) for grade in grades}
    return (
        row
        | {
            "school_code": code,
            "school_year": year,
            "stage": stage,
            "pupils": pupils,
            "classes": classes,
            size: classes,
            "largest_class": pupils // classes,
            "teachers": teachers,
            "teachers_bachelor": teachers - 2,
            "teachers_associate": 2,
            "teachers_mid_title": teachers // 2,
            "backbone_teachers": 2,
            "teachers_pe": 2,
            "teachers_music": 1,
            "teachers_fine_arts": 1,
            "certified_teachers": teachers,
            "teachers_360_hours": teachers,
            "zone_pupils": pupils - 4,
        }
        | ({"grade7_entry": 100, "graduates": 98, "transferred_out": 2} if stage == "junior" else {})
    )


def _class(code: str, year: int, stage: str, grade: int, name: str, pupils: int) -> dict[str, object]:
    return {
        "school_code": code,
        "school_year": year,
        "stage": stage,
        "grade": grade,
        "class_name": name,
        "pupils": pupils,
    }


def _county_year(year: int) -> dict[str, object]:
    return {
        "county_code": COUNTY,
        "school_year": year,
        "quota_primary": Decimal(720),
        "quota_junior": Decimal(940),
        "required_quota_primary": Decimal(720),
        "required_quota_junior": Decimal(940),
        "special_public_funds": Decimal(300_000),
        "special_pupils": 50,
        "teacher_pay_mean": Decimal(98_000),
        "civil_pay_mean": Decimal(97_000),
        "rotation_eligible": 40,
        "rotated": 6,
        "rotated_backbone": 2,
        "senior_places": 100,
        "senior_places_allotted": 60,
        "disabled_children": 20,
        "disabled_enrolled": 19,
    }


def _finance_year(year: int) -> dict[str, object]:
    grown = Decimal(1) + Decimal(year - 2024) / 20
    return {
        "county_code": COUNTY,
        "fiscal_year": year,
        "appropriation": 300_000_000 * grown,
        "recurrent_revenue": 900_000_000 * grown,
        "education_expenditure": 420_000_000 * grown,
        "fiscal_expenditure": 2_400_000_000 * grown,
        "gdp": 12_000_000_000 * grown,
        "expense_primary": 12_000 * grown,
        "expense_junior": 15_000 * grown,
        "public_funds_primary": 900 * grown,
        "public_funds_junior": 1100 * grown,
        "staff_pay_mean": 96_000 * grown,
    }


# Breaking


@dataclass(frozen=True)
class Broken:
    """One broken workbook: what is wrong, and what must be said about it."""

    name: str
    what: str
    code: str
    severity: str
    words: tuple[str, ...]
    break_it: Callable[[Workbook], None] | None = None
    break_bytes: Callable[[bytes], bytes] | None = None
    rejected: int = 0  # rows that may not be kept because of it


class Place:
    """A cell of the sound workbook, by sheet, head and the number of the data row."""

    def __init__(self, book: Workbook, sheet: str, head: str, row: int = 1) -> None:
        self.sheet = book[sheet]
        heads = [str(cell.value or "") for cell in self.sheet[1]]
        self.column = next((at for at, text in enumerate(heads, start=1) if head in (text, text.rsplit("（", 1)[0])), 0)
        self.cell = self.sheet.cell(row + 2, self.column)


def put(sheet: str, head: str, value: object, row: int = 1, number_format: str = "") -> Callable[[Workbook], None]:
    """Write a value into one cell."""

    def change(book: Workbook) -> None:
        cell = Place(book, sheet, head, row).cell
        cell.value = value
        if number_format:
            cell.number_format = number_format

    return change


def rename_head(sheet: str, head: str, text: str) -> Callable[[Workbook], None]:
    def change(book: Workbook) -> None:
        place = Place(book, sheet, head)
        place.sheet.cell(1, place.column).value = text

    return change


def both(*changes: Callable[[Workbook], None]) -> Callable[[Workbook], None]:
    def change(book: Workbook) -> None:
        for one in changes:
            one(book)

    return change


def copy_row(sheet: str, row: int) -> Callable[[Workbook], None]:
    def change(book: Workbook) -> None:
        source = book[sheet]
        source.append([cell.value for cell in source[row + 2]])

    return change


def hide(sheet: str) -> Callable[[Workbook], None]:
    def change(book: Workbook) -> None:
        book[sheet].sheet_state = "hidden"

    return change


def delete_column(sheet: str, head: str) -> Callable[[Workbook], None]:
    def change(book: Workbook) -> None:
        place = Place(book, sheet, head)
        place.sheet.delete_cols(place.column)

    return change


def twice_head(sheet: str, head: str) -> Callable[[Workbook], None]:
    def change(book: Workbook) -> None:
        place = Place(book, sheet, head)
        place.sheet.cell(1, place.sheet.max_column + 1).value = head

    return change


def drop_heads(sheet: str) -> Callable[[Workbook], None]:
    def change(book: Workbook) -> None:
        book[sheet].delete_rows(1, 2)

    return change


def merge(sheet: str, head: str, row: int) -> Callable[[Workbook], None]:
    def change(book: Workbook) -> None:
        place = Place(book, sheet, head, row)
        place.sheet.merge_cells(start_row=row + 2, end_row=row + 3, start_column=place.column, end_column=place.column)

    return change


def empty_formula(content: bytes) -> bytes:
    """A formula whose result was never saved, as libraries write them."""
    return _edit_book(content, put("办学条件", "图书册数", "=100*24"))


def strip_sheets(book: Workbook) -> None:
    for name in list(book.sheetnames):
        del book[name]
    book.create_sheet("Sheet1")["A1"] = "请见附件"


def bomb(content: bytes) -> bytes:
    """300 MB of blanks in a part, which bzip2 packs into a few bytes."""
    buffer = BytesIO(content)
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_BZIP2) as package:
        entry = zipfile.ZipInfo("xl/worksheets/sheet99.xml", ON_DISK.timetuple()[:6])
        entry.compress_type = zipfile.ZIP_BZIP2
        with package.open(entry, "w") as part:
            for _ in range(300):
                part.write(b" " * 2**20)
    return buffer.getvalue()


BROKEN = (
    # One cell
    Broken(
        "error_cell",
        "公式错误 #DIV/0!",
        "JH-F011",
        "error",
        ("#DIV/0!", "除数是零", "教学及辅助用房面积"),
        put("办学条件", "教学及辅助用房面积", "#DIV/0!"),
        rejected=1,
    ),
    Broken(
        "fraction_of_a_person",
        "人数有小数",
        "JH-F014",
        "error",
        ("必须是整数", "31.5"),
        put("学段情况", "专任教师数", 31.5),
        rejected=1,
    ),
    Broken(
        "negative",
        "负数",
        "JH-F015",
        "error",
        ("-20", "超出可能的范围"),
        put("办学条件", "图书册数", -20),
        rejected=1,
    ),
    Broken(
        "words_for_number",
        "数字栏写文字",
        "JH-F013",
        "error",
        ("约480", "应填数字"),
        put("学段情况", "在校生数", "约480"),
        rejected=1,
    ),
    Broken(
        "none_in_number",
        "数字栏写“无”",
        "JH-F018",
        "error",
        ("是 0，还是没有统计",),
        put("办学条件", "教学用计算机", "无"),
        rejected=1,
    ),
    Broken(
        "dash_in_number",
        "数字栏写“—”",
        "JH-F017",
        "hint",
        ("按未填处理", "请填 0"),
        put("办学条件", "占地面积", "—"),
    ),
    Broken(
        "unit_in_cell",
        "格内写“10亩”",
        "JH-F019",
        "hint",
        ("亩", "6666.67"),
        put("办学条件", "运动场地面积", "10亩"),
    ),
    Broken(
        "wrong_unit_in_cell",
        "面积栏写“3间”",
        "JH-F020",
        "error",
        ("间", "㎡"),
        put("办学条件", "教学及辅助用房面积", "3间"),
        rejected=1,
    ),
    Broken(
        "not_in_list",
        "城乡分类不在列表中",
        "JH-F021",
        "error",
        ("城区", "镇区", "乡村", "郊区"),
        put("学校名录", "城乡分类", "郊区"),
        rejected=1,
    ),
    Broken(
        "flag_unclear",
        "是否寄宿制写“部分”",
        "JH-F022",
        "error",
        ("“是”或“否”", "部分"),
        put("学校名录", "是否寄宿制", "部分"),
        rejected=1,
    ),
    Broken(
        "date_without_day",
        "建校日期只有年月",
        "JH-F023",
        "error",
        ("缺少日", "1998年9月"),
        put("学校名录", "建校日期", "1998年9月"),
        rejected=1,
    ),
    Broken(
        "year_span_apart",
        "学年起止不相连",
        "JH-F024",
        "error",
        ("不相连", "2024-2026"),
        put("学段情况", "学年", "2024-2026"),
        rejected=1,
    ),
    Broken(
        "code_as_number",
        "标识码变成科学计数法",
        "JH-F025",
        "error",
        ("科学计数法", "文本格式"),
        put("学校名录", "学校标识码", "3.40299E+09"),
        rejected=1,
    ),
    Broken(
        "class_turned_date",
        "班级名被改成日期",
        "JH-F026",
        "error",
        ("自动改成了日期", "文本格式"),
        put("班级", "班级", date(2025, 7, 1), number_format="m-d"),
        rejected=1,
    ),
    Broken(
        "required_blank",
        "必填项空着",
        "JH-F010",
        "error",
        ("办学类型", "必填"),
        put("学校名录", "办学类型", None),
        rejected=1,
    ),
    Broken(
        "too_many_decimals",
        "小数位数过多",
        "JH-F016",
        "error",
        ("位小数", "ROUND"),
        put("办学条件", "教学及辅助用房面积", "0.12345678901234567"),
        rejected=1,
    ),
    Broken(
        "formula_without_result",
        "公式没有保存结果",
        "JH-F012",
        "explain",
        ("公式没有保存计算结果",),
        break_bytes=empty_formula,
    ),
    Broken(
        "merged_number",
        "数字的合并单元格跨行",
        "JH-F031",
        "error",
        ("合并单元格", "取消合并"),
        merge("办学条件", "图书册数", 1),
        rejected=1,
    ),
    # Heads and sheets
    Broken(
        "head_without_unit",
        "金额表头没有单位",
        "JH-F007",
        "error",
        ("没有写单位", "万元"),
        rename_head("办学条件", "教学仪器设备资产值", "教学仪器设备资产值"),
        rejected=8,
    ),
    Broken(
        "head_of_other_unit",
        "面积表头的单位是台",
        "JH-F008",
        "error",
        ("台", "㎡"),
        rename_head("办学条件", "运动场地面积", "运动场地面积（台）"),
    ),
    Broken(
        "head_misspelt",
        "表头写错",
        "JH-F004",
        "hint",
        ("图书册书", "图书册数"),
        rename_head("办学条件", "图书册数", "图书册书（册）"),
    ),
    Broken(
        "head_twice",
        "同一表头两列",
        "JH-F005",
        "error",
        ("在校生数", "只留一列"),
        twice_head("学段情况", "在校生数"),
        rejected=10,
    ),
    Broken(
        "column_missing",
        "缺少必填的列",
        "JH-F006",
        "error",
        ("办学类型", "补上表头"),
        delete_column("学校名录", "办学类型"),
        rejected=4,
    ),
    Broken("heads_missing", "表头被删", "JH-F003", "error", ("没有找到", "表头"), drop_heads("办学条件")),
    Broken("hidden_sheet", "工作表被隐藏", "JH-F002", "error", ("隐藏", "取消隐藏"), hide("办学条件")),
    # Rows and keys
    Broken(
        "duplicate_row", "同一行填了两次", "JH-F101", "error", ("出现了 2 次", "城关第一小学"), copy_row("学段情况", 1)
    ),
    Broken(
        "unlisted_school",
        "学校不在名录中",
        "JH-F102",
        "error",
        ("3402990009", "不在“学校名录”中"),
        put("办学条件", "学校标识码", "3402990009"),
    ),
    Broken(
        "campus_of_nothing",
        "主校区不在名录中",
        "JH-F104",
        "error",
        ("所属主校区", "3402999999"),
        put("学校名录", "所属主校区", "3402999999"),
    ),
    Broken(
        "campus_of_itself",
        "主校区填成自己",
        "JH-F105",
        "error",
        ("本行自己",),
        put("学校名录", "所属主校区", "3402990001"),
    ),
    Broken(
        "campus_without_main",
        "不计校数而无主校区",
        "JH-F106",
        "explain",
        ("是否计校数", "所属主校区"),
        put("学校名录", "是否计校数", "否"),
    ),
    Broken(
        "closed_school",
        "已撤并的学校仍有数据",
        "JH-F110",
        "error",
        ("撤并", "2025-07-31", "9 月 1 日不在办学"),
        put("学校名录", "撤并日期", date(2025, 7, 31), row=3),
    ),
    Broken(
        "stage_of_other_kind",
        "小学填了初中学段",
        "JH-F112",
        "error",
        ("办学类型是“小学”", "初中"),
        put("学校名录", "办学类型", "小学", row=4),
    ),
    Broken(
        "stage_missing",
        "九年一贯制缺初中",
        "JH-F113",
        "explain",
        ("九年一贯制学校", "没有小学"),
        put("学校名录", "办学类型", "九年一贯制学校", row=3),
    ),
    # Sums and parts
    Broken(
        "grades_do_not_add_up",
        "年级之和不等于在校生",
        "JH-F120",
        "error",
        ("490", "480", "10 人"),
        put("学段情况", "一年级学生数", 90),
    ),
    Broken(
        "bands_do_not_add_up",
        "班额分布之和不等于班数",
        "JH-F121",
        "error",
        ("12 个", "13 个"),
        put("学段情况", "25人及以下班数", 1),
    ),
    Broken(
        "education_does_not_add_up",
        "学历之和不等于专任教师",
        "JH-F122",
        "error",
        ("各学历之和", "35 人"),
        put("学段情况", "硕士研究生学历教师", 3),
    ),
    Broken(
        "part_larger_than_whole",
        "室内体育用房大于教学用房",
        "JH-F123",
        "error",
        ("室内体育用房面积", "教学及辅助用房面积", "大于"),
        put("办学条件", "室内体育用房面积", 4000),
    ),
    Broken(
        "arts_counted_twice",
        "艺术填成音乐美术小计",
        "JH-F126",
        "error",
        ("艺术疑为小计，重复计算", "请改为 0"),
        both(*(put("学段情况", "艺术专任教师（不含音乐美术）", 2, row) for row in (1, 2, 3))),
    ),
    Broken(
        "indoor_left_out",
        "教学用房疑未含室内体育用房",
        "JH-F142",
        "explain",
        ("减去室内体育用房", "漏加"),
        both(put("办学条件", "教学及辅助用房面积", 900), put("办学条件", "室内体育用房面积", 800)),
    ),
    # Impossible together
    Broken(
        "pupils_do_not_fit",
        "学生数与班额分布矛盾",
        "JH-F130",
        "error",
        ("按班额分布", "432 到 480"),
        both(put("学段情况", "在校生数", 500), put("学段情况", "一年级学生数", 100)),
    ),
    Broken(
        "classes_differ",
        "班级表与学段情况不符",
        "JH-F131",
        "error",
        ("逐班数",),
        put("班级", "学生数", 36),
    ),
    Broken("no_classes", "有学生而班数为零", "JH-F133", "error", ("填 0", "不能并存"), put("学段情况", "班数", 0)),
    # Units and years
    Broken(
        "yuan_for_ten_thousand_yuan",
        "万元栏填了元",
        "JH-F015",
        "error",
        ("1152000", "表头的单位是万元，这里像是按元填的"),
        put("办学条件", "教学仪器设备资产值", 1152000),
        rejected=1,
    ),
    Broken(
        "unit_differs_between_years",
        "一年按亿元填进了万元栏",
        "JH-F145",
        "error",
        ("地区生产总值", "约 9524 倍", "两年的单位不一致"),
        put("教育经费", "地区生产总值", 126, row=2),
    ),
    Broken(
        "implausible_per_pupil",
        "生均设备值离谱",
        "JH-F140",
        "error",
        ("合生均 0.2", "万元与元填混"),
        both(put("办学条件", "教学仪器设备资产值", 0.0115, 1), put("办学条件", "教学仪器设备资产值", 0.0117, 2)),
    ),
    Broken(
        "pupils_jump",
        "在校生一年变化过半",
        "JH-F150",
        "explain",
        ("增加了", "比 2024 年"),
        both(
            put("学段情况", "在校生数", 240, 1),
            *(put("学段情况", f"{grade}年级学生数", 40, 1) for grade in "一二三四五六"),
            put("学段情况", "班数", 6, 1),
            put("学段情况", "36—40人班数", 6, 1),
            put("学段情况", "学区内学生数", 236, 1),
        ),
    ),
    Broken(
        "total_differs",
        "合计行与各行之和不符",
        "JH-F028",
        "explain",
        ("各行相加", "请核对"),
        lambda book: book["满意度"].append(["合计", None, None, None, 1100, 960, 904]),
    ),
    Broken(
        "expected_missing",
        "应填未填",
        "JH-F160",
        "explain",
        ("持证专任教师", "没有填", "不会当作 0"),
        put("学段情况", "持证专任教师", None),
    ),
    # The file as a whole
    Broken("no_table", "没有认出任何表", "JH-I010", "error", ("没有认出任何表", "Sheet1"), strip_sheets),
    Broken("cut_off", "文件被截断", "JH-I007", "error", ("已损坏",), break_bytes=lambda content: content[:-3000]),
    Broken(
        "not_a_workbook", "改了扩展名的文本", "JH-I004", "error", ("不是 Excel 工作簿",), break_bytes=lambda _: b"a,b"
    ),
    Broken("empty_file", "空文件", "JH-I003", "error", ("0 字节",), break_bytes=lambda _: b""),
    Broken(
        "legacy_format",
        "旧版 .xls",
        "JH-I005",
        "error",
        ("旧版 Excel", "另存为"),
        break_bytes=lambda _: bytes.fromhex("d0cf11e0a1b11ae1") + b"\x00" * 2048,
    ),
    Broken(
        "with_password",
        "设有打开密码",
        "JH-I006",
        "error",
        ("密码", "取消"),
        break_bytes=lambda _: (
            bytes.fromhex("d0cf11e0a1b11ae1") + b"\x00" * 1024 + "EncryptedPackage".encode("utf-16-le") + b"\x00" * 512
        ),
    ),
    Broken("zip_bomb", "压缩炸弹", "JH-I008", "error", ("超出读取上限", "解压后大小"), break_bytes=bomb),
)


def _edit_book(content: bytes, change: Callable[[Workbook], None]) -> bytes:
    book = openpyxl.load_workbook(BytesIO(content))
    change(book)
    book.properties.created = book.properties.modified = ON_DISK
    buffer = BytesIO()
    book.save(buffer)
    return steady(buffer.getvalue())


def sound_workbook() -> bytes:
    """The sound filing as a workbook; what expected columns it does not know stay off the sheets."""
    tables = load_tables()
    frames = sound_frames(tables)
    filled = {
        name: [column for column in frame.columns if frame[column].null_count() < frame.height] + _EXTRA.get(name, [])
        for name, frame in frames.items()
    }
    with TemporaryDirectory() as folder:
        path = Path(folder) / "sound.xlsx"
        write_workbook(path, tables, columns=filled, frames=frames, title="示例填报（四所学校）")
        return _edit_book(path.read_bytes(), _only_data)


def _only_data(book: Workbook) -> None:
    """Guide, codes and drop-downs are of no use in these files and make them large."""
    for name in (GUIDE, CODES):
        del book[name]
    for sheet in book.worksheets:
        sheet.data_validations = DataValidationList()


# Columns that some fault needs and the sound filing leaves blank.
_EXTRA = {
    "school": ["campus_of", "closed_on"],
    "school_year": ["land_area"],
}


class _Indented(yaml.SafeDumper):
    """Lists stand to the right of their name, as in the project's other YAML."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, indentless=False)


def make(folder: Path) -> None:
    """Write the sound workbook, every broken one and ``expected.yaml``."""
    folder.mkdir(parents=True, exist_ok=True)
    sound = sound_workbook()
    (folder / "sound.xlsx").write_bytes(sound)
    expected = []
    for broken in BROKEN:
        content = _edit_book(sound, broken.break_it) if broken.break_it else sound
        content = broken.break_bytes(content) if broken.break_bytes else content
        (folder / f"{broken.name}.xlsx").write_bytes(content)
        expected.append(
            {
                "file": f"{broken.name}.xlsx",
                "fault": broken.what,
                "code": broken.code,
                "severity": broken.severity,
                "words": list(broken.words),
                "rejected": broken.rejected,
            }
        )
    text = yaml.dump(expected, Dumper=_Indented, allow_unicode=True, sort_keys=False, width=110)
    (folder / "expected.yaml").write_text("# Made by examples/make_broken.py.\n" + text, encoding="utf-8")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("-o", "--output", type=Path, default=HERE / "broken")
    make(arguments.parse_args().output)


if __name__ == "__main__":
    main()
