"""The plan as a document: what pages, workbooks and comparison read."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from importlib.metadata import version
from math import isfinite
from typing import TYPE_CHECKING, Any

from junheng.base.exact import plain
from junheng.base.terms import Label
from junheng.planning.documents import FORMAT, both, proof
from junheng.planning.rotation.figures import fairness_of, number, shares_of
from junheng.planning.rotation.flows import TENTHS
from junheng.planning.rotation.inputs import Inputs
from junheng.planning.rotation.needs import Need, row_of, stage_label
from junheng.planning.rotation.persons import Move
from junheng.planning.rotation.reasons import reason_of
from junheng.planning.rotation.rules import default_rows, read_data
from junheng.tables.catalogue import planning_tables

if TYPE_CHECKING:
    from junheng.planning.rotation.plan import RotationPlan


def document_of(plan: RotationPlan) -> dict[str, Any]:
    """Everything a reader needs, in plain numbers and both languages."""
    judgement, inputs = plan.judgement, plan.inputs
    emphasis = read_data("emphases")[plan.emphasis]["label"]
    county = judgement.counties.row(0, named=True) if judgement is not None and judgement.counties.height == 1 else {}
    needs = [row_of(need, after, inputs) for need, after in zip(plan.needs.all, plan.after, strict=True)]
    return {
        "kind": "rotation",
        "format": FORMAT,
        "version": version("junheng"),
        "title": {"zh": f"教师交流轮岗方案（{emphasis['zh']}）", "en": f"Teacher rotation plan ({emphasis['en']})"},
        "emphasis": plan.emphasis,
        "county": {"code": county.get("county_code"), "name": county.get("county_name")},
        "standard": judgement.standard.id if judgement else None,
        "day": judgement.day.isoformat() if judgement else None,
        "year": judgement.year if judgement else None,
        "snapshot": judgement.snapshot if judgement else "",
        "inputs": _echo(inputs),
        "proof": _proof(plan),
        "people": _people(plan),
        "shares": shares_of(plan),
        "needs": needs,
        "unfilled": [row for row in needs if row["lacking"]],
        "fairness": fairness_of(plan),
        "notes": [both(note) for note in (*plan.needs.notes, *_own_notes(inputs))],
    }


def _echo(inputs: Inputs) -> dict[str, list[dict[str, Any]]]:
    """The inputs that were used: rows as read, the rules with the values that held."""
    echo = {
        name: [{key: _json(value) for key, value in row.items()} for row in rows]
        for name, rows in inputs.frames.items()
    }
    echo["setting"] = [
        {
            "setting": row["setting"],
            "value": number(inputs.rules[row["setting"]]),
            "used": inputs.rules[row["setting"]] is not None,
            "given": row["setting"] in inputs.rules.given,
            "note": row["note"],
        }
        for row in default_rows()
    ]
    return echo


def _json(value: object) -> object:
    if isinstance(value, Decimal):
        return number(Fraction(value))
    return value.isoformat() if isinstance(value, date) else value


def _proof(plan: RotationPlan) -> dict[str, Any]:
    answer = plan.answer
    points = Fraction(round(plan.points * TENTHS), TENTHS)
    bound = Fraction(round(answer.bound), TENTHS) if isfinite(answer.bound) else None
    if points == bound:
        zh = "已证明最优：按所列规则和分值，没有更好的方案。"
        en = "Proven optimal: no better plan by these rules and points."
    elif bound is None:
        zh = "时间用完：方案符合全部规则，离最优差多少不知道。"
        en = "Time ran out: the plan keeps all rules; how far from the best is unknown."
    else:
        apart = plain((points - bound) / points * 100, 3)
        early = answer.status != "optimal"
        zh = f"{'时间用完：' if early else ''}方案符合全部规则，离最优至多差 {apart}%。"
        en = f"{'Time ran out: ' if early else ''}the plan keeps all rules, at most {apart}% from the best."
    return proof(
        value=number(points) or 0,
        bound=number(bound),
        proven=answer.status == "optimal",
        unit="分",
        seconds=answer.seconds,
        solver="HiGHS",
        says=Label(zh, en),
    )


def _people(plan: RotationPlan) -> list[dict[str, Any]]:
    lists, inputs = planning_tables("rotation").code_lists, plan.inputs
    needs: dict[str, list[Need]] = {}
    for need in plan.needs.all:
        needs.setdefault(need.school, []).append(need)

    def words(list_name: str, code: str) -> dict[str, str]:
        return both(lists[list_name].codes[code].label)

    def school(code: str) -> dict[str, str]:
        return {"code": code, "name": inputs.schools[code].name}

    def one(move: Move) -> dict[str, Any]:
        teacher, reason = move.teacher, reason_of(move, needs, inputs)
        return {
            "teacher_code": teacher.code,
            "name": teacher.name,
            "stage": both(stage_label(teacher.stage)),
            "subject": words("subject", teacher.subject),
            "attributes": {
                "degree": words("degree", teacher.degree),
                "title": words("title", teacher.title),
                "backbone": teacher.backbone,
                "years": number(teacher.years),
                "home_town": teacher.home_town,
            },
            "from": school(teacher.school),
            "to": school(move.target),
            "km": None if move.tenths is None else move.tenths / TENTHS,
            "reason": both(reason),
            "fixed": move.assigned,
        }

    return [one(move) for move in plan.moves]


def _own_notes(inputs: Inputs) -> list[Label]:
    notes = []
    staying = sum(bool(teacher.eligible and teacher.stays_because) for teacher in inputs.teachers)
    if staying:
        notes.append(
            Label(
                f"符合条件而写明不能交流的 {staying} 人没有安排，仍计入交流比例的基数。",
                f"{staying} eligible teachers have a reason to stay; they still count among the eligible.",
            )
        )
    idle = [
        school.name for school in inputs.schools.values() if not any(t.school == school.code for t in inputs.teachers)
    ]
    if idle:
        notes.append(
            Label(
                f"{len(idle)} 所学校在花名册中没有教师：{'、'.join(idle[:5])}。不会调入教师，请核对。",
                f"{len(idle)} schools have no teacher in the roster, and none is sent there; check whether that is so.",
            )
        )
    assumed = [name for name in read_data("settings") if name not in inputs.rules.given]
    if assumed:
        notes.append(
            Label(
                f"有 {len(assumed)} 条规则没有填，用的是缺省值。",
                f"{len(assumed)} rules were not given; defaults were used.",
            )
        )
    return notes
