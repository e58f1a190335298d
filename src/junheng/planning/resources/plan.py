"""填平补齐方案: the cheapest plan of one county, proven, written back and judged again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import inf

from junheng.base.exact import plain
from junheng.base.outcome import Outcome
from junheng.planning.resources.applied import Addition, with_additions
from junheng.planning.resources.binding import Binding, binding_limits
from junheng.planning.resources.composite import search_composite
from junheng.planning.resources.conflict import smallest_conflict
from junheng.planning.resources.document import document
from junheng.planning.resources.errors import (
    BudgetTooSmallError,
    NoPlanError,
    NotFoundInTimeError,
    PlanRefusedError,
    SeveralCountiesError,
    StoppedError,
)
from junheng.planning.resources.exactly import cost_of
from junheng.planning.resources.faults import fault_words, new_faults
from junheng.planning.resources.filed import check_filed, check_places
from junheng.planning.resources.measures import Inputs, check_confirmed
from junheng.planning.resources.model import MONEY, build
from junheng.planning.resources.parts import outcome_of, part_name
from junheng.planning.resources.schedule import Dated, spread_over_years
from junheng.planning.resources.search import Found, Tell, search
from junheng.planning.resources.state import state
from junheng.planning.resources.statement import Statement
from junheng.planning.resources.supposed import with_supposed
from junheng.tables.dataset import Dataset
from junheng.verdict.judge import BALANCE, RESOURCES, judge
from junheng.verdict.judgement import Judgement


@dataclass(frozen=True)
class ResourcePlan:
    """A plan that the judge accepts.

    Attributes:
        snapshot: name of the data as they were given, without what was supposed.
        additions: what each school gets (or gives), dated.
        cost: 元; ``bound``: no plan costs less; ``gap``: what the plan may be above the best, relative.
        proven: whether the gap is the one that was asked for.
        before: the judgement the plan was made from, with what was supposed; ``after``: the same after the plan.
    """

    county: str
    inputs: Inputs
    statement: Statement
    snapshot: str
    additions: tuple[Dated, ...]
    cost: Fraction
    bound: Fraction
    proven: bool
    seconds: float
    before: Judgement
    after: Judgement
    binding: tuple[Binding, ...]
    steps: tuple[tuple[str, float, float, float], ...]

    @property
    def gap(self) -> float:
        return 0.0 if self.cost <= 0 else float((self.cost - self.bound) / self.cost)

    def document(self) -> dict[str, object]:
        """The plan as data: see the module ``document``."""
        return document(self)


def plan_resources(
    judgement: Judgement,
    inputs: Inputs,
    *,
    county: str | None = None,
    seconds: float = 60.0,
    gap: float = 1e-3,
    tell: Tell | None = None,
    explain: bool = True,
) -> ResourcePlan:
    """Find the cheapest additions after which every school and the county keep the rules of resources and balance.

    Args:
        county: the county's code, where the judgement has several.
        seconds: how long to search at most; explaining what binds, or why there is no plan, comes after.
        gap: relative gap at which the search ends.
        tell: called now and then with (step, best value in 万元, best bound); False ends the search.
        explain: whether to work out what each binding limit costs.

    Raises:
        JunhengError: see ``errors``: what is missing, contradictory or impossible, and what to do.
    """
    check_confirmed(inputs)
    code = one_county(judgement, county)
    before = _supposed(judgement, inputs)
    check_filed(before, code)
    check_places(before, inputs, code)
    statement = state(before, inputs, code)
    model = build(statement)
    find = search_composite if statement.composite else search
    found = find(model, seconds=seconds, gap=gap, tell=tell)
    if found.amounts is None:
        raise _why_none(statement, found, seconds)
    additions = _additions(statement, found.amounts)
    after = _judged_again(before, additions)
    _accept(before, after, code)
    dated = spread_over_years(additions, inputs)
    cost = sum((one.cost for one in dated), Fraction(0))
    bound = min(Fraction(max(found.bound, 0.0)) * int(MONEY), cost)
    return ResourcePlan(
        county=code,
        inputs=inputs,
        statement=statement,
        snapshot=judgement.snapshot,
        additions=tuple(dated),
        cost=cost,
        bound=bound,
        proven=float(cost - bound) <= gap * float(cost),
        seconds=found.seconds,
        before=before,
        after=after,
        binding=tuple(binding_limits(model, found, tell)) if explain else (),
        steps=found.steps,
    )


def one_county(judgement: Judgement, county: str | None) -> str:
    """The county to plan for.

    Raises:
        SeveralCountiesError: there are several and none was named, or one that is not there.
    """
    codes = judgement.counties["county_code"].to_list()
    if county is None and len(codes) == 1:
        return str(codes[0])
    if county not in codes:
        raise SeveralCountiesError(count=len(codes), names="、".join(codes[:10]))
    return str(county)


def _supposed(judgement: Judgement, inputs: Inputs) -> Judgement:
    if not inputs.supposed:
        return judgement
    return _again(judgement, with_supposed(judgement.dataset, judgement.year, inputs))


def _again(judgement: Judgement, dataset: Dataset) -> Judgement:
    """The same judgement of other data. Its standard is that of its day, relaxations applied."""
    gate = judgement.gate.standard if judgement.gate else None
    again = judge(dataset, judgement.standard, judgement.day, year=judgement.year, gate=gate)
    return replace(again, relax=judgement.relax)


def _why_none(statement: Statement, found: Found, seconds: float) -> Exception:
    """Why there is no plan: too little money, limits that exclude each other, or too little time."""
    if found.stopped:
        return StoppedError()
    if found.bound != inf:
        return NotFoundInTimeError(seconds=plain(seconds))
    if statement.budget is not None:
        free = search(build(replace(statement, budget=None)), seconds=seconds)
        if free.amounts is not None:
            least, cost = Fraction(max(free.bound, 0.0)) * int(MONEY), cost_of(statement, free.amounts)
            return BudgetTooSmallError(budget=statement.budget, least=least, cost=cost)
    return NoPlanError(smallest_conflict(statement))


def _additions(statement: Statement, amounts: Sequence[Fraction]) -> list[Addition]:
    found: dict[tuple[str, str | None, str], Fraction] = {}
    for decision, amount in zip(statement.decisions, amounts, strict=True):
        key = (decision.school, decision.stage, decision.measure)
        found[key] = found.get(key, Fraction(0)) + (-amount if decision.way == "give" else amount)
    return [Addition(*key, amount) for key, amount in found.items() if amount]


def _judged_again(before: Judgement, additions: Sequence[Addition]) -> Judgement:
    dataset = with_additions(before.dataset, before.year, additions, members=before.computed.members)
    if faults := new_faults(before.dataset, dataset):
        raise PlanRefusedError(what=fault_words(faults[0]))
    return _again(before, dataset)


def _accept(before: Judgement, after: Judgement, county: str) -> None:
    """See that the judge passes what the plan promises.

    Raises:
        PlanRefusedError: a school or a coefficient still misses its limit.
    """
    for part in (RESOURCES, BALANCE):
        if outcome_of(after, county, part) == str(Outcome.UNMET):
            raise PlanRefusedError(what=part_name(after, part))
    for part in before.parts.filter(before.parts["county_code"] == county)["part"]:
        was, now = outcome_of(before, county, part), outcome_of(after, county, part)
        if was == str(Outcome.MET) and now == str(Outcome.UNMET):
            raise PlanRefusedError(what=part_name(after, part))
