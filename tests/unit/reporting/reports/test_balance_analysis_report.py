"""差异系数分析报告: how, how much, from which schools, what would lower it; nothing is concluded from parts."""

from __future__ import annotations

from functools import cache

import polars as pl

from example import county_judgement
from junheng.reporting.report.blocks import Chart
from junheng.workflow.reports import report_on
from reports_made import lines, made, section, table

BACKBONE = "每百名学生拥有县级以上骨干教师数"


@cache
def gated():
    judgement = county_judgement("CN/jiben_2012", gate="CN-13/banxue")
    return report_on(judgement, "balance_analysis", earlier=())


def test_the_method_says_how_schools_are_weighted_and_what_decides():
    said = "".join(section(made("balance_analysis"), "计算方法"))
    assert "每所学校按本学段在校生数加权" in said
    assert "每项差异系数都不得超过限值" in said
    assert "综合差异系数" in "".join(section(made("balance_analysis", standard="CN/jiben_2012"), "计算方法"))


def test_a_coefficient_over_its_limit_is_named_with_both_figures():
    said = section(made("balance_analysis"), "测算结果")
    assert f"小学7项差异系数中，6项不超过限值；1项超过限值，为{BACKBONE}0.502（限值0.50）。" in said


def test_a_coefficient_that_lacks_schools_is_not_judged():
    said = section(made("balance_analysis"), "测算结果")
    assert "初中7项差异系数中，6项不超过限值，1项因有学校缺少数据，不能判定。" in said
    row = next(row for row in table(made("balance_analysis"), "cv") if row[0] == "初中" and BACKBONE in row[1])
    assert row[5:] == ["1所缺数据", "0.45", "无法判定"]


def test_the_schools_that_drive_it_are_ranked_by_their_share():
    rows = table(made("balance_analysis"), "drivers_primary_backbone_teachers_per_100")
    shares = [float(row[4]) for row in rows]
    assert shares == sorted(shares, reverse=True)
    assert rows[0][0] == "示例县第五小学"


def test_the_annex_has_every_school_that_counts_and_shares_that_make_up_the_whole():
    rows = table(made("balance_analysis"), "ranking_primary")
    schools = county_judgement().in_scope.filter(pl.col("stage") == "primary").height
    assert len(rows) == schools
    for column in range(2, 9):
        assert abs(sum(float(row[column]) for row in rows) - 100) < 0.1 * len(rows)


def test_raising_the_schools_that_are_named_brings_the_coefficient_within_its_limit():
    (said,) = section(made("balance_analysis"), "降低差异的途径")
    assert "示例县第三小学" in said
    assert said.endswith("差异系数降为0.487，不超过限值。")


def test_town_and_country_are_compared_by_means_weighted_like_the_county_s():
    rows = table(made("balance_analysis"), "groups_location_primary")
    own = county_judgement().in_scope.filter((pl.col("stage") == "primary") & (pl.col("location") == "urban"))
    mean = (own["pupils"] * own["backbone_teachers_per_100__value"]).sum() / own["pupils"].sum()
    row = next(row for row in rows if BACKBONE in row[0])
    assert float(row[1]) == round(mean, 2)


def test_earlier_years_stand_beside_and_what_is_not_known_in_both_is_not_compared():
    rows = table(made("balance_analysis"), "cv_years")
    unknown = next(row for row in rows if row[0] == "初中" and BACKBONE in row[1])
    assert unknown[4:6] == ["1所缺数据", "不能比较"]
    assert "与2024学年比，5项下降，8项上升，1项因数据不全不能比较。" in section(made("balance_analysis"), "历年比较")


def test_a_mean_of_coefficients_is_judged_and_its_parts_are_only_shown():
    report = made("balance_analysis", standard="CN/jiben_2012")
    assert "小学综合差异系数为0.267，不超过限值0.65。" in section(report, "测算结果")
    outcomes = {row[1]: row[7] for row in table(report, "cv")}
    assert outcomes.pop("综合差异系数") == "达标"
    assert set(outcomes.values()) == {"只列示"}


def test_what_goes_before_is_said_only_where_it_was_judged():
    assert section(made("balance_analysis"), "先决条件") == []
    (said,) = section(gated(), "先决条件")
    assert said == "先决条件《河北省义务教育学校基本办学标准》因数据不全或规定未见，目前无法判定。"


def test_where_nothing_was_filed_there_is_no_chart_no_driver_and_no_remedy():
    report = made("balance_analysis", "blank")
    assert not any(isinstance(block, Chart) for block in report.blocks)
    assert section(report, "差异来源") == []
    assert section(report, "降低差异的途径") == []
    assert not any("均不超过限值" in one for one in lines(report))


def test_towns_stand_in_the_order_in_which_they_were_filed():
    towns = [row[0] for row in table(made("balance_analysis"), "groups_town_primary")]
    filed = dict.fromkeys(county_judgement().in_scope.filter(pl.col("stage") == "primary")["town"])
    assert towns == list(filed)


def test_years_without_any_coefficient_have_no_table():
    assert section(made("balance_analysis", "blank"), "历年比较") == []
