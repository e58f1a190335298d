"""自查自评报告: the story that the example county reads, and one that filed nothing."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

import polars as pl

from example import DAY, county_dataset
from junheng.reporting.facts.digits import share_digits
from junheng.reporting.wording.phrases import short_label
from junheng.standards.library import load_standard
from junheng.tables.dataset import Dataset
from junheng.verdict.judge import judge
from junheng.workflow.reports import report_on
from reports_made import judged, lines, made, section, table

OUTCOMES = ("met", "tolerated", "unmet", "unknown")


def test_the_conclusion_comes_first_and_every_part_has_its_own():
    report = made("self_assessment")
    first = section(report, "自评结论")[0]
    assert "2025学年" in first
    assert "自评未达到该标准" in first
    found = {row[0]: row[2] for row in table(report, "parts")}
    assert found["资源配置"] == "未达标"
    assert found["教育质量"] == "达标"
    assert found["不予认定的情形"] == "未发生"


def test_the_tables_of_indicators_add_up_with_the_judge():
    rows = judged("example", "CN/youzhi_2017").in_scope
    indicators = list(judged("example", "CN/youzhi_2017").standard.resources)
    for stage in ("primary", "junior"):
        own = rows.filter(rows["stage"] == stage)
        for name, line in zip(indicators, table(made("self_assessment"), f"indicators_{stage}"), strict=True):
            counts = [(own[f"{name}__outcome"] == outcome).sum() for outcome in OUTCOMES]
            assert line[2:6] == [str(count) for count in counts]


def test_every_school_judged_is_in_the_matrix_once():
    report, rows = made("self_assessment"), judged("example", "CN/youzhi_2017").in_scope
    for stage in ("primary", "junior"):
        names = [row[0] for row in table(report, f"matrix_{stage}")]
        assert sorted(names) == sorted(rows.filter(rows["stage"] == stage)["school_name"])


def test_a_coefficient_over_its_limit_is_told_with_the_schools_that_drive_it():
    said = "".join(section(made("self_assessment"), "存在的问题"))
    assert "差异系数为0.502，超过0.50的限值" in said
    assert "示例县第五小学（占14.5%）" in said


def test_what_changed_since_the_year_before_is_told_with_by_how_much():
    said = section(made("self_assessment"), "与以前年度比较")
    assert any("比2024学年下降7.4个百分点" in line for line in said)
    assert any("“学校规模”由达到变为未达到" in line for line in said)


def test_a_measure_that_nobody_filed_is_marked_as_a_suggestion():
    measures = [row[-1] for row in table(made("self_assessment"), "measures")]
    assert all(measure.startswith("建议") or measure == "尚未填报整改措施" for measure in measures)


def test_a_standard_of_other_parts_has_other_chapters():
    heads = lines(made("self_assessment", standard="CN/jiben_2012"))
    assert "县级政府工作" in heads
    assert "资源配置情况" not in heads
    assert "政府保障程度" not in heads


def test_the_basic_standard_judged_beside_tells_which_schools_keep_the_county_out():
    gated = judge(county_dataset(), load_standard("CN/jiben_2012"), DAY, gate=load_standard("CN-61/banxue"))
    said = section(report_on(gated, "self_assessment"), "自评结论")
    (line,) = [line for line in said if line.startswith("先决条件方面")]
    assert "未达到的学校为" in line


def test_a_county_that_filed_nothing_is_not_told_any_numbers_of_pupils():
    report = made("self_assessment", "blank")
    said = section(report, "基本情况")
    assert "小学在校生、教学班、专任教师均未填报。" in said
    assert not any(re.search(r"(?<![0-9.])0人", line) for line in lines(report))
    assert "目前尚不能判定是否达到该标准" in section(report, "自评结论")[0]
    assert "附件：各校达标程度" not in lines(report), "nothing is known of any school"


def test_rules_whose_text_was_not_seen_are_listed_as_many_as_the_provenance_says():
    report = made("self_assessment")
    assert len(table(report, "unseen")) == report.provenance.inferred


def passing_schools() -> Dataset:
    """Of the example county only the schools that pass in every stage, two of them with a tolerated indicator."""
    rows = judged("example", "CN/youzhi_2017").in_scope
    failing = rows.filter(~pl.col("outcome").is_in(["met", "tolerated"]))["school_code"]
    kept = pl.col("school_code").is_in(rows["school_code"].unique()) & ~pl.col("school_code").is_in(failing)
    dataset = county_dataset()
    frames = {name: own.filter(kept) if "school_code" in own.columns else own for name, own in dataset.frames.items()}
    return replace(dataset, frames=frames)


def test_what_is_tolerated_in_schools_that_all_pass_is_no_problem_but_is_told():
    report = report_on(judge(passing_schools(), load_standard("CN/youzhi_2017"), DAY), "self_assessment")
    assert {row[0]: row[2] for row in table(report, "parts")}["资源配置"] == "达标"
    said = section(report, "存在的问题")
    assert "资源配置方面" not in said
    assert said[0].startswith("下列指标有学校未达到要求，按学校达标规则不影响达标，宜继续补强：小学")
    tasks = table(report_on(judge(passing_schools(), load_standard("CN/youzhi_2017"), DAY), "tasks"), "tasks")
    assert tasks[0][-2].startswith("初中1所未达到要求，在余项容许范围内"), "and is not said to be met by all"


def test_a_part_of_which_nothing_was_known_a_year_ago_counts_no_items_then():
    rows = {row[0]: row[1:] for row in table(made("self_assessment"), "trend")}
    assert rows["社会认可度达到事项（项）"] == ["尚不能判定", "尚不能判定", "1", "不能比较"]


def test_schools_not_judged_are_told_beside_a_share_that_fell():
    said = "".join(section(made("self_assessment"), "与以前年度比较"))
    assert "比2024学年下降7.4个百分点（不能判定的学校没有计入达标：2025学年1所）" in said


def test_schools_of_two_stages_that_count_twice_are_said_to():
    said = "".join(section(made("self_assessment"), "政府保障程度"))
    assert "超过规定班额的班级数（有两个学段的学校分别计），涉及的138所学校中5所不符合要求" in said
    assert "学校义务教育阶段学生数，涉及的127所学校中1所不符合要求" in said


def test_a_difference_is_worded_by_its_sign():
    assert "小学生均公用经费基准定额高出国家或省定标准40元，符合要求" in "".join(lines(made("self_assessment")))


def test_labels_of_a_long_list_are_short_and_a_title_holds_no_year_of_the_standard():
    report = made("self_assessment")
    assert "".join(str(run) for run in report.title) == "示例县（合成数据）义务教育优质均衡发展自评报告"
    assert "除“生均教学仪器设备值”外的各项指标" in [row[-1] for row in table(report, "worst")]
    assert short_label("每百名学生拥有体育、艺术（美术、音乐）专任教师数") == "体育、艺术专任教师"


def test_a_share_just_below_a_whole_per_cent_is_not_printed_as_it():
    assert share_digits(Fraction(84999, 1000)) == 3
    assert share_digits(Fraction(92911, 1000)) == 2
