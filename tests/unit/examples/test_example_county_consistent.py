"""What a strict office would check before it accepts the example county."""

import hashlib
import os
import subprocess
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path

import polars as pl
import pytest

from junheng.standards.library import load_standard
from junheng.tables.catalogue import load_tables
from junheng.tables.model import Need

LATEST = 2025
BANDS = (25, 30, 35, 40, 45, 50, 55, 60, 65)
SUBJECTS = ("teachers_pe", "teachers_music", "teachers_fine_arts", "teachers_arts")
DEGREES = ("teachers_doctor", "teachers_master", "teachers_bachelor", "teachers_associate", "teachers_secondary")


@pytest.fixture(scope="module")
def stages(county):
    schools = county["school"].select("school_code", "school_name", "school_kind", "location", "operator", "boarding")
    return county["stage_year"].join(schools, on="school_code").to_dicts()


@pytest.fixture(scope="module")
def compulsory(stages):
    return [row for row in stages if row["stage"] != "senior"]


def fingerprint(frames):
    text = "\n".join(f"{name}\n{frame.write_csv()}" for name, frame in sorted(frames.items()))
    return hashlib.sha256(text.encode()).hexdigest()


def test_same_seed_same_frames_whatever_the_process_hashes(county):
    code = (
        "import hashlib, make_county\n"
        "from test_example_county_consistent import fingerprint\n"
        "print(fingerprint(make_county.make_frames(make_county.SEED)))"
    )
    paths = os.pathsep.join([*sys.path, str(Path(__file__).parent)])
    environment = {**os.environ, "PYTHONHASHSEED": "7", "PYTHONPATH": paths}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == fingerprint(county)


def test_other_seeds_give_other_counties(county):
    from synthetic_county.dataset import make_frames

    assert fingerprint(make_frames(1)) != fingerprint(county)


def test_size_and_shape(county):
    kinds = Counter(county["school"]["school_kind"])
    assert county["school"].height == 130
    assert kinds.keys() == {"211", "218", "311", "312", "319", "341", "345", "514"}
    assert set(county["school"]["location"]) == {"urban", "town", "rural"}
    assert county["school"]["town"].n_unique() == 12
    assert set(county["school_year"]["school_year"]) == {2023, 2024, 2025}
    assert county["finance_year"]["fiscal_year"].to_list() == [2021, 2022, 2023, 2024, 2025]
    assert "合成数据" in county["county"]["county_name"][0]


@pytest.mark.parametrize("name", load_tables().tables)
def test_every_table_has_its_types_unique_keys_in_order_codes_and_ranges(county, name):
    table, frame = load_tables()[name], county[name]
    assert frame.schema == table.schema
    assert frame.select(table.key).is_duplicated().sum() == 0
    assert frame.equals(frame.sort(table.key))
    for column in table.columns.values():
        values = frame[column.name].drop_nulls()
        if column.codes:
            assert set(values) <= set(column.codes.codes), column.name
        if column.minimum is not None and len(values):
            assert values.min() >= column.minimum, column.name
        if column.maximum is not None and len(values):
            assert values.max() <= column.maximum, column.name


@pytest.mark.parametrize("name", load_tables().tables)
def test_what_is_blank_may_be_or_is_explained(county, name):
    table = load_tables()[name]
    blanks = []
    for row in county[name].to_dicts():
        for column in table.columns.values():
            if row[column.name] is None and column.applies_to(row) and column.need is not Need.OPTIONAL:
                assert column.need is Need.EXPECTED, column.name
                assert row["note"], column.name
                blanks.append(column.name)
    expected = {"stage_year": ["backbone_teachers", "teachers_360_hours"], "school_year": ["art_rooms_90"]}
    assert sorted(blanks) == expected.get(name, [])


