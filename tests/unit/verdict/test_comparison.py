"""Side by side: what changed between two judgements, and who drives a coefficient."""

from dataclasses import replace

import polars as pl
import pytest

from example import DAY, county_dataset, county_judgement
from junheng.standards.library import load_standard
from junheng.verdict.comparison import compare
from junheng.verdict.drivers import drivers
from junheng.verdict.judge import judge


def test_a_judgement_compared_with_itself_has_no_change():
    found = compare(county_judgement(), county_judgement())
    assert found.rows.is_empty()
    assert set(found.balance["change"].drop_nulls()) == {0.0}
    assert (found.parts["before"] == found.parts["after"]).all()


def test_what_if_moves_the_coefficient_and_names_the_schools():
    judgement = county_judgement()
    worst = drivers(judgement).filter(pl.col("indicator") == "backbone_teachers_per_100", pl.col("place") == 1)
    row = worst.filter(pl.col("stage") == "primary").row(0, named=True)
    own = (pl.col("school_code") == row["school_code"]) & (pl.col("school_year") == 2025)
    leveled = round(row["mean"] * row["pupils"] / 100)
    teachers = pl.when(own & (pl.col("stage") == "primary")).then(leveled).otherwise("backbone_teachers")
    changed = county_dataset()["stage_year"].with_columns(backbone_teachers=teachers)
    dataset = replace(county_dataset(), frames={**county_dataset().frames, "stage_year": changed})
    found = compare(judgement, judge(dataset, load_standard("CN/youzhi_2017"), DAY))
    moved = found.balance.filter(pl.col("change") != 0)
    assert moved.select("stage", "indicator").rows() == [("primary", "backbone_teachers_per_100")]
    assert moved["cv_after"].item() < 0.5 < moved["cv_before"].item()
    assert (moved["before"].item(), moved["after"].item()) == ("unmet", "met")


def test_the_shares_of_all_schools_add_up_to_the_whole():
    found = drivers(county_judgement(), most=1000)
    sums = found.group_by("stage", "indicator").agg(pl.col("share").sum())["share"]
    assert sums.to_list() == pytest.approx([1.0] * 14)


def test_drivers_come_in_order_of_their_share():
    for _, rows in drivers(county_judgement()).group_by("stage", "indicator"):
        assert rows["place"].to_list() == list(range(1, 11))
        assert rows["share"].is_sorted(descending=True)
