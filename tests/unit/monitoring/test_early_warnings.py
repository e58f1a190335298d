"""预警: each comes exactly when its rule says, with the figures; nothing comes of rounding or of a limit that moved."""

import polars as pl
import pytest
from watched_frames import AREA, BACKBONE, STANDARD, counties, material, measure, school

from junheng.monitoring.alarms.material import FOUND
from junheng.monitoring.declared import warning_rules
from junheng.monitoring.measured import Measured
from junheng.monitoring.warnings import ALARMS, find_warnings, with_sentences


def found(given, *wanted):
    rules = warning_rules()
    return find_warnings(given, {name: rules[name] for name in wanted} if wanted else rules)


def sentences(warnings):
    return with_sentences(warnings, {"330101": "合成一县"}, Measured(STANDARD))["zh"].to_list()


def test_every_rule_names_a_way_to_find_it():
    assert {rule.kind for rule in warning_rules().values()} == set(ALARMS)


def test_a_quiet_county_has_no_warning():
    quiet = material(
        2025, measures=[measure({2023: 0.3, 2024: 0.3, 2025: 0.3})], verdicts=counties({2024: "met", 2025: "met"})
    )
    assert found(quiet).is_empty()
    assert set(FOUND) <= set(found(quiet).columns)


def test_a_verdict_that_was_lost():
    lost = found(material(2025, verdicts=counties({2024: "tolerated", 2025: "unmet"})), "verdict_lost")
    assert lost.select("county_code", "school_year", "first_year", "was", "now", "severity").rows() == [
        ("330101", 2025, 2024, "tolerated", "unmet", "urgent")
    ]
    assert sentences(lost) == ["合成一县2024学年结论为余项容许，2025学年为未达标。"]


@pytest.mark.parametrize("before", ["unmet", "unknown"])
def test_a_verdict_that_was_never_there_is_not_lost(before):
    assert found(material(2025, verdicts=counties({2024: before, 2025: "unmet"})), "verdict_lost").is_empty()


def test_after_a_gap_nothing_is_said_to_be_lost():
    assert found(material(2025, verdicts=counties({2023: "met", 2025: "unmet"})), "verdict_lost").is_empty()


def test_a_part_and_a_measure_that_were_lost():
    parts = pl.DataFrame(
        {
            "county_code": ["330101"] * 2,
            "school_year": [2024, 2025],
            "part": ["balance"] * 2,
            "outcome": ["met", "unmet"],
        }
    )
    given = material(2025, measures=[measure({2024: 0.49, 2025: 0.51})], parts=parts)
    assert sentences(found(given, "part_lost")) == ["合成一县“校际均衡”2024学年为达标，2025学年为未达标。"]
    assert sentences(found(given, "measure_lost")) == [
        "合成一县小学生均教学及辅助用房面积差异系数由2024学年的0.49变为2025学年的0.51，不再符合要求（≤0.5）。"
    ]


def test_a_limit_that_moved_is_said_apart():
    """0.6 met 0.65 and misses 0.5, but it would have missed 0.5 the year before as well."""
    given = material(2025, measures=[measure({2024: 0.6, 2025: 0.6}, limit={2024: 0.65, 2025: 0.5})])
    assert found(given, "measure_lost").is_empty()
    assert found(given, "limit_moved").select("before", "value", "limit").rows() == [(0.6, 0.6, 0.5)]


def test_a_county_that_got_worse_as_the_limit_moved_is_still_told():
    """0.4 would have met the new limit of 0.5: the fall to 0.6 is the county's own."""
    given = material(2025, measures=[measure({2024: 0.4, 2025: 0.6}, limit={2024: 0.65, 2025: 0.5})])
    assert found(given, "measure_lost").height == 1
    assert found(given, "limit_moved").is_empty()


@pytest.mark.parametrize(("value", "warned"), [(0.5, True), (0.48, True), (0.476, True), (0.475, False), (0.4, False)])
def test_near_is_less_than_a_twentieth_of_the_limit(value, warned):
    """0.475 leaves exactly 5 % of 0.5, which is enough."""
    near = found(material(2025, measures=[measure({2025: value})]), "near")
    assert (near.height == 1) == warned


