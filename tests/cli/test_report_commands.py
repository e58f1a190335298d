"""``junheng report``: what a clerk types, what she gets, and what she is told when something is missing."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from example import COUNTY

TOOL = [sys.executable, "-c", "from junheng.cli import main; main()"]
ON = ("--on", "2025-12-31")
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    def run_command(*words: object, check: int) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "JUNHENG_STORE": str(tmp_path / "store"), "COLUMNS": "240"}
        told = [*TOOL, "report", *map(str, words)]
        done = subprocess.run(told, capture_output=True, text=True, cwd=tmp_path, env=environment, check=False)
        assert "Traceback" not in done.stdout + done.stderr
        assert done.returncode == check, done.stderr
        return done

    return run_command


def test_a_report_is_written_in_three_formats_verified_and_refreshed(run: Run, tmp_path: Path) -> None:
    files = ("-o", "自评.docx", "-o", "自评.pdf", "-o", "自评.xlsx")
    done = run("make", "shortages", COUNTY, *ON, *files, check=0)
    rows = int(done.stderr.split("表格共 ")[1].split(" 行")[0])
    assert rows > 0
    assert "校验码" in done.stderr
    assert openpyxl.load_workbook(tmp_path / "自评.xlsx").sheetnames
    assert (tmp_path / "自评.pdf").read_bytes().startswith(b"%PDF")
    assert "不符 0 处" in run("verify", "自评.docx", COUNTY, check=0).stderr
    run("refresh", "自评.docx", COUNTY, "-o", "新自评.docx", check=0)
    assert "不符 0 处" in run("verify", "新自评.docx", COUNTY, check=0).stderr


def test_the_standard_is_that_of_the_report_and_the_basic_standard_stands_in_it(run: Run) -> None:
    told = ("make", "application_2012", COUNTY, *ON, "--gate", "CN-13/banxue", "-o", "申报表.docx")
    assert "已写入 申报表.docx" in run(*told, check=0).stderr
    assert "不符 0 处" in run("verify", "申报表.docx", COUNTY, check=0).stderr


def test_every_report_is_listed_with_what_it_needs(run: Run) -> None:
    text = run("list", check=0).stdout
    assert "self_assessment" in text
    assert "--school" in text


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (["make", "self_assessment", COUNTY, "-o", "a.docx"], 2, "--on"),
        (["make", "self_assessment", "-o", "a.docx"], 2, "要用数据"),
        (["make", "self_assessment", COUNTY, *ON], 2, "-o"),
        (["make", "self_assessment", COUNTY, *ON, "-o", "a.odt"], 1, "JH-W007"),
        (["make", "self_assessment", COUNTY, *ON, "-o", "没有/a.docx"], 2, "这个文件夹"),
        (["make", "self_assessmant", COUNTY, *ON, "-o", "a.docx"], 1, "JH-R010"),
        (["make", "self_assessment", COUNTY, *ON, "--county", "别的县", "-o", "a.docx"], 1, "示例县"),
        (["make", "school_report", COUNTY, *ON, "-o", "a.docx"], 1, "--school"),
        (["make", "application_2012", COUNTY, *ON, "--standard", "CN/youzhi_2017", "-o", "a.docx"], 1, "JH-R013"),
        (["make", "resource_plan", "-o", "a.docx"], 1, "junheng plan resources"),
        (["make", "self_assessment", COUNTY, *ON, "--texts", "没有.yaml", "-o", "a.docx"], 1, "没有这个文件"),
        (["make", "self_assessment", COUNTY, *ON, "--template", COUNTY, "-o", "a.docx"], 1, "JH-R02"),
    ],
    ids=[
        "day",
        "data",
        "output",
        "format",
        "folder",
        "report",
        "county",
        "school",
        "standard",
        "plan",
        "texts",
        "template",
    ],
)
def test_what_cannot_be_made_says_why_and_writes_nothing(
    run: Run, tmp_path: Path, words: list[object], code: int, says: str
) -> None:
    done = run(*words, check=code)
    assert says in done.stderr
    assert not list(tmp_path.glob("a.*"))


def test_a_report_that_is_there_is_not_written_over(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_text("很重要", encoding="utf-8")
    assert "--force" in run("make", "shortages", COUNTY, *ON, "-o", "a.xlsx", check=1).stderr
    assert (tmp_path / "a.xlsx").read_text(encoding="utf-8") == "很重要"
