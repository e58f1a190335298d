"""What a planner is told wrongly, or not at all: each a message that names the place and says what to do."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from random import Random

import polars as pl
import pytest
from openpyxl import load_workbook
from small_counties import DAY, county_rows, dataset_of

from junheng.planning.resources.errors import (
    BudgetTooSmallError,
    CostsNotConfirmedError,
    InputsRefusedError,
    NoPlanError,
    NoPupilsError,
    NotFiledError,
    NothingToPlanError,
    SeveralCountiesError,
    UnknownPlaceError,
)
from junheng.planning.resources.filed import missing_values
from junheng.planning.resources.measures import Inputs, default_inputs, read_inputs, write_inputs
from junheng.planning.resources.plan import plan_resources
from junheng.standards.library import load_standard
from junheng.tables.catalogue import planning_tables
from junheng.verdict.judge import judge
from junheng.verdict.judgement import Judgement

YES = default_inputs(confirmed=True)


def small(seed: int = 1, schools: int = 3, standard: str = "CN/youzhi_2017", **changes) -> Judgement:
    """A small county; ``changes`` are columns of its first stage row."""
    rows = county_rows(Random(seed), schools)
    rows["stage_year"][0] |= changes
    return judge(dataset_of(rows), load_standard(standard), DAY)


def only(*names: str) -> Inputs:
    return replace(YES, choices={name: replace(c, allowed=name in names) for name, c in YES.choices.items()})


def workbook(tmp_path: Path, table: str, cells: dict[str, object]) -> Path:
    """The input workbook as it is handed out, with the first row of a table changed."""
    path = tmp_path / "输入.xlsx"
    write_inputs(path)
    book = load_workbook(path)
    tables = planning_tables("resources")
    sheet = book[tables[table].label.zh]
    heads = {str(cell.value).partition("（")[0]: cell.column for cell in sheet[1]}
    for label, value in cells.items():
        sheet.cell(3, heads[label]).value = value  # below the heads and their explanations
    book.save(path)
    return path


def test_costs_that_nobody_confirmed_are_refused_by_name():
    with pytest.raises(CostsNotConfirmedError, match="招聘教师"):
        plan_resources(small(), default_inputs())


def test_what_is_not_allowed_needs_no_confirmed_cost():
    inputs = default_inputs()
    choices = {
        n: replace(c, allowed=n == "equip_multimedia", confirmed=n == "equip_multimedia")
        for n, c in inputs.choices.items()
    }
    with pytest.raises(NoPlanError):
        plan_resources(small(backbone_teachers=0), replace(inputs, choices=choices), seconds=5)


def test_a_ceiling_of_an_unknown_school_is_refused():
    with pytest.raises(UnknownPlaceError, match=r"学校上限.*1234567890"):
        plan_resources(small(), replace(YES, ceilings={("1234567890", "equip_multimedia"): Fraction(0)}))


def test_the_workbook_handed_out_reads_back_unconfirmed(tmp_path):
    path = tmp_path / "输入.xlsx"
    write_inputs(path)
    inputs = read_inputs(path)
    assert {name: choice.cost for name, choice in inputs.choices.items()} == {n: c.cost for n, c in YES.choices.items()}
    assert not any(choice.confirmed for choice in inputs.choices.values())


def test_text_in_a_cost_is_refused_with_its_cell(tmp_path):
    with pytest.raises(InputsRefusedError) as caught:
        read_inputs(workbook(tmp_path, "measure", {"单价": "十二万"}))
    assert "措施与单价!B3" in str(caught.value)
    assert "十二万" in str(caught.value)


def test_a_measure_that_nobody_knows_is_refused(tmp_path):
    with pytest.raises(InputsRefusedError, match="盖房子"):
        read_inputs(workbook(tmp_path, "measure", {"措施": "盖房子"}))


def test_a_negative_cost_is_refused(tmp_path):
    with pytest.raises(InputsRefusedError, match="单价"):
        read_inputs(workbook(tmp_path, "measure", {"单价": -5}))


def test_what_was_not_filed_is_named_and_may_be_supposed():
    judgement = small(backbone_teachers=None, teachers_pe=0)
    with pytest.raises(NotFiledError, match=r"学校0小学的“县级以上骨干教师”"):
        plan_resources(judgement, YES)
    missing = missing_values(judgement, "990000")
    assert [(stage, column) for _, stage, column in missing] == [("primary", "backbone_teachers")]
    plan = plan_resources(judgement, replace(YES, supposed={missing[0]: Fraction(1)}), seconds=5, explain=False)
    assert plan.cost > 0
    assert any("假定" in note["zh"] for note in plan.document()["notes"])


@pytest.mark.parametrize(
    ("place", "why"),
    [
        (("9900000000", "primary", "backbone_teachers"), "已经填报"),
        (("1234567890", "primary", "backbone_teachers"), "没有填报这所学校"),
        (("9900000000", "primary", "no_such_column"), "没有这个填报项目"),
    ],
)
def test_supposing_what_was_filed_or_does_not_exist_is_refused(place, why):
    with pytest.raises(UnknownPlaceError, match=why):
        plan_resources(small(), replace(YES, supposed={place: Fraction(1)}))


def test_a_stage_without_pupils_is_named():
    with pytest.raises((NoPupilsError, NotFiledError), match="学校0"):
        plan_resources(small(pupils=0), YES)


def test_measures_that_are_not_allowed_end_in_the_limit_that_needs_them():
    with pytest.raises(NoPlanError, match="用可以采用的措施，这一条无论如何做不到") as caught:
        plan_resources(small(teachers_pe=0, backbone_teachers=0), only("equip_multimedia"), seconds=5)
    assert len(caught.value.limits) == 1
    assert str(caught.value).startswith("[JH-P007]")


@pytest.mark.slow
def test_a_budget_that_is_too_small_is_told_how_much_would_do():
    judgement = small(teachers_pe=0, backbone_teachers=0)
    cost = plan_resources(judgement, YES, seconds=5, explain=False).cost
    with pytest.raises(BudgetTooSmallError, match="还差"):
        plan_resources(judgement, replace(YES, budgets={2026: cost / 4, 2027: cost / 4}), seconds=5)


def test_the_limits_of_a_conflict_can_be_kept_without_any_one_of_them():
    rows = county_rows(Random(1), 3)
    rows["school_year"][0] |= {"teaching_area": Decimal(100), "sports_ground_area": Decimal(100)}
    judgement = judge(dataset_of(rows), load_standard("CN/youzhi_2017"), DAY)
    none = {("9900000000", name): Fraction(0) for name in ("build_teaching_area", "build_sports_ground")}
    with pytest.raises(NoPlanError, match=r"“新建.*”至多 0") as caught:
        plan_resources(judgement, replace(YES, ceilings=none), seconds=5)
    assert len(caught.value.limits) == 2
    assert plan_resources(judgement, replace(YES, ceilings={}), seconds=5, explain=False).cost > 0


def two_counties() -> Judgement:
    rows = county_rows(Random(1), 4)
    rows["county"].append({"county_code": "990001", "county_name": "邻县"})
    for row in rows["school"][2:]:
        row["county_code"] = "990001"
    return judge(dataset_of(rows), load_standard("CN/youzhi_2017"), DAY)


def test_of_several_counties_one_is_to_be_named_and_the_other_is_left_as_it_is():
    judgement = two_counties()
    with pytest.raises(SeveralCountiesError, match="990000、990001"):
        plan_resources(judgement, YES)
    with pytest.raises(SeveralCountiesError):
        plan_resources(judgement, YES, county="123456")
    plan = plan_resources(judgement, YES, county="990001", seconds=5, explain=False)
    assert {dated.addition.school for dated in plan.additions} <= {"9900000002", "9900000003"}
    other = plan.after.rows.filter(pl.col("county_code") == "990000")
    assert other.equals(judgement.rows.filter(pl.col("county_code") == "990000"))


def test_a_standard_without_limits_that_a_plan_could_reach_is_refused():
    judgement = small()
    standard = judgement.standard.model_copy(update={"school_rule": None, "balance_rule": None})
    with pytest.raises(NothingToPlanError, match="youzhi_2017"):
        plan_resources(replace(judgement, standard=standard), YES)
