"""The provinces' scoring trees: points and limits once more, typed by hand, and what of each tree was not seen."""

import re
from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from example import county_dataset
from junheng.indicators.kinds import kind_problems
from junheng.standards.errors import StandardFileError
from junheng.standards.library import load_standard
from junheng.verdict.judge import judge

COUNTY, DAY = "990101", date(2025, 12, 31)
NATIONAL = ("entry", "assurance", "teachers", "quality")
TREES = ("CN-15", "CN-35", "CN-37", "CN-42", "CN-65")


def government(name):
    return load_standard(name).government


def points_below(part, group):
    return {name: item.points for name, item in part.items.items() if item.group == group}


def limit(standard, check, stage=None):
    (found,) = dict(load_standard(standard).indicators())[check].thresholds[0].limits(stage)
    return found.operator, found.value


@pytest.mark.parametrize("name", [*(f"{region}/jiben_2012" for region in TREES), "CN-unattributed/score_table"])
def test_a_tree_keeps_every_national_item_and_leaves_the_score_open(name):
    part = government(name)
    assert government("CN/jiben_2012").items.keys() <= part.items.keys()
    assert part.unseen
    assert part.pass_score[0].at_least == 85
    assert all(kind_problems(check) == [] for item in part.items.values() for check in item.checks.values())


def test_shandong_has_four_branches_and_thirty_four_points_of_evaluation_without_content():
    part = government("CN-37/jiben_2012")
    assert (part.total, part.not_seen) == (100, 34)
    assert tuple(part.groups) == NATIONAL
    assert all(branch.not_seen for branch in part.groups.values())
    assert "23项B级指标" in part.source.printed


def test_fujian_scores_access_by_six_elements():
    part = government("CN-35/jiben_2012")
    assert points_below(part, "entry") == {
        "children_enrolled": 5,
        "migrant_children_planned_for": 2,
        "migrant_children_funded": 2,
        "left_behind_children_cared_for": 4,
        "disabled_children_enrolled": 3,
        "senior_places_allotted": 4,
    }
    assert part.groups["entry"].points == sum(points_below(part, "entry").values()) == 20
    assert [name for name, branch in part.groups.items() if branch.not_seen] == ["assurance", "teachers", "quality"]


@pytest.mark.parametrize(
    ("check", "figure"),
    [
        ("primary_enrolment_rate", "100"),
        ("junior_enrolment_rate", "96"),
        ("disabled_enrolment_rate", "92"),
        ("senior_places_share", "30"),
        ("junior_promotion_rate", "92"),
    ],
)
def test_fujian_asks_the_printed_figures(check, figure):
    assert limit("CN-35/jiben_2012", check) == ("at_least", Decimal(figure))


def test_that_every_child_enters_primary_school_is_our_reading_of_fujian():
    checks = dict(load_standard("CN-35/jiben_2012").indicators())
    names = ("primary_enrolment_rate", "junior_enrolment_rate")
    assert [checks[name].thresholds[0].source.confidence for name in names] == ["inferred", "seen"]


def test_fujian_lists_nine_pieces_of_evidence():
    items = government("CN-35/jiben_2012").items.values()
    listed = {label.zh for item in items if item.group == "entry" for label in item.evidence}
    assert sorted({label[0] for label in listed}) == list("①②③④⑤⑥⑦⑧⑨")


def test_xinjiang_shows_its_first_branch_and_no_total():
    part = government("CN-65/jiben_2012")
    assert part.total is None
    assert {name: part.groups[name].points for name in ("organisation", "leaders_duty")} == {
        "organisation": 170,
        "leaders_duty": 40,
    }
    assert [*points_below(part, "education_first").values()] == [10, 10]
    assert [*points_below(part, "duties_carried_out").values()] == [5, 5, 10]
    blocks = [name for name, branch in part.groups.items() if not branch.group and name not in NATIONAL]
    assert blocks == ["organisation", "development", "management", "balance"]


def test_xinjiang_cannot_be_held_against_the_national_pass_mark():
    judged = judge(county_dataset(), load_standard("CN-65/jiben_2012"), DAY)
    assert judged.parts.filter(pl.col("part") == "government")["outcome"].item() == "unknown"


def test_of_hubeis_twenty_eight_indicators_six_were_seen():
    part = government("CN-42/jiben_2012")
    numbers = [int(n) for item in part.items.values() for n in re.findall(r"^C(\d+) ", item.label.zh)]
    assert sorted(numbers) == [10, 16, 25, 26, 27, 28]
    assert len(numbers) + part.not_seen == 28
    assert all(item.source.confidence == "inferred" for item in part.items.values() if item.label.zh[0] == "C")
    assert limit("CN-42/jiben_2012", "disabled_enrolment_rate") == ("at_least", 90)


def test_hubeis_outline_has_four_chapters_and_twelve_topics():
    groups = government("CN-42/jiben_2012").groups
    chapters = [name for name, branch in groups.items() if not branch.group and name not in NATIONAL]
    topics = [branch.label.zh.split()[0] for branch in groups.values() if branch.group in chapters]
    assert len(chapters) == 4
    assert topics == [str(number) for number in range(1, 13)]


