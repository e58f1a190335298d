"""From flows to persons: within a group all are alike to the rules, so service and home decide who goes, and where."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from junheng.planning.rotation.inputs import Inputs, Teacher
from junheng.planning.rotation.model import Model
from junheng.planning.solvers.program import Floats


@dataclass(frozen=True)
class Move:
    """One teacher's rotation; ``tenths`` of a kilometre, None where the distance is not known."""

    teacher: Teacher
    target: str
    tenths: int | None
    assigned: bool


def choose(model: Model, x: Floats, inputs: Inputs) -> tuple[Move, ...]:
    """Name the persons of every flow, the same ones for the same input.

    Those longest at the school go first. Of those who go, who lives in the town of a target goes there; the rest are
    sent in the order of their service, the longest to the nearest.
    """
    flows: dict[int, Counter[int]] = {}
    for arc in x[: model.arcs].nonzero()[0].tolist():
        flows.setdefault(int(model.group[arc]), Counter())[int(model.target[arc])] += round(float(x[arc]))
    moves = []
    for index, targets in sorted(flows.items()):
        group = model.groups[index]
        leaving = list(group.members[: targets.total()])
        near = {target: inputs.distances.tenths(model.codes[group.school], model.codes[target]) for target in targets}
        order = sorted(targets, key=lambda target: (near[target] is None, near[target] or 0, model.codes[target]))
        for teacher, target in _sent(leaving, {model.codes[target]: targets[target] for target in order}, inputs):
            tenths = inputs.distances.tenths(teacher.school, target)
            moves.append(Move(teacher, target, tenths, group.target is not None))
    return tuple(sorted(moves, key=lambda move: move.teacher.code))


def _sent(leaving: list[Teacher], places: dict[str, int], inputs: Inputs) -> list[tuple[Teacher, str]]:
    """Each of ``leaving`` with a target; ``places`` are as many, the nearest first."""
    sent: dict[str, str] = {}
    for teacher in leaving:
        home = (code for code, free in places.items() if free and inputs.schools[code].town == teacher.home_town)
        target = next(home, None) if teacher.home_town else None
        if target is not None:
            sent[teacher.code] = target
            places[target] -= 1
    rest = [code for code, free in places.items() for _ in range(free)]
    others = (teacher for teacher in leaving if teacher.code not in sent)
    sent |= {teacher.code: target for teacher, target in zip(others, rest, strict=True)}
    return [(teacher, sent[teacher.code]) for teacher in leaving]
