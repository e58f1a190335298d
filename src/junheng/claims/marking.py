"""How a figure is marked for people: what does not hold, what misses its limit, what holds, what stays open."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from junheng.base.terms import Label
from junheng.claims.claim import Claim, Met, Verdict


class Mark(StrEnum):
    """The mark of a figure, the gravest first. Symbol and word stand beside every colour: paper is often grey."""

    WRONG = "wrong"
    MISSED = "missed"
    HOLDS = "holds"
    OPEN = "open"

    @property
    def label(self) -> Label:
        return _LABELS[self]

    @property
    def symbol(self) -> str:
        return {"wrong": "✗", "missed": "△", "holds": "✓", "open": "?"}[self.value]


_LABELS = {
    Mark.WRONG: Label(Verdict.INCONSISTENT.zh, Verdict.INCONSISTENT.en),
    Mark.MISSED: Label("未达到标准", "limit not met"),
    Mark.HOLDS: Label(Verdict.CONSISTENT.zh, Verdict.CONSISTENT.en),
    Mark.OPEN: Label(Verdict.NOT_CHECKABLE.zh, Verdict.NOT_CHECKABLE.en),
}


class Only(StrEnum):
    """Which figures are shown: those to look at (wrong or missing a limit), those that could be checked, or all."""

    INCONSISTENT = "inconsistent"
    CHECKABLE = "checkable"
    ALL = "all"


def mark_of(claim: Claim) -> Mark:
    """The gravest thing that was found about a figure."""
    if claim.verdict is Verdict.INCONSISTENT:
        return Mark.WRONG
    if claim.threshold_met is Met.NO:
        return Mark.MISSED
    return Mark.HOLDS if claim.verdict is Verdict.CONSISTENT else Mark.OPEN


def selected(claims: Iterable[Claim], only: Only) -> tuple[Claim, ...]:
    """The figures to show, in their order."""
    hidden = {
        Only.INCONSISTENT: {Mark.HOLDS, Mark.OPEN},
        Only.CHECKABLE: {Mark.OPEN},
        Only.ALL: frozenset[Mark](),
    }[only]
    return tuple(claim for claim in claims if mark_of(claim) not in hidden)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many figures there are, and how many could be checked, do not hold, only miss a limit (as marked)."""

    figures: int
    checkable: int
    inconsistent: int
    missed: int


def count(claims: Sequence[Claim]) -> Counts:
    """Count the figures of a document; one that the report and the data speak of is one figure."""

    def number(kept: Iterable[Claim]) -> int:
        return len({(claim.start + claim.quote.find(claim.written), claim.written) for claim in kept})

    return Counts(
        figures=number(claims),
        checkable=number(claim for claim in claims if claim.verdict is not Verdict.NOT_CHECKABLE),
        inconsistent=number(claim for claim in claims if claim.verdict is Verdict.INCONSISTENT),
        missed=number(claim for claim in claims if mark_of(claim) is Mark.MISSED),
    )
