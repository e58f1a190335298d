"""The four outcomes (达标 / 余项容许 / 未达标 / 无法判定) and how they combine.

Three-valued logic: what is not known never counts as failed, and never as passed.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class Outcome(StrEnum):
    """What can be said of one requirement."""

    MET = "met"
    TOLERATED = "tolerated"
    UNMET = "unmet"
    UNKNOWN = "unknown"

    @property
    def zh(self) -> str:
        return {"met": "达标", "tolerated": "余项容许", "unmet": "未达标", "unknown": "无法判定"}[self.value]

    @property
    def passes(self) -> bool:
        return self in (Outcome.MET, Outcome.TOLERATED)


def all_of(outcomes: Iterable[Outcome]) -> Outcome:
    """All must hold: one failure fails, else one unknown leaves it open. An empty list is unknown, never a pass."""
    seen = set(outcomes)
    if Outcome.UNMET in seen:
        return Outcome.UNMET
    if Outcome.UNKNOWN in seen or not seen:
        return Outcome.UNKNOWN
    return Outcome.MET
