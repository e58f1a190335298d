"""Make a rotation plan: read, state, solve, name the persons, and have everything checked by other code."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from junheng.planning.rotation.check import check_plan
from junheng.planning.rotation.conflict import why_none
from junheng.planning.rotation.errors import NoPlanInTimeError, PlanNotAcceptedError
from junheng.planning.rotation.flows import TENTHS
from junheng.planning.rotation.inputs import Inputs, Teacher, read_inputs
from junheng.planning.rotation.model import Model, build
from junheng.planning.rotation.needs import Needs, find_needs
from junheng.planning.rotation.persons import Move, choose
from junheng.planning.rotation.solve import solve
from junheng.planning.solvers.answer import Answer
from junheng.tables.dataset import Dataset
from junheng.verdict.judgement import Judgement

_WHY = 10.0  # seconds at least for finding out why there is no plan


@dataclass(frozen=True)
class RotationPlan:
    """Who moves where, what is left open, and the proof.

    Attributes:
        moves: in the order of the teachers' codes.
        answer: as the solver gave it, in tenths of a point.
        judgement: the verdict whose limits are needs of the plan, None where only the roster was given.
        emphasis: an entry of ``emphases.yaml``.
    """

    inputs: Inputs
    needs: Needs
    model: Model
    answer: Answer
    moves: tuple[Move, ...]
    judgement: Judgement | None
    emphasis: str

    @property
    def points(self) -> float:
        """What the plan costs by its rules' weights."""
        return self.model.program.value(self.answer.x) / TENTHS if self.answer.x is not None else float("nan")

    @cached_property
    def after(self) -> tuple[int, ...]:
        """How many teachers of its sort each need has afterwards, in the order of the needs."""
        change: dict[tuple[str, str], list[tuple[int, Teacher]]] = {}
        for move in self.moves:
            change.setdefault((move.target, move.teacher.stage), []).append((1, move.teacher))
            change.setdefault((move.teacher.school, move.teacher.stage), []).append((-1, move.teacher))
        return tuple(
            need.before
            + sum(sign * need.sort.counts(teacher) for sign, teacher in change.get((need.school, need.stage), ()))
            for need in self.needs.all
        )

    def document(self) -> dict[str, Any]:
        """The plan as a JSON-able document, the contract for pages, workbooks and comparison."""
        from junheng.planning.rotation.document import document_of  # it needs this class

        return document_of(self)


def plan_rotation(
    inputs: str | Path | Dataset,
    *,
    judgement: Judgement | None = None,
    emphasis: str = "gaps",
    seconds: float = 60.0,
    gap: float = 0.0,
    tell: Callable[[float, float], bool] | None = None,
) -> RotationPlan:
    """Plan the rotation of a county's teachers.

    Args:
        inputs: the input workbook, a folder of CSV files, or a dataset of the tables of ``planning/rotation``.
        judgement: the county's verdict; its limits on teachers become needs of the schools.
        emphasis: ``gaps``, ``moves`` or ``distance``: another weight, another plan to compare.
        seconds: what the search may take; the plan says how far from the best it can be at most.
        gap: relative gap at which the search may end early.
        tell: called now and then with (best value, best bound) in tenths of a point; False ends the search.

    Raises:
        JunhengError: what is wrong with the inputs, or why there is no plan.
    """
    read = read_inputs(inputs, standard=judgement.standard if judgement else None, emphasis=emphasis)
    needs = find_needs(read, judgement)
    model = build(read, needs.all)
    answer = solve(model.program, flows=model.arcs, seconds=seconds, gap=gap, tell=tell)
    if answer.status == "infeasible":
        raise why_none(read, seconds=max(_WHY, seconds))
    if answer.x is None:
        raise NoPlanInTimeError(seconds=f"{seconds:g}", ended=answer.ended)
    plan = RotationPlan(read, needs, model, answer, choose(model, answer.x, read), judgement, emphasis)
    checked = check_plan(
        read.frames, {move.teacher.code: move.target for move in plan.moves}, judgement=judgement, emphasis=emphasis
    )
    faults = list(checked.faults)
    if checked.tenths != round(model.program.value(answer.x)):
        faults.append(f"方案自报 {plan.points:g} 分，核对为 {checked.tenths / TENTHS:g} 分")
    if faults:
        raise PlanNotAcceptedError(what="；".join(faults[:3]))
    return plan
