"""The example county has the published means and CVs; everything here is counted again from the filed rows."""

from collections import Counter, defaultdict
from decimal import Decimal, localcontext
from fractions import Fraction

import polars as pl
import pytest

# 鸠江区2023年义务教育基本均衡发展状况监测结果, https://www.jjq.gov.cn/openness/grassroots/6603441/38916753.html, 小学.
PUBLISHED = {
    "L1": ("5.515273", "0.297929"),
    "L2": ("0.887611", "0.501787"),
    "L3": ("0.879277", "0.401952"),
    "L4": ("4.563288", "0.288419"),
    "L5": ("7.925946", "0.37545"),
    "L6": ("2496.674864", "0.312782"),
    "L7": ("2.784743", "0.394205"),
}
PUBLISHED_COMPOSITE = "0.367503"
HALF_A_DIGIT = Fraction(1, 2_000_000)  # of the sixth decimal: every figure agrees as printed
LATEST = 2025
ATTACHED = {"219", "319", "518", "519"}
NO_SCOPE = {"511", "512", "513", "514", "518", "519", "361", "321"}


def rows_of(county, stage):
    """Pupils and the seven amounts of every row that the standard counts, as fractions.

    Attached classes (附设班) count with the school they belong to; a campus of 50 pupils and more counts alone.
    """
    schools = {row["school_code"]: row for row in county["school"].to_dicts()}
    home = {code: row["campus_of"] if row["school_kind"] in ATTACHED else code for code, row in schools.items()}
    pupils, filed = Counter(), defaultdict(list)
    for row in county["stage_year"].filter(pl.col("school_year") == LATEST).to_dicts():
        pupils[home[row["school_code"]], row["stage"]] += row["pupils"]
        filed[home[row["school_code"]], row["stage"]].append(row)
    premises = defaultdict(list)
    for row in county["school_year"].filter(pl.col("school_year") == LATEST).to_dicts():
        premises[home[row["school_code"]]].append(row)
    weights = {"primary": Fraction(1), "junior": Fraction(11, 10), "senior": Fraction(132, 100)}
    for (code, taught), stage_rows in filed.items():
        kind = schools[code]["school_kind"]
        if taught != stage or kind in NO_SCOPE or (kind == "218" and pupils[code, stage] < 50):
            continue
        weighted = {name: weight * pupils[code, name] for name, weight in weights.items()}
        share = weighted[stage] / sum(weighted.values())
        teachers = add(map(teachers_of, stage_rows))
        rooms = add(map(premises_of, premises[code]))
        yield pupils[code, stage], teachers | {name: share * amount for name, amount in rooms.items()}


def add(parts):
    parts = list(parts)
    sums = {name: [part[name] for part in parts] for name in parts[0]}
    return {name: None if None in amounts else sum(amounts) for name, amounts in sums.items()}


def teachers_of(row):
    degrees = ["teachers_doctor", "teachers_master", "teachers_bachelor"]
    if row["stage"] == "primary":
        degrees.append("teachers_associate")
    subjects = ["teachers_pe", "teachers_music", "teachers_fine_arts", "teachers_arts"]
    backbone = row["backbone_teachers"]
    return {
        "L1": 100 * Fraction(sum(row[name] for name in degrees)),
        "L2": None if backbone is None else 100 * Fraction(backbone),
        "L3": 100 * Fraction(sum(row[name] for name in subjects)),
    }


def premises_of(school):
    indoor = Fraction(school["indoor_sports_area"])
    return {
        "L4": Fraction(school["teaching_area"]) - indoor,
        "L5": Fraction(school["sports_ground_area"]) + indoor,
        "L6": Fraction(school["equipment_value"]),
        "L7": Fraction(100 * school["multimedia_classrooms"]),
    }


def mean_and_cv(rows, name):
    rows = [(pupils, amounts[name]) for pupils, amounts in rows if amounts[name] is not None]
    all_pupils = sum(pupils for pupils, _ in rows)
    mean = sum(amount for _, amount in rows) / all_pupils
    variance = sum(pupils * (amount / pupils - mean) ** 2 for pupils, amount in rows) / all_pupils
    with localcontext() as context:
        context.prec = 40
        square = variance / mean**2
        return mean, Fraction((Decimal(square.numerator) / Decimal(square.denominator)).sqrt())


@pytest.fixture(scope="module")
def primary(county):
    return list(rows_of(county, "primary"))


def test_counted_primary_pupils_and_teachers(primary):
    assert sum(pupils for pupils, _ in primary) == 47_994
    assert [sum(amounts[name] for _, amounts in primary) / 100 for name in ("L1", "L2", "L3")] == [2647, 426, 422]


@pytest.mark.parametrize("name", PUBLISHED)
def test_mean_and_cv_agree_with_the_published_ones_as_printed(primary, name):
    mean, cv = mean_and_cv(primary, name)
    published_mean, published_cv = map(Fraction, PUBLISHED[name])
    assert abs(mean - published_mean) <= HALF_A_DIGIT
    assert abs(cv - published_cv) <= HALF_A_DIGIT


def test_mean_of_the_seven_cvs_agrees_too(primary):
    composite = sum(mean_and_cv(primary, name)[1] for name in PUBLISHED) / 7
    assert abs(composite - Fraction(PUBLISHED_COMPOSITE)) <= 2 * HALF_A_DIGIT


def test_only_the_second_primary_cv_exceeds_its_limit(primary):
    assert [name for name in PUBLISHED if mean_and_cv(primary, name)[1] > Fraction(1, 2)] == ["L2"]


def test_every_junior_cv_keeps_its_limit_and_a_few_schools_miss(county):
    junior = list(rows_of(county, "junior"))
    assert all(mean_and_cv(junior, name)[1] <= Fraction(45, 100) for name in PUBLISHED)
    limits = dict(zip(PUBLISHED, map(Fraction, ("5.3", "1", "0.9", "5.8", "10.2", "2500", "2.4")), strict=True))
    outcomes = [outcome(pupils, amounts, limits) for pupils, amounts in junior]
    assert len(outcomes) == 27
    assert {name: outcomes.count(name) for name in set(outcomes)} == {"met": 15, "rest": 4, "unmet": 7, "unknown": 1}


def outcome(pupils, amounts, limits):
    """Six of seven reached and the seventh at least 85 % of its limit."""
    ratios = [None if amounts[name] is None else amounts[name] / pupils / limit for name, limit in limits.items()]
    missed = [ratio for ratio in ratios if ratio is not None and ratio < 1]
    if len(missed) > 1 or any(ratio < Fraction(85, 100) for ratio in missed):
        return "unmet"
    if None in ratios:
        return "unknown"
    return "rest" if missed else "met"
