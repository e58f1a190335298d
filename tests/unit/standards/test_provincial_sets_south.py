"""Basic standards of Hubei, Henan, Guizhou, Sichuan, Guangdong, Jiangsu and Hunan: the figures that were read once
more, typed by hand; what was not found stays open; and schools just at and just below a limit.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from junheng.standards.library import load_standard
from junheng.verdict.judge import judge
from junheng.verdict.limits import limit_for
from strategies import DAY, YEAR, dataset_of, school_row, tables_of

HUBEI, HENAN, GUIZHOU, SICHUAN = "CN-42/banxue", "CN-41/banxue", "CN-52/banxue", "CN-51/banxue"
GUANGDONG, JIANGSU, HUNAN = "CN-44/banxue", "CN-32/banxue", "CN-43/banxue"
SETS = (HUBEI, HENAN, GUIZHOU, SICHUAN, GUANGDONG, JIANGSU, HUNAN)
NOT_FOUND = None

# Where a school stands, as the limits ask for it.
OLD, NEW, ELSEWHERE, FULL_BOARDING = (
    {"location": "urban", "boarding": False, "full_boarding": False, "mountain_or_lake": False, "city_zone": zone}
    for zone in ("main_old", "main_new", "elsewhere", "elsewhere")
)
FULL_BOARDING |= {"boarding": True, "full_boarding": True}
RURAL = {"location": "rural", "boarding": False, "mountain_or_lake": False}
HILLS = {"mountain_or_lake": True}
NINE_YEARS, SIX_YEARS = {"school_kind": "312"}, {"school_kind": "211"}


def classes(number, **more):
    return {"classes": number, **more}


BOTH = ("primary", "junior")
LIMITS = [
    # set, indicator, stages, where the school stands, limits of these stages
    (HUBEI, "land_per_pupil", BOTH, OLD, ("11.40", "11.40")),
    (HUBEI, "land_per_pupil", BOTH, NEW, ("15", "20")),
    (HUBEI, "land_per_pupil", BOTH, ELSEWHERE, ("20", "25")),
    (HUBEI, "land_per_pupil", BOTH, RURAL, ("20", "25")),
    (HUBEI, "land_per_pupil", BOTH, FULL_BOARDING, ("32", "34")),
    (HUBEI, "land_per_pupil", BOTH, OLD | HILLS, ("10.26", "10.26")),
    (HUBEI, "land_per_pupil", BOTH, NEW | HILLS, ("13.5", "18")),
    (HUBEI, "land_per_pupil", BOTH, RURAL | HILLS, ("18", "22.5")),
    (HUBEI, "land_per_pupil", BOTH, FULL_BOARDING | HILLS, ("28.8", "30.6")),
    (HUBEI, "green_share", BOTH, {}, ("30", "30")),
    (HUBEI, "largest_class", BOTH, {}, ("45", "50")),
    (HENAN, "books_per_pupil", BOTH, {}, ("20", "30")),
    (HENAN, "largest_class", BOTH, {}, ("45", NOT_FOUND)),
    (HENAN, "auxiliary_rooms", BOTH, {}, ("6", "9")),
    (HENAN, "dormitory_per_boarder", BOTH, {}, (NOT_FOUND, NOT_FOUND)),
    (GUIZHOU, "land_per_pupil_of_new_schools", BOTH, {}, ("20", "25")),
    (GUIZHOU, "building_area_without_dormitories", BOTH, {}, ("4.5", "5.5")),
    (GUIZHOU, "sports_area_per_pupil", BOTH, {}, ("4.5", "5.5")),
    (GUIZHOU, "equipment_value", ("primary",) * 2, classes(12), ("35000", "35000")),
    (GUIZHOU, "equipment_value", BOTH, classes(13), ("50000", "150000")),
    (GUIZHOU, "equipment_value", ("junior",) * 2, classes(9), ("100000", "100000")),
    (GUIZHOU, "equipment_value", ("junior",) * 2, classes(10), ("150000", "150000")),
    (GUIZHOU, "books_per_pupil", BOTH, {}, ("20", "30")),
    (GUIZHOU, "pupils_per_computer", BOTH, {}, ("16", "10")),
    (GUIZHOU, "dormitory_per_boarder", BOTH, {}, ("3", "3.5")),
    (GUIZHOU, "toilet_area_per_pupil", BOTH, {}, ("0.2", "0.25")),
    (GUIZHOU, "pupils_per_teacher", BOTH, {}, ("22", "17")),
    (GUIZHOU, "mean_class_size", BOTH, {}, ("45", "50")),
    (GUIZHOU, "largest_class", BOTH, {}, ("55", "55")),
    (SICHUAN, "teaching_rooms_per_pupil", BOTH, {}, (NOT_FOUND, NOT_FOUND)),
    (SICHUAN, "sports_ground_per_pupil", BOTH, {}, (NOT_FOUND, NOT_FOUND)),
    (SICHUAN, "computers_per_100", BOTH, SIX_YEARS, ("6", "8")),
    (SICHUAN, "computers_per_100", BOTH, NINE_YEARS, ("8", "8")),
    (SICHUAN, "books_per_pupil", BOTH, SIX_YEARS, ("15", "25")),
    (SICHUAN, "books_per_pupil", BOTH, NINE_YEARS, ("25", "25")),
    (SICHUAN, "vacant_posts_share", BOTH, {}, ("1", "1")),
    (GUANGDONG, "building_area_per_pupil", BOTH, {}, ("5.1", NOT_FOUND)),
    (GUANGDONG, "equipment_value_per_pupil", BOTH, {}, ("550", NOT_FOUND)),
    (GUANGDONG, "books_per_pupil", BOTH, {}, ("20", NOT_FOUND)),
    (GUANGDONG, "mean_class_size", BOTH, {"migrants_30_percent": False}, ("45", NOT_FOUND)),
    (GUANGDONG, "mean_class_size", BOTH, {"migrants_30_percent": True}, ("50", "55")),
    (GUANGDONG, "teachers_per_pupil", BOTH, {"teacher_ratio_required": "0.043"}, ("0.043", NOT_FOUND)),
    (GUANGDONG, "teachers_per_pupil", BOTH, {"teacher_ratio_required": "0.049"}, ("0.049", NOT_FOUND)),
    (GUANGDONG, "qualified_teachers_share", BOTH, {}, ("100", NOT_FOUND)),
    (JIANGSU, "land_per_pupil", BOTH, {}, (NOT_FOUND, NOT_FOUND)),
    *((HUNAN, "land_per_pupil", BOTH, classes(n, location="urban"), (m2,) * 2)
      for n, m2 in ((12, "18.1"), (18, "14.81"), (24, "12.59"), (30, "11.11"))),
    *((HUNAN, "land_per_pupil", BOTH, classes(n, location="rural"), (m2,) * 2)
      for n, m2 in ((11, "22"), (12, "18.79"), (18, "17.57"), (24, "15.45"), (30, "14.68"))),
    *((HUNAN, "building_area_per_pupil", BOTH, classes(n), (m2,) * 2)
      for n, m2 in ((11, "7.4"), (12, "6.6"), (18, "5.8"), (24, "5.4"), (30, "5.2"))),
    (HUNAN, "sports_ground_per_pupil", BOTH, {}, ("2.3", "2.3")),
    (HUNAN, "green_area_per_pupil", BOTH, {}, ("0.5", "0.5")),
    (HUNAN, "dormitory_per_boarder", BOTH, {}, ("3", "3")),
    (HUNAN, "canteen_per_boarder", BOTH, {}, ("1.5", "1.5")),
]  # fmt: skip


@pytest.mark.parametrize(("standard", "name", "stages", "where", "figures"), LIMITS)
def test_a_limit_is_the_figure_that_was_read(standard, name, stages, where, figures):
    indicator = load_standard(standard).resources[name]
    for stage, figure in zip(stages, figures, strict=True):
        found = limit_for(indicator, {"stage": stage, **where})
        assert (found.value if found else None) == (Fraction(figure) if figure else NOT_FOUND)


@pytest.mark.parametrize(
    ("standard", "names"),
    [
        (HUBEI, ["computer_room_count", "books_per_pupil", "ring_track", "ball_courts"]),
        (GUANGDONG, ["straight_track", "ball_courts", "other_sports_area", "laboratory_count", "computer_room_count"]),
    ],
)
def test_what_is_named_without_a_value_is_a_gap(standard, names):
    resources = load_standard(standard).resources
    for name in names:
        assert [limit.not_found for limit in resources[name].thresholds[0].all] == [True]


NOTES = {
    (SICHUAN, "teaching_rooms_per_pupil"): "3.63 5.42 4.10 5.33",
    (SICHUAN, "sports_ground_per_pupil"): "6.93 16.03 9.28 12.38",
    (HUBEI, "largest_class"): "35 40",
    (GUIZHOU, "pupils_per_computer"): "6 10",
    (GUANGDONG, "public_funds_of_quota"): "950 1550",
}


@pytest.mark.parametrize(("place", "figures"), NOTES.items(), ids="-".join)
def test_a_figure_that_is_no_limit_is_told(place, figures):
    indicator = load_standard(place[0]).resources[place[1]]
    for figure in figures.split():
        assert figure in indicator.note.zh
        assert figure in indicator.note.en


def test_how_many_must_be_met():
    def rule(name):
        standard = load_standard(name)
        found = standard.school_rule
        return len(standard.counted()), found.not_seen, found.at_least, found.not_found, found.score

    assert rule(HUBEI)[:4] == (9, 6, None, True), "nine of 15 items were seen"
    assert rule(GUANGDONG) == (11, 0, 9, False, None), "two of eleven may be missed"
    assert rule(JIANGSU) == (1, 30, 29, False, None), "one of 31 conclusions was seen"
    assert rule(GUIZHOU)[2:4] == rule(HUNAN)[2:4] == (None, True)
    assert rule(HUNAN)[1] == 1, "areas alone are not the whole standard"
    henan, sichuan = load_standard(HENAN).school_rule.score, load_standard(SICHUAN).school_rule.score
    assert (henan.total, henan.at_least) == (sichuan.total, sichuan.at_least) == (100, None)
    assert {indicator.points for indicator in load_standard(HENAN).resources.values()} == {None}
    assert [indicator.points for indicator in load_standard(SICHUAN).resources.values()] == [10] * 5
    assert load_standard(SICHUAN).school_rule.not_seen == 5


def test_jiangsu_has_its_own_words_for_schools():
    grades = load_standard(JIANGSU).school_rule.grades
    assert [grades[code].zh for code in ("met", "tolerated", "unmet")] == ["合格", "基本合格", "不合格"]


@pytest.mark.parametrize("name", [GUIZHOU, GUANGDONG])
def test_where_the_province_is_inferred_every_figure_says_so(name):
    standard = load_standard(name)
    assert "省份为推断" in standard.label.zh
    assert {t.source.confidence for i in standard.resources.values() for t in i.thresholds} == {"inferred"}


def test_what_is_the_countys_does_not_stand_in_the_schools_standard():
    checks = dict(load_standard("CN-52/xianji").indicators())
    assert {name: [limit.value for limit in checks[name].thresholds[0].all] for name in checks} == {
        "rotation_rate": [10],
        "fitness_pass_rate": [85],
        "retention_rate": [],
        "disabled_enrolment_share": [80],
        "rural_tax_transfer_share": [50],
    }
    retention = checks["retention_rate"].thresholds[0]
    assert [retention.limits(stage)[0].value for stage in BOTH] == [95, 90]
    assert load_standard("CN-52/xianji").purpose == "checklist"


# -- judged ------------------------------------------------------------------------------------------------------------

COUNTY, CODE = "990101", "9901010001"


def judged(standard, premises=(), *stages, county=(), **about):
    """The judged rows of one school; ``stages`` are its stage rows, a primary one of 100 pupils by default."""
    held = load_standard(standard)
    stages = stages or ({"stage": "primary", "pupils": 100},)
    rows = {
        "school": [school_row(CODE, COUNTY, **about)],
        "school_year": [{"school_code": CODE, "school_year": YEAR, **dict(premises)}],
        "stage_year": [{"school_code": CODE, "school_year": YEAR, **stage} for stage in stages],
        "county_year": [{"county_code": COUNTY, "school_year": YEAR, **dict(county)}],
    }
    return judge(dataset_of(tables_of(held), rows), held, DAY).rows.to_dicts()


def primary(pupils=100, **more):
    return {"stage": "primary", "pupils": pupils, **more}


@pytest.mark.parametrize(("area", "outcome"), [("1140", "met"), ("1139.99", "unmet")])
def test_land_in_the_old_centre_of_hubei(area, outcome):
    [row] = judged(HUBEI, {"land_area": Decimal(area)}, **OLD)
    assert row["land_per_pupil__outcome"] == outcome


def test_land_in_hubei_stays_open_where_the_part_of_the_city_is_not_known():
    unknown = OLD | {"city_zone": None}
    assert judged(HUBEI, {"land_area": Decimal(1200)}, **unknown)[0]["land_per_pupil__outcome"] == "unknown"
    assert judged(HUBEI, {"land_area": Decimal(2000)}, **unknown)[0]["land_per_pupil__outcome"] == "met"
    assert judged(HUBEI, {"land_area": Decimal(1200)}, **RURAL)[0]["land_per_pupil__outcome"] == "unmet"


def test_no_school_of_hubei_passes_on_what_was_seen_alone():
    filed = {"land_area": 9999, "green_area": 9999, "music_rooms": 1, "art_rooms": 1, "books": 9999}
    [row] = judged(HUBEI, filed, primary(largest_class=45), **RURAL)
    assert row["music_and_art_rooms__outcome"] == "met"
    assert row["outcome"] == "unknown"


@pytest.mark.parametrize(("computers", "outcome"), [(45, "met"), (44, "unmet")])
def test_one_computer_a_pupil_of_the_largest_class_in_henan(computers, outcome):
    [row] = judged(HENAN, {"computer_room_computers": computers}, primary(largest_class=45))
    assert row["computer_room_for_largest_class__outcome"] == outcome


def test_what_concerns_boarders_is_taken_out_of_the_score_of_other_schools():
    [day], [boarding] = judged(HENAN, boarding=False), judged(HENAN, boarding=True)
    assert day["dormitory_per_boarder__absent"] == "not_applicable"
    assert day["dormitory_per_boarder__outcome"] is None
    assert boarding["dormitory_per_boarder__outcome"] == "unknown"


@pytest.mark.parametrize(("year", "outcome"), [(2010, None), (2011, "unmet"), (None, "unknown")])
def test_guizhou_asks_land_of_new_schools_only(year, outcome):
    [row] = judged(GUIZHOU, {"land_area": Decimal("1999.9")}, built_year=year)
    assert row["land_per_pupil_of_new_schools__outcome"] == outcome


@pytest.mark.parametrize(
    ("number", "value", "outcome"), [(12, 35000, "met"), (12, "34999.99", "unmet"), (13, 35000, "unmet")]
)
def test_equipment_in_guizhou_goes_by_classes(number, value, outcome):
    [row] = judged(GUIZHOU, {"equipment_value": Decimal(value)}, primary(classes=number))
    assert row["equipment_value__outcome"] == outcome


def test_dormitories_do_not_count_as_school_buildings_in_guizhou():
    [row] = judged(GUIZHOU, {"building_area": Decimal(500), "dormitory_area": Decimal(60)})
    assert (row["building_area_without_dormitories__value"], row["building_area_without_dormitories__outcome"]) == (
        4.4,
        "unmet",
    )


@pytest.mark.parametrize(("pupils", "outcome"), [(999, None), (1000, "unmet")])
def test_only_large_schools_of_guizhou_need_the_lesson_system(pupils, outcome):
    [row] = judged(GUIZHOU, {"lesson_preparation_system": False}, primary(pupils))
    assert row["lesson_preparation_system__outcome"] == outcome


def test_sichuan_asks_more_computers_of_nine_year_schools():
    stages = (primary(300), {"stage": "junior", "pupils": 100})
    nine = judged(SICHUAN, {"computers": 31}, *stages, **NINE_YEARS)
    assert [row["computers_per_100__outcome"] for row in nine] == ["unmet", "met"], "shared out by weighted pupils"
    assert judged(SICHUAN, {"computers": 6}, **SIX_YEARS)[0]["computers_per_100__outcome"] == "met"


def test_three_of_eleven_missed_fail_a_school_of_guangdong():
    missed = {"building_area": Decimal("509.9"), "equipment_value": Decimal(54999)}
    assert judged(GUANGDONG, missed)[0]["outcome"] == "unknown", "two may be missed"
    assert judged(GUANGDONG, missed | {"books": 1999})[0]["outcome"] == "unmet"


@pytest.mark.parametrize(("required", "outcome"), [("0.043", "met"), ("0.049", "unmet"), (None, "unknown")])
def test_the_teacher_ratio_of_guangdong_is_the_countys(required, outcome):
    [row] = judged(GUANGDONG, (), primary(1000, teachers=43), county={"teacher_ratio_required": required})
    assert row["teachers_per_pupil__outcome"] == outcome


@pytest.mark.parametrize(("funds", "outcome"), [(95000, "met"), ("94999.99", "unmet")])
def test_running_funds_in_guangdong_reach_the_quota(funds, outcome):
    [row] = judged(GUANGDONG, {"public_funds_budget": Decimal(funds)}, county={"required_quota_primary": Decimal(950)})
    assert row["public_funds_of_quota__outcome"] == outcome


def test_jiangsu_stays_open_until_somebody_fills_it_in():
    assert judged(JIANGSU, {"land_area": Decimal(99999)})[0]["outcome"] == "unknown"


@pytest.mark.parametrize(("area", "outcome"), [("1645.5", "met"), ("1645.4", "unmet")])
def test_land_in_hunan_lies_on_a_line_between_sizes(area, outcome):
    """15 classes in a town: half way between 18.1 and 14.81."""
    [row] = judged(HUNAN, {"land_area": Decimal(area)}, primary(classes=15), location="urban")
    assert row["land_per_pupil__outcome"] == outcome


def test_no_school_of_hunan_passes_on_areas_alone():
    plenty = dict.fromkeys(("land_area", "building_area", "sports_ground_area", "green_area"), Decimal(9999))
    [row] = judged(HUNAN, plenty, primary(classes=12), location="urban", boarding=False)
    outcomes = {row[f"{name}__outcome"] for name in load_standard(HUNAN).counted()}
    assert outcomes == {"met", None}
    assert row["outcome"] == "unknown"
