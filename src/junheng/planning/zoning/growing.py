"""Make a plan whose zones are whole out of any assignment, and better it by small changes. Fast; proves nothing."""

from __future__ import annotations

import heapq
from time import perf_counter

import numpy as np

from junheng.planning.zoning.contiguity import is_whole, kept_part, members_of
from junheng.planning.zoning.problem import NEVER, Floats, Owner, Problem


def repair(problem: Problem, owner: Owner, excess: Floats, until: float) -> Owner | None:
    """Keep of every zone the part at its school, let what hangs loose join its neighbours, and better the result.

    Args:
        owner: any assignment, −1 where a group goes nowhere yet.
        excess: (groups, units) by which loose groups choose.
        until: when (``perf_counter``) to stop looking for better.

    Returns:
        An assignment with whole zones, or None where some group has no zone beside it that it may go to.
    """
    owner = owner.copy()
    for unit, zone in enumerate(members_of(problem, owner)):
        if not is_whole(problem, unit, zone):
            owner[sorted(zone - kept_part(problem, unit, zone))] = -1
    if not _grow(problem, owner, excess):
        return None
    _Bettering(problem, owner).run(until)
    return owner


def _grow(problem: Problem, owner: Owner, excess: Floats) -> bool:
    """Give every loose group to a zone beside it, the least excess first; False where one is left over."""
    queue: list[tuple[float, int, int]] = []

    def offer(group: int, unit: int) -> None:
        if problem.cost[group, unit] != NEVER:
            heapq.heappush(queue, (float(excess[group, unit]), group, unit))

    zones = members_of(problem, owner)
    for group in np.flatnonzero(owner < 0).tolist():
        for unit in sorted({int(owner[near]) for near in problem.neighbours[group]} - {-1}):
            offer(group, unit)
    for unit, zone in enumerate(zones):
        if not zone:
            for group in sorted(problem.anchors[unit]):
                offer(group, unit)
    while queue:
        _, group, unit = heapq.heappop(queue)
        if owner[group] >= 0 or (not zones[unit] and group not in problem.anchors[unit]):
            continue
        # Offered as the first block of a zone that has since begun elsewhere: only beside it now.
        if zones[unit] and not any(owner[near] == unit for near in problem.neighbours[group]):
            continue
        owner[group] = unit
        zones[unit].add(group)
        for near in problem.neighbours[group]:
            if owner[near] < 0:
                offer(near, unit)
    return bool((owner >= 0).all())


class _Bettering:
    """Moves of one group, and exchanges of two, that keep zones whole and lower the value."""

    def __init__(self, problem: Problem, owner: Owner) -> None:
        self.problem, self.owner = problem, owner
        self.zones = members_of(problem, owner)
        self.loads, self.entry = problem.loads(owner)

    def run(self, until: float) -> None:
        """Until nothing helps or the time is over."""
        bettered = True
        while bettered:
            bettered = False
            for group in range(self.problem.groups):
                if perf_counter() > until:
                    return
                bettered |= any(self._try([(group, unit)]) for unit in self._beside(group))
            for group in range(self.problem.groups):
                if perf_counter() > until:
                    return
                bettered |= self._exchange(group)

    def _beside(self, group: int) -> list[int]:
        """The other zones that this group touches, or could be the first block of, and may go to."""
        own = int(self.owner[group])
        beside = {int(self.owner[near]) for near in self.problem.neighbours[group]}
        beside |= {unit for unit, zone in enumerate(self.zones) if not zone and group in self.problem.anchors[unit]}
        return [unit for unit in sorted(beside - {own}) if self.problem.cost[group, unit] != NEVER]

    def _exchange(self, group: int) -> bool:
        """Move a group to a zone beside it while one of that zone moves on or comes back."""
        for unit in self._beside(group):
            if self.loads[unit] + self.problem.pupils[group] <= self.problem.units[unit].seats:
                continue  # there is room: a move alone was tried
            for other in sorted(self.zones[unit]):
                if any(self._try([(group, unit), (other, to)]) for to in self._beside(other) if other != group):
                    return True
        return False

    def _try(self, moves: list[tuple[int, int]]) -> bool:
        """Make the moves if they lower the value and leave every zone whole."""
        problem, owner = self.problem, self.owner
        changed = sorted({int(owner[group]) for group, _ in moves} | {unit for _, unit in moves})
        was = [(group, int(owner[group])) for group, _ in moves]
        before = self._penalties(changed) + sum(int(problem.cost[group, unit]) for group, unit in was)
        self._make(moves)
        after = self._penalties(changed) + sum(int(problem.cost[group, unit]) for group, unit in moves)
        if after < before and all(is_whole(problem, unit, self.zones[unit]) for unit in changed):
            return True
        self._make(was)
        return False

    def _make(self, moves: list[tuple[int, int]]) -> None:
        for group, unit in moves:
            own = int(self.owner[group])
            for zone, sign in ((own, -1), (unit, 1)):
                self.loads[zone] += sign * self.problem.pupils[group]
                self.entry[zone] += sign * self.problem.entry[group]
            self.zones[own].discard(group)
            self.zones[unit].add(group)
            self.owner[group] = unit

    def _penalties(self, units: list[int]) -> int:
        own = sum(self.problem.penalty(u, int(self.loads[u]), int(self.entry[u])) for u in units)
        return own + self.problem.size_penalty(self.loads)
