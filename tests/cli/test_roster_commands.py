"""``junheng roster`` and ``junheng nation rosters`` as a person meets them."""

import polars as pl
import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from example import COUNTY, ROOT
from junheng.base.errors import JunhengError
from junheng.cli import cli
from junheng.intake.template import write_workbook
from junheng.tables.catalogue import roster_tables

TEACHERS = ROOT / "examples/teachers.xlsx"
TABLES = roster_tables()


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("JUNHENG_STORE", str(tmp_path / "store"))
    monkeypatch.setenv("COLUMNS", "200")

    def run_command(*words, exit_code=0):
        done = CliRunner().invoke(cli, [*map(str, words)])
        if isinstance(done.exception, JunhengError):
            return str(done.exception)
        assert done.exit_code == exit_code, done.output
        return done.output

    return run_command


@pytest.fixture
def roster(tmp_path):
    """Two schools of the example county: one says what it filed, one has a blank."""
    people = [
        {
            "school_year": 2025, "staff_no": f"T{n}", "school_code": "9901010001", "attendance": "own",
            "post": "fulltime", "on_post": True, "stage": "primary", "subject": "chinese",
            "degree": None if n == 76 else "bachelor", "title": "middle", "backbone_level": "no", "certificate": True,
            "training_hours": 400, "birth_year": 1990,
        }
        for n in range(77)
    ]  # fmt: skip
    frames = {"teacher": pl.DataFrame(people, schema=TABLES["teacher"].schema)}
    path = tmp_path / "花名册.xlsx"
    write_workbook(path, TABLES, columns={name: t.columns for name, t in TABLES.tables.items()}, frames=frames)
    return path


def test_the_template_has_the_three_sheets(run, tmp_path):
    assert "已写入" in run("roster", "template", "-o", "模板.xlsx")
    names = load_workbook(tmp_path / "模板.xlsx").sheetnames
    assert [name for name in names if name not in ("填报说明", "代码表")] == ["学校", "教职工花名册", "班级"]
    assert "JH-R" in run("roster", "template", "-o", "模板.xlsx"), "what is there is not overwritten"
    assert "模板是 .xlsx 文件" in run("roster", "template", "-o", "模板.csv", exit_code=2)


def test_check_tells_what_is_missing_and_that_it_can_be_summed(run, roster):
    output = run("roster", "check", roster)
    assert "教职工花名册!N79" in output
    assert "可以汇总。" in output


def test_sums_against_the_county_list_the_two_numbers_and_leave_with_1(run, roster, tmp_path):
    output = run("roster", "sum", roster, "--against", COUNTY, "-o", "核对.xlsx", exit_code=1)
    assert "县级以上骨干教师" in output
    assert "花名册有空（1 行不详）" in output
    sheet = load_workbook(tmp_path / "核对.xlsx")["核对"]
    rows = {(row[1], row[4]): row for row in sheet.iter_rows(min_row=3, values_only=True)}
    assert rows["示例县第一小学", "中级职称教师"][8] == 77
    assert ("示例县第一小学", "专任教师数") not in rows


def test_sums_alone_are_written_as_csv(run, roster, tmp_path):
    assert "77 行" in run("roster", "sum", roster, "-o", "汇总.csv")
    text = (tmp_path / "汇总.csv").read_text(encoding="utf-8-sig")
    assert "本科学历教师（1 行）" in text
    assert "只能写 .xlsx 或 .csv" in run("roster", "sum", roster, "-o", "汇总.txt", exit_code=2)


def test_blanks_are_filled_into_a_snapshot_that_judges(run, roster):
    output = run("roster", "fill", roster, COUNTY)
    assert "补填 1 处，快照 " in output


def test_the_structure_is_shown_and_written(run, roster, tmp_path):
    output = run("roster", "structure", roster, "--against", COUNTY, "-o", "结构.xlsx")
    assert "示例县第一小学" in output
    assert "77 100%" in output
    assert load_workbook(tmp_path / "结构.xlsx").sheetnames[:3] == ["人数和师生比", "学历", "职称"]


def test_the_nation_loads_sums_and_compares(run, roster, tmp_path):
    place = ("--nation", "全国库")
    assert "不知道属于哪个县" in run("nation", "rosters", "load", *place, roster, exit_code=1)
    run("nation", "load", *place, COUNTY)
    assert "教职工 77 行。" in run("nation", "rosters", "load", *place, roster)
    assert "已在库中" in run("nation", "rosters", "load", *place, roster)
    output = run("nation", "rosters", "sum", *place, "--region", "99", "-o", "汇总")
    assert "2025 学年：1 所学校，教职工 77 行；得不出来的数 6 个" in output
    assert (tmp_path / "汇总/2025_学段情况.csv").exists()
    assert "没有花名册 139" in run("nation", "rosters", "compare", *place)
    assert "没有 2020 学年的花名册" in run("nation", "rosters", "sum", *place, "--year", "2020")


def test_the_example_is_checked_without_errors(run):
    assert "共 2 组 3 处：错误 0，须说明 3" in run("roster", "check", TEACHERS)
