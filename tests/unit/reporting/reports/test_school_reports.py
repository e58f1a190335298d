"""一校一表、学校自查报告、学校简介: what one school filed, how it stands, what it lacks, in its own words."""

from __future__ import annotations

from functools import cache

import pytest

from example import county_judgement
from junheng.base.outcome import Outcome
from junheng.reporting.facts.facts import Writer
from junheng.reporting.report.blocks import Chart, Heading, Paragraph, Table
from junheng.reporting.report.report import Report
from junheng.reporting.report.runs import words_of
from junheng.workflow.reports import report_on
from reports_made import judged, line, lines, made, section, table

MIXED = "示例县东湖学校"  # nine years: primary misses one indicator, junior meets all
WRITER = Writer(texts={"safety": "学校坚持每月排查一次隐患。", "features": "学校以书法立校。"})


@cache
def about(report: str, school: str = MIXED, standard: str = "CN/youzhi_2017") -> Report:
    return report_on(county_judgement(standard), report, school=school, earlier=())


def code_of(school: str) -> str:
    rows = county_judgement().rows
    return str(rows.filter(rows["school_name"] == school)["school_code"][0])


def test_a_sheet_sets_value_limit_verdict_and_lack_beside_what_they_were_worked_out_from():
    rows = table(about("school_sheet"), f"judged_{code_of(MIXED)}")
    arts = next(row for row in rows if row[0].startswith("每百名学生拥有体育、艺术"))
    assert arts[1:7] == ["0.76", "≥", "0.9", "未达标", "2", "名"]
    assert arts[7] == "体育专任教师4人＋音乐专任教师3人＋美术专任教师2人"


def test_a_school_of_two_stages_has_both_on_its_sheet_with_their_shares_of_what_is_common():
    said = lines(about("school_sheet"))
    assert "小学（在校生1184人，全校共用的数按学生数折算占60.63%）" in said
    assert "初中（在校生699人，全校共用的数按学生数折算占39.37%）" in said


def test_the_conclusion_names_what_is_missed_and_the_rule_that_decides():
    said = [words_of(block.text) for block in about("school_sheet").blocks if isinstance(block, Paragraph)]
    assert any("1项未达标（每百名学生拥有体育、艺术（美术、音乐）专任教师数），结论为未达标" in one for one in said)
    assert any("须至少6项指标达标，其余指标不低于要求的85%" in one for one in said)
    assert "初中：计入判定的7项指标均达标，结论为达标。" in said


def test_every_cell_behind_an_indicator_is_named_by_sheet_and_place():
    rows = table(about("school_sheet"), "cells")
    assert ["教学及辅助用房面积", "办学条件!D49"] in [row[-2:] for row in rows]


def test_a_school_that_the_standard_leaves_out_is_told_why_and_not_judged():
    report = about("school_sheet", "示例县特殊教育学校")
    said = lines(report)
    assert "小学不参加判定：属于特殊教育学校。" in said
    assert not any("结论为" in one for one in said)


def test_classes_attached_to_another_school_refer_to_it():
    said = lines(about("school_sheet", "示例县桃源乡中心小学附设初中班"))
    assert "该校并入示例县桃源乡中心小学判定，指标见主校区。" in said


def test_a_standard_without_limits_for_schools_gives_no_verdict_on_one():
    said = lines(about("school_sheet", MIXED, "CN/jiben_2012"))
    assert "小学：该标准不对单所学校作结论，各项指标用于计算校际差异系数。" in said
    assert "达标" not in said
    assert "未达标" not in said


def test_nothing_filed_is_said_to_be_so_in_every_cell():
    report = made("school_sheet", "blank")
    (judged,) = [block for block in report.blocks if isinstance(block, Table) and block.key.startswith("judged")]
    values = [line(row[1].text, bare=True) for row in judged.body if len(row) == 8]
    assert set(values) == {"未填报"}
    assert {cell.outcome for row in judged.rows for cell in row} == {None, Outcome.UNKNOWN}
    filed = next(block for block in report.blocks if isinstance(block, Table))
    assert not any(line(cell.text, bare=True) == "0" for row in filed.rows for cell in row)


def test_the_sheets_of_a_county_have_every_school_that_filed_each_on_its_page():
    report = made("school_sheets")
    pages = [block for block in report.blocks if isinstance(block, Heading)]
    schools = set(county_judgement().rows["school_name"]) | {"示例县桃源乡中心小学附设初中班"}
    assert schools <= {words_of(page.text) for page in pages}
    assert all(page.new_page for page in pages)


