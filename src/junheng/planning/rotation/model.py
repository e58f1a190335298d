"""The rotation program: whole flows of like teachers between schools, one function a rule.

Teachers of one school, stage and subject who count alike for every need, and alike as backbone and for hardship, form a
group; x[a] is how many of a group go to one school (an arc a). No variable stands for a person.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

import numpy as np

from junheng.planning.rotation.flows import TENTHS, Group, Reach, find_groups
from junheng.planning.rotation.inputs import Inputs
from junheng.planning.rotation.needs import Need, Sort
from junheng.planning.solvers.program import Floats, Indexes, Program, ProgramBuilder

# What may be left out of a program to find out which rules are in conflict; in the order they are tried.
RULES = (
    "assignments",
    "hardship_backbone",
    "headcount_change",
    "most_leaving",
    "staffed",
    "hardship_once",
    "longest_distance",
    "backbone_share",
    "least_share",
)
_KIND_WEIGHT = {"post": "weight_post", "indicator": "weight_indicator", "balance": "weight_balance"}


@dataclass(frozen=True)
class Model:
    """The program and what its variables mean.

    Attributes:
        codes: codes of the schools by number.
        groups: the groups; ``group``, ``target``, ``tenths``: (arcs,) group, school and distance of each arc, which is
            variable ``a`` of the program. Unknown distances, where they are allowed, count as the longest known one.
        needs: the needs; variable ``arcs + n`` says how many teachers need ``n`` lacks afterwards.
    """

    program: Program
    codes: tuple[str, ...]
    groups: tuple[Group, ...]
    group: Indexes
    target: Indexes
    tenths: Indexes
    needs: tuple[Need, ...]

    @property
    def arcs(self) -> int:
        return len(self.group)


def build(inputs: Inputs, needs: Sequence[Need], *, without: Collection[str] = ()) -> Model:
    """State the program.

    Args:
        without: names among ``RULES`` to leave out.
    """
    codes = tuple(inputs.schools)
    groups = find_groups(inputs, needs, codes, bound="assignments" not in without)
    reach = Reach(inputs, codes, without)
    group, target = reach.arcs(groups)
    tenths = reach.tenths[np.array([g.school for g in groups], dtype=np.int64)[group], target]
    statement = _Statement(inputs, groups, codes, group, target, tenths, tuple(needs), ProgramBuilder())
    statement.moves()
    for rule, state in (
        ("available", statement.available),
        ("least_share", statement.least_share),
        ("backbone_share", statement.backbone_share),
        ("most_leaving", statement.most_leaving),
        ("headcount_change", statement.headcount_change),
        ("staffed", statement.staffed),
        ("hardship_backbone", statement.hardship_backbone),
    ):
        if rule not in without and (rule not in inputs.rules.values or inputs.rules[rule] is not None):
            state()
    statement.needed()
    statement.even()
    return Model(statement.builder.program(), codes, groups, group, target, tenths, tuple(needs))


@dataclass(frozen=True)
class _Statement:
    """The rules, each over the arcs. S = schools, A = arcs, N = needs."""

    inputs: Inputs
    groups: tuple[Group, ...]
    codes: tuple[str, ...]
    group: Indexes
    target: Indexes
    tenths: Indexes
    needs: tuple[Need, ...]
    builder: ProgramBuilder

    @property
    def source(self) -> Indexes:
        return np.array([group.school for group in self.groups], dtype=np.int64)[self.group]

    @property
    def backbone(self) -> Floats:
        return np.array([group.backbone for group in self.groups], dtype=float)[self.group]

    @property
    def arcs(self) -> Indexes:
        return np.arange(len(self.group))

    def moves(self) -> None:
        """0 ≤ x[a] ≤ members of its group, whole; assigned groups go entirely. Cost: the move and its way. (A,)"""
        rules = self.inputs.rules
        size = np.array([len(group.members) for group in self.groups], dtype=float)[self.group]
        bound = np.array([group.target is not None for group in self.groups], dtype=bool)[self.group]
        cost = rules.weight("weight_move") * TENTHS + rules.weight("weight_distance") * self.tenths
        self.builder.variables(len(self.group), lower=np.where(bound, size, 0), upper=size, cost=cost, whole=True)

    def available(self) -> None:
        """Σ x over the arcs of a group ≤ its members. (groups,)"""
        size = [len(group.members) for group in self.groups]
        self.builder.rows("available", self.group, self.arcs, 1.0, upper=size, count=len(self.groups))

    def least_share(self) -> None:
        """Σ x ≥ ⌈share · eligible⌉. (1,)"""
        at_least = moves_needed(self.inputs)
        self.builder.rows("least_share", 0 * self.arcs, self.arcs, 1.0, lower=at_least, count=1)

    def backbone_share(self) -> None:
        """Σ backbone x ≥ share · Σ x, in whole numbers: of those who move, not of all backbone teachers. (1,)"""
        share = self.inputs.rules.share("backbone_share") or Fraction(0)
        factor = self.backbone * share.denominator - share.numerator
        self.builder.rows("backbone_share", 0 * self.arcs, self.arcs, factor, lower=0.0, count=1)

    def most_leaving(self) -> None:
        """Σ x out of a school ≤ ⌊share · its teachers⌋, 1 at least. (S,)"""
        share = self.inputs.rules.share("most_leaving") or Fraction(0)
        most = [max(1, floor(share * teachers)) for teachers in self._headcounts()]
        self.builder.rows("most_leaving", self.source, self.arcs, 1.0, upper=most, count=len(self.codes))

    def headcount_change(self) -> None:
        """|Σ x in − Σ x out| ≤ ⌈share · teachers of the school⌉. (S,)

        A school that opens, without a teacher as yet, may get as many as it has posts, 1 at least.
        """
        share = self.inputs.rules.share("headcount_change") or Fraction(0)
        posts = Counter[str]()
        for (school, _, _), count in self.inputs.posts.items():
            posts[school] += count
        drift = np.array(
            [
                ceil(share * teachers) if teachers else max(1, posts[code])
                for code, teachers in zip(self.codes, self._headcounts(), strict=True)
            ],
            dtype=float,
        )
        self._balance("headcount_change", self.target, self.source, 1.0, lower=-drift, upper=drift)

    def staffed(self) -> None:
        """Teachers of a subject after ≥ 1 wherever it is taught now. (subjects of stages of schools,)"""
        taught = [key for key, teachers in sorted(self.inputs.staff.items()) if teachers]
        rows = {key: row for row, key in enumerate(taught)}
        into, out = self._rows_of(rows)
        lower = [1 - self.inputs.staff[key] for key in taught]
        self._balance("staffed", into, out, 1.0, lower=lower, count=len(taught))

    def hardship_backbone(self) -> None:
        """Σ backbone x in − out ≥ −(how many a hardship school may lose). (hardship schools,)"""
        hard = [index for index, school in enumerate(self.inputs.schools.values()) if school.hardship]
        rows = np.full(len(self.codes), -1)
        rows[hard] = np.arange(len(hard))
        may_lose = float(self.inputs.rules["hardship_backbone"] or 0)
        into, out = rows[self.target], rows[self.source]
        self._balance("hardship_backbone", into, out, self.backbone, lower=-may_lose, count=len(hard))

    def needed(self) -> None:
        """before + Σ x in − Σ x out + lack ≥ need, each teacher counted as its sort says. (N,)"""
        weights = [self.inputs.rules.weight(_KIND_WEIGHT[need.sort.kind]) * TENTHS for need in self.needs]
        most = [need.need + len(need.sort.terms) * len(self.inputs.teachers) for need in self.needs]
        lack = self.builder.variables(len(self.needs), upper=most, cost=weights, whole=True)
        parts = [(np.arange(len(self.needs)), lack, np.ones(len(self.needs)))]
        number = {code: index for index, code in enumerate(self.codes)}
        for stage, sort, rows in self._sorts():
            adds = [sort.counts(group.members[0]) if group.stage == stage else 0 for group in self.groups]
            counted = np.array(adds, dtype=float)[self.group]
            row = np.full(len(self.codes), -1)
            for index in rows:
                row[number[self.needs[index].school]] = index
            for ends, sign in ((self.target, 1.0), (self.source, -1.0)):
                use = (counted != 0) & (row[ends] >= 0)
                parts.append((row[ends][use], self.arcs[use], sign * counted[use]))
        at, of, by = (np.concatenate([part[place] for part in parts]) for place in range(3))
        lower = [float(need.need - need.before) for need in self.needs]
        self.builder.rows("needed", at, of, by, lower=lower, count=len(self.needs))

    def even(self) -> None:
        """Σ x out of a school ≤ ⌈share · its eligible⌉ + excess: what one school gives beyond its part costs. (S,)"""
        weight = self.inputs.rules.weight("weight_uneven") * TENTHS
        excess = self.builder.variables(
            len(self.codes), cost=weight, whole=True, upper=float(len(self.inputs.teachers))
        )
        at, of = np.r_[self.source, np.arange(len(self.codes))], np.r_[self.arcs, excess]
        by = np.r_[np.ones(len(self.arcs)), -np.ones(len(self.codes))]
        self.builder.rows("even", at, of, by, upper=even_shares(self.inputs), count=len(self.codes))

    def _sorts(self) -> list[tuple[str, Sort, list[int]]]:
        """The needs of each stage and sort."""
        found: dict[tuple[str, str], tuple[str, Sort, list[int]]] = {}
        for index, need in enumerate(self.needs):
            found.setdefault((need.stage, need.sort.what), (need.stage, need.sort, []))[2].append(index)
        return list(found.values())

    def _headcounts(self) -> list[int]:
        return [sum(1 for teacher in self.inputs.teachers if teacher.school == code) for code in self.codes]

    def _rows_of(self, rows: dict[tuple[str, str, str], int]) -> tuple[Indexes, Indexes]:
        """Row of what each arc leads into and out of, −1 where none."""
        into, out = [], []
        for index, target in zip(self.group.tolist(), self.target.tolist(), strict=True):
            group = self.groups[index]
            into.append(rows.get((self.codes[target], group.stage, group.subject), -1))
            out.append(rows.get((self.codes[group.school], group.stage, group.subject), -1))
        return np.array(into, dtype=np.int64), np.array(out, dtype=np.int64)

    def _balance(
        self,
        rule: str,
        into: Indexes,
        out: Indexes,
        factor: Floats | float,
        *,
        lower: object = -np.inf,
        upper: object = np.inf,
        count: int | None = None,
    ) -> None:
        """Rows of what comes in less what goes out; ends of −1 lie outside."""
        by = np.broadcast_to(np.asarray(factor, dtype=float), (len(self.arcs),))
        at = np.r_[into, out]
        of, signed = np.r_[self.arcs, self.arcs], np.r_[by, -by]
        use = (at >= 0) & (signed != 0)
        rows = len(self.codes) if count is None else count
        self.builder.rows(rule, at[use], of[use], signed[use], lower=lower, upper=upper, count=rows)  # type: ignore[arg-type]


def moves_needed(inputs: Inputs) -> int:
    """The fewest who must move: ⌈share · eligible⌉, exactly."""
    return ceil((inputs.rules.share("least_share") or Fraction(0)) * inputs.eligible)


def even_shares(inputs: Inputs) -> list[int]:
    """What each school would send if all sent the least share of their eligible, rounded up."""
    share = inputs.rules.share("least_share") or Fraction(0)
    return [
        ceil(share * sum(1 for teacher in inputs.teachers if teacher.school == code and teacher.eligible))
        for code in inputs.schools
    ]
