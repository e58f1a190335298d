"""The inputs that a plan was made from, as its document repeats them: enough to check it, and no more of persons."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from junheng.planning.rotation.figures import number
from junheng.planning.rotation.inputs import Teacher
from junheng.planning.rotation.rules import default_rows

if TYPE_CHECKING:
    from junheng.planning.rotation.plan import RotationPlan


def echo_of(plan: RotationPlan) -> dict[str, list[dict[str, Any]]]:
    """The tables: rows as read, the rules with the values that held, the roster without what no check needs.

    Of teachers that somebody stays is told and not why; only those who move are named; no home towns, no remarks.
    """
    inputs = plan.inputs
    echo = {
        name: [{key: _json(value) for key, value in row.items()} for row in rows]
        for name, rows in inputs.frames.items()
        if name not in ("teacher", "setting")
    }
    moved = {move.teacher.code for move in plan.moves}
    echo["teacher"] = [_teacher(teacher, named=teacher.code in moved) for teacher in inputs.teachers]
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


def _teacher(teacher: Teacher, *, named: bool) -> dict[str, Any]:
    return {
        "teacher_code": teacher.code,
        **({"teacher_name": teacher.name} if named else {}),
        "school_code": teacher.school,
        "stage": teacher.stage,
        "subject": teacher.subject,
        "degree": teacher.degree,
        "title": teacher.title,
        "backbone": teacher.backbone,
        "years": number(teacher.years),
        "eligible": teacher.eligible,
        "hardship_done": teacher.served,
        "stays": bool(teacher.stays_because),
        "must_go_to": teacher.must_go_to or None,
    }


def _json(value: object) -> object:
    if isinstance(value, Decimal):
        return number(Fraction(value))
    return value.isoformat() if isinstance(value, date) else value
