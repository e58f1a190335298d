"""The counties that benchmarks run on are possible counties."""

import polars as pl
import pytest

from junheng.tables.catalogue import load_tables


@pytest.fixture(scope="module")
def counties():
    from generate import make_counties

    return make_counties(40, 5)


def test_same_seed_same_counties(counties):
    from generate import make_counties

    again = make_counties(40, 5)
    assert all(frame.equals(again[name]) for name, frame in counties.items())
    assert not make_counties(40, 6)["stage_year"].equals(counties["stage_year"])


@pytest.mark.parametrize("name", ["county", "school", "school_year", "stage_year", "county_year"])
def test_frames_have_the_tables_types_and_unique_keys_in_order(counties, name):
    table, frame = load_tables()[name], counties[name]
    assert frame.schema == table.schema
    assert not frame.select(table.key).is_duplicated().any()
    assert frame.equals(frame.sort(table.key))


def test_number_of_schools_stays_in_its_range():
    from generate import make_counties

    listed = make_counties(50, 1, schools=(5, 9))["school"].group_by("county_code").len()["len"]
    assert 5 <= listed.min() < listed.max() <= 9


def test_blanks_empty_stages_mixed_schools_and_small_points_occur(counties):
    stages = counties["stage_year"].join(counties["school"], on="school_code")
    assert 0 < stages["teachers"].null_count() - (stages["stage"] == "senior").sum() < 0.01 * stages.height
    assert (stages["pupils"] == 0).any()
    assert {"312", "341", "345", "514"} <= set(stages["school_kind"])
    assert stages.filter((pl.col("school_kind") == "218") & (pl.col("pupils") < 50)).height > 0


def test_parts_add_up(counties):
    bands = [name for name in counties["stage_year"].columns if name.startswith("classes_")]
    degrees = [f"teachers_{name}" for name in ("doctor", "master", "bachelor", "associate", "secondary")]
    for whole, parts in (("classes", bands), ("teachers", degrees)):
        filed = counties["stage_year"].drop_nulls([whole, *parts])
        assert filed.select((pl.sum_horizontal(parts) == pl.col(whole)).all()).item()
    rooms = counties["school_year"].drop_nulls(["teaching_area", "indoor_sports_area"])
    assert rooms.select((pl.col("indoor_sports_area") <= pl.col("teaching_area")).all()).item()
