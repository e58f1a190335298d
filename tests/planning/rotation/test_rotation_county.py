"""The example county: the workbook, the verdict's needs, the document, the command."""

from __future__ import annotations

import json
import signal
from fractions import Fraction
from functools import lru_cache

import polars as pl
import pytest
from click.testing import CliRunner
from small_rotation import dataset_of
from test_rotation_rules import rules, three_schools

from example import COUNTY, ROOT, county_dataset, county_judgement
from junheng.cli.plan.rotation import rotation
from junheng.intake.read import read_file
from junheng.planning.contract import check_document
from junheng.planning.rotation.check import check_plan
from junheng.planning.rotation.errors import NoSchoolInCommonError, RotationInputsRefusedError
from junheng.planning.rotation.inputs import read_inputs
from junheng.planning.rotation.needs import find_needs
from junheng.planning.rotation.plan import RotationPlan, plan_rotation
from junheng.planning.rotation.rules import read_data
from junheng.planning.rotation.workbook import write_inputs
from junheng.tables.catalogue import planning_tables
from junheng.verdict.lacks import shortages

WORKBOOK = ROOT / "examples/rotation.xlsx"
TEACHERS = {"teachers_above_required_education_per_100", "backbone_teachers_per_100", "pe_arts_teachers_per_100"}


@lru_cache(maxsize=1)
def planned() -> RotationPlan:
    return plan_rotation(WORKBOOK, judgement=county_judgement())


def test_the_needs_of_the_standard_are_the_shortages_of_the_verdict():
    inputs = read_inputs(WORKBOOK)
    needs = find_needs(inputs, county_judgement()).all
    lacking = {(n.school, n.stage, n.sort.what): n.need - n.before for n in needs if n.before < n.need}
    short = shortages(county_judgement()).filter(shortages(county_judgement())["indicator"].is_in(TEACHERS))
    seen = 0
    for row in short.iter_rows(named=True):
        if (row["school_code"], row["stage"]) in inputs.stages:  # an attached class is judged with its main school
            assert lacking[row["school_code"], row["stage"], f"indicator:{row['indicator']}"] == row["lack"]
            seen += 1
    assert seen > 100


def test_only_indicators_that_count_teachers_become_needs():
    needs = find_needs(read_inputs(WORKBOOK), county_judgement()).all
    what = {need.sort.what for need in needs if need.sort.kind == "indicator"}
    assert what == {f"indicator:{name}" for name in TEACHERS}


@pytest.mark.slow
def test_the_plan_is_proven_best_and_accepted_person_by_person():
    plan = planned()
    document = plan.document()
    assert document["proof"]["status"] == "optimal"
    shares = document["shares"]
    assert Fraction(shares["moved"], shares["eligible"]) >= Fraction(1, 10)
    assert Fraction(shares["backbone_moved"], shares["moved"]) >= Fraction(1, 5)
    goes = {person["teacher_code"]: person["to"]["code"] for person in document["people"]}
    checked = check_plan(plan.inputs.frames, goes, judgement=county_judgement())
    assert not checked.faults
    assert sum(checked.lacking.values()) == sum(need["lacking"] for need in document["unfilled"])
    before = sum(max(0, need["need"] - need["before"]) for need in document["needs"])
    assert sum(checked.lacking.values()) < 0.6 * before


@pytest.mark.slow
def test_the_document_is_json_with_both_languages_and_a_reason_for_everybody():
    document = json.loads(json.dumps(planned().document()))
    assert check_document(document, "方案.json") == document
    assert document["kind"] == "rotation"
    assert document["county"] == {"code": "990101", "name": "示例县（合成数据）"}
    assert (document["standard"], document["day"], document["year"]) == ("CN/youzhi_2017", "2025-12-31", 2025)
    assert len(document["people"]) == document["shares"]["moved"]
    for person in document["people"]:
        assert person["reason"]["zh"].endswith("。")
        assert person["reason"]["en"].endswith(".")
    assert {row["setting"] for row in document["inputs"]["setting"]} == set(
        planning_tables("rotation").code_lists["setting"].codes
    )
    assert len(document["inputs"]["teacher"]) == document["shares"]["teachers"]


@pytest.mark.parametrize(
    ("standard", "words"),
    [
        ("CN/youzhi_2017", ["列入 3 项", "县级以上骨干教师"]),
        ("CN/chengxiang_yitihua", ["没有交流能改变的教师指标"]),
    ],
)
def test_a_note_names_the_indicators_that_were_taken_from_the_standard_or_says_that_there_are_none(standard, words):
    notes = find_needs(read_inputs(WORKBOOK), county_judgement(standard)).notes
    assert all(word in notes[0].zh for word in words), notes[0].zh


def test_the_example_roster_agrees_with_what_the_schools_filed():
    inputs = read_inputs(WORKBOOK)
    assert len(inputs.schools) > 100
    assert len(inputs.teachers) > 2000
    assert WORKBOOK.stat().st_size < 400_000
    assert not [note for note in find_needs(inputs, county_judgement()).notes if "不一致" in note.zh]