def test_a_sheet_of_the_county_says_what_the_school_s_own_sheet_says():
    own = [block for block in about("school_sheet").blocks if isinstance(block, Table) and block.key != "cells"]
    all_of_them = [block for block in made("school_sheets").blocks if isinstance(block, Table)]
    assert [block for block in all_of_them if block.key.endswith(code_of(MIXED))] == own


def test_a_school_s_report_goes_from_basics_to_what_comes_next():
    report = report_on(county_judgement(), "school_report", school=MIXED, earlier=(), writer=WRITER)
    chapters = [words_of(block.text) for block in report.blocks if isinstance(block, Heading) and block.level == 1]
    assert chapters == ["基本情况", "安全工作", "达标情况", "办学特色", "存在问题", "下一步打算"]
    assert section(report, "安全工作") == ["学校坚持每月排查一次隐患。"]
    assert section(report, "办学特色") == ["学校以书法立校。"]


def test_chapters_that_only_the_school_can_write_stay_away_without_its_words():
    assert section(about("school_report"), "安全工作") == []
    assert section(about("school_report"), "办学特色") == []


def test_what_is_missed_is_a_problem_with_its_amount_and_the_next_step_has_the_same_amount():
    problems = section(about("school_report"), "存在问题")
    assert problems == [
        "小学每百名学生拥有体育、艺术（美术、音乐）专任教师数为0.76人/百名学生，要求不低于0.9人/百名学生，还差2名。"
    ]
    (plan,) = section(about("school_report"), "下一步打算")
    words = "按标准测算，小学各项指标都不低于要求，须补足："
    assert plan == f"{words}每百名学生拥有体育、艺术（美术、音乐）专任教师数（增加2名）。"


def test_a_school_that_meets_everything_has_no_problem_and_no_plan():
    report = about("school_report", "示例县第二中学")
    assert section(report, "存在问题") == ["对照本标准自查，没有发现未达标的项目。"]
    assert section(report, "下一步打算") == []


def test_of_a_school_that_filed_nothing_no_problem_is_denied():
    problems = section(made("school_report", "blank"), "存在问题")
    assert problems
    assert not any("没有发现" in one for one in problems)
    assert any("无法判定" in one for one in problems)


@pytest.mark.parametrize("standard", ["CN/youzhi_2017", "CN-13/banxue"])
def test_a_profile_shows_the_school_against_the_limits_in_one_chart(standard):
    report = about("school_profile", MIXED, standard)
    assert sum(isinstance(block, Chart) for block in report.blocks) == 1
    assert lines(report)[0] == "示例县东湖学校位于城东街道，为城区九年一贯制学校，由本县政府举办，设小学、初中。"


def test_a_profile_has_no_chart_where_nothing_has_a_limit():
    report = about("school_profile", MIXED, "CN/jiben_2012")
    assert not any(isinstance(block, Chart) for block in report.blocks)


def test_a_school_left_out_is_not_said_to_meet_the_standard_and_its_other_gaps_have_their_amounts():
    free = section(about("school_report", "示例县特殊教育学校"), "存在问题")
    assert free == ["该校不参加各项指标的判定；其他涉及学校的要求中，没有发现未达标的。"]
    (plan,) = section(about("school_report", "示例县白河镇小桥教学点"), "下一步打算")
    assert plan == (
        "其他涉及学校的要求中，须补足或压减：音乐专用教室与应有间数之比（增加1间）、美术专用教室与应有间数之比（增加1间）。"
    )


def test_where_none_may_be_no_limit_of_nought_is_quoted():
    said = section(about("school_report"), "达标情况")
    assert "小学超过规定班额的班级数为0个，达标。" in said
    large = section(about("school_report", "示例县第一小学"), "存在问题")
    assert "超过规定班额的班级数为26个，要求为0个，未达标。" in large


def test_a_school_that_filed_nothing_is_told_so_once_a_stage_and_has_no_empty_chart():
    judgement = judged("blank", "CN/youzhi_2017")
    problems = section(report_on(judgement, "school_report", school=MIXED, earlier=()), "存在问题")
    assert problems[0] == "小学计入判定的7项指标都缺少数据或限值，无法判定。"
    assert sum("小学超过规定班额的班级数" in one for one in problems) == 1
    profile = report_on(judgement, "school_profile", school=MIXED, earlier=())
    assert not [block for block in profile.blocks if isinstance(block, Chart)]


def test_what_was_filed_in_wan_yuan_is_worked_with_in_wan_yuan():
    rows = table(about("school_sheet", "示例县第一小学"), f"judged_{code_of('示例县第一小学')}")
    equipment = next(row for row in rows if row[0].startswith("生均教学仪器设备值"))
    assert equipment[-1] == "教学仪器设备资产值492.58万元"
