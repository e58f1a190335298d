"""The commands around the yearly statistics: which forms are read, the supplement, the reconciliation, the totals."""

import csv
import json
import os
import shutil
import subprocess
import sys

import pytest
from openpyxl import load_workbook

from example import COUNTY, ROOT

TOOL = [sys.executable, "-c", "from junheng.cli import main; main()"]
FORMS = ROOT / "examples/forms"


@pytest.fixture
def run(tmp_path):
    def run_command(*words, check=None):
        environment = {**os.environ, "JUNHENG_STORE": str(tmp_path / "store"), "COLUMNS": "240"}
        done = subprocess.run(
            [*TOOL, *map(str, words)], capture_output=True, text=True, cwd=tmp_path, env=environment, check=False
        )
        assert "Traceback" not in done.stdout + done.stderr
        if check is not None:
            assert done.returncode == check, done.stderr
        return done

    return run_command


def test_forms_are_listed_with_where_their_figures_go(run):
    text = run("forms", "list", check=0).stdout
    assert "教基4155" in text
    assert "基础基423" in text
    one = run("forms", "list", "教基5170", check=0).stdout
    assert "教学及辅助用房面积" in one
    assert "体育专任教师" not in one
    assert "没有" in run("forms", "list", "教基9999", check=2).stderr


def test_the_supplement_of_forms_is_short(run, tmp_path):
    run("template", "--supplement", FORMS / "jiaoji_grid", "-o", "补充表.xlsx", check=0)
    run("template", "-o", "模板.xlsx", check=0)
    short, long = (load_workbook(tmp_path / name) for name in ("补充表.xlsx", "模板.xlsx"))
    # What lies in the folder already says everything of the schools; nothing is asked twice.
    assert "学段情况" not in short.sheetnames or short["学段情况"].max_column < long["学段情况"].max_column / 3


def test_the_supplement_is_not_a_template_for_an_office(run):
    done = run("template", "--supplement", FORMS / "jiaoji_grid", "--for", "school", "-o", "补充表.xlsx", check=2)
    assert "--supplement" in done.stderr


def test_forms_are_judged_like_any_folder(run):
    document = json.loads(run("judge", FORMS / "jiaoji_flat", "--on", "2025-12-31", "--format", "json", check=0).stdout)
    assert document["counties"][0]["county_code"] == "990101"
    assert {school["school_code"] for school in document["schools"]} >= {"9901010016", "9901010026"}


