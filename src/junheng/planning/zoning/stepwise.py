"""Stepwise contiguity: a block may belong to a school only if a neighbour nearer to it does too.

Following nearer neighbours leads to the school, so zones under this rule are whole; not every whole zone obeys it. It
finds good plans fast and proves nothing: bounds come from programs without it.
"""

from __future__ import annotations

import heapq

import numpy as np
from numpy.typing import NDArray

from junheng.planning.zoning.problem import Owner, Problem

Step = tuple[int, int, tuple[int, ...]]  # group, unit, its neighbours nearer to the school


class Stepwise:
    """The rule for each unit, from a root in its zone; kept, as roots seldom change."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._nearer: dict[tuple[int, int], list[tuple[int, ...]]] = {}

    def steps(self, pool: NDArray[np.bool_], owner: Owner, units: list[int]) -> list[Step]:
        """The rule for every pair of the pool at these units, but for those where ``owner`` itself breaks it.

        The plan one starts from stays feasible that way; what is loose because of it, cuts and repair see to.
        """
        found = []
        for unit in units:
            root = self._root(owner, unit)
            nearer = self._of(unit, root)
            for group in np.flatnonzero(pool[:, unit]).tolist():
                if group == root:
                    continue
                is_broken = owner[group] == unit and not any(owner[near] == unit for near in nearer[group])
                if not is_broken:
                    found.append((group, unit, nearer[group]))
        return found

    def _root(self, owner: Owner, unit: int) -> int:
        """The school's own block, or where that is another school's, the block near it that the zone begins with."""
        home = self._problem.units[unit].home
        if owner[home] == unit:
            return home
        near = [group for group in sorted(self._problem.anchors[unit]) if owner[group] == unit]
        return min(near, key=lambda group: int(self._problem.way[group, unit]), default=home)

    def _of(self, unit: int, root: int) -> list[tuple[int, ...]]:
        """By group, the neighbours nearer to the root, along ways that never come nearer than they must."""
        if (unit, root) not in self._nearer:
            problem = self._problem
            way = problem.way[:, unit].tolist()
            far = [float("inf")] * problem.groups
            far[root] = 0.0
            queue: list[tuple[float, int]] = [(0.0, root)]
            while queue:
                so_far, group = heapq.heappop(queue)
                if so_far > far[group]:
                    continue
                for near in problem.neighbours[group]:
                    # Walking away from the school costs what it adds; walking towards it is no gain, but a step.
                    reached = so_far + max(1, way[near] - way[group])
                    if reached < far[near]:
                        far[near] = reached
                        heapq.heappush(queue, (reached, near))
            self._nearer[unit, root] = [
                tuple(near for near in problem.neighbours[group] if far[near] < far[group])
                for group in range(problem.groups)
            ]
        return self._nearer[unit, root]
