"""Why a gap stays open: the county has nobody to send, or too few for all, or rules and points stand in the way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from junheng.base.terms import Label
from junheng.planning.documents import both
from junheng.planning.rotation.needs import Need

if TYPE_CHECKING:
    from junheng.planning.rotation.plan import RotationPlan

_WHY = {
    "nobody": Label("全县没有可调的这类教师", "no such teacher elsewhere in the county can move"),
    "few": Label("全县这类教师总数不足", "the county has fewer such teachers than its schools need"),
    "rules": Label("规则或分值所限", "rules or points stand in the way"),
}


def why_open(need: Need, plan: RotationPlan) -> dict[str, Any]:
    """What the document says beside a need that stays open.

    Nobody: no teacher of the sort who can move, in the stage at another school, is left who does not come here already,
    whatever the rules. A teacher whom the county assigned elsewhere cannot be sent here. Few: even if everybody could
    move anywhere, not every school that needs the sort in the stage could have its number.
    """
    here = {move.teacher.code for move in plan.moves if move.target == need.school}
    spare = any(
        teacher.can_move
        and teacher.stage == need.stage
        and teacher.school != need.school
        and teacher.code not in here
        and not teacher.must_go_to
        and need.sort.counts(teacher) > 0
        for teacher in plan.inputs.teachers
    )
    needed = sum(other.need for other in plan.needs.all if (other.stage, other.sort) == (need.stage, need.sort))
    have = sum(need.sort.counts(teacher) for teacher in plan.inputs.teachers if teacher.stage == need.stage)
    cause = "nobody" if not spare else "few" if have < needed else "rules"
    return {"cause": cause, "why": both(_WHY[cause])}
