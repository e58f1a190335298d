"""From the town and the schools that are open to the problem in numbers, and back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from math import ceil

import numpy as np

from junheng.base.terms import Stage
from junheng.planning.zoning.contiguity import reach
from junheng.planning.zoning.errors import BlockOutOfReachError, NothingToZoneError
from junheng.planning.zoning.problem import NEVER, Ints, Owner, Problem, Unit
from junheng.planning.zoning.rules import Rule
from junheng.planning.zoning.town import Row, Town


@dataclass(frozen=True)
class Statement:
    """A problem, and what its groups and units stand for.

    Group number ``k·B + b`` is block b in the k-th stage; ``units`` are (stage, school).
    """

    town: Town
    stages: tuple[str, ...]
    units: tuple[tuple[str, int], ...]
    problem: Problem

    def schools(self, owner: Owner) -> dict[str, Ints]:
        """By stage, the school of each block."""
        school = np.array([school for _, school in self.units], dtype=np.int64)
        count = len(self.town.blocks)
        return {stage: school[owner[k * count : (k + 1) * count]] for k, stage in enumerate(self.stages)}


def state(town: Town, stages: Sequence[str], open_schools: frozenset[int]) -> Iterator[Statement]:
    """The problems to solve: one a stage, or one for both where a school's size ties them together.

    Raises:
        NothingToZoneError: a stage without open schools.
        BlockOutOfReachError: blocks that no zone in one piece can take in.
    """
    room = {
        (stage, school): _seats(town, stages, stage, school)
        for stage in stages
        for school in sorted(open_schools)
        if (stage, school) in town.seats
    }
    for stage in stages:
        if not any(of == stage for of, _ in room):
            raise NothingToZoneError(stage=f"（{Stage(stage).zh}）")
    shared = []
    for school in sorted({school for _, school in room}):
        own = [unit for unit in room if unit[1] == school]
        left = _room(town, stages, own)
        if len(own) > 1 and sum(room[unit] for unit in own) > left:
            shared.append((own, left))
    together = [tuple(stages)] if shared else [(stage,) for stage in stages]
    for group in together:
        yield _state(town, group, {unit: seats for unit, seats in room.items() if unit[0] in group}, shared)


def _state(
    town: Town,
    stages: tuple[str, ...],
    room: dict[tuple[str, int], int],
    shared: list[tuple[list[tuple[str, int]], int]],
) -> Statement:
    units, count = tuple(room), len(town.blocks)
    shape = (count * len(stages), len(units))
    cost, way = np.full(shape, NEVER, dtype=np.int64), np.full(shape, NEVER, dtype=np.int64)
    made, pupils, entry = [], [], []
    for k, stage in enumerate(stages):
        rows = town.pupils[stage]
        has_entry = knows_entry(town, stage)
        pupils += [int(row["pupils"]) for row in rows]
        entry += [int(row["entry_pupils"]) if has_entry else 0 for row in rows]
        for at, (of, school) in enumerate(units):
            if of == stage:
                here = slice(k * count, (k + 1) * count)
                way[here, at] = town.ways[stage][:, school]
                cost[here, at] = _costs(town, stage, school)
    for stage, school in units:
        made.append(_unit(town, stage, school, room[stage, school], stages.index(stage) * count))
    at_unit = {unit: number for number, unit in enumerate(units)}
    sizes = tuple((tuple(at_unit[unit] for unit in own), left) for own, left in shared if own[0] in at_unit)
    problem = Problem(
        pupils=np.array(pupils, dtype=np.int64),
        entry=np.array(entry, dtype=np.int64),
        neighbours=tuple(
            tuple(sorted(k * count + near for near in beside)) for k in range(len(stages)) for beside in town.neighbours
        ),
        units=tuple(made),
        cost=cost,
        way=way,
        over=np.array([town.rules[stage].over_cost for stage, _ in units], dtype=np.int64),
        short=np.array([town.rules[stage].short_cost for stage, _ in units], dtype=np.int64),
        sizes=sizes,
    )
    return Statement(town, stages, units, _within_reach(town, problem))


def _costs(town: Town, stage: str, school: int) -> Ints:
    """(blocks,) what a whole block costs at a school.

    pupils · (way + beyond · what lies over the longest way) + moving + splitting siblings. A block without pupils
    counts as one: it too belongs to the school nearby, and zones keep their shape.
    """
    rule, rows = town.rules[stage], town.pupils[stage]
    ways = town.ways[stage][:, school]
    found = np.full(len(rows), NEVER, dtype=np.int64)
    for block, (row, way) in enumerate(zip(rows, ways.tolist(), strict=True)):
        beyond = 0 if rule.longest is None else max(0, way - rule.longest)
        if way == NEVER or (beyond and rule.longest_is_firm):
            continue
        own = max(1, int(row["pupils"])) * (way + int(rule.beyond * beyond))
        today = row["school_code"]
        if today is not None and today != town.schools[school]["school_code"]:
            own += int(row["pupils"]) * rule.move_cost + int(row["siblings"] or 0) * rule.split_cost
        found[block] = own
    return found


def _unit(town: Town, stage: str, school: int, seats: int, first: int) -> Unit:
    rule, row = town.rules[stage], town.seats[stage, school]
    use = rule.least_use if row["least_use"] is None else Decimal(row["least_use"])
    return Unit(first + town.home[school], seats, ceil(seats * use / 100), entry_seats(town, stage, school))


def knows_entry(town: Town, stage: str) -> bool:
    """Whether the pupils of the entry grade are filed."""
    return all(row["entry_pupils"] is not None for row in town.pupils[stage])


def entry_seats(town: Town, stage: str, school: int) -> int | None:
    """Seats of the entry grade; None where that grade is not looked at."""
    row = town.seats[stage, school]
    if row["entry_classes"] is None or not knows_entry(town, stage):
        return None
    return int(row["entry_classes"]) * class_size(town.rules[stage], row)


def class_size(rule: Rule, row: Row) -> int:
    """Pupils that one class may have at a school."""
    return rule.class_size if row["class_size"] is None else int(row["class_size"])


def cap(town: Town, school: int, rule: Rule) -> int:
    """Pupils that a school may have in all."""
    return rule.nine_year_cap if town.schools[school]["nine_year"] else rule.school_cap


def _seats(town: Town, stages: Sequence[str], stage: str, school: int) -> int:
    row, rule = town.seats[stage, school], town.rules[stage]
    return max(0, min(int(row["classes"]) * class_size(rule, row), _room(town, stages, [(stage, school)])))


def _room(town: Town, stages: Sequence[str], units: list[tuple[str, int]]) -> int:
    """What a school's size leaves for the stages that are planned, after the pupils who are not placed here."""
    school = units[0][1]
    limit = min(cap(town, school, town.rules[stage]) for stage, _ in units)
    return max(0, limit - others(town, stages, school))


