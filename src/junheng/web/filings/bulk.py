"""One step for many filings: each by itself, with all the checks it has alone; what was not done is told with why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from junheng.base.errors import JunhengError
from junheng.web.accounts.models import User
from junheng.web.errors import StepNotPossibleError
from junheng.web.failures import words_of
from junheng.web.filings.models import Filing
from junheng.web.filings.offices import name_of
from junheng.web.filings.services import take_step
from junheng.web.filings.states import State

# The steps that reviewers take for many at once, by where the filing stands. Whoever is both of the town and of the
# county returns it as the town.
STEPS: dict[str, dict[str, tuple[str, ...]]] = {
    "approve": {State.SIGNED: ("pass_in_town",), State.TOWN_PASSED: ("approve",)},
    "return": {
        State.SIGNED: ("return_in_town", "return"),
        State.TOWN_PASSED: ("return",),
        State.APPROVED: ("return",),
        State.VERIFIED: ("return",),
    },
    "lock": {State.APPROVED: ("lock",), State.VERIFIED: ("lock",)},
}
# What is tried, and refused with its reason, where the state has no such step.
_USUAL = {"approve": State.TOWN_PASSED, "return": State.TOWN_PASSED, "lock": State.APPROVED}


@dataclass(frozen=True, slots=True)
class NotDone:
    """One filing that stayed as it was, and why."""

    code: str
    name: str
    why: str


@dataclass
class BulkResult:
    """How many filings took the step, and which did not."""

    done: int = 0
    not_done: list[NotDone] = field(default_factory=list)


def take_steps(*, filings: Iterable[Filing], action: str, acting_user: User, reason: str = "") -> BulkResult:
    """Take a step for each filing, in a transaction of its own."""
    result = BulkResult()
    for filing in filings:
        try:
            _take(filing, action, acting_user, reason)
        except JunhengError as error:
            result.not_done.append(NotDone(str(filing.code), name_of(filing), words_of(error)))
        else:
            result.done += 1
    return result


def _take(filing: Filing, action: str, acting_user: User, reason: str) -> None:
    """Take the first step of the action that is this person's; the last refusal tells why there was none."""
    steps = STEPS[action].get(filing.state) or STEPS[action][_USUAL[action]]
    for name in steps:
        try:
            take_step(filing=filing, step=name, version=filing.version, acting_user=acting_user, reason=reason)
        except StepNotPossibleError:
            if name == steps[-1]:
                raise
        else:
            return
