"""The figures of a plan: the two shares, the ways people go, and what each school gives and gets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from fractions import Fraction
from math import floor
from typing import TYPE_CHECKING, Any

from junheng.base.exact import half_up
from junheng.planning.rotation.flows import TENTHS
from junheng.planning.rotation.model import even_shares, moves_needed

if TYPE_CHECKING:
    from junheng.planning.rotation.plan import RotationPlan


def number(value: Fraction | None, digits: int = 6) -> float | int | None:
    """A number as JSON shows it: whole ones whole, others rounded half up."""
    if value is None:
        return None
    return int(value) if value.denominator == 1 else float(half_up(value, digits))


def shares_of(plan: RotationPlan) -> dict[str, Any]:
    """The two shares with their limits, in persons and per cent."""
    inputs, moved = plan.inputs, len(plan.moves)
    backbone = sum(move.teacher.backbone for move in plan.moves)
    return {
        "teachers": len(inputs.teachers),
        "eligible": inputs.eligible,
        "moved": moved,
        "share": _percent(moved, inputs.eligible),
        "least_share": number(inputs.rules["least_share"]),
        "least_moved": moves_needed(inputs),
        "backbone": sum(teacher.backbone for teacher in inputs.teachers),
        "backbone_moved": backbone,
        "backbone_share": _percent(backbone, moved),
        "least_backbone_share": number(inputs.rules["backbone_share"]),
    }


def _percent(part: int, whole: int) -> float | None:
    """Per cent to two decimals, cut off: a share just under its limit must not be shown as the limit."""
    return floor(Fraction(10000 * part, whole)) / 100 if whole else None


def fairness_of(plan: RotationPlan) -> dict[str, Any]:
    """How far people go, who goes to and from hardship schools, and what each school gives and gets."""
    inputs, moves = plan.inputs, plan.moves
    known = [move.tenths for move in moves if move.tenths is not None]
    hard = {code for code, school in inputs.schools.items() if school.hardship}
    into_hard = [move for move in moves if move.target in hard and move.teacher.school not in hard]
    from_hard = [move for move in moves if move.teacher.school in hard and move.target not in hard]
    schools = _schools(plan)
    return {
        "mean_km": number(Fraction(sum(known), TENTHS * len(known)), 1) if known else None,
        "max_km": max(known) / TENTHS if known else None,
        "unknown_km": len(moves) - len(known),
        "to_own_town": sum(
            bool(m.teacher.home_town) and m.teacher.home_town == inputs.schools[m.target].town for m in moves
        ),
        "to_hardship": len(into_hard),
        "from_hardship": len(from_hard),
        "backbone_to_hardship": sum(move.teacher.backbone for move in into_hard),
        "backbone_from_hardship": sum(move.teacher.backbone for move in from_hard),
        "beyond_even_share": sum(max(0, row["out"] - row["even_share"]) for row in schools),
        "schools": schools,
    }


def _schools(plan: RotationPlan) -> list[dict[str, Any]]:
    inputs, moves = plan.inputs, plan.moves
    teachers = Counter(teacher.school for teacher in inputs.teachers)
    eligible = Counter(teacher.school for teacher in inputs.teachers if teacher.eligible)
    counts: Mapping[str, Counter[str]] = {
        "out": Counter(move.teacher.school for move in moves),
        "in": Counter(move.target for move in moves),
        "backbone_out": Counter(move.teacher.school for move in moves if move.teacher.backbone),
        "backbone_in": Counter(move.target for move in moves if move.teacher.backbone),
    }
    return [
        {
            "school_code": code,
            "school_name": school.name,
            "town": school.town,
            "hardship": school.hardship,
            "teachers": teachers[code],
            "eligible": eligible[code],
            "even_share": even,
            **{name: counter[code] for name, counter in counts.items()},
        }
        for (code, school), even in zip(inputs.schools.items(), even_shares(inputs), strict=True)
    ]
