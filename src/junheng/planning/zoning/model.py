"""State the zoning problem as a program: one function a rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from junheng.planning.solvers.program import Floats, Indexes, Program, ProgramBuilder
from junheng.planning.zoning.contiguity import Cut
from junheng.planning.zoning.problem import NEVER, Ints, Owner, Problem

SCALE = 1000.0  # pupil-metres per unit of the program's objective: keeps the solver's numbers small


@dataclass(frozen=True)
class Model:
    """A program over the pairs (group, unit) of a pool.

    Attributes:
        group, unit: (pairs,) what each of the first variables stands for.
        index: (groups, units) the variable of a pair, −1 where it is not in the pool.
        over, short, entry_over: (units,) variables of missing and unused seats; ``size_over``: (sizes,).
    """

    problem: Problem
    program: Program
    group: Indexes
    unit: Indexes
    index: Indexes
    over: Indexes
    short: Indexes
    entry_over: Indexes
    size_over: Indexes

    def owner(self, x: Floats) -> Owner:
        """The assignment of a point whose pair variables are whole."""
        found = np.full(self.problem.groups, -1, dtype=np.int64)
        chosen = np.flatnonzero(x[: len(self.group)] > 0.5)
        found[self.group[chosen]] = self.unit[chosen]
        return found

    def shares(self, x: Floats) -> Floats:
        """(groups, units) how much of each group goes to each unit."""
        found = np.zeros((self.problem.groups, len(self.problem.units)))
        found[self.group, self.unit] = x[: len(self.group)]
        return found

    def point(self, owner: Owner) -> Floats:
        """The point of an assignment whose pairs are all in the pool."""
        problem, x = self.problem, np.zeros(self.program.size)
        x[self.index[np.arange(problem.groups), owner]] = 1
        loads, entry = problem.loads(owner)
        seats = np.array([unit.seats for unit in problem.units])
        least = np.array([unit.least for unit in problem.units])
        entry_seats = np.array([_entry_seats(problem, u) for u in range(len(problem.units))])
        x[self.over] = np.maximum(0, loads - seats)
        x[self.short] = np.maximum(0, least - loads)
        x[self.entry_over] = np.maximum(0, entry - entry_seats)
        for number, (units, room) in enumerate(problem.sizes):
            x[self.size_over[number]] = max(0, int(loads[list(units)].sum()) - room)
        return x


def build(
    problem: Problem,
    pool: NDArray[np.bool_],
    cuts: Sequence[Cut] = (),
    *,
    whole: bool = True,
    stepwise: Sequence[tuple[int, int, tuple[int, ...]]] = (),
) -> Model:
    """State the least-cost assignment over a pool of pairs.

    Arrays: G groups × U units, ``pool`` (G, U); x_gu = 1 where group g goes to unit u.

        min  Σ cost_gu x_gu + Σ over_u (o_u + e_u) + Σ short_u s_u + Σ over_k z_k
        s.t. Σ_u x_gu = 1                                    every group in one zone
             Σ_g pupils_g x_gu − o_u ≤ seats_u               seats; o counts pupils without one
             Σ_g pupils_g x_gu + s_u ≥ least_u               least use; s counts what is lacking to it
             Σ_g entry_g x_gu − e_u ≤ entry seats_u          class size in the entry grade
             Σ_{u∈k} Σ_g pupils_g x_gu − z_k ≤ room_k        size of schools whose stages share it
             Σ_together x − Σ_separator x ≤ together − 1     contiguity, as far as cuts were found
             x_gu ≤ Σ_{q beside g, nearer to the school} x_qu   stepwise contiguity, where it is asked for

    The contiguity of zones is what ``cuts`` state: without them the program is a relaxation of the problem, and its
    bound holds for the problem. ``stepwise`` (group, unit, nearer groups) is more than contiguity demands: it makes
    zones whole at once, and its bound holds for nothing.
    """
    pool = pool & (problem.cost != NEVER)
    group, unit = (found.astype(np.int64) for found in np.nonzero(pool))
    index = np.full(pool.shape, -1, dtype=np.int64)
    make = ProgramBuilder()
    pairs = make.variables(len(group), upper=1, cost=problem.cost[group, unit] / SCALE, whole=whole)
    index[group, unit] = pairs
    everybody = float(problem.pupils.sum())
    over = make.variables(len(problem.units), upper=everybody, cost=problem.over / SCALE)
    # A school's least use may exceed all pupils there are: what is lacking to it may too.
    least = [float(own.least) for own in problem.units]
    short = make.variables(len(problem.units), upper=least, cost=problem.short / SCALE)
    entry_over = make.variables(len(problem.units), upper=everybody, cost=problem.over / SCALE)
    first = [units[0] for units, _ in problem.sizes]
    size_over = make.variables(len(first), upper=everybody, cost=problem.over[first] / SCALE)
    _one_zone(make, problem, pairs, group)
    _seats(make, problem, pairs, group, unit, over)
    _least_use(make, problem, pairs, group, unit, short)
    _entry_grade(make, problem, pairs, group, unit, entry_over)
    _school_size(make, problem, pairs, group, unit, size_over)
    _contiguity(make, index, cuts)
    _stepwise(make, index, stepwise)
    return Model(problem, make.program(), group, unit, index, over, short, entry_over, size_over)


def _one_zone(make: ProgramBuilder, problem: Problem, pairs: Indexes, group: Indexes) -> None:
    """Σ_u x_gu = 1, a row per group."""
    make.rows("one_zone", group, pairs, 1.0, lower=1, upper=1, count=problem.groups)


def _seats(
    make: ProgramBuilder, problem: Problem, pairs: Indexes, group: Indexes, unit: Indexes, over: Indexes
) -> None:
    """Σ_g pupils_g x_gu − o_u ≤ seats_u, a row per unit."""
    count = len(problem.units)
    row, variable, factor = _loads(problem.pupils, pairs, group, unit, over, -1.0)
    make.rows("seats", row, variable, factor, upper=[float(own.seats) for own in problem.units], count=count)


def _least_use(
    make: ProgramBuilder, problem: Problem, pairs: Indexes, group: Indexes, unit: Indexes, short: Indexes
) -> None:
    """Σ_g pupils_g x_gu + s_u ≥ least_u, a row per unit."""
    count = len(problem.units)
    row, variable, factor = _loads(problem.pupils, pairs, group, unit, short, 1.0)
    make.rows("least_use", row, variable, factor, lower=[float(own.least) for own in problem.units], count=count)


def _entry_grade(
    make: ProgramBuilder, problem: Problem, pairs: Indexes, group: Indexes, unit: Indexes, entry_over: Indexes
) -> None:
    """Σ_g entry_g x_gu − e_u ≤ entry seats_u, a row per unit; idle where the entry grade is not looked at."""
    count = len(problem.units)
    row, variable, factor = _loads(problem.entry, pairs, group, unit, entry_over, -1.0)
    limits = [float(_entry_seats(problem, u)) for u in range(count)]
    make.rows("entry_grade", row, variable, factor, upper=limits, count=count)


def _school_size(
    make: ProgramBuilder, problem: Problem, pairs: Indexes, group: Indexes, unit: Indexes, size_over: Indexes
) -> None:
    """Σ_{u∈k} Σ_g pupils_g x_gu − z_k ≤ room_k, a row per school whose stages share a limit."""
    school = np.full(len(problem.units), -1)
    for number, (units, _) in enumerate(problem.sizes):
        school[list(units)] = number
    mine = school[unit] >= 0
    row, variable, factor = _loads(problem.pupils, pairs[mine], group[mine], school[unit[mine]], size_over, -1.0)
    make.rows(
        "school_size", row, variable, factor, upper=[float(r) for _, r in problem.sizes], count=len(problem.sizes)
    )


def _contiguity(make: ProgramBuilder, index: Indexes, cuts: Sequence[Cut]) -> None:
    """Σ_together x − Σ_separator x ≤ together − 1, a row per cut; a pair outside the pool is 0 and left out."""
    row: list[int] = []
    variable: list[int] = []
    factor: list[float] = []
    for number, cut in enumerate(cuts):
        for groups, sign in ((cut.together, 1.0), (cut.separator, -1.0)):
            known = [at for group in groups if (at := int(index[group, cut.unit])) >= 0]
            row += [number] * len(known)
            variable += known
            factor += [sign] * len(known)
    upper = [float(len(cut.together) - 1) for cut in cuts]
    make.rows("contiguity", row, variable, factor, upper=upper, count=len(cuts))


def _stepwise(make: ProgramBuilder, index: Indexes, steps: Sequence[tuple[int, int, tuple[int, ...]]]) -> None:
    """x_gu − Σ_nearer x_qu ≤ 0, a row per pair asked for."""
    row: list[int] = []
    variable: list[int] = []
    factor: list[float] = []
    for number, (group, unit, nearer) in enumerate(steps):
        known = [at for near in nearer if (at := int(index[near, unit])) >= 0]
        row += [number] * (1 + len(known))
        variable += [int(index[group, unit]), *known]
        factor += [1.0] + [-1.0] * len(known)
    make.rows("stepwise", row, variable, factor, upper=0.0, count=len(steps))


def _loads(
    amount: Ints, pairs: Indexes, group: Indexes, row: Indexes, slack: Indexes, sign: float
) -> tuple[Indexes, Indexes, Floats]:
    """Entries of Σ amount·x ± slack by row."""
    held = amount[group] != 0
    return (
        np.concatenate([row[held], np.arange(len(slack))]),
        np.concatenate([pairs[held], slack]),
        np.concatenate([amount[group[held]].astype(float), np.full(len(slack), sign)]),
    )


def _entry_seats(problem: Problem, unit: int) -> int:
    own = problem.units[unit].entry_seats
    return int(problem.pupils.sum()) if own is None else own
