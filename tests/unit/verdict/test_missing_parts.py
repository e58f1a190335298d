"""What is not there never passes: a stage without schools, a finding nobody asked for, a gate nobody uses."""

from dataclasses import replace
from datetime import date

import polars as pl
import pytest

import junheng
from example import DAY, county_dataset, county_judgement
from junheng.standards.library import load_standard
from junheng.verdict.errors import GateNotUsedError, NotInJudgementError, YearNotBegunError
from junheng.verdict.groups import compare_groups
from junheng.verdict.judge import judge
from junheng.verdict.sentences import part_sentence
from junheng.workflow import unknown_items

COUNTY = "990101"


def with_frames(**frames):
    return replace(county_dataset(), frames={**county_dataset().frames, **frames})


def part(judgement, name):
    return judgement.parts.filter(pl.col("part") == name)["outcome"].item()


def test_a_county_without_junior_schools_is_not_passed_on_them():
    primary = county_dataset()["school"].filter(pl.col("school_kind").is_in(["211", "212", "213", "218"]))
    stage_year = county_dataset()["stage_year"].filter(pl.col("school_code").is_in(primary["school_code"].implode()))
    stage_year = stage_year.with_columns(backbone_teachers=pl.col("teachers"))
    judgement = judge(with_frames(school=primary, stage_year=stage_year), load_standard("CN/youzhi_2017"), DAY)
    assert part(judgement, "balance") == "unknown"
    assert "没有初中的数据" in part_sentence(judgement, COUNTY, "balance")
    retention = judgement.checks.filter(pl.col("check") == "three_year_retention")
    assert retention["outcome"].item() == "unknown"


def test_an_inspectors_unmet_is_heard_on_a_computed_item():
    filed = county_dataset()["judged_item"]
    row = (
        filed.filter(pl.col("school_year") == 2025)
        .head(1)
        .with_columns(item=pl.lit("teacher_certificates"), finding=pl.lit("unmet"))
    )
    judgement = judge(with_frames(judged_item=filed.vstack(row)), load_standard("CN/youzhi_2017"), DAY)
    assert judgement.items.filter(pl.col("item") == "teacher_certificates")["outcome"].item() == "unmet"


def test_a_slip_in_an_items_name_is_an_error():
    filed = county_dataset()["judged_item"]
    assert unknown_items(county_dataset()) == []
    slipped = filed.head(1).with_columns(item=pl.lit("falsificaton"))
    (finding,) = unknown_items(with_frames(judged_item=slipped))
    assert finding.blocks
    assert "falsificaton" in finding.message


@pytest.mark.parametrize(
    ("about", "check", "words"),
    [
        ({"item": "school_layout", "finding": "partly"}, "JH-F039", "没有“部分达到”这一种。可填：达到、未达到"),
        ({"standard": "CN-35/jiben_2012", "item": "left_behind_children_cared_for", "score": 4.5}, "JH-F041", "4 分"),
        (
            {"standard": "CN-35/jiben_2012", "item": "left_behind_children_cared_for", "score": 4.0},
            "JH-F042",
            "满分 4 分",
        ),
        ({"standard": "CN-unattributed/xueqian_zicha", "item": "plan_policies"}, "JH-F040", "须写明后续举措"),
    ],
)
def test_a_finding_that_its_standard_does_not_know_is_named(about, check, words):
    row = county_dataset()["judged_item"].filter(pl.col("standard") == "CN/youzhi_2017").head(1)
    values = {"finding": "unmet", "plan": None, **about}
    changed = row.with_columns(pl.lit(value).cast(row.schema[name]).alias(name) for name, value in values.items())
    (finding,) = unknown_items(with_frames(judged_item=changed))
    assert finding.check == check
    assert words in finding.message
    assert finding.blocks == (check in ("JH-F039", "JH-F041"))


def test_a_gate_is_refused_where_nothing_asks_for_it():
    youzhi, banxue = load_standard("CN/youzhi_2017"), load_standard("CN-61/banxue")
    with pytest.raises(GateNotUsedError, match="CN/youzhi_2017 不能用 CN-61/banxue"):
        judge(county_dataset(), youzhi, DAY, gate=banxue)
    with pytest.raises(GateNotUsedError, match="CN/jiben_2012 不能用 CN/youzhi_2017"):
        judge(county_dataset(), load_standard("CN/jiben_2012"), DAY, gate=youzhi)


def test_a_year_that_has_not_begun_is_not_judged():
    with pytest.raises(YearNotBegunError):
        judge(county_dataset(), load_standard("CN/youzhi_2017"), date(2025, 8, 31), year=2025)


def test_a_passing_part_says_so():
    assert part_sentence(county_judgement(), COUNTY, "quality").endswith("项均达到）")


def test_a_coefficient_that_cannot_be_computed_says_why():
    nobody = county_dataset()["stage_year"].with_columns(backbone_teachers=pl.lit(0, pl.Int64))
    judgement = judge(with_frames(stage_year=nobody), load_standard("CN/youzhi_2017"), DAY)
    assert "平均值为 0，不可计算" in part_sentence(judgement, COUNTY, "balance")


def test_a_missing_stage_row_is_named_where_amounts_cannot_be_shared_out():
    dataset = county_dataset()
    mixed = dataset["school"].filter(pl.col("school_kind") == "312")["school_code"][0]
    gone = (pl.col("school_code") == mixed) & (pl.col("stage") == "junior") & (pl.col("school_year") == 2025)
    judgement = judge(with_frames(stage_year=dataset["stage_year"].filter(~gone)), load_standard("CN/youzhi_2017"), DAY)
    (reason, *_) = junheng.explain(judgement, school=mixed, indicator="teaching_area_per_pupil", stage="primary")
    assert "缺初中在校生数" in reason.because


def test_groups_that_do_not_exist_are_refused():
    with pytest.raises(NotInJudgementError, match="可用的分组"):
        compare_groups(county_judgement(), "colour")