def test_a_county_without_a_school_in_common_is_refused():
    with pytest.raises(NoSchoolInCommonError, match="对不上"):
        plan_rotation(dataset_of(three_schools()), judgement=county_judgement())


def test_the_input_workbook_lists_the_public_schools_and_the_rules(tmp_path):
    path = tmp_path / "轮岗.xlsx"
    write_inputs(path, dataset=county_dataset())
    reading = read_file(path, planning_tables("rotation"))
    # What only people know is asked for, cell by cell.
    assert {finding.cause for finding in reading.findings if finding.blocks} == {"hardship"}
    assert not any("民办" in name for name in reading.dataset["school"]["school_name"])
    assert reading.dataset["setting"].height == len(planning_tables("rotation").code_lists["setting"].codes)


@pytest.mark.slow
def test_the_command_shows_the_plan_and_writes_it(tmp_path):
    output = tmp_path / "方案.json"
    arguments = [str(COUNTY), "--on", "2025-12-31", "--inputs", str(WORKBOOK), "-o", str(output), "--gap", "0.001"]
    result = CliRunner().invoke(rotation, arguments)
    assert result.exit_code == 0, result.output
    assert "交流名单" in result.output
    assert "没有补上的缺口" in result.output
    assert "招聘" not in result.output
    assert json.loads(output.read_text(encoding="utf-8"))["kind"] == "rotation"
    again = CliRunner().invoke(rotation, arguments)
    assert again.exit_code != 0


def test_the_command_offers_the_emphases_that_there_are():
    option = next(parameter for parameter in rotation.params if parameter.name == "emphasis")
    assert [*option.type.choices] == [*read_data("emphases")]
    for name, entry in read_data("emphases").items():
        assert f"{name} {entry['label']['zh']}" in option.help


@pytest.fixture
def small_workbook(tmp_path):
    path = tmp_path / "轮岗.xlsx"
    rows = three_schools(post=[{"school_code": "S0", "stage": "primary", "subject": "chinese", "posts": 5}])
    write_inputs(path, frames=dataset_of(rows | {"setting": rules(headcount_change=3)}).frames)
    return path


def test_a_plan_is_written_before_it_is_shown(small_workbook, monkeypatch):
    def broken(_document):
        raise BrokenPipeError

    monkeypatch.setitem(rotation.callback.__globals__, "show_rotation", broken)
    output = small_workbook.with_name("方案.json")
    CliRunner().invoke(rotation, ["--inputs", str(small_workbook), "-o", str(output)])
    assert json.loads(output.read_text(encoding="utf-8"))["people"]


def test_the_command_shows_gaps_with_why_they_stay_open_and_homes_beside_reasons(small_workbook):
    result = CliRunner().invoke(rotation, ["--inputs", str(small_workbook)], terminal_width=300)
    assert result.exit_code == 0, result.output
    assert "没有补上的缺口（1）" in result.output


def test_ctrl_c_gives_the_best_plan_so_far(small_workbook, monkeypatch):
    from junheng import workflow

    planned = workflow.plan_rotation

    def interrupted(inputs, *, tell, **more):
        plan = planned(inputs, tell=tell, **more)
        signal.raise_signal(signal.SIGINT)
        assert not tell(1.0, 0.0)
        return plan

    monkeypatch.setattr(workflow, "plan_rotation", interrupted)
    result = CliRunner().invoke(rotation, ["--inputs", str(small_workbook)])
    assert result.exit_code == 0, result.output
    assert "已按 Ctrl-C 停止" in result.output


def test_a_plan_is_not_begun_where_it_could_not_be_written(tmp_path):
    arguments = ["--inputs", str(WORKBOOK), "-o", str(tmp_path / "没有/方案.json")]
    result = CliRunner().invoke(rotation, arguments)
    assert result.exit_code == 2
    assert "这个文件夹" in result.output


def test_a_wrong_cell_of_the_workbook_is_named(tmp_path):
    frames = dict(dataset_of(three_schools()).frames)
    frames["teacher"] = frames["teacher"].with_columns(
        pl.when(pl.col("teacher_code") == "T4").then(pl.lit("S7")).otherwise(pl.col("school_code")).alias("school_code")
    )
    path = tmp_path / "轮岗.xlsx"
    write_inputs(path, frames=frames)
    with pytest.raises(RotationInputsRefusedError) as caught:
        plan_rotation(path)
    (finding,) = caught.value.findings
    assert finding.cell.startswith("教师花名册!C")
    assert "S7" in finding.message


def test_a_workbook_read_back_gives_the_same_plan(tmp_path):
    rows = three_schools(post=[{"school_code": "S0", "stage": "primary", "subject": "chinese", "posts": 4}])
    path = tmp_path / "轮岗.xlsx"
    write_inputs(path, frames=dataset_of(rows).frames)
    documents = [plan_rotation(source).document() for source in (path, dataset_of(rows))]
    assert documents[0]["people"] == documents[1]["people"] != []


def test_data_without_a_day_is_refused_before_any_work():
    result = CliRunner().invoke(rotation, [str(COUNTY), "--inputs", str(WORKBOOK)])
    assert result.exit_code == 2
    assert "一起给" in result.output
