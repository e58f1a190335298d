"""自查自评报告: the story that the example county reads, and one that filed nothing."""

from __future__ import annotations

import re

from example import DAY, county_dataset
from junheng.standards.library import load_standard
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
