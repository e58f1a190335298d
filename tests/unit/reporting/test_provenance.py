"""The small print says from what a report could be made again, and nothing that a redacted copy must not say."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from sample_report import PROVENANCE, report_of

from junheng.reporting.report.blocks import Paragraph
from junheng.reporting.report.provenance import provenance_blocks
from junheng.reporting.report.report import Provenance, Report
from junheng.reporting.report.runs import words_of


def lines(report: Report) -> list[str]:
    return [words_of(block.text) for block in provenance_blocks(report) if isinstance(block, Paragraph)]


def with_provenance(made: Provenance) -> Report:
    return replace(report_of(), provenance=made)


def test_snapshot_standard_day_year_version_and_checksum_are_said():
    report = report_of()
    assert lines(report) == [
        "数据与依据：2026—2027学年数据，快照3f9c2a51d07e，评估日期2026年11月21日。",
        "评估标准：县域义务教育优质均衡发展督导评估办法（2017）（CN/youzhi_2017）。其中3条规则没有见到原文，依据转述录入。",
        "另用数据：上一学年的数据（a81b77c0e3d2）、填平补齐方案（plan-2027.xlsx）。",
        f"由均衡（Junheng）0.6.0生成；校验码{report.checksum}。",
    ]


def test_data_that_were_not_committed_are_said_to_have_no_number():
    assert "数据未入库，没有快照编号" in lines(with_provenance(replace(PROVENANCE, snapshot="")))[0]


def test_a_report_that_judges_nothing_names_no_standard_and_no_day():
    made = replace(PROVENANCE, standard="", standard_label="", day=None, school_year=None, others=())
    said = lines(with_provenance(made))
    assert len(said) == 2
    assert said[0] == "数据与依据：快照3f9c2a51d07e。"


@pytest.mark.parametrize("inferred", [0, 3])
def test_rules_that_nobody_saw_in_print_are_counted_where_there_are_any(inferred):
    said = "".join(lines(with_provenance(replace(PROVENANCE, inferred=inferred))))
    assert ("没有见到原文" in said) == bool(inferred)


def test_a_redacted_copy_says_so_and_names_no_other_files():
    said = lines(replace(report_of(), redacted=True))
    assert said[-1] == "本稿是脱敏版，隐去了一部分名称或数值，不作为报送材料。"
    assert not any("plan-2027" in line for line in said)


def test_a_snapshot_that_was_redacted_is_not_said_to_be_missing():
    made = replace(PROVENANCE, snapshot="")
    assert "快照" not in "".join(lines(replace(with_provenance(made), redacted=True)))


def test_our_own_words_hold_no_digits():
    for block in provenance_blocks(report_of()):
        assert isinstance(block, Paragraph)
        assert not any(isinstance(run, str) and re.search(r"\d", run) for run in block.text)
