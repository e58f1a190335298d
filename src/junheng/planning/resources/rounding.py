"""The fast plan: the continuous plan made whole. It needs no search, so there is always one, whatever SCIP does."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from junheng.planning.resources.model import ResourceModel
from junheng.planning.solvers.conic import solve_relaxed
from junheng.planning.solvers.program import Floats, Program

_DUST = 1e-6
_TIGHTER = (1.0, 0.9998, 0.999, 0.995, 0.98)
_KEPT = 1e-7  # by how much a rounded plan may break a row: the dust of its floats


def with_limits_met(model: ResourceModel, met: Floats) -> Program:
    """The tight program with the limits that each school meets decided: 0 or 1 for each demand."""
    tight = model.tight
    lower, upper = tight.lower.copy(), tight.upper.copy()
    lower[model.met] = upper[model.met] = met
    return replace(tight, lower=lower, upper=upper)


def round_up(model: ResourceModel, met: Floats) -> Floats | None:
    """A whole point where the demands ``met`` are met, or None where rounding does not lead to one.

    What moves is rounded down to whole numbers that balance, what is added is rounded up; where that breaks a
    差异系数, the limits are drawn a little tighter and the continuous plan is made again.
    """
    decided = with_limits_met(model, met)
    guide = solve_relaxed(decided).answer.x
    if guide is None:
        return None
    found = [_added(model, _moved(model, decided, guide if moves else None)) for moves in (True, False)]
    return min((point for point in found if point is not None), key=model.program.value, default=None)


def _moved(model: ResourceModel, decided: Program, guide: Floats | None) -> Program:
    """The program with everything that moves decided: near the guide, or nothing."""
    lower, upper = decided.lower.copy(), decided.upper.copy()
    for gives, takes in _groups(model):
        amount = np.zeros(len(takes)) if guide is None else np.floor(guide[takes] + _DUST)
        given = np.zeros(len(gives)) if guide is None else _shares(guide[gives], amount.sum(), upper[gives])
        lower[takes] = upper[takes] = amount
        lower[gives] = upper[gives] = given
    return replace(decided, lower=lower, upper=upper)


def _groups(model: ResourceModel) -> list[tuple[list[int], list[int]]]:
    """Variables that give and that take, of each thing that moves and by stage."""
    found: dict[tuple[str, str | None], tuple[list[int], list[int]]] = {}
    for number, decision in enumerate(model.statement.decisions):
        if decision.way != "add":
            gives, takes = found.setdefault((decision.measure, decision.stage), ([], []))
            (gives if decision.way == "give" else takes).append(int(model.decisions[number]))
    return list(found.values())


def _shares(wanted: Floats, total: float, most: Floats) -> Floats:
    """Whole numbers near the wanted ones that add up to the total: the largest remainders are rounded up."""
    whole = np.floor(wanted + _DUST)
    order = np.argsort(whole - wanted, kind="stable")
    for number in order:
        if whole.sum() < total and whole[number] < most[number]:
            whole[number] += 1
    for number in order[::-1]:
        whole[number] -= min(whole[number], max(whole.sum() - total, 0.0))
    return whole


def _added(model: ResourceModel, decided: Program) -> Floats | None:
    """Additions made whole: as few rounded up as the sums and rows ask for, else all of them."""
    for part in _TIGHTER:
        cones = tuple(replace(cone, bound=cone.bound * part) for cone in decided.cones)
        found = solve_relaxed(replace(decided, cones=cones)).answer
        if found.x is None:
            return None
        for sparing in (True, False):
            x = _whole(model, found.x, decided, sparing=sparing)
            if model.program.violation(x) <= _KEPT:
                return x
    return None


def _whole(model: ResourceModel, x: Floats, decided: Program, *, sparing: bool) -> Floats:
    program = model.program
    down = np.where(x < _DUST, 0.0, np.where(program.whole, np.floor(x + _DUST), x))
    near = np.where(program.whole, down if sparing else np.ceil(x - _DUST), down)
    near = np.clip(near, decided.lower, decided.upper)
    left = x - near
    _keep_rows(program, near, left, decided.upper)
    if sparing:
        _keep_sums(model, near, left, decided.upper)
    return model.with_means(near)


def _keep_rows(program: Program, near: Floats, left: Floats, upper: Floats) -> None:
    """Raise what a row still lacks: a continuous amount by a hair, else whole ones, those cut off most first."""
    short = program.row_lower - program.matrix @ near
    for row in np.flatnonzero((short > 0) & (program.row_lower != program.row_upper)):
        start, end = program.matrix.indptr[row : row + 2]
        variables, factors = program.matrix.indices[start:end], program.matrix.data[start:end]
        lacks = float(program.row_lower[row] - factors @ near[variables])
        for at in np.argsort(program.whole[variables] * 10.0 - left[variables], kind="stable"):
            variable, factor = variables[at], float(factors[at])
            if lacks <= 0 or factor <= 0:
                continue
            more = lacks / factor * (1 + 1e-12)
            more = min(np.ceil(more - _DUST) if program.whole[variable] else more, upper[variable] - near[variable])
            if program.whole[variable] and left[variable] <= _DUST:
                continue  # the continuous plan does without
            near[variable] += more
            left[variable] -= more
            lacks -= more * factor


def _keep_sums(model: ResourceModel, near: Floats, left: Floats, upper: Floats) -> None:
    """Of each measure and stage, as many in all as in the continuous plan: the means then stay where they were."""
    groups: dict[tuple[str, str | None], list[int]] = {}
    for number, decision in enumerate(model.statement.decisions):
        if decision.way == "add" and decision.lot is not None:
            groups.setdefault((decision.measure, decision.stage), []).append(int(model.decisions[number]))
    for members in groups.values():
        lacking = int(np.ceil(left[members].sum() - _DUST))
        for variable in sorted(members, key=lambda v: -left[v]):
            if lacking > 0 and left[variable] > _DUST and near[variable] < upper[variable]:
                near[variable] += 1
                left[variable] -= 1
                lacking -= 1
