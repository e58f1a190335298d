"""整改情况报告: problem, measure, result against the year before; nothing is claimed that was not filed."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
import pytest

from example import DAY, county_dataset
from junheng.standards.library import load_standard
from junheng.verdict.judge import judge
from junheng.workflow.reports import report_on
from reports_made import judged, lines, made, section, table, with_finding


def test_what_was_not_met_a_year_ago_is_told_with_what_became_of_it():
    report = made("rectification")
    assert (
        "2024学年未达到要求的事项5项，本年2项已达到，2项仍未达到，1项尚不能判定；另有1项新出现未达到的情况。"
        in lines(report)
    )
    results = {row[0]: row[-1] for row in table(report, "rectified_items")}
    assert results == {
        "专任教师持证上岗率": "达到",
        "教师能熟练运用信息技术，设施设备利用充分": "达到",
        "音乐、美术专用教室": "未达到",
        "班额": "未达到",
        "教师5年360学时培训完成率": "尚不能判定",
    }


def test_it_says_plainly_that_no_measure_was_filed():
    said = section(made("rectification"), "事项整改情况")
    assert "各项均没有填报整改措施，结果按两年数据对照得出。" in said


def test_a_filed_measure_is_quoted_and_only_the_others_are_missing():
    changed = with_finding("class_size", school_year=2024, plan="新建小学一所")
    report = report_on(judge(changed, load_standard("CN/youzhi_2017"), DAY), "rectification")
    plans = {row[0]: row[2] for row in table(report, "rectified_items")}
    assert plans["班额"] == "新建小学一所"
    (said,) = [line for line in section(report, "事项整改情况") if "没有填报整改措施" in line]
    assert "班额" not in said


@pytest.fixture(scope="module")
def first_year():
    dataset = county_dataset()
    frames = {
        name: frame.filter(pl.col("school_year") == 2025) if "school_year" in frame.columns else frame
        for name, frame in dataset.frames.items()
    }
    judgement = judge(replace(dataset, frames=frames), load_standard("CN/youzhi_2017"), DAY)
    return report_on(judgement, "rectification")


def test_without_an_earlier_year_nothing_is_compared(first_year):
    said = lines(first_year)
    assert any("没有以前年度的判定数据" in line for line in said)
    assert "事项整改情况" not in said
    assert table(first_year, "measures")


def test_schools_that_came_to_pass_are_told_apart_from_those_that_did_not():
    judgement = judged("example", "CN-61/banxue")
    report = report_on(judgement, "rectification")
    resolved = {row[0] for row in table(report, "resolved_schools")}
    passing = judgement.in_scope.filter(pl.col("outcome").is_in(["met", "tolerated"]))["school_name"]
    assert resolved
    assert resolved <= set(passing)


def test_columns_that_nobody_filed_anything_for_are_left_out():
    assert {len(row) for row in table(made("rectification"), "rectified_items")} == {4}
