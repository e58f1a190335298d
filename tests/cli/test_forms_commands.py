"""The commands around the yearly statistics: which forms are read, the supplement, the reconciliation, the totals."""

import csv
import json
import os
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
