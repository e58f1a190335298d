"""Why this teacher, why there: the reason of each move in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from junheng.base.exact import plain
from junheng.base.terms import Label
from junheng.planning.rotation.inputs import Inputs, Teacher
from junheng.planning.rotation.needs import Need, stage_label
from junheng.planning.rotation.persons import Move


def reason_of(move: Move, needs: Mapping[str, Sequence[Need]], inputs: Inputs) -> Label:
    """The reason of a move.

    Args:
        needs: the needs by school.
    """
    parts = list(_parts(move, needs, inputs))
    return Label("；".join(part.zh for part in parts) + "。", "; ".join(part.en for part in parts) + ".")


def _parts(move: Move, needs: Mapping[str, Sequence[Need]], inputs: Inputs) -> Iterator[Label]:
    teacher, target = move.teacher, inputs.schools[move.target]
    if move.assigned:
        yield Label(f"县里指定交流到{target.name}", f"assigned to {target.name} by the county")
    filled = [*_filled(teacher, needs.get(move.target, ()))]
    stage = stage_label(teacher.stage)
    if filled:
        zh = "、".join(f"{need.sort.label.zh} {need.need - need.before} 人" for need in filled)
        en = ", ".join(f"{need.sort.label.en} ({need.need - need.before})" for need in filled)
        yield Label(f"{target.name}（{stage.zh}）缺：{zh}", f"{target.name} ({stage.en.lower()}) lacks: {en}")
    elif not move.assigned:
        yield Label("为达到交流比例并保持各校人数", "to reach the shares with staff numbers kept")
    if target.hardship and teacher.backbone:
        yield Label("骨干教师支持边远困难学校", "a backbone teacher for a hardship school")
    if teacher.years is not None:
        years = plain(teacher.years)
        yield Label(
            f"在本校任教 {years} 年，同类教师中年限较长者先交流", f"{years} years at the school, the longest first"
        )
    if teacher.home_town and teacher.home_town == target.town:
        yield Label(f"家在{target.town}", "lives in that town")
    left = inputs.staff[teacher.school, teacher.stage, teacher.subject] - 1
    if left == 0:
        yield Label("原校该学科由调入的教师接替", "replaced in the subject by one who moves in")


def _filled(teacher: Teacher, needs: Sequence[Need]) -> Iterator[Need]:
    """The needs that stood open and that this teacher helps to fill."""
    for need in needs:
        if need.stage == teacher.stage and need.before < need.need and need.sort.counts(teacher) > 0:
            yield need
