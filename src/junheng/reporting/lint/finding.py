"""What the check found: one place, one reason, one next step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["须改", "请核对"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One place of a document that should not go out as it is.

    Attributes:
        rule: id of the rule; label: what it looks for, in Chinese.
        place: heading and number of the paragraph or table row.
        quote: the words there, with a little around them.
        severity: 须改 is wrong for certain, 请核对 is for a person to decide.
    """

    rule: str
    label: str
    place: str
    quote: str
    why: str
    next_step: str
    severity: Severity


def around(text: str, start: int, end: int, margin: int = 12) -> str:
    """The words found, with a few of those about them."""
    left, right = max(0, start - margin), min(len(text), end + margin)
    return f"{'…' if left else ''}{text[left:right].strip()}{'…' if right < len(text) else ''}"
