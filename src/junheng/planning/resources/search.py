"""The search for the cheapest plan: a bound, a plan at once, a better one, and the proof of how good it is."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from junheng.planning.resources.exactly import Amounts, cost_of, exactly, keeps_all
from junheng.planning.resources.model import MONEY, ResourceModel
from junheng.planning.resources.pricing import take_apart
from junheng.planning.resources.rounding import round_up, with_limits_met
from junheng.planning.solvers.conic import Relaxed, solve_relaxed
from junheng.planning.solvers.program import Floats
from junheng.planning.solvers.scip import solve_whole

Tell = Callable[[str, float, float], bool]
_KEPT = 1e-7  # by how much a point may break a row: a tenth of what the coefficients were tightened by
_GRAIN, _GOLDEN = 1e-3, 0.6180339887498949
_LEAST_SECONDS = 0.5
_WINDOW = 1.0  # how far around the continuous plan whole numbers are looked for first


@dataclass(frozen=True)
class Found:
    """What a search found: a point, the best bound, and how it ended.

    Attributes:
        x: (n,) or None; ``amounts``: the same exactly, which keep every rule exactly.
        stopped: whether whoever listens ended the search.
        bound: in the unit of the objective; infinite where it is proven that there is no plan.
        relaxed: the continuous answer, with the prices of all limits.
        steps: (what, value, bound, seconds since the start) after each step, for the record.
    """

    x: Floats | None
    amounts: Amounts | None
    bound: float
    relaxed: Relaxed
    steps: tuple[tuple[str, float, float, float], ...]
    seconds: float
    stopped: bool = False


def search(model: ResourceModel, *, seconds: float = 60.0, gap: float = 1e-3, tell: Tell | None = None) -> Found:
    """Search until the gap is proven or time is over.

    Args:
        tell: called now and then with (step, best value, best bound); when it returns False the search ends.
    """
    return _Search(model, seconds, gap, tell).run()


class _Search:
    """The state of one search: the best point and bound so far."""

    def __init__(self, model: ResourceModel, seconds: float, gap: float, tell: Tell | None) -> None:
        self._model, self._seconds, self._gap, self._tell = model, seconds, gap, tell
        self._began = time.perf_counter()
        self._best: Floats | None = None
        self._amounts: Amounts | None = None
        self._bound = 0.0  # no plan costs less than nothing
        self._steps: list[tuple[str, float, float, float]] = []
        self._stopped = False

    def run(self) -> Found:
        relaxed = solve_relaxed(self._model.program, seconds=max(self._seconds, _LEAST_SECONDS))
        if relaxed.answer.x is None:
            self._bound = max(self._bound, relaxed.answer.bound)
            if relaxed.answer.status != "infeasible":  # undecided: SCIP may still know
                self._look_everywhere()
            return self._found(relaxed)
        self._note("relaxed", np.zeros(self._model.program.size), relaxed.answer.bound)
        met = None if self._done() else self._price(relaxed)
        if met is not None and not self._done():
            self._note("rounded", round_up(self._model, met), -np.inf)
        if met is not None and not self._done():
            self._look_near(met)
        if not self._done():
            self._look_everywhere()
        return self._found(relaxed)

    def _price(self, relaxed: Relaxed) -> Floats | None:
        apart = take_apart(self._model, relaxed, seconds=max(self._left() / 4, 1.0))
        self._note("priced", None, apart.bound)
        return apart.met

    def _look_near(self, met: Floats) -> None:
        """Whole numbers near the continuous plan, with the choice of limits made: SCIP is quick there."""
        decided = with_limits_met(self._model, met)
        # Between equals an interior method answers with a bit of each: a grain of cost makes it choose.
        grain = decided.whole * _GRAIN * (1.0 + np.arange(decided.size) * _GOLDEN % 1.0)
        near = solve_relaxed(replace(decided, cost=decided.cost + grain)).answer.x
        if near is None:
            return
        whole = decided.whole
        lower = np.where(whole, np.maximum(decided.lower, np.floor(near + 1e-3) - _WINDOW), decided.lower)
        upper = np.where(whole, np.minimum(decided.upper, np.ceil(near - 1e-3) + _WINDOW), decided.upper)
        if self._best is not None:  # wide enough for the plan that SCIP begins with
            lower = np.where(whole, np.minimum(lower, self._best), lower)
            upper = np.where(whole, np.maximum(upper, self._best), upper)
        found = solve_whole(
            replace(decided, lower=lower, upper=upper),
            seconds=self._left() * 0.6,
            gap=self._gap / 10,
            start=self._deciding(met),
            enough=self._enough(),
            tell=self._telling("near"),
        )
        self._note("near", self._settled(found.x), -np.inf)

    def _deciding(self, met: Floats) -> Floats | None:
        """The best plan as a point of the program where ``met`` is decided, if it meets as much."""
        if self._best is None or np.any(self._best[self._model.met] < met - 0.5):
            return None
        start = self._best.copy()
        start[self._model.met] = met
        return start

    def _look_everywhere(self) -> None:
        found = solve_whole(
            self._model.program,
            seconds=self._left(),
            gap=self._gap / 2,
            start=self._best,
            enough=self._enough(),
            tell=self._telling("everywhere"),
        )
        self._note("everywhere", self._settled(found.x), found.bound)

    def _settled(self, x: Floats | None) -> Floats | None:
        """The whole numbers of SCIP, and the rest made anew: SCIP breaks cones by more than the judge would forgive."""
        if x is None:
            return None
        program = self._model.tight
        lower, upper = np.where(program.whole, x, program.lower), np.where(program.whole, x, program.upper)
        again = solve_relaxed(replace(program, lower=lower, upper=upper)).answer.x
        return x if again is None else np.where(program.whole, x, again)

    def _note(self, step: str, x: Floats | None, bound: float) -> None:
        """Take a better bound, and a better point: one that keeps every rule exactly once its amounts are exact."""
        if x is not None:
            amounts = exactly(self._model, x)
            cost = float(cost_of(self._model.statement, amounts)) / MONEY
            if cost < self._value() and keeps_all(self._model.statement, amounts):
                self._best, self._amounts = self._model.point(amounts), amounts
        self._bound = max(self._bound, min(bound, self._value()))
        self._steps.append((step, self._value(), self._bound, time.perf_counter() - self._began))
        if self._tell is not None and not self._tell(step, self._value(), self._bound):
            self._stopped = True

    def _enough(self) -> float | None:
        """A value that the bound already proves to be within the gap; by value, not by time: the same everywhere."""
        return self._bound / (1 - self._gap / 2) if self._bound > 0 else None

    def _telling(self, step: str) -> Callable[[float, float], bool]:
        def tell(value: float, bound: float) -> bool:
            bound = max(self._bound, bound) if step == "everywhere" else self._bound
            if self._tell is not None and not self._tell(step, min(self._value(), value), bound):
                self._stopped = True
            return not self._stopped

        return tell

    def _value(self) -> float:
        if self._amounts is None:
            return np.inf
        return float(cost_of(self._model.statement, self._amounts)) / MONEY

    def _left(self) -> float:
        return max(self._seconds - (time.perf_counter() - self._began), _LEAST_SECONDS)

    def _done(self) -> bool:
        late = time.perf_counter() - self._began >= self._seconds
        return self._stopped or (late and self._best is not None) or _within(self._value(), self._bound, self._gap)

    def _found(self, relaxed: Relaxed) -> Found:
        took = time.perf_counter() - self._began
        return Found(self._best, self._amounts, self._bound, relaxed, tuple(self._steps), took, self._stopped)


def _within(value: float, bound: float, gap: float) -> bool:
    """Whether a value is proven to lie within a relative gap of the best."""
    return bool(np.isfinite(value)) and value - bound <= gap * max(abs(value), 1e-9)
