"""What the checker says of composed sentences whose truth is known; the sentences are those of ``tests/claims``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from hypothesis import HealthCheck, Phase, given, seed, settings
from marked import Written, about, checked  # type: ignore[import-not-found]  # of tests/claims

from junheng.claims.claim import Verdict
from reports import PATTERNS, sentences  # type: ignore[import-not-found]  # of tests/claims

SEED = 7


class Count(NamedTuple):
    """Figures whose truth is known, and what was said of them."""

    true: int = 0
    true_held: int = 0
    true_called: int = 0
    wrong: int = 0
    wrong_called: int = 0

    def plus(self, other: Count) -> Count:
        return Count(*(one + more for one, more in zip(self, other, strict=True)))


def counts(examples: int) -> Iterator[tuple[str, Count]]:
    """Pattern by pattern, over as many sentences of each truth."""
    for name in PATTERNS:
        true, wrong = (_verdicts(name, true=true, examples=examples) for true in (True, False))
        yield (
            name,
            Count(
                len(true),
                sum(Verdict.CONSISTENT in found and Verdict.INCONSISTENT not in found for found in true),
                sum(Verdict.INCONSISTENT in found for found in true),
                len(wrong),
                sum(Verdict.INCONSISTENT in found for found in wrong),
            ),
        )


def _verdicts(name: str, *, true: bool, examples: int) -> list[set[Verdict]]:
    """What is said of every marked figure."""
    found: list[set[Verdict]] = []

    @seed(SEED)
    @settings(
        max_examples=examples,
        phases=[Phase.generate],
        database=None,
        deadline=None,
        suppress_health_check=[*HealthCheck],
    )
    @given(sentences(name, true=true))
    def one(sentence: Written) -> None:
        claims = checked(sentence.text)
        found.extend({claim.verdict for claim in about(claims, mark)} for mark in sentence.marks)

    one()
    return found
