"""How much of a standard is known, in a few counts: how sure we are of its rules, and what was not found."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from junheng.standards.gaps import coverage, gaps
from junheng.standards.model import Standard


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts over all dates of a standard.

    Attributes:
        seen, inferred, general: rules by the confidence of their source.
        indicators: computed requirements; ``items`` those of the parts, which people judge or which are computed.
        complete, open: requirements whose values are all known, and those with something that was not found.
        gaps: what was not found (值未见), each thing once.
    """

    seen: int
    inferred: int
    general: int
    indicators: int
    items: int
    complete: int
    open: int
    gaps: int

    @property
    def rules(self) -> int:
        return self.seen + self.inferred + self.general

    @property
    def unverified(self) -> int:
        """Rules whose text was not seen in print."""
        return self.inferred + self.general


def tally(standard: Standard) -> Tally:
    """Count what is known of a standard."""
    rules = Counter(source.confidence for _, source in standard.sources())
    known = coverage(standard)
    return Tally(
        seen=rules["seen"],
        inferred=rules["inferred"],
        general=rules["general"],
        indicators=sum(1 for _ in standard.indicators()),
        items=sum(len(part.items) for _, part in standard.parts()),
        complete=known.complete,
        open=known.open,
        gaps=sum(1 for _ in gaps(standard)),
    )
