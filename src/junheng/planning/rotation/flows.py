"""Who may flow where: teachers who are alike to every rule as groups, and the schools each group may be sent to."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor

import numpy as np
from numpy.typing import NDArray

from junheng.planning.rotation.inputs import Inputs, Teacher
from junheng.planning.rotation.needs import Need, Sort
from junheng.planning.solvers.program import Indexes

TENTHS = 10  # in a kilometre: distances are whole tenths


@dataclass(frozen=True)
class Group:
    """Teachers who are alike to every rule, the longest at the school first; ``target``: where they must go."""

    school: int
    stage: str
    subject: str
    backbone: bool
    served: bool
    counts: tuple[int, ...]  # per sort of need of the stage, how much each teacher adds
    target: int | None
    members: tuple[Teacher, ...]


def find_groups(inputs: Inputs, needs: Sequence[Need], codes: Sequence[str], *, bound: bool) -> tuple[Group, ...]:
    """The groups of those who can move; with ``bound`` those whom the county has assigned form groups of their own."""
    number = {code: index for index, code in enumerate(codes)}
    sorts: dict[str, dict[str, Sort]] = {}
    for need in needs:
        if need.sort.kind != "post":  # within a subject all count alike for posts
            sorts.setdefault(need.stage, {}).setdefault(need.sort.what, need.sort)
    alike: dict[tuple[int, str, str, bool, bool, tuple[int, ...], int | None], list[Teacher]] = {}
    for teacher in inputs.teachers:
        is_bound = bound and bool(teacher.must_go_to)
        if not teacher.can_move:
            continue
        counts = tuple(sort.counts(teacher) for sort in sorts.get(teacher.stage, {}).values())
        target = number[teacher.must_go_to] if is_bound else None
        key = (number[teacher.school], teacher.stage, teacher.subject, teacher.backbone, teacher.served, counts, target)
        alike.setdefault(key, []).append(teacher)
    groups = [
        Group(school, stage, subject, backbone, served, counts, target, tuple(sorted(members, key=_longest_first)))
        for (school, stage, subject, backbone, served, counts, target), members in alike.items()
    ]
    return tuple(sorted(groups, key=lambda group: (group.school, group.stage, group.members[0].code)))


def _longest_first(teacher: Teacher) -> tuple[Fraction, str]:
    """Years that nobody filed come last."""
    return (-teacher.years if teacher.years is not None else Fraction(1), teacher.code)


class Reach:
    """Which schools teachers can be sent to."""

    def __init__(self, inputs: Inputs, codes: Sequence[str], without: Collection[str]) -> None:
        known = [[inputs.distances.tenths(here, there) for there in codes] for here in codes]
        longest_known = max((tenths for row in known for tenths in row if tenths is not None), default=0)
        unknown = np.array([[tenths is None for tenths in row] for row in known], dtype=bool).reshape(len(codes), -1)
        self.tenths: Indexes = np.array(
            [[longest_known if tenths is None else tenths for tenths in row] for row in known], dtype=np.int64
        ).reshape(len(codes), -1)
        longest = None if "longest_distance" in without else inputs.rules["longest_distance"]
        self.within: NDArray[np.bool_] = ~np.eye(len(codes), dtype=bool)
        if longest is not None:
            self.within &= (self.tenths <= floor(longest * TENTHS)) & ~unknown
        once = "hardship_once" not in without and inputs.rules["hardship_once"] is not None
        self.hard = np.array([school.hardship and once for school in inputs.schools.values()], dtype=bool)
        taught = {key for key, posts in (*inputs.staff.items(), *inputs.posts.items()) if posts}
        self.taught: dict[tuple[str, str], NDArray[np.bool_]] = {}
        for school, stage, subject in taught:
            of = self.taught.setdefault((stage, subject), np.zeros(len(codes), dtype=bool))
            of[codes.index(school)] = True

    def arcs(self, groups: Sequence[Group]) -> tuple[Indexes, Indexes]:
        """(group, target) of every arc: within reach, its subject taught or needed there, no hardship twice. (A,)"""
        found_groups: list[Indexes] = []
        found_targets: list[Indexes] = []
        for index, group in enumerate(groups):
            allowed = self.within[group.school] & ~(self.hard & group.served)
            if group.target is None:
                allowed = allowed & self.taught[group.stage, group.subject]
            else:  # its rules were seen to when the inputs were read
                allowed = np.arange(len(self.within)) == group.target
            targets = np.flatnonzero(allowed)
            found_groups.append(np.full(len(targets), index, dtype=np.int64))
            found_targets.append(targets)
        empty = np.empty(0, dtype=np.int64)
        return np.concatenate([empty, *found_groups]), np.concatenate([empty, *found_targets])
