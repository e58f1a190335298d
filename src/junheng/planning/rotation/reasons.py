"""Why this teacher, why there: the reason of each move in words, true for each and free of what is personal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from junheng.base.exact import plain
from junheng.base.terms import Label
from junheng.planning.rotation.flows import Group
from junheng.planning.rotation.inputs import Inputs, Teacher
from junheng.planning.rotation.model import moves_needed
from junheng.planning.rotation.needs import Need, stage_label
from junheng.planning.rotation.persons import Move
from junheng.tables.catalogue import planning_tables

if TYPE_CHECKING:
    from junheng.planning.rotation.plan import RotationPlan


def reasons_of(plan: RotationPlan) -> list[Label]:
    """The reason of each move, in the order of the moves.

    A gap is claimed by as many as it lacked and no more: the first by code, those whom the county assigned before
    others. A place that somebody left is claimed by one who takes it, likewise.
    """
    claims = _claims(plan)
    groups = {teacher.code: group for group in plan.model.groups for teacher in group.members}
    gone = {move.teacher.code for move in plan.moves}
    return [
        _joined(_parts(move, claims[move.teacher.code], groups[move.teacher.code], gone, plan)) for move in plan.moves
    ]


def home_reason(move: Move, inputs: Inputs) -> Label | None:
    """That the teacher lives where the target is: personal, and kept apart from the reason that all may read."""
    town = inputs.schools[move.target].town
    if not town or move.teacher.home_town != town:
        return None
    return Label(f"家在{town}", f"lives in {town}")


@dataclass(frozen=True)
class _Claim:
    """What one move is for: gaps that it closes, or a teacher whom it replaces, or else a headcount that it keeps."""

    gaps: tuple[Need, ...] = ()
    replaces: bool = False
    keeps: bool = False


def _claims(plan: RotationPlan) -> dict[str, _Claim]:
    order = sorted(plan.moves, key=lambda move: (not move.assigned, move.teacher.code))
    closed = {
        index: min(after, need.need) - need.before
        for index, (need, after) in enumerate(zip(plan.needs.all, plan.after, strict=True))
        if need.before < min(after, need.need)
    }
    gaps: dict[str, tuple[Need, ...]] = {}
    for move in order:
        gaps[move.teacher.code] = tuple(_closed_by(move, closed, plan.needs.all))
    left = Counter((move.teacher.school, move.teacher.stage, move.teacher.subject) for move in plan.moves)
    out = Counter(move.teacher.school for move in plan.moves)
    for move in order:
        out[move.target] -= bool(gaps[move.teacher.code])
    claims = {}
    for move in order:
        code, place = move.teacher.code, (move.target, move.teacher.stage, move.teacher.subject)
        replaces = not gaps[code] and left[place] > 0
        left[place] -= replaces
        out[move.target] -= replaces
        claims[code] = _Claim(gaps[code], replaces)
    for move in order:
        claim = claims[move.teacher.code]
        if not claim.gaps and not claim.replaces and out[move.target] > 0:
            out[move.target] -= 1
            claims[move.teacher.code] = _Claim(keeps=True)
    return claims


def _closed_by(move: Move, closed: dict[int, int], needs: Sequence[Need]) -> Iterator[Need]:
    """The gaps of the target that this move closes; they are used up."""
    for index, count in closed.items():
        need = needs[index]
        adds = need.sort.counts(move.teacher)
        if count > 0 and adds > 0 and (need.school, need.stage) == (move.target, move.teacher.stage):
            closed[index] -= adds
            yield need


def _joined(parts: Iterator[Label]) -> Label:
    said = list(parts)
    return Label("；".join(part.zh for part in said) + "。", "; ".join(part.en for part in said) + ".")


def _parts(move: Move, claim: _Claim, group: Group, gone: set[str], plan: RotationPlan) -> Iterator[Label]:
    teacher, inputs = move.teacher, plan.inputs
    target = inputs.schools[move.target]
    if move.assigned:
        yield Label(f"县里指定交流到{target.name}", f"assigned to {target.name} by the county")
    motives = [*_motives(move, claim, plan)]
    if not motives and not move.assigned:
        motives = [
            Label("与别人的调动配合，全县总分最低", "goes with the moves of others, at the fewest points in all")
        ]
    yield from motives
    if target.hardship and teacher.backbone and not inputs.schools[teacher.school].hardship:
        yield Label("骨干教师支持边远困难学校", "a backbone teacher for a hardship school")
    if not move.assigned and teacher.years is not None:
        yield _service(teacher, group, gone)
    if _all_leave(teacher, gone, inputs):
        yield Label("原校该学科由调入的教师接替", "replaced in the subject by one who moves in")


def _motives(move: Move, claim: _Claim, plan: RotationPlan) -> Iterator[Label]:
    teacher, target = move.teacher, plan.inputs.schools[move.target]
    stage = stage_label(teacher.stage)
    if claim.gaps:
        zh = "、".join(need.sort.label.zh for need in claim.gaps)
        en = ", ".join(need.sort.label.en for need in claim.gaps)
        yield Label(f"补{target.name}（{stage.zh}）所缺：{zh}", f"{target.name} ({stage.en.lower()}) lacks: {en}")
        return
    if not move.assigned:
        yield from _shares(teacher, plan)
    if claim.replaces:
        subject = planning_tables("rotation").code_lists["subject"].codes[teacher.subject].label
        zh = f"接替{target.name}（{stage.zh}）调出的{subject.zh}教师"
        yield Label(zh, f"takes the place of one who leaves {target.name} ({stage.en.lower()}, {subject.en})")
    elif claim.keeps:
        yield Label(f"补足{target.name}调出的人数", f"keeps the headcount of {target.name}, from where others leave")


def _shares(teacher: Teacher, plan: RotationPlan) -> Iterator[Label]:
    """The shares that would be missed with one fewer."""
    rules, moved = plan.inputs.rules, len(plan.moves)
    if rules["least_share"] is not None and moved <= moves_needed(plan.inputs):
        yield Label("为达到交流比例", "to reach the share of those who move")
    backbone, least = sum(move.teacher.backbone for move in plan.moves), rules.share("backbone_share")
    if teacher.backbone and least is not None and backbone - 1 < least * moved:
        yield Label("为达到骨干比例", "to reach the share of backbone teachers")


def _service(teacher: Teacher, group: Group, gone: set[str]) -> Label:
    """The years at the school, and whether they decided: only where one who is alike to every rule stays."""
    years = plain(teacher.years or 0)
    stay = [member for member in group.members if member.code not in gone]
    if any(member.years is not None and teacher.years is not None and member.years < teacher.years for member in stay):
        return Label(
            f"在本校任教 {years} 年，同类教师中年限较长者先交流", f"{years} years at the school, the longest first"
        )
    if any(member.years == teacher.years for member in stay):
        return Label(
            f"在本校任教 {years} 年，同类教师年限相同，按教师编号先后",
            f"{years} years at the school, as long as others alike: by code",
        )
    return Label(f"在本校任教 {years} 年", f"{years} years at the school")


def _all_leave(teacher: Teacher, gone: set[str], inputs: Inputs) -> bool:
    """Whether none of those who taught the subject there stays."""
    return not any(
        other.code not in gone
        and (other.school, other.stage, other.subject) == (teacher.school, teacher.stage, teacher.subject)
        for other in inputs.teachers
    )
