"""How well the checker does on figures that people have checked: found, judged, and every miss.

A gold set is a sample: it does not link every figure of its texts. Figures of ours that no row covers are counted
apart, because nobody has said what they are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from junheng.claims.claim import Claim, Met, Verdict
from junheng.claims.gold import GoldRow


@dataclass(frozen=True, slots=True)
class Pair:
    """A row of the gold set and the figure of ours that it is about; None where we have none there."""

    row: GoldRow
    claim: Claim | None

    @property
    def verdict(self) -> Verdict:
        """What we say; a figure that was not found is one that we did not check."""
        return Verdict.NOT_CHECKABLE if self.claim is None else self.claim.verdict

    @property
    def agrees(self) -> bool:
        return self.verdict is self.row.verdict

    @property
    def false_alarm(self) -> bool:
        """A control (a rule, a target, a masked figure) that we call wrong."""
        return self.row.verdict is Verdict.NOT_CHECKABLE and self.verdict is Verdict.INCONSISTENT

    @property
    def met_agrees(self) -> bool:
        """Whether we say the same of the limit; no limit of ours is one of which nothing is known."""
        ours = None if self.claim is None else self.claim.threshold_met
        return (ours or Met.UNKNOWN) is self.row.threshold_met


@dataclass(frozen=True, slots=True)
class Rate:
    """``right`` of ``all``; a precision or a recall."""

    right: int
    all: int

    @property
    def value(self) -> float | None:
        """0 to 1; None of nothing."""
        return self.right / self.all if self.all else None


@dataclass(frozen=True, slots=True)
class Found:
    """How one kind of figure was found: of what we name, what is such; of what is such, what we name."""

    precision: Rate
    recall: Rate


@dataclass(frozen=True, slots=True)
class Score:
    """The whole comparison.

    Attributes:
        pairs: every row of the gold set, in its order.
        uncovered: text file and figure of ours that no row covers, in text order.
    """

    pairs: tuple[Pair, ...]
    uncovered: tuple[tuple[str, Claim], ...]

    @property
    def checkable(self) -> Found:
        """Finding what can be checked at all."""
        return _found(
            [(p.row.verdict is not Verdict.NOT_CHECKABLE, p.verdict is not Verdict.NOT_CHECKABLE) for p in self.pairs]
        )

    @property
    def inconsistent(self) -> Found:
        """Finding what does not hold."""
        return _found([(p.row.verdict is Verdict.INCONSISTENT, p.verdict is Verdict.INCONSISTENT) for p in self.pairs])

    @property
    def verdicts(self) -> Rate:
        """Rows on which we say the same."""
        return Rate(sum(pair.agrees for pair in self.pairs), len(self.pairs))

    @property
    def limits(self) -> Rate:
        """Rows with a claimed limit on which we say the same of it."""
        claimed = [pair for pair in self.pairs if pair.row.threshold_met is not None]
        return Rate(sum(pair.met_agrees for pair in claimed), len(claimed))

    @property
    def confusion(self) -> dict[tuple[Verdict, Verdict | None], int]:
        """Rows by what the gold set says and what we say, None for what we did not find."""
        return dict(
            Counter((pair.row.verdict, None if pair.claim is None else pair.claim.verdict) for pair in self.pairs)
        )

    @property
    def misses(self) -> tuple[Pair, ...]:
        return tuple(pair for pair in self.pairs if not pair.agrees)

    @property
    def false_alarms(self) -> tuple[Pair, ...]:
        return tuple(pair for pair in self.pairs if pair.false_alarm)

    def by_type(self) -> dict[str, Score]:
        """The rows of each type of claim, by name; what no row covers has no type."""
        names = sorted({pair.row.claim_type for pair in self.pairs})
        return {name: Score(tuple(p for p in self.pairs if p.row.claim_type == name), ()) for name in names}


def score(rows: Sequence[GoldRow], claims: Mapping[str, Sequence[Claim]]) -> Score:
    """Compare what we say with a gold set.

    Args:
        claims: text file → what we say about it.
    """
    pairs = tuple(Pair(row, _matching(row, claims.get(row.text_file, ()))) for row in rows)
    used = {(pair.row.text_file, id(pair.claim)) for pair in pairs}
    uncovered = tuple(
        (file, claim) for file, found in claims.items() for claim in found if (file, id(claim)) not in used
    )
    return Score(pairs, uncovered)


def _matching(row: GoldRow, claims: Sequence[Claim]) -> Claim | None:
    """The figure that a row is about: it covers the row's digits, and rather says the same value (分别 lists)."""
    start, end = row.number
    there = [claim for claim in claims if claim.start < end and start < claim.end]
    return min(there, key=lambda claim: (not _same_value(row, claim), len(claim.quote)), default=None)


def _same_value(row: GoldRow, claim: Claim) -> bool:
    if row.claimed == claim.written:
        return True
    if claim.claimed is None:
        return False
    if isinstance(claim.claimed, bool):
        return row.claimed == str(claim.claimed).lower()
    try:
        return Fraction(row.claimed) == claim.claimed
    except ValueError:
        return False


def _found(said: Sequence[tuple[bool, bool]]) -> Found:
    """Of pairs (it is such, we say so)."""
    both = sum(such and ours for such, ours in said)
    return Found(Rate(both, sum(ours for _, ours in said)), Rate(both, sum(such for such, _ in said)))
