"""The book of a plan: what people look up, summed, ready to print, and never computed."""

import csv
import io

import pytest
from openpyxl import load_workbook

from junheng.reporting.plan_book import write_plan_book
from junheng.reporting.plan_tasks import tasks_of, write_tasks
from small_plan import SMALL_PLAN, SMALL_ROTATION, SMALL_ZONING

KINDS = {"resources": SMALL_PLAN, "rotation": SMALL_ROTATION, "zoning": SMALL_ZONING}
SHEETS = {
    "resources": "概要 各校措施 按措施汇总 分年度 各校前后 差异系数前后 约束的代价 输入",
    "rotation": "概要 人员 各校需求 缺口 比例 各校进出 输入",
    "zoning": "概要 学区 片区 与就近入学比较 检查 输入",
}


@pytest.fixture(scope="module")
def books(tmp_path_factory):
    folder = tmp_path_factory.mktemp("books")
    for kind, document in KINDS.items():
        write_plan_book(document, folder / f"{kind}.xlsx")
    return {kind: load_workbook(folder / f"{kind}.xlsx") for kind in KINDS}


def rows_of(sheet):
    """Heads → value, for every row below the heads, the total row included."""
    heads = [cell.value for cell in sheet[2]]
    rows = [dict(zip(heads, row, strict=True)) for row in sheet.iter_rows(min_row=3, values_only=True)]
    return [row for row in rows if any(value is not None for value in row.values())]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_its_sheets_and_each_is_ready_to_read_and_print(books, kind):
    assert books[kind].sheetnames == SHEETS[kind].split()
    for sheet in books[kind]:
        assert sheet.freeze_panes
        assert (sheet.page_setup.orientation, sheet.sheet_properties.pageSetUpPr.fitToPage) == ("landscape", True)
        assert sheet.print_title_rows
        if sheet.title != "概要":
            last = [row[0].value for row in sheet.iter_rows(min_row=3) if row[0].value][-1]
            assert str(last).startswith("共 ")


def test_the_first_sheet_answers_and_says_how_good_the_answer_is(books):
    facts = [(row[0], row[1]) for row in books["resources"]["概要"].iter_rows(min_row=2, values_only=True)]
    assert facts[0] == (
        "结论",
        "分 2 年（2026—2027）花费 129 万元，为 2 所学校增配、培养或调配，全县资源配置、校际均衡达标。",
    )
    assert ("证明", "至多再省 0.1%。") in facts
    assert ("说明", "单价是假定。") in facts
    assert ("校际均衡", "未达标 → 达标") in facts
    assert ("数据快照", "0123456789abcdef") in facts


def test_sums_agree_whichever_way_they_are_added(books):
    book = books["resources"]
    *additions, total, _ = rows_of(book["各校措施"])
    assert sum(row["花费（元）"] for row in additions) == total["花费（元）"] == 1_290_000
    *measures, total, _ = rows_of(book["按措施汇总"])
    assert sum(row["花费（万元）"] for row in measures) == total["花费（万元）"] == 129
    assert {row["措施"]: row["数量"] for row in measures} == {"新建运动场地": 2500.5, "交流骨干教师": 2}
    *years, total, _ = rows_of(book["分年度"])
    assert sum(row["花费（万元）"] for row in years) == total["花费（万元）"] == 129
    assert years[-1]["累计花费（万元）"] == 129
    assert years[-1]["预算结余（万元）"] == 21


def test_a_plan_without_years_is_one_row(tmp_path):
    additions = [{**row, "year": None} for row in SMALL_PLAN["additions"]]
    write_plan_book({**SMALL_PLAN, "years": [], "additions": additions}, tmp_path / "册.xlsx")
    (row, total, _) = rows_of(load_workbook(tmp_path / "册.xlsx")["分年度"])
    assert (row["年度"], row["花费（万元）"], row["预算（万元）"]) == ("未分年度", 129, None)
    assert total["花费（万元）"] == 129


def test_a_name_that_begins_like_a_formula_stays_a_name(books):
    cell = books["resources"]["各校措施"]["B3"]
    assert (cell.value, cell.data_type) == ("=甲小学", "s")


def test_inputs_are_shown_in_words_and_units(books):
    rows = {(row["行"], row["项目"]): row["取值"] for row in rows_of(books["resources"]["输入"])[:-1]}
    assert rows["新建运动场地", "单价"] == "500 元"
    assert rows["新建运动场地", "可以采用"] == "是"
    assert rows["2026", "预算"] == "100 万元"
    assert rows["9901990001 小学 县级以上骨干教师", "假定值"] == "3 人"


def test_a_roster_is_not_copied_into_the_inputs(books):
    texts = [cell for row in books["rotation"]["输入"].iter_rows(values_only=True) for cell in row if cell]
    assert "T1" not in texts
    assert "2" in texts


def test_people_and_zones_are_listed_with_their_schools(books):
    (person, _) = rows_of(books["rotation"]["人员"])
    assert (person["姓名"], person["现任教学校"], person["交流到"], person["骨干"]) == (
        "张三",
        "甲小学",
        "乙小学",
        "是",
    )
    *blocks, total, _ = rows_of(books["zoning"]["片区"])
    assert [row["改划"] for row in blocks] == ["否", None, "是"]
    assert total["学生（人）"] == 300


def test_tasks_name_the_school_the_measure_and_leave_blanks_for_people(tmp_path):
    write_tasks(SMALL_PLAN, tmp_path / "任务.csv")
    rows = [*csv.DictReader(io.StringIO((tmp_path / "任务.csv").read_text(encoding="utf-8-sig")))]
    assert [row["方式"] for row in rows] == ["增配", "增配", "调出", "调入"]
    assert rows[1]["数量"] == "500.5"
    assert rows[2]["数量"] == "2"
    assert rows[0]["学校"] == "'=甲小学"  # a spreadsheet must not compute it
    assert all(row[name] == "" for row in rows for name in ("责任人", "完成期限", "完成情况"))
    assert [row["年度"] for row in rows] == ["2026", "2027", "2027", "2027"]


def test_the_tasks_of_every_kind_are_a_sheet_too(tmp_path):
    for kind, document in KINDS.items():
        write_tasks(document, tmp_path / f"{kind}.xlsx")
        rows = rows_of(load_workbook(tmp_path / f"{kind}.xlsx")["任务清单"])
        assert len(rows) >= len(tasks_of(document))
    assert [task.what for task in tasks_of(SMALL_ROTATION)] == ["音乐教师张三（T1）交流到乙小学"]
    assert [task.what for task in tasks_of(SMALL_ZONING)] == ["003 号街坊由甲小学改划乙小学"]
