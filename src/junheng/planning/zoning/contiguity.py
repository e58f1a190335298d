"""Zones in one piece: find what hangs loose, and state the cut that forbids it.

A zone is in one piece when it is connected in the graph of neighbours and holds the school's block or a block that
touches it (two schools may stand in one block). Both cuts hold for every such zone, so adding them loses no plan:

* a part C that touches no block near the school: x_b ≤ Σ_{v∈S} x_v for b in C, S a set that every path from C to a
  block near the school meets;
* two parts C and D that both do (possible only where the zone leaves the school's own block out):
  x_a + x_b ≤ 1 + Σ_{v∈S} x_v for a in C, b in D, S a set that every path from C to D meets.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from junheng.planning.zoning.problem import Floats, Owner, Problem

_PER_PART = 12  # blocks of a loose part that get a cut of their own, those with the most pupils
_LEAST_SHARE = 1e-6  # below this a fraction is the solver's dust


@dataclass(frozen=True)
class Cut:
    """Σ x(together, unit) − Σ x(separator, unit) ≤ len(together) − 1."""

    unit: int
    together: tuple[int, ...]
    separator: tuple[int, ...]


def members_of(problem: Problem, owner: Owner) -> list[set[int]]:
    zones: list[set[int]] = [set() for _ in problem.units]
    for group, unit in enumerate(owner.tolist()):
        if unit >= 0:
            zones[unit].add(group)
    return zones


def reach(problem: Problem, start: Iterable[int], within: set[int]) -> set[int]:
    """What can be walked to from ``start`` inside ``within``."""
    queue = [group for group in start if group in within]
    seen = set(queue)
    while queue:
        for near in problem.neighbours[queue.pop()]:
            if near in within and near not in seen:
                seen.add(near)
                queue.append(near)
    return seen


def parts_of(problem: Problem, zone: set[int]) -> list[set[int]]:
    """The connected parts, in the order of their smallest group."""
    left, parts = set(zone), []
    for group in sorted(zone):
        if group in left:
            parts.append(reach(problem, [group], left))
            left -= parts[-1]
    return parts


def is_whole(problem: Problem, unit: int, zone: set[int]) -> bool:
    """Whether a zone is in one piece at its school; an empty one is."""
    if not zone:
        return True
    near = zone & problem.anchors[unit]
    return bool(near) and len(reach(problem, [min(near)], zone)) == len(zone)


def kept_part(problem: Problem, unit: int, zone: set[int]) -> set[int]:
    """The part of a broken zone to keep: the one with the school's block, else the one near it with most pupils."""
    near = [part for part in parts_of(problem, zone) if part & problem.anchors[unit]]
    home = problem.units[unit].home
    return max(
        near, key=lambda part: (home in part, int(problem.pupils[sorted(part)].sum()), -min(part)), default=set()
    )


def cuts(problem: Problem, owner: Owner) -> Iterator[Cut]:
    """Cuts that forbid every broken zone of an assignment; none where all are whole."""
    everywhere = set(range(problem.groups))
    for unit, zone in enumerate(members_of(problem, owner)):
        if is_whole(problem, unit, zone):
            continue
        anchors = problem.anchors[unit]
        kept = kept_part(problem, unit, zone)
        for part in parts_of(problem, zone):
            if part is kept or part == kept:
                continue
            loose = sorted(part, key=lambda group: (-problem.pupils[group], group))[:_PER_PART]
            if not part & anchors:
                separator = _separator(problem, part, set(anchors), everywhere)
                for group in loose:
                    yield Cut(unit, (group,), separator)
            else:
                separator = _separator(problem, part, kept, everywhere)
                other = min(kept, key=lambda group: (-problem.pupils[group], group))
                for group in loose:
                    yield Cut(unit, (group, other), separator)


def loose_fractions(problem: Problem, shares: Floats) -> Iterator[Cut]:
    """Cuts that a fractional assignment breaks: parts of a zone's support that touch no block near the school.

    Args:
        shares: (groups, units), each row adding up to 1.
    """
    everywhere = set(range(problem.groups))
    for unit, anchors in enumerate(problem.anchors):
        support = set(np.flatnonzero(shares[:, unit] > _LEAST_SHARE).tolist())
        for part in parts_of(problem, support - reach(problem, anchors, support)):
            separator = _separator(problem, part, set(anchors), everywhere)
            for group in sorted(part, key=lambda member: (-shares[member, unit], member))[:_PER_PART]:
                yield Cut(unit, (group,), separator)


def _separator(problem: Problem, part: set[int], target: set[int], everywhere: set[int]) -> tuple[int, ...]:
    """A smallest-possible set of groups around ``part`` that every path from it to ``target`` meets."""
    ring = {near for group in part for near in problem.neighbours[group]} - part
    beyond = reach(problem, target - ring, everywhere - ring - part)
    touched = {near for group in beyond for near in problem.neighbours[group]}
    return tuple(sorted(group for group in ring if group in touched or group in target))
