"""What a county says and leaves out: blanks named by their cell, values supposed, absurd and doubled rows refused."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import pytest
from small_counties import DAY, YEAR, county_rows, dataset_of

from junheng.planning.resources.applied import Addition, with_additions
from junheng.planning.resources.errors import (
    BudgetTooSmallError,
    CostsNotConfirmedError,
    InputsRefusedError,
    InputValueError,
    NotFiledError,
    PlanRefusedError,
    SupposedRefusedError,
    UnknownPlaceError,
)
from junheng.planning.resources.filed import check_filed, check_places, missing_values
from junheng.planning.resources.measures import Choice, Inputs, check_confirmed, default_inputs, read_inputs
from junheng.planning.resources.notes import notes
from junheng.planning.resources.places import places_of
from junheng.planning.resources.plan import plan_resources
from junheng.planning.resources.state import state
from junheng.planning.resources.supposed import with_supposed
from junheng.standards.library import load_standard
from junheng.tables.dataset import Dataset
from junheng.verdict.judge import judge
from junheng.verdict.judgement import Judgement

YES = default_inputs(confirmed=True)
CHINESE = re.compile(r"[\u4e00-\u9fff]")
HOME, CAMPUS = "9900000000", "9900000009"


def judged(dataset: Dataset, standard: str = "CN/youzhi_2017") -> Judgement:
    return judge(dataset, load_standard(standard), DAY)


def rows_of(seed: int = 1) -> dict[str, list[dict[str, Any]]]:
    return county_rows(Random(seed), 3)


def with_campus(stage: str, **changes: object) -> dict[str, list[dict[str, Any]]]:
    """The first school has a campus of 30 pupils, filed on its own and judged with it."""
    rows = rows_of()
    school, own, whole = (dict(rows[name][0]) for name in ("school", "stage_year", "school_year"))
    kind = "211" if stage == "primary" else "311"
    rows["school"].append(
        school
        | {"school_code": CAMPUS, "school_name": "分校", "school_kind": kind, "campus_of": HOME, "counted": False}
    )
    campus = own | {"school_code": CAMPUS, "stage": stage, "pupils": 30, "classes": 1}
    rows["stage_year"].append(campus | {name: v for name, v in changes.items() if name in own})
    rows["school_year"].append(
        whole | {"school_code": CAMPUS} | {name: v for name, v in changes.items() if name in whole}
    )
    return rows


def complete_secondary(pupils: int | None) -> dict[str, list[dict[str, Any]]]:
    """The first school is a 完全中学 with a senior stage."""
    rows = rows_of()
    own = rows["stage_year"][0]
    rows["school"][0]["school_kind"] = "341"
    own["stage"] = "junior"
    rows["stage_year"].append(dict.fromkeys(own) | {"school_code": HOME, "school_year": YEAR, "stage": "senior"})
    rows["stage_year"][-1]["pupils"] = pupils
    return rows


def supposing(*values: tuple[str, str, str, object]) -> Inputs:
    return replace(YES, supposed={(school, stage, column): Fraction(v) for school, stage, column, v in values})


def test_senior_pupils_that_share_the_rooms_are_missed_by_their_cell():
    judgement = judged(dataset_of(complete_secondary(None)))
    assert missing_values(judgement, "990000") == [(HOME, "senior", "pupils")]
    with pytest.raises(NotFiledError, match="学校0高中的“在校生数”"):
        check_filed(judgement, "990000")


def test_senior_pupils_may_be_supposed_as_if_they_were_filed():
    supposed = with_supposed(dataset_of(complete_secondary(None)), YEAR, supposing((HOME, "senior", "pupils", 120)))
    assert supposed["stage_year"].equals(dataset_of(complete_secondary(120))["stage_year"])
    assert missing_values(judged(supposed), "990000") == []


def test_the_blank_of_a_campus_is_missed_in_its_own_row():
    rows = with_campus("primary", backbone_teachers=None, equipment_value=None)
    missing = missing_values(judged(dataset_of(rows)), "990000")
    assert sorted(missing) == [(CAMPUS, "primary", "backbone_teachers"), (CAMPUS, "primary", "equipment_value")]


def test_what_is_filed_for_a_whole_school_is_missed_once():
    counties = (county_rows(Random(seed), 3) for seed in range(20))
    rows = next(rows for rows in counties if len(rows["stage_year"]) > len(rows["school"]))  # a nine-year school
    code = rows["school_year"][-1]["school_code"]
    rows["school_year"][-1]["equipment_value"] = None
    assert missing_values(judged(dataset_of(rows)), "990000") == [(code, "primary", "equipment_value")]


def test_money_is_supposed_in_yuan():
    rows = rows_of()
    rows["school_year"][0]["equipment_value"] = None
    supposed = with_supposed(dataset_of(rows), YEAR, supposing((HOME, "primary", "equipment_value", 260_000)))
    assert supposed["school_year"]["equipment_value"][0] == 260_000


@pytest.mark.parametrize(
    ("column", "value", "why"),
    [
        ("backbone_teachers", "0.9", "必须是整数"),
        ("backbone_teachers", "-1", "超出可能的范围"),
        ("teaching_area", "1e12", "超出可能的范围"),
        ("dirt_ground", "0.5", r"写 1（是）或 0（否）"),
        ("location", "1", "不是数，不能假定"),
    ],
)
def test_values_that_no_cell_could_hold_are_not_supposed(column, value, why):
    rows = rows_of()
    for table in ("stage_year", "school_year", "school"):
        rows[table][0][column] = None
    with pytest.raises(UnknownPlaceError, match=why) as caught:
        with_supposed(dataset_of(rows), YEAR, supposing((HOME, "primary", column, value)))
    assert not CHINESE.search(caught.value.message("en"))


@pytest.mark.parametrize("yes", [1, 0])
def test_yes_and_no_are_supposed_as_one_and_nought(yes):
    supposed = with_supposed(dataset_of(rows_of()), YEAR, supposing((HOME, "primary", "dirt_ground", yes)))
    assert supposed["school_year"]["dirt_ground"][0] is bool(yes)


def test_what_contradicts_the_cells_beside_it_is_not_supposed():
    rows = rows_of()
    rows["stage_year"][0]["backbone_teachers"] = None
    with pytest.raises(SupposedRefusedError, match="县级以上骨干教师（500 人）大于专任教师数") as caught:
        with_supposed(dataset_of(rows), YEAR, supposing((HOME, "primary", "backbone_teachers", 500)))
    assert not CHINESE.search(caught.value.message("en"))


def test_one_cell_is_not_supposed_twice():
    rows = rows_of()
    rows["school_year"][0]["equipment_value"] = None
    twice = [(HOME, stage, "equipment_value", 260_000) for stage in ("primary", "junior")]
    with pytest.raises(UnknownPlaceError, match="假定了两次"):
        with_supposed(dataset_of(rows), YEAR, supposing(*twice))


def test_a_stage_that_only_a_campus_has_is_written_to_the_campus():
    judgement = judged(dataset_of(with_campus("junior")))
    additions = [
        Addition(HOME, "junior", "hire_teacher", Fraction(2)),
        Addition(HOME, "primary", "hire_teacher", Fraction(1)),
    ]
    after = with_additions(judgement.dataset, YEAR, additions, members=judgement.computed.members)
    for table, column in (("stage_year", "teachers"), ("school_year", "staff")):
        change = after[table][column] - judgement.dataset[table][column]
        codes = after[table]["school_code"]
        assert {code: change for code, change in zip(codes, change, strict=True) if change} == {HOME: 1, CAMPUS: 2}


def test_of_several_campuses_the_one_with_most_pupils_is_written_to():
    rows = with_campus("junior")
    for table in ("school", "stage_year", "school_year"):
        rows[table].append(rows[table][-1] | {"school_code": "9900000010"})
    rows["stage_year"][-1]["pupils"] = 40
    judgement = judged(dataset_of(rows))
    places = places_of(judgement.dataset, YEAR, judgement.computed.members)
    assert places.members(HOME) == (HOME, CAMPUS, "9900000010")
    assert places.filed_by(HOME, "junior") == "9900000010"
    assert places.filed_by(HOME, "primary") == HOME


def test_what_can_be_written_nowhere_is_refused():
    addition = Addition(HOME, "senior", "hire_teacher", Fraction(1))
    with pytest.raises(PlanRefusedError, match=HOME):
        with_additions(dataset_of(rows_of()), YEAR, [addition])


@pytest.mark.slow
def test_a_campus_stage_of_its_own_gets_a_plan_that_the_judge_accepts():
    judgement = judged(dataset_of(with_campus("junior", backbone_teachers=0)))
    plan = plan_resources(judgement, YES, seconds=10, explain=False)
    assert any(dated.addition.school == HOME and dated.addition.stage == "junior" for dated in plan.additions)


def folder(tmp_path: Path, **tables: str) -> Path:
    for name, text in tables.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    return tmp_path


MEASURE = "措施,单价（元）,可以采用,每校至多,单价已核实,说明\n"
TABLES = {
    "措施与单价": (MEASURE, "培养认定骨干教师,10000,是,,是,", "培养认定骨干教师,1,是,,是,"),
    "学校上限": ("学校标识码,措施,至多,说明\n", f"{HOME},培养认定骨干教师,3,", f"{HOME},培养认定骨干教师,4,"),
    "年度预算": ("预算年度,预算（万元）,说明\n", "2026,1,", "2026,2,"),
    "假定值": (
        "学校标识码,学段,填报项目,假定值,说明\n",
        f"{HOME},小学,县级以上骨干教师,1,",
        f"{HOME},小学,县级以上骨干教师,2,",
    ),
}


@pytest.mark.parametrize("table", TABLES)
def test_two_rows_that_say_different_things_of_one_are_refused_with_their_cells(tmp_path, table):
    head, first, second = TABLES[table]
    read_inputs(folder(tmp_path, **{table: f"{head}{first}\n"}))
    with pytest.raises(InputsRefusedError, match=f"{table}!A2.*出现了 2 次.*{table}!A3"):
        read_inputs(folder(tmp_path, **{table: f"{head}{first}\n{second}\n"}))


@pytest.mark.parametrize(
    ("table", "row", "cell"),
    [
        ("措施与单价", "培养认定骨干教师,2000000000,是,,是,", "B2"),
        ("措施与单价", "培养认定骨干教师,1,是,2000000000,是,", "D2"),
        ("学校上限", f"{HOME},培养认定骨干教师,2000000000,", "C2"),
        ("年度预算", "2026,2000000000,", "B2"),
    ],
)
def test_absurd_amounts_are_refused_with_their_cell(tmp_path, table, row, cell):
    with pytest.raises(InputsRefusedError, match=f"{table}!{cell}.*超出可能的范围"):
        read_inputs(folder(tmp_path, **{table: f"{TABLES[table][0]}{row}\n"}))


@pytest.mark.parametrize(
    ("make", "what"),
    [
        (lambda: Choice(Fraction(-5)), "unit cost"),
        (lambda: Choice(Fraction(5), most=Fraction(-1)), "at most"),
        (lambda: replace(YES, budgets={2026: Fraction(-1)}), "budget"),
        (lambda: replace(YES, ceilings={(HOME, "buy_books"): Fraction(-1)}), "at most"),
        (lambda: Inputs({"nonsense": Choice(Fraction(5))}), "measure"),
        (lambda: replace(YES, ceilings={(HOME, "nonsense"): Fraction(5)}), "measure"),
    ],
)
def test_inputs_that_no_workbook_could_hold_are_refused_in_programs_too(make, what):
    with pytest.raises(InputValueError) as caught:
        make()
    assert what in caught.value.message("en")
    assert not CHINESE.search(caught.value.message("en"))


@pytest.mark.parametrize(
    ("budget", "least", "cost", "said", "unsaid"),
    [
        (
            20_000,
            39_000,
            40_000,
            ("预算合计 2 万元", "至少要 3.9 万元", "还差 1.9 万元", "花费 4 万元", "多 2 万元"),
            (),
        ),
        (39_950, 40_000, 40_000, ("预算合计 39950 元", "至少要 40000 元", "还差 50 元", "比预算多 50 元"), ("0 万元",)),
        ("39999.999", 40_000, 40_000, ("还差 0.01 元",), ("差 0 ",)),
        (39_990, 39_000, 40_000, ("已证明在这个预算之内没有方案", "花费 40000 元，比预算多 10 元"), ("还差", "-")),
        (40_000, "40000.0000001", "40000.0000001", ("花费 40000.01 元",), ("还差 0 ", "-")),
        (30_000, "40000.0000001", "40000.0000001", ("至少要 4 万元", "还差 1 万元"), ("4.01",)),
        (40_000, 41_000, 40_000, ("没有方案", "花费 4 万元"), ("还差", "-", "比预算多")),
    ],
)
def test_a_budget_that_is_too_small_is_told_apart_to_the_cent(budget, least, cost, said, unsaid):
    error = BudgetTooSmallError(budget=Fraction(budget), least=Fraction(least), cost=Fraction(cost))
    text = str(error).removeprefix("[JH-P011]")
    assert all(words in text for words in said), text
    assert not any(words in text for words in unsaid), text
    assert not CHINESE.search(error.message("en"))


def test_english_messages_are_in_english():
    judgement = judged(dataset_of(complete_secondary(None)))
    calls = (
        (CostsNotConfirmedError, lambda: check_confirmed(default_inputs())),
        (NotFiledError, lambda: check_filed(judgement, "990000")),
        (UnknownPlaceError, lambda: check_places(judgement, replace(YES, ceilings={("1", "buy_books"): 1}), "990000")),
    )
    for kind, call in calls:
        with pytest.raises(kind) as caught:
            call()
        assert not CHINESE.search(caught.value.message("en").replace("学校0", "")), caught.value.message("en")


def test_a_part_that_stays_open_says_which_stage_nobody_teaches():
    rows = rows_of()
    assert {row["stage"] for row in rows["stage_year"]} == {"primary"}
    said = plan_resources(judged(dataset_of(rows)), YES, seconds=5, explain=False).document()["notes"]
    open_parts = [note for note in said if "仍无法判定" in note["zh"]]
    assert [note["zh"].count("没有参加判定的初中学校") for note in open_parts] == [1, 1]
    assert not any(CHINESE.search(note["en"]) for note in said)
    assert any("due again every year after" in note["en"] for note in said)


def test_a_plan_names_the_indicators_that_no_measure_changes_in_both_languages():
    judgement = judged(dataset_of(rows_of()))
    statement = replace(state(judgement, YES, "990000"), left=("backbone_teachers_per_100",))
    plan = plan_resources(judgement, YES, seconds=5, explain=False)
    (note,) = [note for note in notes(replace(plan, statement=statement)) if "没有措施能改变" in note.zh]
    label = judgement.standard.resources["backbone_teachers_per_100"].label
    assert label.zh in note.zh
    assert label.en in note.en
