"""``junheng plan zoning`` as a person meets it."""

import json

import pytest
from click.testing import CliRunner
from hamlet import hamlet

from example import COUNTY
from junheng.base.errors import JunhengError
from junheng.cli.plan.zoning import zoning
from junheng.planning.zoning.inputs import inputs_from_rows, write_inputs

EXAMPLES = COUNTY.parent


def run(*words):
    return CliRunner().invoke(zoning, [str(word) for word in words])


@pytest.mark.slow
def test_the_example_is_planned_written_and_shown(tmp_path):
    plan, zones = tmp_path / "方案.json", tmp_path / "学区.geojson"
    source = ("--inputs", EXAMPLES / "zones.xlsx", "--map", EXAMPLES / "zones.geojson")
    done = run(*source, "--stage", "junior", "--seconds", 5, "-o", plan, "--geojson", zones)
    assert done.exit_code == 0, done.output
    assert "就近（不看学位）" in done.output
    assert "独立复核" in done.output
    document = json.loads(plan.read_text(encoding="utf-8"))
    assert document["proof"]["gap"] < 0.05
    assert document["travel"]["stages"][0]["missing_seats"] < document["nearest_school"]["stages"][0]["missing_seats"]
    assert json.loads(zones.read_text(encoding="utf-8")) == document["geojson"]
    again = run(*source, "-o", plan)
    assert isinstance(again.exception, JunhengError), "nothing is overwritten unasked"


@pytest.mark.slow
def test_opening_a_planned_school_is_set_against_not_opening_it(tmp_path):
    plan = tmp_path / "方案.json"
    source = ("--inputs", EXAMPLES / "zones.geojson", "--stage", "junior", "--seconds", 3, "-o", plan)
    done = run(*source, "--open", "9901030012")
    assert done.exit_code == 0, done.output
    assert "启用 9901030012，费用 6800 万元" in done.output
    document = json.loads(plan.read_text(encoding="utf-8"))
    opened = next(zone for zone in document["zones"] if zone["school_code"] == "9901030012")
    assert opened["pupils"] > 0
    assert "9901030012" not in {zone["school_code"] for zone in document["change"]["zones_before"]}
    change = document["change"]["stages"][0]
    assert change["difference"]["travel"] < 0
    assert change["pupils_changed"] >= opened["pupils"]


def test_opening_and_closing_one_school_at_once_is_refused():
    done = run("--inputs", EXAMPLES / "zones.geojson", "--open", "9901030012", "--close", "9901030012")
    assert "JH-P058" in str(done.exception)
    assert "同时" in str(done.exception)


def test_a_plan_is_written_before_it_is_shown(tmp_path, monkeypatch):
    def broken(*_):
        raise BrokenPipeError

    monkeypatch.setitem(zoning.callback.__globals__, "show_zoning", broken)
    plan, source = tmp_path / "方案.json", tmp_path / "划片"
    source.mkdir()
    write_inputs(source.with_suffix(".xlsx"), frames=dict(inputs_from_rows(hamlet()).dataset.frames))
    done = run("--inputs", source.with_suffix(".xlsx"), "-o", plan)
    assert isinstance(done.exception, BrokenPipeError)
    assert json.loads(plan.read_text(encoding="utf-8"))["kind"] == "zoning"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--inputs", "没有.xlsx"), "JH-I001"),
        (("--inputs", COUNTY), "JH-"),
        (("--inputs", EXAMPLES / "zones.geojson", "--close", "1"), "JH-P058"),
    ],
)
def test_what_cannot_be_done_is_said_without_a_traceback(words, code):
    done = run(*words)
    assert isinstance(done.exception, JunhengError)
    assert code in str(done.exception)


def test_data_need_a_day():
    done = run(COUNTY, "--inputs", EXAMPLES / "zones.geojson")
    assert done.exit_code == 2
