"""``junheng forecast``: what a person types and reads."""

import json

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from example import COUNTY, WORKED
from junheng.base.errors import JunhengError
from junheng.cli import cli
from junheng.store.national import NationalStore
from junheng.workflow.judging import load


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.setenv("JUNHENG_STORE", str(tmp_path / "store"))
    monkeypatch.setenv("COLUMNS", "220")

    def call(*words):
        done = CliRunner().invoke(cli, [str(word) for word in words])
        assert done.exception is None or isinstance(done.exception, SystemExit | JunhengError), done.exception
        return done

    return call


def test_the_county_its_needs_and_what_cannot_be_said(run):
    done = run("forecast", COUNTY, "--years", "2")
    assert done.exit_code == 0
    for words in ("各县学生数", "各县班级、学位、教师", "2027", "样本不足", "区间只来自 1 个起点的回测"):
        assert words in done.output


def test_back_test_against_the_baselines(run):
    done = run("forecast", COUNTY, "--backtest")
    assert all(words in done.output for words in ("升级率", "去年同数", "直线外推"))
    rows = json.loads(run("forecast", COUNTY, "--backtest", "--format", "json").stdout)["rows"]
    errors = {row["method"]: row["wape"] for row in rows if (row["level"], row["size"]) == ("school", "all")}
    assert errors["cohort"] < errors["linear"] < errors["last"]


def test_lists_as_csv_and_everything_as_a_workbook(run, tmp_path):
    done = run("forecast", COUNTY, "--years", "1", "--show", "grades", "--format", "csv")
    heads, *lines = done.stdout.splitlines()
    assert heads.startswith("县代码,学校标识码,学校,学段,年级,学年,预测人数")
    assert len(lines) == 112 * 6 + 28 * 3 or len(lines) > 600
    file = tmp_path / "预测.xlsx"
    assert (
        run("forecast", COUNTY, "--years", "1", "--judged", "--backtest", "--format", "xlsx", "-o", file).exit_code == 0
    )
    book = load_workbook(file)
    assert {"概要", "各县学生数", "各校学生数", "将跌破标准的学校", "差异系数", "回测"} <= set(book.sheetnames)
    assert book["各校学生数"]["G3"].data_type == "n"


def test_wrong_words_are_answered_with_the_next_step(run, tmp_path):
    for words, answer in (
        ((COUNTY, "--format", "xlsx"), "请用 -o 指定文件"),
        ((COUNTY, "--format", "csv", "-o", tmp_path / "x.xlsx"), "要以 .csv 结尾"),
        ((COUNTY, "-o", tmp_path / "x.csv"), "请加 --format"),
        ((COUNTY, "--pupils-per-teacher", "高中=3"), "请写成 小学=19"),
        ((COUNTY, "--years", "99"), "1～15"),
        ((WORKED,), "至少要连续两个学年"),
    ):
        done = run("forecast", *words)
        assert done.exit_code != 0
        assert answer in done.output + str(done.exception)


def test_the_inputs_are_written_and_read(run, tmp_path):
    file = tmp_path / "输入.xlsx"
    assert run("forecast-inputs", "-o", file).exit_code == 0
    assert load_workbook(file).sheetnames[1:-1] == ["全县入学人数", "学校入学人数", "出生人数", "净迁入", "撤并新建"]
    assert run("forecast", COUNTY, "--entry", file, "--years", "1").exit_code == 0


def test_of_the_national_store(run, tmp_path):
    home = tmp_path / "全国库"
    NationalStore(home).append(load(COUNTY))
    one = run("forecast", COUNTY, "--years", "1", "--show", "schools", "--format", "csv")
    same = run("nation", "forecast", "--nation", home, "--years", "1", "--show", "schools", "--format", "csv")
    assert same.stdout == one.stdout
    done = run("nation", "forecast", "--nation", home, "--region", "11")
    assert "没有 11" in str(done.exception)
