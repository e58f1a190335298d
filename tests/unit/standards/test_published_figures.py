"""The figures of the national rules once more, typed by hand, so that a slip in the data shows."""

from decimal import Decimal
from fractions import Fraction

import pytest

from junheng.standards.library import load_standard
from junheng.standards.limit import Graded

SEVEN = {
    "teachers_above_required_education_per_100": ("4.2", "5.3", "3.57", "4.505"),
    "backbone_teachers_per_100": ("1", "1", "0.85", "0.85"),
    "pe_arts_teachers_per_100": ("0.9", "0.9", "0.765", "0.765"),
    "teaching_area_per_pupil": ("4.5", "5.8", "3.825", "4.93"),
    "sports_area_per_pupil": ("7.5", "10.2", "6.375", "8.67"),
    "equipment_value_per_pupil": ("2000", "2500", "1700", "2125"),
    "multimedia_classrooms_per_100": ("2.3", "2.4", "1.955", "2.04"),
}


def limits(indicator, stage):
    return [(limit.operator, limit.value) for limit in indicator.thresholds[0].limits(stage)]


@pytest.mark.parametrize("name", SEVEN)
def test_quality_balance_asks_the_printed_thresholds(name):
    standard = load_standard("CN/youzhi_2017")
    primary, junior, primary_floor, junior_floor = (Decimal(figure) for figure in SEVEN[name])
    indicator = standard.resources[name]
    assert limits(indicator, "primary") == [("at_least", primary)]
    assert limits(indicator, "junior") == [("at_least", junior)]
    assert (primary * standard.school_rule.rest, junior * standard.school_rule.rest) == (primary_floor, junior_floor)
    assert (indicator.balance[0].limit("primary"), indicator.balance[0].limit("junior")) == (
        Decimal("0.50"),
        Decimal("0.45"),
    )


def test_quality_balance_judges_six_of_seven_and_each_cv():
    standard = load_standard("CN/youzhi_2017")
    assert tuple(standard.resources) == tuple(SEVEN) == standard.counted()
    assert (standard.school_rule.at_least, standard.school_rule.rest) == (6, Decimal("0.85"))
    assert (standard.balance_rule.rule, standard.balance_rule.weights) == ("each", "pupils")
    assert (standard.campuses.mode, standard.campuses.at_least) == ("separate", 50)
    assert len(standard.government.items) == 15
    assert len(standard.quality.items) == 9
    assert len(standard.relaxations) == 5


def test_quality_balance_splits_four_amounts_and_basic_balance_five():
    quality, basic = load_standard("CN/youzhi_2017").split, load_standard("CN/jiben_2012").split
    assert quality.weights == basic.weights == {"primary": 1, "junior": Decimal("1.1"), "senior": Decimal("1.32")}
    shared = ["teaching_area_per_pupil", "sports_area_per_pupil", "equipment_value_per_pupil"]
    assert [*quality.indicators] == [*shared, "multimedia_classrooms_per_100"]
    assert [*basic.indicators] == [*shared, "computers_per_100", "books_per_pupil"]


def test_basic_balance_judges_the_mean_of_eight():
    standard = load_standard("CN/jiben_2012")
    assert len(standard.resources) == 8
    assert standard.school_rule is None
    assert all(not indicator.thresholds for indicator in standard.resources.values())
    limit = standard.balance_rule.limits[0]
    assert (standard.balance_rule.rule, limit.limit("primary"), limit.limit("junior")) == (
        "mean",
        Decimal("0.65"),
        Decimal("0.55"),
    )


def test_basic_balance_scores_seventeen_items_in_four_groups_without_points():
    government = load_standard("CN/jiben_2012").government
    assert [item.number for item in government.items.values()] == list(range(1, 18))
    groups = [item.group for item in government.items.values()]
    assert {group: groups.count(group) for group in government.groups} == {
        "entry": 4,
        "assurance": 4,
        "teachers": 4,
        "quality": 5,
    }
    assert government.rule == "score"
    assert government.pass_score[0].at_least == 85
    assert all(item.points is None for item in government.items.values())


