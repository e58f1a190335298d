"""The plan as a document: what pages, workbooks and comparison read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from importlib.metadata import version
from math import isfinite
from typing import TYPE_CHECKING, Any

from junheng.base.exact import plain
from junheng.base.terms import Label
from junheng.planning.documents import FORMAT, both, proof
from junheng.planning.rotation.echo import echo_of
from junheng.planning.rotation.figures import fairness_of, number, shares_of
from junheng.planning.rotation.flows import TENTHS
from junheng.planning.rotation.inputs import Inputs
from junheng.planning.rotation.needs import row_of, stage_label
from junheng.planning.rotation.open_needs import why_open
from junheng.planning.rotation.persons import Move
from junheng.planning.rotation.reasons import home_reason, reasons_of
from junheng.planning.rotation.rules import read_data
from junheng.tables.catalogue import planning_tables

if TYPE_CHECKING:
    from junheng.planning.rotation.plan import RotationPlan


def document_of(plan: RotationPlan) -> dict[str, Any]:
    """Everything a reader needs, in plain numbers and both languages."""
    judgement, inputs = plan.judgement, plan.inputs
    emphasis = read_data("emphases")[plan.emphasis]["label"]
    county = judgement.counties.row(0, named=True) if judgement is not None and judgement.counties.height == 1 else {}
    needs = [row_of(need, after, inputs) for need, after in zip(plan.needs.all, plan.after, strict=True)]
    unfilled = [row | why_open(need, plan) for need, row in zip(plan.needs.all, needs, strict=True) if row["lacking"]]
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
        "inputs": echo_of(plan),
        "proof": _proof(plan),
        "people": _people(plan),
        "shares": shares_of(plan),
        "needs": needs,
        "unfilled": unfilled,
        "fairness": fairness_of(plan),
        "notes": [both(note) for note in (*plan.needs.notes, *_own_notes(inputs))],
    }


def _proof(plan: RotationPlan) -> dict[str, Any]:
    answer = plan.answer
    points = Fraction(round(plan.points * TENTHS), TENTHS)
    bound = Fraction(round(answer.bound), TENTHS) if isfinite(answer.bound) else None
    if points == bound:
        zh = "已证明最优：按所列规则和分值，没有更好的方案。"
        en = "Proven optimal: no better plan by these rules and points."
    elif bound is None:
        zh = "搜索提前结束：方案符合全部规则，离最优差多少不知道。"
        en = "The search ended early: the plan keeps all rules; how far from the best is unknown."
    else:
        apart = plain((points - bound) / points * 100, 3)
        early = answer.status != "optimal"
        zh = f"{'搜索提前结束：' if early else ''}方案符合全部规则，离最优至多差 {apart}%。"
        en = f"{'The search ended early: ' if early else ''}the plan keeps all rules, at most {apart}% from the best."
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

    def words(list_name: str, code: str) -> dict[str, str]:
        return both(lists[list_name].codes[code].label)

    def school(code: str) -> dict[str, str]:
        return {"code": code, "name": inputs.schools[code].name}

    def one(move: Move, reason: Label) -> dict[str, Any]:
        teacher, home = move.teacher, home_reason(move, inputs)
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
            },
            "personal": {"home_town": teacher.home_town, "reason": None if home is None else both(home)},
            "from": school(teacher.school),
            "to": school(move.target),
            "km": None if move.tenths is None else move.tenths / TENTHS,
            "reason": both(reason),
            "fixed": move.assigned,
        }

    return [one(move, reason) for move, reason in zip(plan.moves, reasons_of(plan), strict=True)]


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
    notes += _opening(inputs)
    if not inputs.posts:
        notes.append(
            Label(
                "没有填“学科岗位”：方案只保证现有学科不断人，不知道哪所学校缺哪个学科的教师。",
                "No posts were given: subjects taught now stay taught; which schools lack a teacher is not known.",
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


def _opening(inputs: Inputs) -> Iterator[Label]:
    """Schools without a teacher: they open with the posts they have, or nobody goes there."""
    staffed = {teacher.school for teacher in inputs.teachers}
    posted = {school for (school, _, _), posts in inputs.posts.items() if posts}
    opening = [school.name for code, school in inputs.schools.items() if code not in staffed and code in posted]
    idle = [school.name for code, school in inputs.schools.items() if code not in staffed and code not in posted]
    if opening:
        limited = inputs.rules["headcount_change"] is not None
        yield Label(
            f"{len(opening)} 所学校在花名册中没有教师，按新开办的学校对待"
            f"{'，调入不超过岗位数' if limited else ''}：{_some(opening)}。",
            f"{len(opening)} schools have no teacher in the roster and are taken to open"
            f"{', with no more teachers than posts' if limited else ''}.",
        )
    if idle:
        yield Label(
            f"{len(idle)} 所学校在花名册中没有教师，也没有填岗位，除县里指定的以外不会调入：{_some(idle)}。请核对。",
            f"{len(idle)} schools have neither teachers nor posts; none is sent there but by assignment. Check them.",
        )


def _some(names: Sequence[str]) -> str:
    return "、".join(names[:5]) + ("……" if len(names) > 5 else "")
