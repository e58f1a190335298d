"""The reasoning of each figure as it stands beside the text: written, computed from, recomputed, why, which limit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from junheng.claims.account import amount, input_words, place_words, threshold_words, why_words, written_amount
from junheng.claims.claim import Claim, Input
from junheng.claims.marking import Mark, mark_of
from junheng.claims.reasons import words
from junheng.documents.document import Document
from junheng.web.claims.decisions import Decision, is_finding, keys_of


@dataclass(frozen=True, slots=True)
class Used:
    """A figure that the recomputation used.

    Attributes:
        start, end: where it stands in the text; both 0 where it stands elsewhere.
        source: where it stands then.
    """

    words: str
    quote: str
    start: int
    end: int
    source: str


@dataclass(frozen=True, slots=True)
class Card:
    """What is to be said of one figure, in the language of the page.

    Attributes:
        number: its place among the figures, from 1.
        key: what it is called in forms.
        may_decide: it is a finding, which can be accepted or dismissed.
    """

    number: int
    key: str
    mark: Mark
    against_data: bool
    quote: str
    start: int
    place: str
    written: str
    used: tuple[Used, ...]
    recomputed: str
    why: str
    cause: str
    limit: str
    may_decide: bool
    decision: Decision | None


def cards(
    document: Document,
    claims: Sequence[Claim],
    places: frozenset[int],
    decisions: Mapping[str, Decision],
    language: str,
) -> list[Card]:
    """The reasoning of every figure, in text order.

    Args:
        places: the offsets in the text that links may lead to.
        decisions: by the key of the figure.
        language: ``zh`` or ``en``.
    """
    return [
        Card(
            number=number,
            key=key,
            mark=mark_of(claim),
            against_data=claim.against == "data",
            quote=" ".join(claim.quote.split()),
            start=claim.start,
            place=place_words(document, claim, language),
            written=written_amount(claim),
            used=tuple(_used(given, places, language) for given in claim.inputs),
            recomputed=amount(claim.recomputed, claim.unit, language),
            why=why_words(claim, language),
            cause=words(claim.cause, language) if claim.cause else "",
            limit=threshold_words(claim, language),
            may_decide=is_finding(claim),
            decision=decisions.get(key),
        )
        for number, (key, claim) in enumerate(zip(keys_of(claims), claims, strict=True), 1)
    ]


def _used(given: Input, places: frozenset[int], language: str) -> Used:
    stands = given.start in places
    start, end = (given.start, given.start + len(given.quote)) if stands else (0, 0)
    return Used(input_words(given, language), given.quote if stands else "", start, end, given.source)