def test_basic_balance_waits_for_the_provincial_standard():
    assert load_standard("CN/jiben_2012").eligibility.items["basic_standard"].gate


CHECKS = {
    "years_since_recognition": ("at_least", "3"),
    "special_funds_per_pupil": ("at_least", "6000"),
    "training_completion": ("at_least", "100"),
    "rotation_share": ("at_least", "10"),
    "rotation_backbone_share": ("at_least", "20"),
    "certified_share": ("at_least", "100"),
    "senior_places_share": ("at_least", "50"),
    "migrant_share": ("at_least", "85"),
    "three_year_retention": ("at_least", "95"),
    "disabled_enrolment_rate": ("at_least", "95"),
    "training_budget_share": ("at_least", "5"),
    "lowest_attainment_level": ("at_least", "3"),
    "highest_school_difference": ("below", "0.15"),
    "questionnaire_satisfied_share": ("at_least", "85"),
    "classes_too_large": ("at_most", "0"),
}


@pytest.mark.parametrize("name", CHECKS)
def test_computed_items_ask_the_printed_figures(name):
    indicators = dict(load_standard("CN/youzhi_2017").indicators())
    operator, value = CHECKS[name]
    assert limits(indicators[name], None) == [(operator, Decimal(value))]


def test_nearby_enrolment_is_asked_by_stage():
    check = dict(load_standard("CN/youzhi_2017").indicators())["zone_enrolment_share"]
    assert limits(check, "primary") == [("at_least", 100)]
    assert limits(check, "junior") == [("at_least", 95)]
    assert "private" not in check.formula.where["operator"]
    assert check.formula.where["boarding"] is False


def test_school_size_is_larger_for_continuous_schools():
    check = dict(load_standard("CN/youzhi_2017").indicators())["compulsory_pupils"]
    assert limits(check, None) == [("at_most", 2500), ("at_most", 2000)]
    assert check.thresholds[0].all[0].where == {"school_kind": ("312", "314", "345")}


def test_classes_above_45_count_in_primary_and_above_50_in_junior_schools():
    amount = dict(load_standard("CN/youzhi_2017").indicators())["classes_too_large"].formula.amount
    primary = {term.column for term in amount.terms("primary")}
    junior = {term.column for term in amount.terms("junior")}
    assert primary - junior == {"classes_50"}
    assert "classes_45" not in primary


def test_rules_of_2017_that_were_not_read_say_so():
    vetoes = load_standard("CN/youzhi_2017").vetoes.items
    assert vetoes["falsification"].source.confidence == "general"
    assert vetoes["entrance_by_examination"].source.confidence == "seen"
    assert load_standard("CN/youzhi_2017").in_force.source.confidence == "general"


def test_the_hebei_type_asks_eight_of_ten_and_sixty_percent():
    standard = load_standard("CN-unattributed/hebei_type")
    assert len(standard.counted()) == 10
    assert (standard.school_rule.at_least, standard.school_rule.rest) == (8, Decimal("0.60"))
    assert standard.resources["building_area_per_pupil"].thresholds[0].limits("primary")[0].not_found


def test_shaanxi_asks_seven_of_nine_and_interpolates_libraries():
    standard = load_standard("CN-61/banxue")
    assert len(standard.counted()) == 9
    assert (standard.school_rule.at_least, standard.school_rule.rest) == (7, None)
    graded = standard.resources["library_area"].thresholds[0].limits("primary")[0].value
    assert isinstance(graded, Graded)
    assert [graded.at(Fraction(classes)) for classes in (3, 6, 9, 12, 20, 24, 30)] == [
        80,
        80,
        100,
        120,
        Fraction(560, 3),
        220,
        220,
    ]
    bundle = standard.resources["teaching_rooms"].formula
    assert (len(bundle.of), bundle.count) == (5, 4)


def test_shandong_adds_its_four_vetoes():
    assert [item.number for item in load_standard("CN-37/jiben_2012").vetoes.items.values()] == [4, 1, 2, 3]
    assert len(load_standard("CN/jiben_2012").vetoes.items) == 1
