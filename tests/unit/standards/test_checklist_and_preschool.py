"""The self-check of urban-rural integration, and what was read of preschool education beside the national rules."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from example import county_dataset
from junheng.intake.asked import template_columns
from junheng.standards.library import load_standard
from junheng.tables.check import check_dataset
from junheng.verdict.judge import judge
from junheng.workflow import tables_for

COUNTY, DAY, YEAR = "990101", date(2025, 12, 31), 2025
CHECKLIST, REGISTER, HENAN = "CN/chengxiang_yitihua", "CN-unattributed/xueqian_zicha", "CN-41/xueqian"


def limits(standard, check, stage=None):
    threshold = dict(load_standard(standard).indicators())[check].thresholds[-1]
    return [(limit.operator, limit.value) for limit in threshold.limits(stage)]


# The checklist


def test_the_checklist_has_thirty_two_items_in_order():
    part = load_standard(CHECKLIST).government
    assert [item.number for item in part.items.values()] == list(range(1, 33))
    assert all(item.judged for item in part.items.values())


def test_the_sections_are_those_of_the_answer_which_skips_the_tenth():
    part = load_standard(CHECKLIST).government
    signs = [branch.label.zh.split()[0] for branch in part.groups.values()]
    assert signs == ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十一", "十二"]
    numbers = {name: [i.number for i in part.items.values() if i.group == name] for name in part.groups}
    assert numbers["goals"] == [1, 2, 3, 4]
    assert numbers["town_schools"] == [5, 6, 7]
    assert all(own == list(range(own[0], own[-1] + 1)) for own in numbers.values())


def test_five_answers_are_accepted_and_only_one_item_may_not_apply():
    part = load_standard(CHECKLIST).government
    assert part.findings == ("met", "basically", "piloting", "partly", "unmet")
    assert part.plans
    assert [item.number for item in part.items.values() if item.may_not_apply] == [27]
    assert load_standard(CHECKLIST).purpose == "checklist"


@pytest.mark.parametrize(
    ("check", "stage", "operator", "figure"),
    [
        ("rotation_share", None, "at_least", "10"),
        ("rotation_backbone_share", None, "at_least", "20"),
        ("renovation_buildings_done", None, "above", "90"),
        ("renovation_equipment_done", None, "above", "90"),
        ("largest_entry_class_size", "primary", "at_most", "45"),
        ("largest_entry_class_size", "junior", "at_most", "50"),
        ("classes_of_66", None, "at_most", "0"),
        ("rural_pay_margin", None, "at_least", "0"),
        ("teacher_pay_margin", None, "at_least", "0"),
        ("rural_disabled_planned_share", None, "at_least", "100"),
    ],
)
def test_what_can_be_computed_asks_the_figures_of_its_item(check, stage, operator, figure):
    assert limits(CHECKLIST, check, stage) == [(operator, Decimal(figure))]


def test_figures_of_the_answer_are_no_requirements():
    """19:1 pupils, 600 元 and no drop-out stand in one district's answer."""
    items = load_standard(CHECKLIST).government.items
    answered = ("posts_unified", "quota_unified", "drop_out_prevented")
    assert all(not items[name].checks for name in answered)


def answered(**findings):
    """The items of the example county that answered these: item → outcome."""
    dataset = county_dataset()
    blank = dict.fromkeys(dataset["judged_item"].schema, None)
    own = {"county_code": COUNTY, "school_year": YEAR, "standard": CHECKLIST}
    rows = [blank | own | {"item": item, "finding": finding} for item, finding in findings.items()]
    filed = pl.DataFrame(rows, schema=dataset["judged_item"].schema)
    judged = judge(replace(dataset, frames={**dataset.frames, "judged_item": filed}), load_standard(CHECKLIST), DAY)
    return dict(judged.items.select("item", "outcome").iter_rows())


def test_answers_count_for_what_they_say():
    found = answered(
        school_buildings_unified="met",
        posts_adjusted="basically",
        county_employs_teachers="piloting",
        heads_and_class_teachers_rewarded="partly",
        services_bought="unmet",
        county_drop_out_plan="not_applicable",
        pupils_followed="not_applicable",
    )
    assert {name: found[name] for name in found if found[name] != "unknown"} == {
        "school_buildings_unified": "met",
        "posts_adjusted": "tolerated",
        "county_employs_teachers": "unmet",
        "heads_and_class_teachers_rewarded": "unmet",
        "services_bought": "unmet",
        "county_drop_out_plan": None,
        "entry_classes": "unmet",  # computed: the example county has entry classes of more than 45 and 50
    }


