"""年度监测与趋势报告: what held and what fell since the year before, by name; unknown years are no fall and no rise."""

from __future__ import annotations

from dataclasses import replace

import pytest

from example import county_judgement
from junheng.reporting.errors import ReportNeedsError
from junheng.verdict.comparison import compare
from junheng.workflow.reports import report_on
from reports_made import judged, lines, made, section, table, years_before


def test_each_part_stands_with_its_outcome_of_every_year():
    rows = {row[0]: row[1:] for row in table(made("monitoring"), "parts_years")}
    assert rows["教育质量"] == ["无法判定", "未达标", "达标"]
    assert rows["县级结论"] == ["未达标", "未达标", "未达标"]


def test_alerts_name_what_is_over_its_limit_and_what_rises():
    said = section(made("monitoring"), "预警")
    assert said[0] == "差异系数超过限值：小学每百名学生拥有县级以上骨干教师数0.502（限值0.50）。"
    assert any(one.startswith("比上年度上升最多的差异系数：") for one in said)
    share = "初中达标学校占比比上年度下降7.4个百分点"
    assert f"{share}，其中本年度有1所因数据不全无法判定，未计入达标。" in said


def test_schools_that_slipped_and_improved_are_those_whose_outcome_changed():
    changed = compare(years_before("example", "CN/youzhi_2017")[0], judged("example", "CN/youzhi_2017")).rows
    known = {"met", "tolerated", "unmet"}
    names = {
        row["school_name"] for row in changed.to_dicts() if row["before"] in known and row["after"] in known
    }  # fmt: skip
    slipped = {row[1] for row in table(made("monitoring"), "schools_slipped")}
    improved = {row[1] for row in table(made("monitoring"), "schools_improved")}
    assert slipped | improved == names
    assert not slipped & improved


def test_a_school_that_became_unknown_did_not_slip():
    changed = compare(years_before("example", "CN/youzhi_2017")[0], judged("example", "CN/youzhi_2017")).rows
    unknown = {row["school_name"] for row in changed.to_dicts() if row["after"] == "unknown"}
    assert unknown
    assert not unknown & {row[1] for row in table(made("monitoring"), "schools_slipped")}


def test_classes_of_all_years_stand_beside_each_other():
    rows = table(made("monitoring"), "classes_years")
    assert rows[0] == ["小学", "班数（个）", "1449", "1453", "1421"]


def test_without_an_earlier_year_there_is_nothing_to_monitor():
    judgement = county_judgement()
    alone = judgement.dataset["stage_year"]
    one_year = alone.filter(alone["school_year"] == judgement.year)
    frames = {**judgement.dataset.frames, "stage_year": one_year}
    bare = replace(judgement, dataset=replace(judgement.dataset, frames=frames))
    with pytest.raises(ReportNeedsError, match="以前学年"):
        report_on(bare, "monitoring")


def test_years_of_which_nothing_is_known_are_neither_quiet_nor_alarming():
    report = made("monitoring", "blank")
    assert not any("没有须预警" in one for one in section(report, "预警"))
    assert not any("持平" in one or "下降" in one or "提高" in one for one in lines(report))
    shares = [row[1:] for row in table(report, "shares_years") if "占比" in row[0]]
    assert {figure for row in shares for figure in row} == {"无法判定"}


def test_a_verdict_that_could_not_be_given_is_not_called_one():
    said = section(made("monitoring", "blank"), "总体变化")
    assert said[0].endswith("2025学年因数据不全或事项未认定，无法作出结论，与上年度相同。")
    assert any(
        one == "小学7项差异系数都因有学校缺少数据，不能判定。" for one in section(made("monitoring", "blank"), "预警")
    )