def test_rows_belong_to_open_schools_and_stages_to_their_kind(county, stages):
    schools = {row["school_code"]: row for row in county["school"].to_dicts()}
    kinds = load_tables().code_lists["school_kind"].codes
    premises = set(county["school_year"].select("school_code", "school_year").iter_rows())
    assert premises == {(row["school_code"], row["school_year"]) for row in stages}
    for code, year in premises:
        school = schools[code]
        assert school["opened_on"].year <= year
        assert school["closed_on"] is None or school["closed_on"].year > year
    for row in stages:
        allowed = kinds[row["school_kind"]].stages
        assert not allowed or row["stage"] in allowed
    for school in schools.values():
        assert school["campus_of"] is None or (school["campus_of"] in schools and not school["counted"])
    assert Counter(school["closed_on"] is not None for school in schools.values()) == {False: 129, True: 1}
    assert sum(school["campus_of"] is not None for school in schools.values()) == 2


def test_parts_add_up_and_no_part_is_larger_than_its_whole(compulsory):
    for row in compulsory:
        assert sum(row[f"grade_{grade}"] or 0 for grade in range(1, 10)) == row["pupils"]
        assert sum(row[name] for name in DEGREES) == row["teachers"]
        assert sum(row[name] for name in SUBJECTS) <= row["teachers"]
        assert row["teachers_mid_title"] + row["teachers_senior_title"] <= row["teachers"]
        assert row["certified_teachers"] <= row["teachers"]
        assert (row["teachers_360_hours"] or 0) <= row["teachers"]
        assert (row["backbone_teachers"] or 0) <= row["teachers"]
        assert row["zone_pupils"] <= row["pupils"]
        assert row["migrant_pupils"] <= row["pupils"]
        assert row["boarders"] <= row["pupils"]
        assert row["boarding"] or row["boarders"] == 0


def test_size_bands_add_up_to_the_classes_and_fit_the_largest(compulsory):
    for row in compulsory:
        bands = {upper: row[f"classes_{upper}"] for upper in BANDS} | {999: row["classes_over_65"]}
        assert sum(bands.values()) == row["classes"]
        highest = max(upper for upper, classes in bands.items() if classes)
        lower = max((upper for upper in bands if upper < highest), default=0)
        assert lower < row["largest_class"] <= highest
        assert row["largest_class"] * row["classes"] >= row["pupils"]


def test_classes_add_up_to_grades_and_bands(county, compulsory):
    filed = county["class"].to_dicts()
    for row in compulsory:
        if row["school_year"] != LATEST:
            continue
        here = [one for one in filed if (one["school_code"], one["stage"]) == (row["school_code"], row["stage"])]
        assert len(here) == row["classes"]
        assert max(one["pupils"] for one in here) == row["largest_class"]
        for grade in {one["grade"] for one in here}:
            assert sum(one["pupils"] for one in here if one["grade"] == grade) == row[f"grade_{grade}"]
        sizes = [next((upper for upper in BANDS if one["pupils"] <= upper), 0) for one in here]
        assert all(sizes.count(upper) == row[f"classes_{upper}"] for upper in BANDS)


def test_a_few_classes_and_one_school_are_too_large(county, compulsory):
    latest = [row for row in compulsory if row["school_year"] == LATEST]
    limits = {"primary": 45, "junior": 50}
    crowded = [row["school_name"] for row in latest if row["largest_class"] > limits[row["stage"]]]
    assert len(crowded) == 5
    pupils = Counter()
    for row in latest:
        pupils[row["school_code"], row["school_kind"]] += row["pupils"]
    assert sum(number > (2500 if kind in ("312", "345") else 2000) for (_, kind), number in pupils.items()) == 1


def test_premises_are_possible(county):
    for row in county["school_year"].to_dicts():
        assert row["indoor_sports_area"] < row["teaching_area"] < row["building_area"]
        assert row["sports_ground_area"] < row["land_area"]
        assert row["ordinary_classrooms_area"] < row["teaching_area"] - row["indoor_sports_area"]
        assert row["training_budget"] * 20 >= row["public_funds_budget"]
        assert row["training_budget"] < row["public_funds_budget"]