def others(town: Town, stages: Sequence[str], school: int) -> int:
    """Pupils of a school who are not placed here: those in no table, and those of today in a stage left out."""
    filed = int(town.schools[school]["other_pupils"] or 0)
    code = town.schools[school]["school_code"]
    today = sum(
        int(row["pupils"])
        for stage, rows in town.pupils.items()
        if stage not in stages
        for row in rows
        if row["school_code"] == code
    )
    return filed + today


def _within_reach(town: Town, problem: Problem) -> Problem:
    """Strike out the pairs that no zone in one piece can have.

    Raises:
        BlockOutOfReachError: a group that then has no unit left.
    """
    cost = problem.cost.copy()
    for unit, anchors in enumerate(problem.anchors):
        allowed = set(np.flatnonzero(cost[:, unit] != NEVER).tolist())
        walked = reach(problem, sorted(anchors), allowed)
        cost[sorted(set(range(problem.groups)) - walked), unit] = NEVER
    lost = np.flatnonzero((cost == NEVER).all(axis=1)).tolist()
    if lost:
        count = len(town.blocks)
        far = [group for group in lost if (problem.cost[group] == NEVER).all()]
        names = list(dict.fromkeys(_called(town.blocks[group % count]) for group in lost))
        reason = "没有路程，或都超过最远路程" if far else "不与任何学校所在的一片相连，或中间的地块超过最远路程"
        raise BlockOutOfReachError(count=len(names), blocks="、".join(names[:10]), reason=reason)
    return replace(problem, cost=cost)


def _called(block: Row) -> str:
    return str(block["block_name"] or block["block_code"])
