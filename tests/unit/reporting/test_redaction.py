"""A redacted copy names nobody and says no figures, in any file and in any corner of it."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner

from example import COUNTY, DAY, county_dataset, county_judgement
from junheng.cli import cli
from junheng.reporting.facts.facts import Writer
from junheng.reporting.redact import Known, Mask, redact
from junheng.reporting.report.blocks import Chart, Heading, Paragraph, Table, cell, heads
from junheng.reporting.report.report import Provenance, Report
from junheng.reporting.report.runs import Figure, Name, Note, Quote, words_of
from junheng.reporting.report.serial import to_json
from junheng.standards.library import load_standard
from junheng.verdict.judge import judge
from junheng.workflow import report_on, write_report

SCHOOL = Name("青禾县第一小学", "school")
PUPILS = Figure("school/4401/primary/pupils", 1234, "人", about="青禾县第一小学在校生数")
KNOWN = Known(
    {
        "青禾县": ("county", "440199"),
        "440199": ("county", "440199"),
        "青禾县第一小学": ("school", "4401"),
        "青禾县第二小学": ("school", "4402"),
        "4401": ("school", "4401"),
    },
    frozenset({"由李老师负责，九月底前完成"}),
)
MADE = Provenance(
    "abc123", "CN/x", "某标准", date(2025, 12, 31), 2025, "1.0", 0, (("2024 学年", "def456"),), "440199", "4401"
)


def report(*blocks: Heading | Paragraph | Table | Chart) -> Report:
    return Report("x", (Name("青禾县", "county"), "报告"), (Quote("青政函1号"),), blocks, MADE)


def said(copy: Report) -> list[str]:
    return [words_of(block.text) for block in copy.blocks if isinstance(block, Heading | Paragraph)]


def test_one_school_keeps_one_number_wherever_it_stands():
    copy = redact(
        report(
            Paragraph((SCHOOL, "有", PUPILS, "。")),
            Paragraph((Quote("青禾县第二小学（4402）与青禾县第一小学（4401）"),)),
            Paragraph((SCHOOL, Note((SCHOOL, PUPILS)))),
        ),
        Mask(),
        KNOWN,
    )
    assert said(copy) == ["某校1有××人。", "某校2（4402）与某校1（某校1）", "某校1"]
    assert copy.blocks[2].text[1] == Note((Name("某校1", "school"), Quote("××人")))
    assert words_of(copy.title) == "某县报告"
    assert copy.redacted


def test_the_longest_name_is_masked_first():
    copy = redact(report(Paragraph((Quote("青禾县青禾县第一小学"),))), Mask(figures=False), KNOWN)
    assert said(copy) == ["某县某校1"]


def test_names_alone_leave_figures_but_not_where_they_are_from():
    copy = redact(report(Paragraph((SCHOOL, "有", PUPILS))), Mask(figures=False), KNOWN)
    assert said(copy) == ["某校1有1234人"]
    (figure,) = copy.figures()
    assert (figure.key, figure.about, figure.origin) == ("redacted/1", "", "")


def test_figures_alone_leave_names():
    unknown = Figure("cv/x", None, absent="3所缺数据")
    table = Table("t", ("表",), (1, 1), (heads("学校", "在校生（人）"), (cell(SCHOOL), cell(PUPILS))))
    copy = redact(report(Paragraph((SCHOOL, "有", PUPILS, "，", unknown)), table), Mask(names=False), KNOWN)
    assert said(copy) == ["青禾县第一小学有××人，××所缺数据"]
    masked = copy.blocks[1]
    assert isinstance(masked, Table)
    assert [words_of(one.text) for one in masked.rows[1]] == ["青禾县第一小学", "××"]
    assert copy.provenance == MADE


def test_what_people_wrote_is_left_out_whole():
    note = "由李老师负责，九月底前完成"
    for mask in (Mask(), Mask(names=False), Mask(figures=False)):
        copy = redact(report(Paragraph((Quote(note),)), Paragraph((Quote(f"整改：{note}。"),))), mask, KNOWN)
        assert said(copy) == ["（原文从略）", "整改：（原文从略）。"]


def test_charts_and_what_the_report_was_made_from_are_left_out():
    chart = Chart("c", (SCHOOL, "的图"), {"data": {"values": [{"school": "青禾县第一小学"}]}}, "青禾县第一小学1234人")
    copy = redact(report(chart, Table("一校/4401", ("表",), (1,), (heads("甲"),))), Mask(), KNOWN)
    text = to_json(copy)
    for word in ("青禾", "1234", "4401", "440199", "abc123", "def456"):
        assert word not in text
    assert copy.provenance.standard == "CN/x"
    assert copy.provenance.others == (("2024 学年", ""),)


@pytest.fixture(scope="module")
def noted():
    """The example with notes that name people, judged."""
    frames = dict(county_dataset().frames)
    frames["judged_item"] = frames["judged_item"].with_columns(
        note=pl.lit("张校长说：第一小学还差3间教室"),
        responsible=pl.lit("王科长办公室"),
        plan=pl.lit("请刘局长协调示例县财政"),
    )
    return judge(replace(county_dataset(), frames=frames), load_standard("CN/youzhi_2017"), DAY)


def identifying(judgement) -> set[str]:
    """Every name and code that a reader could know the county by."""
    schools = judgement.dataset["school"]
    counties = judgement.dataset["county"]
    names = {*schools["school_name"], *schools["school_code"], *schools["town"].drop_nulls()}
    return {*names, *counties["county_name"], *counties["county_code"], judgement.snapshot} - {""}


def words_in(file: Path) -> str:
    """All text of all parts of a Word or Excel file, hidden ones too."""
    with zipfile.ZipFile(file) as package:
        parts = [package.read(name) for name in package.namelist() if name.endswith((".xml", ".rels"))]
    return "\n".join(part.decode() + re.sub(r"<[^>]+>", "", part.decode()) for part in parts)


@pytest.mark.slow
@pytest.mark.parametrize("suffix", ["docx", "xlsx"])
def test_no_corner_of_a_file_names_anybody(noted, tmp_path, suffix):
    writer = Writer("示例县教育局", "某市教育局", "示教〔2025〕7号", None, {"conclusion": "李明同志牵头。"})
    copy = report_on(noted, "self_assessment", writer=writer, mask=Mask())
    file = tmp_path / f"脱敏.{suffix}"
    write_report(copy, file)
    text = words_in(file)
    people = {"张校长", "王科长", "刘局长", "李明", "示教〔2025〕", "示例县教育局", "某市教育局"}
    assert {name for name in identifying(noted) | people if name in text} == set()


def test_no_figure_is_left_in_a_copy_without_figures(noted):
    copy = report_on(noted, "self_assessment", mask=Mask(names=False))
    assert not [figure for figure in copy.figures() if figure.value is not None]
    assert "张校长" not in to_json(copy)


def test_a_copy_without_names_says_the_same_figures(noted):
    copy = report_on(noted, "self_assessment", mask=Mask(figures=False))
    whole = report_on(county_judgement(), "self_assessment")
    assert [figure.text for figure in copy.figures()] == [figure.text for figure in whole.figures()]


@pytest.mark.parametrize(("choice", "names", "figures"), [("names", False, True), ("figures", True, False)])
def test_the_command_line_masks_what_was_asked_for(tmp_path, choice, names, figures):
    file = tmp_path / "脱敏.xlsx"
    arguments = ["report", "make", "balance_analysis", str(COUNTY), "--on", "2025-12-31", "-o", str(file)]
    result = CliRunner().invoke(cli, [*arguments, "--redact", choice], catch_exceptions=False)
    assert result.exit_code == 0
    text = words_in(file)
    assert ("示例县" in text) is names
    assert ("××" in text) is not figures
