"""Which figure a share is the share of: 本科学历25人 of 占58%."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import reduce
from operator import add

from junheng.claims.lookup import Candidate, candidate, quantities, value_of
from junheng.claims.mention import Mention
from junheng.claims.report import Report
from junheng.claims.roles import Role
from junheng.claims.terms import Named, terms

_UPWARDS = re.compile(r"及?以上")
_MOST = 5


def parts_of(report: Report, mention: Mention) -> Sequence[Candidate]:
    """What a share may be the share of, best first: what its own words name, else the figure before it."""
    if (answered := report.answered(mention)) is not None:
        return _candidates(report, mention, iter([answered]), firm=True)
    words = report.own_clause(mention).partition("占")[0]
    subject = terms().named(words)
    if found := _named(report, mention, words, subject):
        return found
    before = report.stated_before(mention)
    if subject.concept or subject.rest:
        return _candidates(report, mention, iter(before[-1:]), firm=False)
    last = _candidates(report, mention, iter(before[-1:]), firm=True)
    return [*last, *_of_its_list(report, before)] if last else []


def _of_its_list(report: Report, before: Sequence[Mention]) -> Iterator[Candidate]:
    """五、六年级分别为a人和b人,占p; c所,其中国家级d所,省级e所;占q: also all of a list, and its whole; only tried."""
    run = [before[-1]]
    for other in reversed(before[:-1]):
        between = report.text(other.end, run[0].start)
        if between not in ("、", "和", "与", "及", ",") or other.figure.unit.base != run[0].figure.unit.base:
            break
        run.insert(0, other)
    values = [value for value in map(value_of, run) if value is not None]
    if len(values) == len(run) >= 2:
        yield Candidate(reduce(add, values), tuple(run), firm=False, near=True)
        earlier = [other for other in before if other.figure.start < run[0].figure.start and not other.part]
        opened = run[0].part and earlier and earlier[-1].figure.unit.base == run[0].figure.unit.base
        if opened and (whole := candidate(earlier[-1], firm=False, near=True)) is not None:
            yield whole


def _named(report: Report, mention: Mention, words: str, subject: Named) -> Sequence[Candidate]:
    """Figures of what the words before 占 name."""
    if subject.concept:
        facets = subject.facets or mention.carried
        found = quantities(report, mention, [subject.concept], facets, subject.rest)
        if _UPWARDS.search(words):
            found = [wider for one in found for wider in _upwards(report, one)]
        if found:
            return found
    # 初中、小学分别占p、q: each figure has its own; those of 占小学生总数 are of the whole.
    facets = subject.facets or (mention.facets - terms().named(mention.base).facets)
    if facets and not subject.rest:
        narrowed = (
            other
            for other in reversed(report.in_line(mention))
            if facets <= other.facets and other.figure.start < mention.figure.start
        )
        return _candidates(report, mention, narrowed, firm=True)[:3]
    if subject.rest:
        alike = (
            other
            for other in report.of_concept(mention, "")
            if other.named.rest == subject.rest and other.year == mention.year
        )
        return _candidates(report, mention, alike, firm=True)
    return []


def _candidates(report: Report, mention: Mention, others: Iterator[Mention], *, firm: bool) -> list[Candidate]:
    return [
        one
        for other in others
        if other.role is Role.STATED
        and other.entity == mention.entity
        and report.chapter(other) == report.chapter(mention)
        and (one := candidate(other, firm=firm, near=other.sentence == mention.sentence)) is not None
    ]


def _upwards(report: Report, top: Candidate) -> list[Candidate]:
    """本科及以上 where the report lists 研究生118人、本科3019人: also the sum of the list down to it; only tried."""
    last = top.mentions[-1]
    if _UPWARDS.search(last.label):
        return [top]
    listed = [
        other
        for other in [*report.stated_before(last), last]
        if other.figure.unit.base == last.figure.unit.base and other.value_known
    ]
    found = [replace(top, firm=False)]
    for first in range(len(listed) - 1):
        values = [value for value in map(value_of, listed[first:]) if value is not None]
        found.append(Candidate(reduce(add, values), tuple(listed[first:]), firm=False, near=top.near))
    return found[:_MOST]
