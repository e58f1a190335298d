"""Texts with the figure in question between ⟦ and ⟧, and what the checker says about that figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from junheng.claims.check import check_document
from junheng.claims.claim import Claim, Met, Verdict
from junheng.documents.document import plain_document


@dataclass(frozen=True)
class Mark:
    """A figure of the text that is known to be true or false."""

    text: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@dataclass(frozen=True)
class Written:
    """A text and the figures in it whose truth is known."""

    text: str
    marks: tuple[Mark, ...]


def written(marked: str) -> Written:
    """Take the brackets out of a text and remember where they stood."""
    text, marks, start = "", [], 0
    for character in marked:
        if character == "⟦":
            start = len(text)
        elif character == "⟧":
            marks.append(Mark(text[start:], start))
        else:
            text += character
    return Written(text, tuple(marks))


def checked(text: str) -> tuple[Claim, ...]:
    """The claims of a bare text."""
    return check_document(plain_document(text))


def about(claims: tuple[Claim, ...], mark: Mark) -> list[Claim]:
    """The claims about a marked figure; of a list only the one with its digits."""
    near = [claim for claim in claims if claim.start < mark.end and mark.start < claim.end]
    return [claim for claim in near if isinstance(claim.claimed, bool) or claim.written in mark.text] or near


def told(claims: tuple[Claim, ...]) -> list[tuple[str, str, str]]:
    """What a failing test prints."""
    return [(claim.quote, claim.relation, claim.verdict.value) for claim in claims]


def assert_holds(marked: str) -> None:
    """Every marked figure is recomputed and right, and nothing in the text is called wrong."""
    sentence = written(marked)
    claims = checked(sentence.text)
    assert not [claim for claim in claims if claim.verdict is Verdict.INCONSISTENT], told(claims)
    for mark in sentence.marks:
        assert Verdict.CONSISTENT in {claim.verdict for claim in about(claims, mark)}, (mark.text, told(claims))


def assert_wrong(marked: str) -> None:
    """Every marked figure is called wrong."""
    sentence = written(marked)
    claims = checked(sentence.text)
    for mark in sentence.marks:
        assert Verdict.INCONSISTENT in {claim.verdict for claim in about(claims, mark)}, (mark.text, told(claims))


def assert_left_alone(marked: str) -> None:
    """No marked figure is judged, and nothing in the text is called wrong."""
    sentence = written(marked)
    claims = checked(sentence.text)
    assert not [claim for claim in claims if claim.verdict is Verdict.INCONSISTENT], told(claims)
    for mark in sentence.marks:
        judged = [claim for claim in about(claims, mark) if claim.verdict is not Verdict.NOT_CHECKABLE]
        assert not judged, (mark.text, told(claims))


def limit_met(marked: str) -> Met | None:
    """Whether the limit that the one marked figure is said to meet is met."""
    sentence = written(marked)
    found = {claim.threshold_met for claim in about(checked(sentence.text), sentence.marks[0])} - {None}
    return found.pop() if len(found) == 1 else None


def each_of(sentences: Sequence[str]) -> pytest.MarkDecorator:
    """Run a test for each of these marked sentences; a name of its own for each would be the sentence itself."""
    return pytest.mark.parametrize("marked", sentences, ids=[str(number) for number in range(1, len(sentences) + 1)])
