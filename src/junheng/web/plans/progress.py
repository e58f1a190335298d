"""Between a planner that searches and the job that people watch: how far it is, and whether it may go on."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from threading import get_ident

from django.utils.translation import gettext as _

from junheng.base.exact import plain
from junheng.web.jobs.work import CancelledError, LostError, StoppedError, Work
from junheng.web.plans.models import Plan

_BETWEEN_LOOKS = 0.5  # seconds
_HUGE = 1e29  # what solvers call infinite


class Watch:
    """What a planner calls while it searches.

    A solver calls from the midst of its own code, where no exception may pass: one is kept, the search is told to end,
    and ``settle`` raises it afterwards. Some solvers call from threads of their own, which have no connection to the
    database; they are told what was last known.
    """

    def __init__(self, work: Work, plan: Plan, seconds: float, figure: Callable[[float], str]) -> None:
        self._work, self._plan, self._seconds, self._figure = work, plan, seconds, figure
        self._began = time.monotonic()
        self._looked = 0.0
        self._thread = get_ident()
        self._goes_on = True
        self._error: CancelledError | LostError | StoppedError | None = None

    def __call__(self, value: float, bound: float) -> bool:
        """Whether to search on; values that are not known yet are infinite."""
        now = time.monotonic()
        if not self._goes_on or get_ident() != self._thread or now - self._looked < _BETWEEN_LOOKS:
            return self._goes_on
        self._looked = now
        done = min(int(now - self._began), int(self._seconds))
        try:
            # One more than is allowed: a job that has reached its total would count as done.
            self._work.tell(done, int(self._seconds) + 1, said(value, bound, self._figure))
            if Plan.objects.filter(pk=self._plan.pk, stop_asked=True).exists():
                self._goes_on = False
        except (CancelledError, LostError, StoppedError) as error:
            self._error, self._goes_on = error, False
        return self._goes_on

    def step(self, _step: str, value: float, bound: float) -> bool:
        """As planners call that name their steps."""
        return self(value, bound)

    def settle(self) -> None:
        """Raise what ended the search, if it was not the planner's own doing."""
        if self._error is not None:
            raise self._error


def said(value: float, bound: float, figure: Callable[[float], str]) -> str:
    """``目前最好 1,234 万元，下界 1,230 万元，至多还能省 0.4%``; what is not known is left out."""
    if not _known(value):
        return _("正在找第一个可行的方案") if not _known(bound) else _("下界 %(bound)s") % {"bound": figure(bound)}
    if not _known(bound):
        return _("目前最好 %(value)s") % {"value": figure(value)}
    gap = max(value - bound, 0.0) / abs(value) * 100 if value else 0.0
    return _("目前最好 %(value)s，下界 %(bound)s，至多还能好 %(gap)s%%") % {
        "value": figure(value),
        "bound": figure(bound),
        "gap": plain(gap, 2),
    }


def _known(value: float) -> bool:
    return math.isfinite(value) and abs(value) < _HUGE
