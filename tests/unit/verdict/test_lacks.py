"""Shortages: adding just what is lacking reaches the limit, one less does not."""

from dataclasses import replace

import polars as pl
import pytest

from example import DAY, county_dataset, county_judgement
from junheng.standards.library import load_standard
from junheng.verdict.groups import compare_groups
from junheng.verdict.judge import judge
from junheng.verdict.lacks import shortages

WHOLE = {
    "backbone_teachers_per_100": "backbone_teachers",
    "pe_arts_teachers_per_100": "teachers_pe",
}


@pytest.mark.parametrize(("indicator", "column"), WHOLE.items())
def test_the_teachers_lacking_are_exactly_those_needed(indicator, column):
    judgement = county_judgement()
    lacking = shortages(judgement).filter(pl.col("indicator") == indicator)
    assert lacking.height > 20
    for less, outcome in ((0, "met"), (1, None)):
        added = lacking.select("school_code", "stage", add=pl.col("lack").cast(pl.Int64) - less)
        stage_year = county_dataset()["stage_year"].join(
            added.with_columns(school_year=pl.lit(2025, pl.Int64)),
            on=["school_code", "school_year", "stage"],
            how="left",
            maintain_order="left",
        )
        # Better educated teachers would change other indicators; only this column is looked at.
        raised = stage_year.with_columns(pl.col(column) + pl.col("add").fill_null(0)).drop("add")
        dataset = replace(county_dataset(), frames={**county_dataset().frames, "stage_year": raised})
        after = judge(dataset, load_standard("CN/youzhi_2017"), DAY).in_scope
        there = after.join(lacking.select("school_code", "stage"), on=["school_code", "stage"], how="semi")
        outcomes = set(there[f"{indicator}__outcome"])
        assert outcomes == {"met"} if outcome else "met" not in outcomes


def test_areas_lacking_close_the_gap_to_the_last_digit():
    judgement = county_judgement()
    rows = judgement.in_scope.select("school_code", "stage", "pupils")
    lacking = shortages(judgement).filter(pl.col("indicator") == "sports_area_per_pupil")
    for row in lacking.join(rows, on=["school_code", "stage"]).iter_rows(named=True):
        assert row["value"] + row["lack"] / row["pupils"] == pytest.approx(row["limit"])
        assert row["unit"] == "㎡"


def test_only_missed_indicators_are_listed():
    judgement = county_judgement()
    listed = shortages(judgement)
    for name in judgement.standard.resources:
        missed = judgement.in_scope[f"{name}__outcome"].is_in(["unmet", "tolerated"]).sum()
        assert listed.filter(pl.col("indicator") == name).height == missed
    assert (listed["lack"] > 0).all()


def test_groups_together_are_the_county():
    judgement = county_judgement()
    for by in ("location", "town", "school_kind"):
        groups = compare_groups(judgement, by)
        for row in judgement.balance.filter(pl.col("absent") == 0).iter_rows(named=True):
            own = groups.filter((pl.col("stage") == row["stage"]) & (pl.col("indicator") == row["indicator"]))
            weighted = (own["mean"] * own["pupils"]).sum() / own["pupils"].sum()
            assert weighted == pytest.approx(row["mean"], rel=1e-12)
            assert own["schools"].sum() == row["schools"]


def test_the_other_way_of_an_either_or_rule_is_no_shortage():
    """Shaanxi: an ordinary classroom is large enough by itself or for its pupils."""
    judgement = county_judgement("CN-61/banxue")
    one_way = judgement.in_scope.filter(
        (pl.col("ordinary_classrooms__outcome") == "met") & (pl.col("ordinary_classroom_area__outcome") == "unmet")
    )
    neither = judgement.in_scope.filter(
        (pl.col("ordinary_classrooms__outcome") == "unmet") & (pl.col("ordinary_classroom_area__outcome") == "unmet")
    )
    lacking = shortages(judgement).filter(pl.col("indicator") == "ordinary_classroom_area")
    assert one_way.height > 0
    assert lacking.join(one_way, on=["school_code", "stage"], how="semi").is_empty()
    # Teaching rooms as a whole are an either/or rule too (four of five).
    assert lacking.height <= neither.height
