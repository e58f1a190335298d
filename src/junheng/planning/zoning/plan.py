"""Plan zones: read facts, state, solve, check, and tell what a new or a closed school would change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from junheng.planning.zoning.check import Answer, Check, check_zoning
from junheng.planning.zoning.errors import (
    NothingToZoneError,
    NoZoningFoundError,
    PlanRefusedError,
    UnknownSchoolError,
)
from junheng.planning.zoning.figures import Facts
from junheng.planning.zoning.inputs import Inputs
from junheng.planning.zoning.problem import Ints
from junheng.planning.zoning.solve import Tell, solve
from junheng.planning.zoning.statement import state
from junheng.planning.zoning.town import Town, build_town
from junheng.verdict.judgement import Judgement

SECONDS, GAP = 60.0, 1e-3


@dataclass(frozen=True)
class Proof:
    """How good a zoning can at most be: both in whole pupil-metres (pupil-seconds).

    Attributes:
        asked: the relative gap at which to stop; ``in_time``: whether every search came so far.
    """

    value: int
    bound: int
    seconds: float
    asked: float
    in_time: bool

    @property
    def gap(self) -> float:
        return 0.0 if self.bound >= self.value else (self.value - self.bound) / self.value

    @property
    def status(self) -> str:
        return "optimal" if self.bound >= self.value else "within_gap" if self.gap <= self.asked else "feasible"


@dataclass(frozen=True)
class Zoning:
    """One checked zoning of a town."""

    facts: Facts
    proof: Proof
    checks: tuple[Check, ...]


@dataclass(frozen=True)
class ZoningPlan:
    """A zoning plan, and beside it the same without the schools that it opens or closes.

    Attributes:
        zoning: what is planned; ``without``: the same with no school opened or closed, None where none is.
        opened, closed: codes of schools, as asked for.
        judgement: the county's, with which the new enrolment is judged again; None where none was given.
    """

    inputs: Inputs
    town: Town
    zoning: Zoning
    without: Zoning | None
    opened: tuple[str, ...]
    closed: tuple[str, ...]
    judgement: Judgement | None

    @property
    def stages(self) -> tuple[str, ...]:
        return tuple(self.zoning.facts.schools)

    def document(self) -> dict[str, Any]:
        """The plan as plain data: the contract with everything that shows it."""
        from junheng.planning.zoning.document import document  # it reads the types above

        return document(self)


def plan_zoning(
    inputs: Inputs,
    *,
    stages: Sequence[str] = (),
    opened: Sequence[str] = (),
    closed: Sequence[str] = (),
    seconds: float = SECONDS,
    gap: float = GAP,
    judgement: Judgement | None = None,
    tell: Tell | None = None,
) -> ZoningPlan:
    """Plan zones in one piece with enough seats at the least way to school.

    Args:
        inputs: see ``read_inputs``.
        stages: ``primary``, ``junior``; every stage with pupils by default.
        opened, closed: codes of schools to open (planned ones) or to close: the answer is given with and without.
        seconds: time for each stage, with and without.
        gap: relative distance to the proven bound at which to stop; 0 asks for the optimum.
        judgement: the county as judged; its coefficients are then shown before and after.
        tell: called now and then with (best value, best bound) in pupil-metres; False ends the search.

    Raises:
        InputsRefusedError, SchoolNowhereError, NeighboursUnknownError, NothingToZoneError, BlockOutOfReachError,
        UnknownSchoolError: the inputs give no problem to solve, with what is missing.
        NoZoningFoundError: no plan was found in time.
        PlanRefusedError: the independent check found a fault.
    """
    town = build_town(inputs)
    wanted = [stage for stage in town.rules if not stages or stage in stages]
    if not wanted:
        raise NothingToZoneError(stage="")
    standing = frozenset(at for at, row in enumerate(town.schools) if row["status"] in (None, "open"))
    opened, closed = tuple(dict.fromkeys(opened)), tuple(dict.fromkeys(closed))
    changed = _changed(town, standing, opened, closed)
    zoning = _solve(inputs, town, wanted, changed, seconds, gap, tell)
    without = _solve(inputs, town, wanted, standing, seconds, gap, tell) if opened or closed else None
    return ZoningPlan(inputs, town, zoning, without, opened, closed, judgement)


def _changed(town: Town, standing: frozenset[int], opened: Sequence[str], closed: Sequence[str]) -> frozenset[int]:
    """The schools that take pupils once some are opened and some closed."""
    changed = set(standing)
    for code in opened:
        if code in closed:
            raise UnknownSchoolError(option="--open", school=code, reason="同时写在 --close 里，不知道是启用还是停办")
    for option, codes in (("--open", opened), ("--close", closed)):
        for code in codes:
            at = town.school(code)
            if at is None:
                raise UnknownSchoolError(option=option, school=code, reason="没有这所学校")
            if (at in standing) == (option == "--open"):
                reason = "本来就在招生" if option == "--open" else "本来就不招生"
                raise UnknownSchoolError(option=option, school=code, reason=reason)
            if option == "--open":
                changed.add(at)
            else:
                changed.discard(at)
    return frozenset(changed)


def _solve(
    inputs: Inputs,
    town: Town,
    stages: Sequence[str],
    open_schools: frozenset[int],
    seconds: float,
    gap: float,
    tell: Tell | None,
) -> Zoning:
    schools: dict[str, Ints] = {}
    value = bound = 0
    spent, in_time = 0.0, True
    for statement in state(town, stages, open_schools):
        own = seconds * len(statement.stages)
        found = solve(statement.problem, seconds=own, gap=gap, tell=tell)
        if found is None:
            raise NoZoningFoundError(seconds=f"{own:g}")
        schools |= statement.schools(found.owner)
        in_time &= found.gap <= gap
        value, bound, spent = value + found.value, bound + found.bound, spent + found.seconds
    of_stage = {stage: [int(school) for school in schools[stage]] for stage in stages}
    facts = Facts(town, open_schools, of_stage)
    codes = [str(row["school_code"]) for row in town.schools]
    checks = check_zoning(inputs, _answer(facts, codes, value), {codes[school] for school in open_schools})
    faults = [check.says.zh for check in checks if check.must and not check.ok]
    if faults:
        raise PlanRefusedError(faults="；".join(faults))
    return Zoning(facts, Proof(value, bound, spent, gap, in_time), tuple(checks))


def _answer(facts: Facts, codes: Sequence[str], value: int) -> Answer:
    """A plan as it is told: by code, so that the check need know nothing of positions."""
    blocks = [str(row["block_code"]) for row in facts.town.blocks]
    return Answer(
        schools={
            stage: {b: codes[s] for b, s in zip(blocks, own, strict=True)} for stage, own in facts.schools.items()
        },
        ways={
            stage: {b: int(facts.town.ways[stage][at, s]) for at, (b, s) in enumerate(zip(blocks, own, strict=True))}
            for stage, own in facts.schools.items()
        },
        missing=facts.missing(),
        value=value,
    )
