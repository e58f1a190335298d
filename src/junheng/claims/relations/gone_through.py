"""Totals of what a report goes through one after the other, in other sentences or in the paragraphs below.

Nothing says that these are all there are; such a total is confirmed, or, below, held against them where the other
totals of its sentence show how it is made.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from junheng.claims.lookup import value_of
from junheng.claims.mention import Mention
from junheng.claims.relations.addable import addable
from junheng.claims.relations.whole_and_parts import Link, Whole
from junheng.claims.report import Report
from junheng.claims.roles import Role

_LEAST = 100  # smaller totals are met by chance
_LONGEST = 10  # figures, or paragraphs, of which a total is tried
_SHOWN = 2  # totals of a sentence that the paragraphs below make up, after which its others must be made up too
_PEOPLE = frozenset({"pupils", "young_children"})  # 学生总数 has those of the kindergartens


def gone_through(report: Report) -> list[Whole]:
    """Totals with the figures near them that add up to them."""
    found: list[Whole] = []
    for total in report.mentions:
        if _is_total(total):
            found += _in_paragraph(report, total)
    return [*found, *_of_paragraphs_below(report)]


def _is_total(mention: Mention) -> bool:
    value = value_of(mention)
    return (
        mention.role is Role.STATED
        and bool(mention.concept)
        and value is not None
        and value.value >= _LEAST
        and value.exact
        and not mention.named.rest
        and not mention.distributive
    )


def _in_paragraph(report: Report, total: Mention) -> Iterator[Whole]:
    """The figures of the same thing just before it, or just after it, as many as make it up."""
    same = [other for other in report.in_line(total) if other is not total and _same_kind(total, other)]
    before = [other for other in same if other.end <= total.start][-_LONGEST:]
    after = [other for other in same if other.start >= total.end][:_LONGEST]
    for run in (*_ends(before), *(after[:count] for count in range(2, len(after) + 1))):
        whole = Whole(total, tuple(run), Link.EARLIER, complete=False, adjacent=False)
        if _exact(whole):
            yield whole
            return


def _ends(run: Sequence[Mention]) -> Iterable[Sequence[Mention]]:
    return (run[-count:] for count in range(2, len(run) + 1))


def _same_kind(total: Mention, part: Mention) -> bool:
    known = part.concept in ("", total.concept) or {part.concept, total.concept} <= _PEOPLE
    return known and addable(total, part) and part.depth == total.depth and not part.distributive


def _of_paragraphs_below(report: Report) -> Iterator[Whole]:
    """Totals that as many paragraphs below make up, each with its own figure of the same thing."""
    by_line = {report.line(mention): report.in_line(mention) for mention in report.mentions}
    lines = list(by_line)
    for place, line in enumerate(lines):
        totals = [one for one in by_line[line] if one.role is Role.STATED and one.value_known and _key(one) is not None]
        for count in range(2, min(_LONGEST, len(lines) - place - 1) + 1):
            below = lines[place + 1 : place + 1 + count]
            if below[-1] - line > count or not totals:
                break
            wholes = [whole for total in totals if (whole := _below(report, total, [by_line[one] for one in below]))]
            made_up = sum(map(_exact, wholes))
            if made_up >= _SHOWN:
                yield from (replace(whole, sure=2 * made_up > len(wholes)) for whole in wholes)
                break


def _key(mention: Mention) -> tuple[str, str] | None:
    """What a figure counts, whatever the stage: by its concept, or by words that are no known ones (招生)."""
    rest = mention.named.rest
    return (mention.concept, rest) if mention.concept or rest else None


def _below(report: Report, total: Mention, lines: Sequence[Sequence[Mention]]) -> Whole | None:
    parts = []
    for line in lines:
        fitting = [
            other
            for other in line
            if _key(other) == _key(total)
            and addable(total, other)
            and report.chapter(other) == report.chapter(total)
            and other.year == total.year
        ]
        if not fitting:
            return None
        parts.append(fitting[0])
    return Whole(total, tuple(parts), Link.EARLIER, adjacent=False)


def _exact(whole: Whole) -> bool:
    """Whether the figures as printed add up to the last digit."""
    values = [value.value for part in whole.parts if (value := value_of(part)) is not None]
    total = value_of(whole.total)
    return total is not None and len(values) == len(whole.parts) and sum(values) == total.value
