"""Our own reports have nothing to mend, in the model and in the finished file; the command line says what has."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from docx import Document as Word

from example import county_judgement
from junheng.cli import cli
from junheng.documents.errors import DamagedDocumentError, UnsupportedDocumentError
from junheng.reporting.library import list_reports
from junheng.reporting.lint.lint import lint_file, lint_report
from junheng.reporting.redact import Mask
from junheng.workflow import report_on, write_report

ON_DATA = [maker for maker in list_reports() if maker.definition.scope != "plan"]


@pytest.mark.slow
@pytest.mark.parametrize("maker", ON_DATA, ids=lambda maker: maker.id)
def test_our_own_reports_have_nothing_to_mend(maker):
    for standard in ("CN/youzhi_2017", "CN/jiben_2012"):
        judgement = county_judgement(standard)
        if maker.suits(judgement.standard) and maker.id != "shortages":
            school = "9901010001" if maker.definition.scope == "school" else ""
            assert lint_report(report_on(judgement, maker.id, school=school)) == ()


def test_a_finished_file_has_nothing_to_mend(tmp_path):
    file = tmp_path / "报告.docx"
    write_report(report_on(county_judgement(), "briefing"), file)
    assert lint_file(file) == ()


def test_the_marks_of_a_redacted_report_are_meant(tmp_path):
    report = report_on(county_judgement(), "briefing", mask=Mask())
    assert lint_report(report) == ()
    write_report(report, tmp_path / "脱敏.docx")
    assert lint_file(tmp_path / "脱敏.docx") == ()


def test_a_file_of_ours_says_itself_which_county_it_is_about(tmp_path):
    file = tmp_path / "报告.docx"
    write_report(report_on(county_judgement(), "briefing"), file)
    word = Word(str(file))
    word.add_paragraph("阳高县的做法")
    word.save(str(file))
    assert [finding.rule for finding in lint_file(file)] == ["other_place"]


def test_a_word_file_is_read_with_its_tables(tmp_path):
    word = Word()
    word.add_paragraph("灵丘县自查报告")
    word.add_heading("一、基本情况", 1)
    word.add_paragraph("正常。")
    table = word.add_table(2, 2)
    table.cell(0, 0).text = "学校"
    table.cell(1, 1).text = "xx"
    word.save(str(tmp_path / "报告.docx"))
    (finding,) = lint_file(tmp_path / "报告.docx")
    assert finding.place == "“一、基本情况”第1个表第2行"


def test_the_command_line_fails_where_something_has_to_be_mended(tmp_path):
    file = tmp_path / "报告.txt"
    file.write_text("灵丘县自查报告\n现有小学xx所。\n与阳高县比较。\n", encoding="utf-8")
    run = CliRunner().invoke(cli, ["report", "lint", str(file), "--format", "json"])
    assert run.exit_code == 1
    assert [one["rule"] for one in json.loads(run.stdout)] == ["placeholder", "other_place"]
    file.write_text("灵丘县自查报告\n与阳高县比较。\n", encoding="utf-8")
    run = CliRunner().invoke(cli, ["report", "lint", str(file)])
    assert run.exit_code == 0  # only for a person to decide
    assert "阳高县" in run.stdout
    assert "须改 0 处，请核对 1 处" in run.stderr


def test_what_cannot_be_read_is_said_so(tmp_path):
    picture = tmp_path / "报告.png"
    picture.write_bytes(b"\x89PNG")
    with pytest.raises(UnsupportedDocumentError):
        lint_file(picture)
    broken = tmp_path / "报告.docx"
    broken.write_bytes(b"no zip")
    with pytest.raises(DamagedDocumentError):
        lint_file(broken)