@pytest.mark.parametrize(
    ("name", "value", "limit", "warned"),
    [
        ("three_year_retention", 99.0, 95.0, False),
        ("three_year_retention", 95.2, 95.0, True),
        ("rotation_share", 14.0, 10.0, False),
        ("rotation_share", 10.4, 10.0, True),
        ("certified_share", 100.0, 100.0, False),
        ("lowest_attainment_level", 3.0, 3.0, False),
    ],
)
def test_what_cannot_be_better_is_not_near(name, value, limit, warned):
    """99 % of 95 % is four fifths of the way to the best there is; 100 % of 100 % has no more to give.

    And 14 % of 10 % is two fifths above the limit.
    """
    frame = measure({2025: value}, name=name, kind="check", stage=None, operator="at_least", limit=limit)
    assert (found(material(2025, measures=[frame]), "near").height == 1) == warned


def test_a_measure_that_failed_is_not_near():
    assert found(material(2025, measures=[measure({2025: 0.51})]), "near").is_empty()


def test_a_line_that_crosses_its_limit_within_three_years():
    """0.38, 0.41, 0.44: 0.03 a year, 0.06 below the limit: two years."""
    crossing = found(material(2025, measures=[measure({2023: 0.38, 2024: 0.41, 2025: 0.44})]), "crossing")
    assert crossing["amount"].to_list() == [pytest.approx(2, rel=1e-9)]
    assert "约2年后不达标" in sentences(crossing)[0]
    far = found(material(2025, measures=[measure({2023: 0.24, 2024: 0.27, 2025: 0.30})]), "crossing")
    assert far.is_empty(), "0.2 at 0.03 a year is more than six years"


def test_worse_three_years_running():
    values = {2022: 0.30, 2023: 0.315, 2024: 0.33, 2025: 0.345}
    declining = found(material(2025, measures=[measure(values)]), "declining")
    assert declining.select("first_year", "before", "value", "count").rows() == [(2022, 0.30, 0.345, 3)]
    for broken in (values | {2024: 0.30}, values | {2024: 0.32}, {y: v for y, v in values.items() if y != 2023}):
        assert found(material(2025, measures=[measure(broken)]), "declining").is_empty(), broken


def test_small_steps_are_no_decline():
    """0.009 a year is 1.8 per cent of the limit: within what counts as steady."""
    values = {2022: 0.300, 2023: 0.309, 2024: 0.318, 2025: 0.327}
    assert found(material(2025, measures=[measure(values)]), "declining").is_empty()


def test_data_that_were_there():
    gone = found(material(2025, measures=[measure({2024: 0.3, 2025: 0.1}, unknown=(2025,))]), "data_gone")
    assert gone.select("before", "value").rows() == [(0.3, None)], "a partial value is not said"
    never = material(2025, measures=[measure({2024: 0.3, 2025: 0.1}, unknown=(2024, 2025))])
    assert found(never, "data_gone").is_empty()


def test_a_county_that_is_not_there_any_more():
    verdicts = pl.concat(
        [counties({2024: "met", 2025: "met"}), counties({2024: "unmet"}, county="330102", name="合成二县")]
    )
    assert found(material(2025, verdicts=verdicts), "county_gone")["county_code"].to_list() == ["330102"]


def slipping(number, of, **now):
    before = [school(f"s{i}", 2024) for i in range(of)]
    fallen = {"outcome": "unmet", f"{AREA}__value": 4.0, f"{AREA}__outcome": "unmet"} | now
    return before + [school(f"s{i}", 2025, **(fallen if i < number else {})) for i in range(of)]


@pytest.mark.parametrize(("number", "of", "warned"), [(2, 40, True), (1, 10, False), (2, 41, False)])
def test_schools_that_slip_are_two_and_a_twentieth(number, of, warned):
    found_rows = found(material(2025, rows=slipping(number, of)), "schools_slipping")
    assert (found_rows.height == 1) == warned
    if warned:
        assert (found_rows["count"].item(), found_rows["amount"].item()) == (2, 0.05)


def test_schools_that_only_a_new_limit_turned_do_not_slip():
    raised = {f"{AREA}__value": 10.0, f"{AREA}__limit": 12.0}
    assert found(material(2025, rows=slipping(3, 10, **raised)), "schools_slipping").is_empty()


