"""What is wrong with one cell of a list that was sent."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RowFinding:
    """Where, what stands there, why it cannot be taken, what to do."""

    cell: str
    column: str
    value: str
    reason: str
    advice: str
