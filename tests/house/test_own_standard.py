from datetime import date
from decimal import Decimal

import polars as pl
import pytest
from repository import ROOT

import junheng
from junheng.store.snapshot import Store
from junheng.workflow import check_rules

HERE = ROOT / "examples/own_standard"
DAY = date(2025, 12, 31)


def test_the_overlay_tightens_one_limit_and_adds_one_item():
    parent, own = junheng.load_standard("CN/youzhi_2017"), junheng.load_standard(HERE / "province")
    limits = [t.limits("primary")[0].value for t in own.resources["multimedia_classrooms_per_100"].thresholds]
    assert limits == [Decimal("2.3"), Decimal("2.5")]
    assert own.quality.items.keys() - parent.quality.items.keys() == {"library_books"}


def test_the_overlay_judges_the_example_county(tmp_path):
    judgement = junheng.judge(
        ROOT / "examples/county.xlsx", standard=HERE / "province", on=DAY, store=Store(tmp_path / "store")
    )
    stages = judgement.in_scope.group_by("stage").agg(pl.col("multimedia_classrooms_per_100__limit").unique().item())
    assert dict(stages.iter_rows()) == {"primary": 2.5, "junior": 2.6}
    assert judgement.items.filter(pl.col("item") == "library_books")["outcome"].item() == "met"


def test_the_own_standard_judges_by_its_own_column(tmp_path):
    judgement = junheng.judge(HERE / "data", standard=HERE / "county", on=DAY, store=Store(tmp_path / "store"))
    rows = judgement.rows.select("school_name", "stage", "outcome", "psychology_teachers__outcome").sort(
        "school_name", "stage"
    )
    assert rows.rows() == [
        ("示例一贯制学校", "junior", "unknown", "unknown"),
        ("示例一贯制学校", "primary", "met", "met"),
        ("示例初级中学", "junior", "met", "met"),
        ("示例第一小学", "primary", "met", "met"),
        ("示例第二小学", "primary", "unmet", "unmet"),
    ]


def test_the_overlay_takes_the_mean_of_three_years_of_one_growth():
    checks = dict(junheng.load_standard(HERE / "three_year_mean").indicators())
    averaged = [name for name, check in checks.items() if check.formula.span == "mean"]
    assert averaged == ["appropriation_outgrows_revenue"]


def test_the_template_asks_for_the_own_column(tmp_path):
    workbook = tmp_path / "自查模板.xlsx"
    junheng.template(HERE / "county", workbook)
    found = junheng.check(workbook, standard=HERE / "county")
    heads = set(found.dataset.origins["stage_year"].letters)
    assert "psychology_teachers" in heads


@pytest.mark.parametrize("name", ["province", "county", "three_year_mean"])
def test_the_examples_pass_the_check_of_standards(name):
    problems = check_rules(junheng.load_standard(HERE / name))
    assert [problem for problem in problems if problem.severity == "error"] == []