def test_leavers_balance(compulsory):
    for row in (row for row in compulsory if row["stage"] == "junior"):
        stayed = row["graduates"] - row["transferred_in"] + row["transferred_out"]
        entered = row["grade7_entry"] - row["deaths"]
        assert 0.9 * entered <= stayed <= entered


def test_years_follow_each_other(county):
    """Nobody copied last year's numbers, and nothing jumps without a word of explanation."""
    for name, key in (("school_year", ["school_code"]), ("stage_year", ["school_code", "stage"])):
        frame = county[name]
        before = frame.with_columns(pl.col("school_year") + 1)
        numbers = [column for column in frame.columns if load_tables()[name].columns[column].type.is_number]
        joined = frame.join(before, on=[*key, "school_year"], suffix="_before")
        same = [pl.col(column).eq_missing(pl.col(f"{column}_before")) for column in numbers]
        assert joined.select(pl.all_horizontal(same)).to_series().sum() == 0
    for row in joined.filter(pl.col("pupils_before") >= 100).iter_rows(named=True):
        assert 0.85 <= row["pupils"] / row["pupils_before"] <= 1.15 or row["note"]
        assert row["pupils_year_before"] in (None, row["pupils_before"])


def test_county_rows_agree_with_the_schools(county, compulsory):
    for row in county["county_year"].to_dicts():
        here = [one for one in compulsory if one["school_year"] == row["school_year"]]
        public = sum(one["migrant_pupils"] for one in here if one["operator"] != "private")
        private = sum(one["migrant_pupils"] for one in here if one["operator"] == "private")
        assert row["migrants_public"] == public
        assert row["migrants_purchased"] <= private
        assert row["migrants_public"] + row["migrants_purchased"] <= row["migrants_eligible"]
        assert row["rotated_backbone"] <= row["rotated"] <= row["rotation_eligible"]
        assert row["senior_places_allotted"] <= row["senior_places"]
        assert row["disabled_enrolled"] <= row["disabled_children"]
        special = sum(one["pupils"] for one in here if one["school_kind"] == "514")
        assert row["special_pupils"] > special


def test_every_growth_holds_and_one_only_just(county):
    years = county["finance_year"].to_dicts()
    margins = []
    for before, year in pairwise(years):
        grown = {
            name: year[name] / before[name]
            for name in before
            if before[name] is not None and name not in ("county_code", "fiscal_year", "note")
        }
        margins.append(grown["appropriation"] - grown["recurrent_revenue"])
        assert grown["education_expenditure"] > max(grown["gdp"], grown["fiscal_expenditure"])
        for name in ("expense", "public_funds"):
            assert min(grown[f"{name}_primary"], grown[f"{name}_junior"]) > 1
        assert grown["staff_pay_mean"] > 1
    assert min(margins) > 0
    assert sum(margin < 0.001 for margin in margins) == 1
    assert all(year["education_expenditure"] / year["gdp"] >= 0.04 for year in years)


def test_every_judged_item_of_the_standard_has_a_finding(county):
    standard = load_standard("CN/youzhi_2017")
    judged = {name for _, part in standard.parts() for name, item in part.items.items() if item.judged}
    for year in (2024, 2025):
        rows = county["judged_item"].filter(pl.col("school_year") == year)
        assert set(rows["item"]) == judged


def test_survey_groups_add_up(county):
    frame = county["satisfaction"]
    for method in ("questionnaire", "visit"):
        rows = frame.filter(pl.col("method") == method)
        together = rows.filter(pl.col("group") == "all").row(0, named=True)
        for name in ("distributed", "valid", "satisfied"):
            assert rows.filter(pl.col("group") != "all")[name].sum() == together[name]
        assert together["satisfied"] <= together["valid"] <= together["distributed"]
    parents = frame.filter((pl.col("group") == "parents") & (pl.col("method") == "questionnaire"))["distributed"][0]
    asked = frame.filter((pl.col("group") == "all") & (pl.col("method") == "questionnaire"))["distributed"][0]
    assert parents * 2 >= asked >= 0.0015 * county["county"]["resident_population"][0]
