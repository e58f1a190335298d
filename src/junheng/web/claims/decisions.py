"""What somebody decided about findings: 确认有误, or 不是问题 with a reason; the rest is open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from junheng.claims.claim import Claim
from junheng.claims.marking import Mark, mark_of

LONGEST_REASON = 200
_FINDINGS = frozenset({Mark.WRONG, Mark.MISSED})


class Said(StrEnum):
    """What can be said of a finding."""

    ACCEPTED = "accepted"
    DISMISSED = "dismissed"


@dataclass(frozen=True, slots=True)
class Decision:
    """What was said of one finding; ``reason`` only where it was dismissed."""

    said: Said
    reason: str = ""


def is_finding(claim: Claim) -> bool:
    """Whether there is something to decide: it does not hold, or misses its limit."""
    return mark_of(claim) in _FINDINGS


def keys_of(claims: Sequence[Claim]) -> tuple[str, ...]:
    """What each figure is called in forms and in what is kept: its place in the text; several of one place in turn."""
    seen: Counter[tuple[int, int]] = Counter()
    keys = []
    for claim in claims:
        place = (claim.start, len(claim.quote))
        keys.append(f"{claim.start}-{len(claim.quote)}-{seen[place]}")
        seen[place] += 1
    return tuple(keys)


def decision_of(said: str, reason: str) -> Decision | None:
    """What two fields say; nothing where they say nothing, or where a dismissal has no reason."""
    reason = reason.strip()[:LONGEST_REASON]
    match said:
        case Said.ACCEPTED:
            return Decision(Said.ACCEPTED)
        case Said.DISMISSED if reason:
            return Decision(Said.DISMISSED, reason)
        case _:
            return None


def decisions_sent(form: Mapping[str, str], claims: Sequence[Claim]) -> dict[str, Decision]:
    """The decisions in a form that was sent, by the key of the figure; of findings only."""
    found = {
        key: decision_of(form.get(f"said:{key}", ""), form.get(f"reason:{key}", ""))
        for key, claim in zip(keys_of(claims), claims, strict=True)
        if is_finding(claim)
    }
    return {key: decision for key, decision in found.items() if decision}


def to_json(decisions: Mapping[str, Decision]) -> dict[str, list[str]]:
    """Plain JSON values, as they are kept."""
    return {key: [str(decision.said), decision.reason] for key, decision in decisions.items()}


def from_json(kept: Mapping[str, Any]) -> dict[str, Decision]:
    """What ``to_json`` made."""
    found = {key: decision_of(*entry) for key, entry in kept.items()}
    return {key: decision for key, decision in found.items() if decision}