def test_a_figure_contradicts_the_answer_met():
    dataset = county_dataset()
    rotated = dataset["county_year"].with_columns(rotation_eligible=pl.lit(1000), rotated=pl.lit(99))
    filed = (
        dataset["judged_item"]
        .head(1)
        .with_columns(
            standard=pl.lit(CHECKLIST), item=pl.lit("teachers_rotate"), finding=pl.lit("met"), school_year=pl.lit(YEAR)
        )
    )
    filed = filed.cast(dict(dataset["judged_item"].schema))
    rotated = rotated.cast(dict(dataset["county_year"].schema))
    changed = replace(dataset, frames={**dataset.frames, "judged_item": filed, "county_year": rotated})
    judged = judge(changed, load_standard(CHECKLIST), DAY)
    assert judged.items.filter(pl.col("item") == "teachers_rotate")["outcome"].item() == "unmet"


# Preschool


def test_henan_asks_ninety_percent_and_one_teacher_to_fifteen_children():
    assert limits(HENAN, "preschool_gross_enrolment") == [("at_least", 90)]
    assert limits(HENAN, "children_per_teacher") == [("at_most", 15)]
    assert limits(HENAN, "affordable_share") == [("at_least", 80)]
    assert limits(HENAN, "public_kindergarten_share") == [("at_least", 50)]


def test_the_survey_of_compulsory_education_says_nothing_of_preschool():
    item = load_standard(HENAN).satisfaction.items["preschool_recognition"]
    assert item.judged
    assert not item.checks


def test_the_action_plan_has_seven_aspects():
    part = load_standard(REGISTER).government
    assert len([item for item in part.items.values() if item.group == "action_plan"]) == 7
    assert load_standard(REGISTER).coverage == load_standard("CN/xueqian_2020").coverage


def test_the_register_is_a_table_of_its_own():
    standard = load_standard(REGISTER)
    tables = tables_for(standard)
    assert tables["kindergarten"].key == ("county_code", "school_year", "kindergarten_name")
    assert "children" in template_columns(standard, tables)["kindergarten"]
    assert "kindergarten" not in tables_for(load_standard("CN/xueqian_2020")).tables
    kinds = tables.code_lists["kindergarten_kind"].codes
    assert [*kinds] == ["attached", "village_point", "independent", "private"]


# Made up: two public kindergartens with 20 teachers, 18 of them qualified; three private ones with 200 children.
SITES = [
    ("甲园", "attached", None, None, 300, 30, 15, 14),
    ("乙点", "village_point", None, None, 100, 6, 5, 4),
    ("丙园", "private", "licensed", "passed", 90, 12, 8, 6),
    ("丁园", "private", "licensed", "not_checked", 60, 8, 6, 3),
    ("戊园", "private", "applied", None, 50, 5, 4, 0),
]
COLUMNS = (
    "kindergarten_name",
    "kindergarten_kind",
    "licence",
    "yearly_check",
    "children",
    "kindergarten_staff",
    "kindergarten_teachers",
    "kindergarten_teachers_qualified",
)


def registered(*sites):
    """The example county with this register of kindergartens."""
    dataset = county_dataset().widened(tables_for(load_standard(REGISTER)))
    schema = dataset["kindergarten"].schema
    rows = [
        dict.fromkeys(schema, None)
        | {"county_code": COUNTY, "school_year": YEAR}
        | dict(zip(COLUMNS, site, strict=True))
        for site in sites
    ]
    return replace(dataset, frames={**dataset.frames, "kindergarten": pl.DataFrame(rows, schema=schema)})


def test_the_registers_shares_are_computed_and_stay_open():
    judged = judge(registered(*SITES), load_standard(REGISTER), DAY)
    checks = judged.checks.filter(pl.col("item") == "register_figures")
    values = {name: value for name, value in checks.select("check", "value").iter_rows() if value is not None}
    assert values == {
        "licensed_private_share": pytest.approx(75),
        "yearly_check_passed_share": pytest.approx(60),
        "qualified_public_share": pytest.approx(90),
        "qualified_private_share": pytest.approx(50),
    }
    assert set(checks["outcome"]) == {"unknown"}


def test_a_blank_leaves_a_share_of_the_register_open():
    site = ("己园", "private", None, None, 10, 5, 4, None)
    judged = judge(registered(*SITES, site), load_standard(REGISTER), DAY)
    values = dict(judged.checks.select("check", "value").iter_rows())
    assert values["licensed_private_share"] is None
    assert values["qualified_private_share"] is None
    assert values["qualified_public_share"] == pytest.approx(90)


def test_more_qualified_teachers_than_teachers_is_an_error():
    found = [f for f in check_dataset(registered(*SITES[:4], (*SITES[4][:-1], 5))) if f.check == "JH-F190"]
    assert len(found) == 1
    assert "学历达标专任教师数" in found[0].message
