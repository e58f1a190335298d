"""Documents on plans: true for what is reached, what is left, what nobody proved, and for plans that do nothing."""

from __future__ import annotations

import pytest

from junheng.reporting.errors import ReportNeedsError
from junheng.reporting.redact import Mask
from junheng.reporting.report.blocks import Chart, Heading, Paragraph, Table
from junheng.reporting.report.report import Report
from junheng.reporting.report.runs import words_of
from junheng.reporting.report.serial import to_json
from junheng.workflow import report_on
from small_plan import SMALL_PLAN, SMALL_ROTATION, SMALL_ZONING, both


def said(report: Report) -> str:
    return "\n".join(words_of(block.text) for block in report.blocks if isinstance(block, Heading | Paragraph))


def rows(report: Report, key: str) -> list[list[str]]:
    table = next(block for block in report.blocks if isinstance(block, Table) and block.key == key)
    return [[words_of(cell.text) for cell in row] for row in table.body]


def of(name: str, plan: dict, **changes: object) -> Report:
    return report_on(None, name, plans=[{**plan, **changes}])


def test_a_resource_plan_says_what_it_costs_and_reaches():
    report = of("resource_plan", SMALL_PLAN)
    text = said(report)
    assert "试验县按本方案分2年共投入129万元，为2所学校增配、培养或调配。" in text
    assert "方案完成后，资源配置、校际均衡达标。" in text
    assert "已证明与最优方案至多相差0.1%" in text
    assert words_of(report.title) == "试验县填平补齐方案"


def test_the_tables_of_a_resource_plan_add_up():
    report = of("resource_plan", SMALL_PLAN)
    assert [row[1] for row in rows(report, "plan_measures")] == ["㎡", "名"]
    assert [row[0] for row in rows(report, "plan_years")] == ["2026年", "2027年"]
    assert rows(report, "plan_years")[-1][4] == "129万元"
    amounts = {row[-4] for row in rows(report, "plan_additions")}
    assert len(rows(report, "plan_additions")) == len(SMALL_PLAN["additions"])
    assert amounts


def test_what_a_school_gives_away_is_said_without_a_sign():
    gets = [row[1] for row in rows(of("resource_plan", SMALL_PLAN), "plan_dearest")]
    assert any("调出2名" in text for text in gets)
    assert not any("-" in text for text in gets)


def test_what_a_plan_leaves_is_said():
    left = {**SMALL_PLAN["after"], "parts": [
        {"part": "resources", "label": "资源配置", "outcome": "met"},
        {"part": "balance", "label": "校际均衡", "outcome": "unknown"},
        {"part": "government", "label": "政府保障程度", "outcome": "unmet"},
    ]}  # fmt: skip
    text = said(of("resource_plan", SMALL_PLAN, after=left))
    assert "资源配置达标；校际均衡不能判定；政府保障程度不在方案之内，仍未达标，须另行解决。" in text


def test_a_plan_that_buys_nothing_says_so():
    nothing = of("resource_plan", SMALL_PLAN, additions=[], years=[], schools=[], binding=[])
    assert "试验县现有条件不需要增配。" in said(nothing)
    assert "主要措施" not in said(nothing)
    assert not [block for block in nothing.blocks if isinstance(block, Table) and not block.body]


def test_a_gap_that_nobody_proved_is_not_made_up():
    proof = {**SMALL_PLAN["proof"], "gap": None, "bound": None, "status": "feasible"}
    assert "没有证明离最优有多远" in said(of("resource_plan", SMALL_PLAN, proof=proof))


def test_a_rotation_plan_says_who_goes_where_and_what_is_left():
    report = of("rotation_plan", SMALL_ROTATION)
    text = said(report)
    assert "安排交流教师1人，占符合条件的教师（8人）的12.5%" in text
    assert "交流前各校共缺3人次，交流后还有2人次没有补上" in text
    assert rows(report, "rotation_people")[0][:1] == ["张三"]
    assert rows(report, "rotation_schools")[-1][0] == "合计"


def test_needs_that_are_all_filled_leave_no_chapter_of_gaps():
    filled = [{**SMALL_ROTATION["needs"][0], "after": 3, "lacking": 0}]
    text = said(of("rotation_plan", SMALL_ROTATION, needs=filled, unfilled=[]))
    assert "交流后全部补上" in text
    assert "没有补上的缺口" not in text


def test_a_redacted_rotation_plan_names_no_teacher():
    text = to_json(report_on(None, "rotation_plan", plans=[SMALL_ROTATION], mask=Mask(figures=False)))
    for name in ("张三", "T1", "甲小学", "乙小学", "试验县", "9901990001"):
        assert name not in text


def test_a_zoning_plan_says_whether_seats_suffice():
    report = of("zoning_plan", SMALL_ZONING)
    assert "3个地块划给2所学校，学位够用，改划120人。" in said(report)
    travel = {"unit": "km", "stages": [{**SMALL_ZONING["travel"]["stages"][0], "missing_seats": 7, "moved_pupils": 0}]}
    text = said(of("zoning_plan", SMALL_ZONING, travel=travel))
    assert "有7人没有学位，须增加学位，没有学生改划学校" in text


def test_a_zoning_plan_without_today_or_map_does_without():
    report = of("zoning_plan", SMALL_ZONING, today=None, geojson=None)
    head = next(block for block in report.blocks if isinstance(block, Table) and block.key == "zoning_compared").rows[0]
    assert "现状" not in [words_of(cell.text) for cell in head]
    assert not [block for block in report.blocks if isinstance(block, Chart)]


def test_a_check_that_failed_is_said():
    failed = [{"check": "seats", "ok": False, "says": both("学位不够")}]
    assert "没有通过：学位不够" in said(of("zoning_plan", SMALL_ZONING, checks=failed))


def test_a_plan_of_another_kind_is_refused():
    with pytest.raises(ReportNeedsError):
        of("zoning_plan", SMALL_ROTATION)


def test_words_of_the_planner_stand_as_a_document_has_them():
    notes = [{"zh": "有 1 个数没有填报，方案按假定值计算。", "en": ""}]
    assert "有1个数没有填报，方案按假定值计算。" in said(of("resource_plan", SMALL_PLAN, notes=notes))


def test_equipment_of_a_plan_is_in_wan_yuan():
    row = {**SMALL_PLAN["additions"][0], "amount": 13_000, "unit": "元", "year": None}
    report = of("resource_plan", SMALL_PLAN, additions=[row])
    assert rows(report, "plan_measures")[0][1:3] == ["万元", "1.3万元"]
