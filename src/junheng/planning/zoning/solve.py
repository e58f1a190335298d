"""Solve the zoning problem: prices, whole numbers, cuts, repair, until the plan is proven or the time is over.

What is proven: the plan returned is feasible (its zones are whole by construction), and ``bound`` holds for every plan
whose zones are whole. The bound comes from programs that state contiguity only by cuts which every such plan obeys,
over all pairs or over a pool whose complement is bounded by prices; the gap is therefore true at every size. Where
value and bound meet, no better plan exists. Time decides only how far apart they are.

The stepwise rule (``stepwise``) finds good plans of large problems fast. It demands more than contiguity, so no bound
is ever taken from a program that states it.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter

import numpy as np

from junheng.planning.solvers.highs import solve_linear
from junheng.planning.zoning.contiguity import Cut, cuts, members_of
from junheng.planning.zoning.errors import SearchContradictsItselfError
from junheng.planning.zoning.growing import repair
from junheng.planning.zoning.model import SCALE, build
from junheng.planning.zoning.problem import NEVER, Owner, Problem
from junheng.planning.zoning.relaxation import Prices, Relaxation, relax
from junheng.planning.zoning.stepwise import Stepwise

_EXACT = 600  # pairs within which the whole problem is taken at once
_FIRST_POOL = 8  # pairs a group in the first pool of a larger one, on average
_GROWTH = 2
_TOGETHER = 8  # units whose zones are bettered together in a sweep
_FOR_PRICES = 0.3
_SWEEP_SECONDS = 3.0
_SWEEP_GAP = 2e-5
# Of the time for a large problem: its prices, the search over all schools at once, the proof at the end.
_AT_ONCE = 0.4
_FOR_PROOF = 0.25
_TOLERANCE = 1e-9  # relative gap asked of the solver in each round; costs are whole numbers

Tell = Callable[[float, float], bool]  # (best value, best bound) → whether to go on


@dataclass(frozen=True)
class Solution:
    """The best plan found and how good it can at most be.

    Attributes:
        owner: (groups,) the unit of each group.
        value, bound: in pupil-metres; no plan with whole zones costs less than ``bound``.
        rounds: programs solved; ``cuts``: cuts that were needed.
    """

    owner: Owner
    value: int
    bound: int
    seconds: float
    rounds: int
    cuts: int

    @property
    def is_optimal(self) -> bool:
        return self.bound >= self.value

    @property
    def gap(self) -> float:
        """(value − bound) / value."""
        return 0.0 if self.is_optimal else (self.value - self.bound) / self.value


def solve(problem: Problem, *, seconds: float, gap: float = 0.0, tell: Tell | None = None) -> Solution | None:
    """Find the least-cost assignment with whole zones; None where none was found in time.

    Args:
        gap: relative distance of value and bound at which to stop; 0 asks for the optimum.
        tell: called now and then; when it returns False the best plan so far is returned.

    Raises:
        SearchContradictsItselfError: the solver denies that there is a plan while one is known.
    """
    return _Search(problem, seconds, gap, tell).run()


class _Search:
    def __init__(self, problem: Problem, seconds: float, gap: float, tell: Tell | None) -> None:
        self.problem, self.gap, self.tell = problem, gap, tell
        self.began = perf_counter()
        self.until = self.began + seconds
        self.owner: Owner | None = None
        self.value = math.inf
        self.bound = -math.inf
        self.cuts: dict[Cut, None] = {}
        self.rounds = 0
        self.stopped = False
        self.stepwise = Stepwise(problem)

    def run(self) -> Solution | None:
        allowed = self.problem.cost != NEVER
        if not allowed.any(axis=1).all():
            return None
        relaxed = relax(self.problem, seconds=_FOR_PRICES * self._left())
        if relaxed is None:  # no time for prices: a plan all the same, without a bound
            relaxed = Relaxation(Prices(-math.inf, np.where(allowed, self.problem.cost, np.inf).astype(float)), ())
        prices = relaxed.prices
        self.cuts.update(dict.fromkeys(relaxed.cuts))
        self._raise_bound(prices.bound)
        self._offer(repair(self.problem, self._nearest(prices), prices.excess, self._half_time()))
        reach = self._first_reach(prices)
        if math.isfinite(reach) and self.owner is not None:
            self._search(prices, reach)
        while not self._is_done():
            reach = min(reach, self.value - prices.bound)
            finished = self._round(prices, reach)
            if finished is None:
                break
            if finished:
                reach = reach * _GROWTH + 1
        if self.owner is None:
            return None
        bound = min(int(self.value), math.ceil(max(0.0, self.bound) - 1e-3)) if math.isfinite(self.bound) else 0
        return Solution(self.owner, int(self.value), bound, perf_counter() - self.began, self.rounds, len(self.cuts))

    def _round(self, prices: Prices, reach: float) -> bool | None:
        """Solve over the pool within ``reach``.

        Returns:
            True: solved, a wider pool may hold better. False: cuts were added. None: nothing is left to do, or no time.
        """
        problem = self.problem
        is_all = reach >= self.value - prices.bound  # what is outside is in no better plan
        pool = prices.excess <= reach
        if self.owner is not None:
            pool[np.arange(problem.groups), self.owner] = True
        model = build(problem, pool, list(self.cuts))
        start = None if self.owner is None else model.point(self.owner)
        outside = prices.bound + reach  # a plan that leaves the pool costs more than this
        answer = solve_linear(
            model.program,
            seconds=self._left(),
            gap=max(_TOLERANCE, self.gap / 4),
            start=start,
            tell=self._telling(outside),
        )
        self.rounds += 1
        if answer.status == "infeasible":
            if self.owner is not None:  # its pairs are in the pool and it keeps every cut: the program is at fault
                raise SearchContradictsItselfError
            # The pool is too narrow for a plan, or there is none at all.
            self._raise_bound(math.inf if is_all else outside)
            return None if is_all else True
        self._raise_bound(min(answer.bound * SCALE, math.inf if is_all else outside))
        if answer.x is None:
            return None
        owner = model.owner(answer.x)
        found = [cut for cut in cuts(problem, owner) if cut not in self.cuts]
        self.cuts.update(dict.fromkeys(found))
        self._offer(repair(problem, owner, prices.excess, self._half_time()))
        if found:
            return False
        return None if is_all or answer.status != "optimal" else True

    def _search(self, prices: Prices, reach: float) -> None:
        """Look for a good plan of a large problem before any proof: all schools at once, then a few at a time."""
        everyone = list(range(len(self.problem.units)))
        whole = self.until - self.began
        self._better(prices, reach, everyone, self.began + _AT_ONCE * whole)
        until = self.began + (1 - _FOR_PROOF) * whole
        if len(everyone) <= _TOGETHER:
            return
        stale: set[int] = set()
        while len(stale) < len(everyone):
            for unit in everyone:
                if unit in stale:
                    continue
                if self._is_done() or perf_counter() > until:
                    return
                chosen, before = self._around(unit), self.value
                self._better(prices, reach, chosen, min(until, perf_counter() + _SWEEP_SECONDS))
                stale.add(unit)
                if self.value < before:
                    stale -= set(chosen) - {unit}

    def _better(self, prices: Prices, reach: float, chosen: list[int], until: float) -> None:
        """Better the zones of the chosen units under the stepwise rule, the others standing as they are."""
        assert self.owner is not None
        free = np.isin(self.owner, chosen)
        pool = np.zeros_like(prices.excess, dtype=bool)
        pool[:, chosen] = free[:, None] & (prices.excess[:, chosen] <= reach)
        pool[np.arange(self.problem.groups), self.owner] = True
        steps = self.stepwise.steps(pool & free[:, None], self.owner, chosen)
        model = build(self.problem, pool, list(self.cuts), stepwise=steps)
        answer = solve_linear(
            model.program,
            seconds=until - perf_counter(),
            gap=max(_SWEEP_GAP, self.gap / 4),
            start=model.point(self.owner),
            tell=self._telling(self.bound),
        )
        if answer.x is not None:
            owner = model.owner(answer.x)
            self.cuts.update(dict.fromkeys(cuts(self.problem, owner)))
            self._offer(repair(self.problem, owner, prices.excess, perf_counter() + 1))

    def _around(self, unit: int) -> list[int]:
        """A unit and the ones whose zones lie around its own, nearest first."""
        assert self.owner is not None
        zones = members_of(self.problem, self.owner)
        found, queue = [unit], [unit]
        while queue and len(found) < _TOGETHER:
            beside = Counter(
                int(self.owner[near]) for group in zones[queue.pop(0)] for near in self.problem.neighbours[group]
            )
            for other, _ in sorted(beside.items(), key=lambda item: (-item[1], item[0])):
                if other not in found:
                    found.append(other)
                    queue.append(other)
        return found[:_TOGETHER]

    def _offer(self, owner: Owner | None) -> None:
        if owner is not None and (value := self.problem.value(owner)) < self.value:
            self.owner, self.value = owner, value
            self._report(self.bound)

    def _raise_bound(self, bound: float) -> None:
        self.bound = max(self.bound, bound)

    def _is_done(self) -> bool:
        return (
            self.stopped
            or self._left() <= 0
            or self.value - self.bound < 1 - 1e-3  # whole numbers: nothing lies between
            or (math.isfinite(self.value) and self.value - self.bound <= self.gap * self.value)
        )

    def _first_reach(self, prices: Prices) -> float:
        finite = np.sort(prices.excess[np.isfinite(prices.excess)])
        wanted = _FIRST_POOL * self.problem.groups
        return math.inf if len(finite) <= _EXACT else float(finite[min(wanted, len(finite) - 1)])

    @staticmethod
    def _nearest(prices: Prices) -> Owner:
        return np.where(np.isfinite(prices.excess).any(axis=1), prices.excess.argmin(axis=1), -1).astype(np.int64)

    def _left(self) -> float:
        return self.until - perf_counter()

    def _half_time(self) -> float:
        """Bettering may take a tenth of what is left: programs prove, bettering does not."""
        now = perf_counter()
        return now + max(0.05, 0.1 * (self.until - now))

    def _report(self, bound: float) -> None:
        if self.tell is not None and not self.tell(self.value, max(self.bound, bound)):
            self.stopped = True

    def _telling(self, outside: float) -> Tell | None:
        if self.tell is None:
            return None

        def ask(_: float, bound: float) -> bool:
            self._report(min(bound * SCALE, outside))
            return not self.stopped

        return ask
