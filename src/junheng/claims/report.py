"""A report ready to be checked: its cleaned text, its sentences and its figures."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import TypeVar, cast

from junheng.claims.claim import Claim, Input, Reason, Verdict
from junheng.claims.cleaning import Cleaned, clean
from junheng.claims.grids import Grid, find_grids, without_grids
from junheng.claims.mention import Mention
from junheng.claims.mentions import find_mentions
from junheng.claims.numerals import Form
from junheng.claims.roles import Role
from junheng.claims.structure import Structure, structure
from junheng.claims.terms import terms
from junheng.documents.document import Document

_FIRST, _NEAREST = 40, 80  # a report that states one thing more often is no report, but must not take for ever
Key = TypeVar("Key", bound=Hashable)
Made = TypeVar("Made")


@dataclass(frozen=True)
class Report:
    """What the relations work on. The figures of its tables are in ``grids`` only, not among the mentions."""

    document: Document
    cleaned: Cleaned
    built: Structure
    mentions: Sequence[Mention]
    grids: Sequence[Grid] = ()

    def chapter(self, mention: Mention) -> int:
        return self.built.sentences[mention.sentence].chapter

    def line(self, mention: Mention) -> int:
        return self.built.sentences[mention.sentence].line

    def text(self, start: int, end: int) -> str:
        """Cleaned text."""
        return self.cleaned.text[start:end]

    def clause_before(self, mention: Mention) -> str:
        """Its sentence up to its number."""
        return self.text(self.built.sentences[mention.sentence].start, mention.figure.start)

    def in_sentence(self, mention: Mention) -> Sequence[Mention]:
        """All figures of its sentence, itself included."""
        return self._by_sentence[mention.sentence]

    def in_line(self, mention: Mention) -> Sequence[Mention]:
        """All figures of its paragraph, itself included."""
        return self._by_line[self.line(mention)]

    def in_chapter(self, mention: Mention) -> Sequence[Mention]:
        """All figures of its chapter, itself included."""
        return self._by_chapter[self.chapter(mention)]

    def of_concept(self, mention: Mention, concept: str) -> Sequence[Mention]:
        """The figures of a concept in the chapter of ``mention``; of very many the first and the nearest."""
        found = self._by_concept.get((self.chapter(mention), concept), [])
        if len(found) <= _FIRST + _NEAREST:
            return found
        place = bisect_left(found, mention.figure.start, key=lambda other: other.figure.start)
        begin = max(_FIRST, min(place - _NEAREST // 2, len(found) - _NEAREST))
        return found[:_FIRST] + found[begin : begin + _NEAREST]

    def same_digits(self, mention: Mention) -> Sequence[Mention]:
        """The figures of its chapter that are printed with the same digits and kind of unit, itself included."""
        return self._by_digits.get(self._digits(mention), ())

    def answered(self, mention: Mention) -> Mention | None:
        """The figure of the list before that it answers to (a、b,分别占p、q: a of p)."""
        return None if mention.of is None else self._by_start.get(mention.of)

    @cached_property
    def _by_sentence(self) -> dict[int, list[Mention]]:
        return self._grouped(lambda mention: mention.sentence)

    @cached_property
    def _by_line(self) -> dict[int, list[Mention]]:
        return self._grouped(self.line)

    @cached_property
    def _by_chapter(self) -> dict[int, list[Mention]]:
        return self._grouped(self.chapter)

    @cached_property
    def _by_concept(self) -> dict[tuple[int, str], list[Mention]]:
        return self._grouped(lambda mention: (self.chapter(mention), mention.concept))

    @cached_property
    def _by_digits(self) -> dict[Hashable, list[Mention]]:
        return self._grouped(self._digits)

    def _digits(self, mention: Mention) -> Hashable:
        numeral = mention.figure.numeral
        return self.chapter(mention), numeral.value, numeral.step, mention.figure.unit.base

    @cached_property
    def _by_start(self) -> dict[int, Mention]:
        return {mention.figure.start: mention for mention in self.mentions}

    def _grouped(self, key: Callable[[Mention], Key]) -> dict[Key, list[Mention]]:
        groups: dict[Key, list[Mention]] = {}
        for mention in self.mentions:
            groups.setdefault(key(mention), []).append(mention)
        return groups

    def once(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """What is made of the whole report or of a chapter, made once."""
        if key not in self._made:
            self._made[key] = make()
        return cast("Made", self._made[key])

    @cached_property
    def _made(self) -> dict[Hashable, object]:
        return {}

    def headings_at(self, offset: int) -> tuple[str, ...]:
        """The headings above a place of the document's own text."""
        if not self.built.sentences:
            return ()
        return self.built.sentences[self.built.at(bisect_right(self.cleaned.origin, offset) - 1)].headings

    def stated_before(self, mention: Mention) -> list[Mention]:
        """The stated figures of its sentence before it."""
        return [
            other
            for other in self.in_sentence(mention)
            if other.figure.start < mention.figure.start and other.role is Role.STATED
        ]

    def own_clause(self, mention: Mention) -> str:
        """The words of its clause up to its number."""
        return re.split(r"[,;。:(]", self.clause_before(mention))[-1]

    def quoted(self, start: int, end: int) -> tuple[str, int]:
        """The report's own text of a cleaned stretch, and its offset."""
        first, last = self.cleaned.raw_span(start, end)
        return self.document.text[first:last], first

    def input(self, mention: Mention) -> Input:
        """A figure as it enters a recomputation, in its printed unit."""
        quote, start = self.quoted(mention.start, mention.end)
        return Input(name_of(mention), mention.figure.numeral.shown, printed_unit(mention), quote, start)

    def claim(
        self,
        mention: Mention,
        relation: str,
        verdict: Verdict,
        why: Reason,
        *,
        inputs: Iterable[Input] = (),
        recomputed: Fraction | None = None,
        cause: Reason | None = None,
    ) -> Claim:
        """What is found about a figure.

        Args:
            recomputed: in the base unit (persons, yuan, square metres); the claim holds it in the printed one.
        """
        quote, start = self.quoted(mention.start, mention.end)
        numeral = mention.figure.numeral
        shown = None if recomputed is None else recomputed / numeral.scale
        return Claim(
            quote=quote,
            start=start,
            section=" › ".join(self.built.sentences[mention.sentence].headings),
            relation=relation,
            claimed=ratio_value(mention) if mention.role is Role.RATIO else numeral.shown,
            written=self.text(numeral.start, numeral.end),
            unit=printed_unit(mention),
            inputs=tuple(inputs),
            recomputed=shown,
            verdict=verdict,
            threshold=None,
            threshold_met=None,
            why=why,
            cause=cause,
        )


