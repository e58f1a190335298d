"""``junheng claims``: what somebody who checks a report types, and what she gets."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner, Result

from checked_report import claims, report
from junheng import workflow
from junheng.base.errors import JunhengError
from junheng.cli import cli

NAME = "溪口小学自查.txt"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the report; what is found in it is known."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "240")
    monkeypatch.setattr(workflow, "check_claims", lambda document, **_: claims() if document.name == NAME else ())
    (tmp_path / NAME).write_text(report().text, encoding="utf-8")
    (tmp_path / "无误.txt").write_text("学校有学生620人。\n", encoding="utf-8")
    return tmp_path


def run(*words: object) -> Result:
    return CliRunner().invoke(cli, ["claims", *map(str, words)], catch_exceptions=True)


def test_the_table_says_where_what_and_why_in_text_order(folder: Path) -> None:
    done = run("check", NAME)
    assert done.exit_code == 1
    lines = [line for line in done.stdout.splitlines() if "│" in line]
    assert [line.split("│")[2].strip() for line in lines][:3] == [
        "学生620人",
        "教职工、专任教师分别为52人、48人",
        "生均20平方米",
    ]
    wrong = next(line for line in lines if "生均40册" in line)
    assert [cell.strip() for cell in wrong.split("│")[1:6]] == ["二、图书", "生均40册", "40册/生", "29册/生", "✗ 不符"]
    assert "共 8 处数字，可核对 5 处，不符 2 处，未达到标准 1 处。" in done.stderr


def test_nothing_wrong_exits_with_0(folder: Path) -> None:
    done = run("check", "无误.txt")
    assert (done.exit_code, done.stdout) == (0, "")
    assert "共 0 处数字" in done.stderr


@pytest.mark.parametrize(("only", "rows"), [("inconsistent", 3), ("checkable", 6), ("all", 8)])
def test_which_figures_are_shown_is_chosen(folder: Path, only: str, rows: int) -> None:
    assert len(json.loads(run("check", NAME, "--format", "json", "--only", only).stdout)) == rows


def test_json_goes_to_the_screen_or_to_a_file(folder: Path) -> None:
    done = run("check", NAME, "--format", "json")
    assert run("check", NAME, "-o", "结果.json").exit_code == 1
    assert json.loads((folder / "结果.json").read_text(encoding="utf-8")) == json.loads(done.stdout)


def test_several_files_are_listed_by_name(folder: Path) -> None:
    done = run("check", NAME, "无误.txt", "--format", "json")
    assert [(one["document"], len(one["figures"])) for one in json.loads(done.stdout)] == [(NAME, 8), ("无误.txt", 0)]


def test_pages_and_comments_are_written_beside_the_file(folder: Path) -> None:
    assert "已写入 溪口小学自查_核对.html" in run("check", NAME, "--format", "html").stderr
    assert "生均40册" in (folder / "溪口小学自查_核对.html").read_text(encoding="utf-8")
    run("check", NAME, "--format", "docx")
    assert len(list(docx.Document(str(folder / "溪口小学自查_核对.docx")).comments)) == 3


def test_a_word_file_keeps_its_format_and_gets_comments(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    word = docx.Document()
    word.add_paragraph().add_run("生均40册").italic = True
    word.save(str(folder / "报告.docx"))
    found = replace(claims()[4], start=0, inputs=())
    monkeypatch.setattr(workflow, "check_claims", lambda document, **_: (found,))
    run("check", "报告.docx", "-o", "批注.docx")
    made = docx.Document(str(folder / "批注.docx"))
    assert [run.italic for run in made.paragraphs[0].runs if run.text] == [True]
    assert len(list(made.comments)) == 1


def test_several_files_go_into_a_folder(folder: Path) -> None:
    run("check", NAME, "无误.txt", "--format", "html", "-o", "结果")
    assert sorted(path.name for path in (folder / "结果").iterdir()) == ["无误_核对.html", "溪口小学自查_核对.html"]


def test_a_file_that_is_there_is_not_written_over(folder: Path) -> None:
    (folder / "溪口小学自查_核对.html").write_text("很重要", encoding="utf-8")
    done = run("check", NAME, "--format", "html")
    assert isinstance(done.exception, JunhengError)
    assert (folder / "溪口小学自查_核对.html").read_text(encoding="utf-8") == "很重要"
    assert run("check", NAME, "--format", "html", "--force").exit_code == 1


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["check"], "文件"),
        (["check", "没有.docx"], "没有.docx"),
        (["check", NAME, "-o", "表.txt"], "--format"),
        (["check", NAME, "--format", "html", "-o", "页.docx"], ".html"),
        (["score"], "--gold"),
    ],
    ids=["no file", "missing file", "table to a file", "another suffix", "no folder"],
)
def test_wrong_usage_says_what_to_type(folder: Path, words: list[str], says: str) -> None:
    done = run(*words)
    assert done.exit_code == 2
    assert says in done.stderr


def test_two_reports_that_would_become_one_file_are_refused(folder: Path) -> None:
    (folder / "无误.md").write_text("学校有学生620人。\n", encoding="utf-8")
    assert "无误_核对.html" in run("check", "无误.txt", "无误.md", "--format", "html").stderr


def test_a_damaged_file_is_an_error_with_a_code(folder: Path) -> None:
    (folder / "坏.docx").write_bytes(b"PK\x03\x04")
    done = run("check", "坏.docx")
    assert isinstance(done.exception, JunhengError)
    assert done.exception.code.startswith("JH-K00")


def test_reasons_and_heads_speak_english_when_asked(folder: Path) -> None:
    done = run("check", NAME, "--language", "en")
    assert "does not hold" in done.stdout
    assert "8 figures, 5 could be checked" in done.stderr


def test_the_schema_is_printed(folder: Path) -> None:
    done = CliRunner().invoke(cli, ["schema", "figures"])
    assert json.loads(done.stdout)["type"] == "array"


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts/一.txt").write_text("学校占地12400平方米，学生620人，生均30平方米。\n", encoding="utf-8")
    head = "id,text_file,section,quote,claim_type,claimed_value,inputs,recomputed_value,verdict,threshold_met,note"
    rows = f"{head}\nC1,一.txt,一,生均30平方米,per-capita,30,[],20,inconsistent,,\n"
    (tmp_path / "claims.csv").write_text(rows, encoding="utf-8")
    return tmp_path


def test_the_checker_is_held_against_figures_that_people_checked(gold: Path) -> None:
    found = json.loads(run("score", "--gold", gold, "--json").stdout)
    assert found["rows"] == 1
    assert found["inconsistent"]["recall"]["all"] == 1
    assert "查全率" in run("score", "--gold", gold).stdout


def test_a_standard_needs_the_day_of_the_report(tmp_path: Path) -> None:
    (tmp_path / "一.txt").write_text("学校有学生620人。\n", encoding="utf-8")
    words = ["check", tmp_path / "一.txt", "--standard", "CN/youzhi_2017"]
    assert "JH-K023" in str(run(*words).exception)
    assert run(*words, "--on", "2025-12-31").exit_code == 0


def test_two_reports_that_differ_exit_with_1_and_name_both_places(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")
    Path("甲.txt").write_text("全县小学在校生4363人。\n", encoding="utf-8")
    Path("乙.txt").write_text("全县小学在校生4636人。\n", encoding="utf-8")
    done = run("compare", "甲.txt", "乙.txt")
    assert done.exit_code == 1
    row = next(line for line in done.stdout.splitlines() if line.startswith("│"))
    assert [cell.strip() for cell in row.split("│")[2:4]] == [
        "4363人（全县小学在校生4363人）",
        "4636人（全县小学在校生4636人）",
    ]
    (found,) = json.loads(run("compare", "甲.txt", "乙.txt", "--format", "json").stdout)
    assert found["first"] == [
        {"document": "甲.txt", "value": 4363, "unit": "人", "quote": "全县小学在校生4363人", "start": 0, "source": ""}
    ]
    assert run("compare", "甲.txt", "甲.txt").exit_code == 0


def test_the_data_are_opened_once_for_all_reports(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    opened: list[object] = []
    monkeypatch.setattr(workflow, "claim_records", lambda *words, **_: opened.append(words) or "记录")
    monkeypatch.setattr(workflow, "check_claims", lambda document, **options: asked.append(options["data"]) or ())
    assert run("check", NAME, "无误.txt", "--data", "县数据.xlsx", "--on", "2025-12-31").exit_code == 0
    assert (opened, asked) == ([("县数据.xlsx",)], ["记录", "记录"])
