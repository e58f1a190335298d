"""Reports on a hundred counties, on a county of five hundred schools, on names of any length and rarity."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import polars as pl
import pytest
from benchmarks.generate import make_counties

from example import DAY
from junheng.reporting.report.blocks import Heading
from junheng.standards.library import load_standard
from junheng.tables.catalogue import load_tables
from junheng.tables.dataset import Dataset
from junheng.verdict.judge import judge
from junheng.verdict.judgement import Judgement
from junheng.workflow.reports import report_on
from reports_made import lines, table

# Beyond the basic plane, combining, of 300 letters; with what spreadsheets and markup would stumble over.
LONG = "𠮷野乡" + "䶮" * 280 + "希望小学<&'\"=—“八一”"


def generated(counties: int, schools: tuple[int, int]) -> Dataset:
    tables = load_tables()
    frames = make_counties(counties, 1, schools=schools)
    return Dataset(tables, {name: frames.get(name, tables[name].empty()) for name in tables.tables})


@cache
def judged(counties: int, schools: tuple[int, int]) -> Judgement:
    return judge(generated(counties, schools), load_standard("CN/youzhi_2017"), DAY)


@pytest.mark.slow
def test_a_hundred_counties_each_have_their_row():
    judgement = judged(100, (30, 200))
    report = report_on(judgement, "province_summary")
    rows = table(report, "counties")
    assert [row[0] for row in rows] == judgement.counties["county_name"].to_list()
    ranks = [int(row[0]) for row in table(report, "ranking")]
    assert ranks == sorted(ranks)
    assert len(ranks) == 100


@pytest.mark.slow
def test_five_hundred_schools_each_have_their_sheet():
    judgement = judged(1, (500, 500))
    report = report_on(judgement, "school_sheets")
    pages = [block for block in report.blocks if isinstance(block, Heading)]
    assert len(pages) == judgement.dataset["stage_year"]["school_code"].n_unique()


@pytest.mark.slow
def test_the_lists_of_five_hundred_schools_add_up():
    report = report_on(judged(1, (500, 500)), "shortages")
    for row in table(report, "shortages"):
        assert float(row[4]) > 0
        assert int(row[3]) > 0


@pytest.mark.slow
def test_the_annex_on_balance_has_every_school_of_five_hundred():
    judgement = judged(1, (500, 500))
    report = report_on(judgement, "balance_analysis")
    counted = judgement.in_scope.filter((pl.col("stage") == "primary") & (pl.col("pupils") > 0)).height
    assert len(table(report, "ranking_primary")) == counted


@pytest.mark.parametrize("name", ["school_sheets", "shortages", "balance_analysis", "school_profile", "school_report"])
def test_names_of_any_length_and_rarity_stand_as_they_are(name):
    dataset = generated(1, (30, 30))
    frames = {**dataset.frames, "school": dataset["school"].with_columns(pl.lit(LONG).alias("school_name"))}
    judgement = judge(replace(dataset, frames=frames), load_standard("CN/youzhi_2017"), DAY)
    scope = {"school": judgement.in_scope["school_code"][0]} if name in ("school_profile", "school_report") else {}
    report = report_on(judgement, name, **scope)
    assert any(LONG in one for one in lines(report))