def test_the_reconciliation_ends_with_what_was_read(run, tmp_path):
    text = run("reconcile", FORMS / "jichuji_grid", check=0).stdout
    assert "不符 0，未读 0；学校 5 所 = 已读入 5 + 未收 0。" in text
    done = run("reconcile", FORMS / "jichuji_grid", "-o", "对账表.xlsx", check=0)
    assert "已写入" in done.stderr
    assert load_workbook(tmp_path / "对账表.xlsx").sheetnames[0] == "总览"
    run("reconcile", FORMS / "jichuji_grid", "--format", "csv", "-o", "对账.csv", check=0)
    rows = list(csv.DictReader((tmp_path / "对账.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert {row["status"] for row in rows} == {"agrees"}


def test_the_reconciliation_fails_where_schools_were_refused(run, tmp_path):
    shutil.copytree(FORMS / "jiaoji_flat", tmp_path / "年报")
    book = load_workbook(tmp_path / "年报/小学.xlsx")
    sheet = book.active
    head = next(c for row in sheet.iter_rows() for c in row if str(c.value).startswith("教学仪器设备资产值"))
    for row in sheet.iter_rows(min_row=head.row + 1):
        if isinstance(row[head.column - 1].value, int | float):
            row[head.column - 1].value *= 10_000
    book.save(tmp_path / "年报/小学.xlsx")
    text = run("reconcile", "年报", check=1).stdout
    assert "学校 10 所 = 已读入 5 + 未收 5。" in text
    assert "读到 6 行 = 已读入 0 + 未收 6" in text
    assert "未读 0" not in text
    run("reconcile", "年报", "-o", "对账表.xlsx", check=1)
    overview = {row[0]: row[1] for row in load_workbook(tmp_path / "对账表.xlsx")["总览"].iter_rows(values_only=True)}
    assert overview["结论"].startswith("不能对账完")
    document = json.loads(run("reconcile", "年报", "--format", "json", check=1).stdout)
    assert document["schools"] == {"read": 10, "stored": 5, "rejected": 5}
    assert any(item["unread"] for item in document["items"])


def test_what_has_no_forms_is_said_and_a_file_is_never_replaced_unasked(run, tmp_path):
    assert "JH-R003" in run("reconcile", COUNTY, check=1).stderr
    (tmp_path / "对账表.xlsx").write_text("旧的")
    assert "--force" in run("reconcile", FORMS / "jichuji_grid", "-o", "对账表.xlsx", check=1).stderr


def test_towns_add_up_to_the_county(run):
    rows = list(csv.reader(run("totals", COUNTY, "--by", "town", "--format", "csv", check=0).stdout.splitlines()))
    head, *groups, county = rows
    assert county[0] == "全县合计"
    for index in range(2, len(head)):
        assert sum(float(row[index] or 0) for row in groups) == pytest.approx(float(county[index] or 0)), head[index]


def test_the_name_of_a_town_is_never_a_formula(run, tmp_path):
    book = load_workbook(COUNTY)
    town = book["学校名录"]["D3"]
    town.value, town.data_type = '=HYPERLINK("http://x")', "s"
    book.save(tmp_path / "公式.xlsx")
    rows = list(csv.reader(run("totals", "公式.xlsx", "--format", "csv", check=0).stdout.splitlines()))
    assert [row[0] for row in rows if "HYPERLINK" in row[0]] == ['\'=HYPERLINK("http://x")']


def test_subsets_of_the_schools_are_not_added(run):
    text = run("totals", COUNTY, "--by", "kind", "--format", "csv", check=0).stdout
    rows = {row["办学类型"]: row for row in csv.DictReader(text.splitlines())}
    kinds = [row for name, row in rows.items() if name != "全县合计"]
    assert sum(int(row["学校数"]) for row in kinds) == int(rows["全县合计"]["学校数"]) == 127
    assert rows["小学教学点"]["学校数"] == rows["全县合计"]["其中：教学点"] == "22"
    assert rows["全县合计"]["另：不计校数校区"] == "2"


def test_what_nobody_filed_is_no_zero(run, tmp_path):
    book = load_workbook(COUNTY)
    sheet = book["学段情况"]
    column = next(cell.column for row in sheet.iter_rows(max_row=4) for cell in row if "留守儿童" in str(cell.value))
    sheet.delete_cols(column)
    book.save(tmp_path / "没有统计留守儿童.xlsx")
    words = ("--by", "stage", "--what", "special", "--format", "csv")
    county = list(csv.DictReader(run("totals", "没有统计留守儿童.xlsx", *words, check=0).stdout.splitlines()))[-1]
    assert county["留守儿童学生数（人）"] == ""
    assert int(county["留守儿童学生数缺报"]) == 140
    assert county["随迁子女学生数缺报"] == "0"


def test_sums_of_stages_are_those_of_compulsory_education(run):
    """The senior stage files pupils only: with them a complete secondary school would have 118 pupils a class."""
    done = run("totals", COUNTY, "--by", "kind", "--format", "csv", check=0)
    rows = {row["办学类型"]: row for row in csv.DictReader(done.stdout.splitlines())}
    complete = rows["完全中学"]
    assert int(complete["在校生数（人）"]) / int(complete["班数（个）"]) < 60
    assert "不含高中" in done.stderr


def test_stages_stand_in_their_order_and_the_senior_one_beside_the_sum(run):
    done = run("totals", COUNTY, "--by", "stage", "--format", "csv", check=0)
    rows = list(csv.DictReader(done.stdout.splitlines()))
    assert [row["学段"] for row in rows] == ["小学", "初中", "高中", "全县合计"]
    primary, junior, senior, county = (int(row["在校生数（人）"]) for row in rows)
    assert county == primary + junior
    assert senior > 0
    assert sum(int(row["学校数"]) for row in rows[:3]) > int(rows[3]["学校数"])
    assert "各列一次" in done.stderr
    assert "注：" in run("totals", COUNTY, "--by", "stage", check=0).stdout