def test_classes_that_grow_two_years_running():
    """40, 41, 42.5 pupils a class: 6.25 % in two years."""
    rows = [school("s1", 2023 + i, pupils=pupils, classes=20) for i, pupils in enumerate((800, 820, 850))]
    grown = found(material(2025, rows=rows), "classes_grown")
    assert grown.select("before", "value", "amount").rows() == [(40.0, 42.5, pytest.approx(0.0625))]
    blank = [*rows, *(school("s2", year, classes=None) for year in (2023, 2024, 2025))]
    assert found(material(2025, rows=blank), "classes_grown").is_empty(), "a mean of some schools is not the county's"


def test_large_classes_that_are_back():
    none, some = (school("s1", 2024), school("s1", 2025, classes_over_55=2, classes_over_65=0))
    back = found(material(2025, rows=[none, some]), "large_classes_back", "huge_classes_back")
    assert back.select("warning", "count").rows() == [("large_classes_back", 2)]
    unsure = [school("s1", 2024), school("s2", 2024, classes_over_55=None), some]
    assert found(material(2025, rows=unsure), "large_classes_back").is_empty(), "nobody knows that there were none"


def test_pupils_that_fall_fast():
    rows = [school("s1", 2022, pupils=1000), school("s1", 2025, pupils=850)]
    assert found(material(2025, rows=rows), "hollowing")["amount"].to_list() == [pytest.approx(0.15)]
    slower = [school("s1", 2022, pupils=1000), school("s1", 2025, pupils=851)]
    assert found(material(2025, rows=slower), "hollowing").is_empty()


def test_a_coefficient_that_fell_only_because_schools_closed():
    """Two equal schools stay equal; a third, far from them, is gone."""
    values = {"s1": 10.0, "s2": 10.0, "s3": 40.0}
    before = [school(code, 2024, **{f"{BACKBONE}__value": value}) for code, value in values.items()]
    after = [school(code, 2025, **{f"{BACKBONE}__value": values[code]}) for code in ("s1", "s2")]
    moved = measure({2024: 0.7071, 2025: 0.0}, name=BACKBONE, limit=0.5)
    told = found(material(2025, measures=[moved], rows=before + after), "composition")
    assert told.select("name", "count", "amount").rows() == [(BACKBONE, 1, 0.0)]
    better = [row | {f"{BACKBONE}__value": row[f"{BACKBONE}__value"] + (row["school_code"] == "s1")} for row in before]
    real = found(material(2025, measures=[moved], rows=better + after), "composition")
    assert real.is_empty(), "the two schools that stay came closer"


def test_english_sentences_have_the_same_figures():
    given = material(2025, measures=[measure({2024: 0.49, 2025: 0.51})])
    worded = with_sentences(found(given, "measure_lost"), {"330101": "合成一县"}, Measured(STANDARD))
    assert "0.49 in 2024 to 0.51 in 2025" in worded["en"].item()
    assert worded["county_name"].item() == "合成一县"


def test_a_value_exactly_at_its_limit_is_near_though_its_float_lies_beyond():
    """Two schools of 170 pupils with 7 and 21 teachers: a coefficient of 0.5 exactly, 0.5000000000000001 in floats."""
    at_limit = measure({2025: 0.5000000000000001}).with_columns(outcome=pl.lit("met"))
    near = found(material(2025, measures=[at_limit]), "near")
    assert near.height == 1
    assert "余量只有0%" in sentences(near)[0]


def test_what_is_tolerated_is_across_its_limit_already():
    given = measure({2023: 0.48, 2024: 0.5, 2025: 0.52}).with_columns(outcome=pl.lit("tolerated"))
    assert found(material(2025, measures=[given]), "crossing").is_empty()
    assert found(material(2025, measures=[measure({2023: 0.44, 2024: 0.46, 2025: 0.48})]), "crossing").height == 1


def test_a_figure_is_never_printed_as_its_limit_where_it_misses_it():
    lost = found(material(2025, measures=[measure({2024: 0.49, 2025: 0.500004})]), "measure_lost")
    assert "由2024学年的0.49变为2025学年的0.500004，不再符合要求（≤0.5）" in sentences(lost)[0]


def test_an_english_sentence_without_a_stage_has_single_spaces():
    lost = found(
        material(
            2025,
            measures=[
                measure(
                    {2024: 96, 2025: 90}, kind="check", stage=None, name="rotation_share", limit=95, operator="at_least"
                )
            ],
        ),
        "measure_lost",
    )
    (english,) = with_sentences(lost, {}, Measured(STANDARD))["en"]
    assert "  " not in english