def test_of_inner_mongolia_only_the_title_was_seen():
    part, national = government("CN-15/jiben_2012"), government("CN/jiben_2012")
    assert part.items == national.items
    assert all(branch.not_seen for branch in part.groups.values())
    assert "旗县级人民政府" in load_standard("CN-15/jiben_2012").ledger[part.source.document].title


TABLE = "CN-unattributed/score_table"


def test_the_unnamed_table_gives_two_branches_their_points():
    part = government(TABLE)
    assert (part.groups["entry"].points, part.groups["assurance"].points) == (20, 25)
    assert sorted(points_below(part, "entry").values()) == [3, 3, 3, 3, 4, 4]
    known = {name: points for name, points in points_below(part, "assurance").items() if points is not None}
    assert known == {"responsibility_system": 2, "three_growths_on_average": 6, "weak_schools_favoured": 4}
    assert [name for name, branch in part.groups.items() if branch.not_seen] == ["assurance", "teachers", "quality"]
    assert {part.items[name].source.confidence for name in known} == {"inferred"}


@pytest.mark.parametrize(
    ("check", "operator", "figure", "stage"),
    [
        ("disabled_enrolment_rate", "at_least", "80", None),
        ("primary_enrolment_rate", "at_least", "99.5", None),
        ("junior_gross_enrolment", "at_least", "99", None),
        ("drop_out_rate", "at_most", "0.6", "primary"),
        ("drop_out_rate", "at_most", "1.8", "junior"),
        ("rural_tax_transfer_to_education", "at_least", "50", None),
    ],
)
def test_the_unnamed_table_asks_the_printed_figures(check, operator, figure, stage):
    assert limit(TABLE, check, stage) == (operator, Decimal(figure))


def test_the_unnamed_table_scores_the_mean_of_three_years_beside_the_national_rule():
    items = government(TABLE).items
    item = items["three_growths_on_average"]
    assert {(check.formula.span, check.formula.years) for check in item.checks.values()} == {("mean", 3)}
    assert {rule.check for rule in item.deductions} == item.checks.keys()
    assert all(rule.points is None for rule in item.deductions)
    national = items["funds_listed_and_growing"]
    assert {check.formula.span for check in national.checks.values()} == {"each"}
    assert national.points is None


def scored(**columns: str | None):
    """What the unnamed table makes of the example county with other county figures: item → lowest and highest score."""
    dataset = county_dataset()
    standard = load_standard(TABLE)
    changed = dataset["county_year"].with_columns(
        pl.lit(value and Decimal(value), dataset["county_year"].schema[name]).alias(name)
        for name, value in columns.items()
    )
    judged = judge(type(dataset)(dataset.tables, {**dataset.frames, "county_year": changed}), standard, DAY)
    rows = judged.items.filter(pl.col("part") == "government")
    return {item: (low, high) for item, low, high in rows.select("item", "score_low", "score_high").iter_rows()}


@pytest.mark.parametrize(("enrolled", "score"), [(800, 3), (795, 3), (790, 2), (781, 2), (779, 1), (760, 0), (100, 0)])
def test_a_point_is_lost_for_every_full_percent_below_eighty(enrolled, score):
    """Each full percentage point that 1000 disabled children miss of 80 percent costs one of three points."""
    found = scored(disabled_children="1000", disabled_enrolled=str(enrolled))
    assert found["disabled_children_enrolled"] == (score, score)


def test_two_enrolment_rates_lose_their_points_together():
    figures = {"primary_age_children": "1000", "junior_age_children": "1000", "junior_stage_pupils": "970"}
    assert scored(**figures, primary_age_enrolled="985")["children_enrolled"] == (1, 1)
    assert scored(**figures, primary_age_enrolled="1000")["children_enrolled"] == (2, 2)


def test_what_the_county_did_not_file_leaves_the_points_open():
    assert scored()["children_enrolled"] == (4, 4)
    assert scored(primary_age_enrolled=None, junior_age_enrolled=None)["children_enrolled"] == (0, 4)


@pytest.mark.parametrize(("points", "word"), [("21", "应为 21，实为 20"), ("19", "应为 19，实为 20")])
def test_a_tree_whose_points_do_not_add_up_is_refused(write_standard, points, word):
    overlay = f"""extends: CN-35/jiben_2012
label: {{zh: 测试, en: Test}}
changes:
  government:
    groups: {{entry: {{points: "{points}"}}}}
"""
    with pytest.raises(StandardFileError, match=f"入学机会.*{word}"):
        load_standard(write_standard(overlay))


def test_a_branch_that_was_not_seen_whole_may_have_points_to_spare_but_not_too_few(write_standard):
    overlay = """extends: CN-65/jiben_2012
label: {zh: 测试, en: Test}
changes:
  government:
    groups: {organisation: {points: "39"}}
"""
    with pytest.raises(StandardFileError, match=r"组织领导.*40 超过 39"):
        load_standard(write_standard(overlay))