def read_report(document: Document) -> Report:
    """Clean a document, split it, and find its figures."""
    grids = find_grids(document)
    cleaned = clean(without_grids(document, grids))
    built = structure(cleaned.text)
    return Report(document, cleaned, built, find_mentions(cleaned.text, built), grids)


_SCALE_WORDS = {1: "", 10**3: "千", 10**4: "万", 10**6: "百万", 10**7: "千万", 10**8: "亿"}


def printed_unit(mention: Mention) -> str:
    """The unit as printed, scale included: 万元, %, 百分点, 册/生."""
    figure = mention.figure
    match figure.numeral.form:
        case Form.PERCENT:
            return "%"
        case Form.POINTS:
            return "百分点"
        case Form.TIMES:
            return "倍"
        case Form.RATIO:
            return ""
    return _SCALE_WORDS[figure.numeral.scale] + figure.unit.word + (f"/{figure.per}" if figure.per else "")


def said_name(mention: Mention) -> str:
    """What a figure counts, in the report's own words; empty where they stand at another figure."""
    return mention.label.strip("的为是有约达到共现")


def name_of(mention: Mention) -> str:
    """What a figure counts: in the report's own words, else by the usual name, as the second year of a series."""
    if said := said_name(mention):
        return said
    concept = terms().concepts.get(mention.named.concept)
    return concept.words[0] if concept is not None else "数"


def ratio_value(mention: Mention) -> Fraction | None:
    """1:18.04 and 18.04:1 are 18.04 each: how many stand against one."""
    numeral = mention.figure.numeral
    if numeral.form is not Form.RATIO:
        return numeral.shown
    if numeral.left is None or not numeral.left or not numeral.right:
        return None
    value = numeral.right / numeral.left
    return value if numeral.left == 1 or (value >= 1 and numeral.right != 1) else 1 / value


def with_value(mention: Mention, value: Fraction) -> Mention:
    """The same figure as if it were written as a plain number."""
    return replace(
        mention, figure=replace(mention.figure, numeral=replace(mention.figure.numeral, form=Form.PLAIN, value=value))
    )
