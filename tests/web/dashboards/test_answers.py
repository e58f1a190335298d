"""The answer in one sentence: true to the judgement in both languages, and never more than it says."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
import pytest
from django.utils import translation

from junheng.base.outcome import Outcome
from junheng.web.dashboards import answers
from junheng.web.dashboards.school_lines import Lack, SchoolLine, lacks_in_all, lines_of_school, school_lines
from junheng.web.dashboards.selectors import judgement_of

BACKBONE = "backbone_teachers_per_100"


@pytest.fixture
def judgement(evaluation):
    return judgement_of(evaluation)


def with_parts(judgement, outcomes):
    """The judgement with other outcomes of its parts."""
    parts = judgement.parts.with_columns(outcome=pl.Series(outcomes, dtype=pl.String))
    worst = Outcome.UNMET if "unmet" in outcomes else Outcome.UNKNOWN if "unknown" in outcomes else Outcome.MET
    return replace(judgement, parts=parts, counties=judgement.counties.with_columns(outcome=pl.lit(str(worst))))


def test_a_failing_county_is_told_how_many_schools_of_each_stage_fail(judgement):
    said = answers.county_answer(judgement, "990101", "甲县")
    assert said.startswith("甲县未达标：小学 3 所中 1 所学校未达标")


def test_what_schools_lack_is_summed_in_plain_units_and_called_by_what_is_lacking(judgement):
    total = next(t for t in lacks_in_all(judgement, "990101") if t.indicator == BACKBONE)
    assert (total.schools, total.amount, total.unit) == (1, 4, "名")
    assert "县级以上骨干教师 4 名（1 所）" in answers.county_note(judgement, "990101")


def test_parts_that_are_open_are_named_beside_those_that_fail(judgement):
    assert "另有部分缺认定或数据，无法判定：" in answers.county_note(judgement, "990101")


def test_a_county_with_open_parts_and_none_failing_is_not_said_to_fail_or_pass(judgement):
    count = judgement.parts.height
    said = answers.county_answer(with_parts(judgement, ["unknown"] + ["met"] * (count - 1)), "990101", "甲县")
    assert said == f"甲县还无法判定：资源配置缺认定或数据，其余 {count - 1} 个部分达标"


def test_a_county_passes_only_when_every_part_does(judgement):
    count = judgement.parts.height
    said = answers.county_answer(with_parts(judgement, ["met"] * count), "990101", "甲县")
    assert said == f"甲县达标：{count} 个部分全部达标"


def test_a_school_is_told_how_many_indicators_it_meets_and_what_it_lacks(judgement, cast):
    said = answers.school_answer(judgement, "东镇二小", lines_of_school(judgement, cast.neighbour.code))
    assert said == "东镇二小：小学段未达标，7 项指标中 6 项达标，每百名学生拥有县级以上骨干教师数差 4 名"


def test_a_school_that_meets_everything_is_said_to_pass(judgement, cast):
    said = answers.school_answer(judgement, "东镇一小", lines_of_school(judgement, cast.school.code))
    assert said == "东镇一小：小学段达标，7 项指标全部达标"


def test_a_school_without_enough_data_is_neither_passed_nor_failed(judgement):
    line = SchoolLine("1", "某校", "primary", "unknown", 5, 7, 500, "", ())
    assert "无法判定" in answers.school_answer(judgement, "某校", [line])
    assert "达标，" not in answers.school_answer(judgement, "某校", [line]).replace("项达标，有指标缺数据", "")


def test_a_school_out_of_scope_is_not_judged(judgement):
    line = SchoolLine("1", "某校", "primary", "", 0, 0, 20, "", ())
    assert answers.school_answer(judgement, "某校", [line]) == "某校：小学段不计入判定"


def test_a_lack_that_cannot_be_said_is_not_guessed():
    assert answers.lack_words("某指标", Lack("x", None, "名", "unmet")) == "某指标未达到"
    assert answers.lack_words("班额", Lack("x", -12.0, "名", "unmet")) == "班额超出 12 名"


def test_large_sums_of_money_are_said_in_ten_thousands():
    assert answers.amount_words(4_595_100.0, "元") == "459.51 万元"
    assert answers.amount_words(9_999.0, "元") == "9,999 元"


def test_an_indicator_says_who_misses_it_and_how_its_coefficient_stands(judgement):
    said = answers.indicator_answer(judgement, "990101", BACKBONE)
    assert "小学 3 所中 1 所低于要求" in said
    row = judgement.balance.filter((pl.col("indicator") == BACKBONE) & (pl.col("stage") == "primary")).row(
        0, named=True
    )
    assert {"unmet": "超过 0.50", "met": "不超过 0.50"}[row["outcome"]] in said


def test_a_list_counts_schools_and_stages_apart():
    assert answers.schools_answer({"unmet": 2, "met": 1, "": 1}, 3) == (
        "3 所学校（4 个学段）：2 未达标、1 达标，另有 1 个学段不计入判定"
    )
    assert answers.schools_answer({}, 0) == "没有符合条件的学校"


def test_labels_follow_the_language_of_the_page(judgement):
    with translation.override("en"):
        english = answers.indicator_answer(judgement, "990101", BACKBONE)
    assert judgement.standard.resources[BACKBONE].label.en in english


def test_the_worst_school_stands_first_with_its_worst_indicator(judgement, cast):
    lines = school_lines(judgement)
    assert lines[0].school == cast.neighbour.code
    assert lines[0].worst == BACKBONE
    assert [line.outcome for line in lines] == ["unmet", "met", "met"]
