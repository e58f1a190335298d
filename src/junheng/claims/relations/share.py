"""Parts of a whole in per cent: 占专任教师的58%, 入园率为53.5%."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from junheng.claims.claim import Claim, Reason, Verdict
from junheng.claims.judging import Reading, judged, quotients
from junheng.claims.lookup import Candidate, candidate, quantities
from junheng.claims.mentions import Mention, Role
from junheng.claims.report import Report
from junheng.claims.terms import terms
from junheng.claims.units import same_kind

_STEM = re.compile(r"(?P<stem>[一-鿿]{2})率")
_ABOVE_ALL = re.compile(r"毛入[学园]率|比例为|达成率|完成率|超额|增|覆盖")


def share_claim(report: Report, mention: Mention) -> Claim:
    """Judge a share: part over whole, in per cent."""
    tops = _parts(report, mention)
    readings: list[Reading] = []
    for top in tops:
        readings += quotients([top], _wholes(report, mention, top), Fraction(100), "÷")
    if not readings and (impossible := above_all(report, mention)) is not None:
        return impossible
    return judged(report, mention, "share", readings)


def rate_claim(report: Report, mention: Mention) -> Claim:
    """Judge a rate whose name says what it counts: 入园率 of 入园幼儿."""
    if mention.concept in terms().broader:
        tops = [one for one in quantities(report, mention, [mention.concept], mention.facets or mention.carried) if one.near]
        readings = [reading for top in tops for reading in quotients([top], _broader(report, mention, top), Fraction(100), "÷")]
        if readings and re.search(r"比例|比重|占比|" + re.escape("率"), mention.label) and not _STEM_OTHER.search(mention.label):
            return judged(report, mention, "share", readings)
    stem = _STEM.search(mention.label)
    before = [other for other in report.in_sentence(mention) if other.figure.start < mention.figure.start and other.role is Role.STATED]
    if stem and len(before) >= 2:
        readings = _by_stem(mention, stem["stem"], before)
        if readings:
            return judged(report, mention, "rate", readings)
    return above_all(report, mention) or report.claim(mention, "rate", Verdict.NOT_CHECKABLE, Reason("inputs_missing"))


_STEM_OTHER = re.compile(r"合格|达标|培训|持证|满意|参[与加]|完成|覆盖|巩固")


def above_all(report: Report, mention: Mention) -> Claim | None:
    """A part of a whole above 100 % is impossible; gross rates and fulfilment of a plan are none."""
    value = mention.figure.numeral.value
    if value is not None and value > 100 and not _ABOVE_ALL.search(mention.label) and (mention.role is Role.SHARE or "率" in mention.label):
        return report.claim(mention, "share", Verdict.INCONSISTENT, Reason("above_all"))
    return None


def _parts(report: Report, mention: Mention) -> Sequence[Candidate]:
    own = re.split(r"[,;。:(]", report.clause_before(mention))[-1].partition("占")[0]
    subject = terms().named(own)
    facets = subject.facets or mention.carried
    before = [
        other
        for other in report.in_sentence(mention)
        if other.figure.start < mention.figure.start and other.role is Role.STATED and other.figure.unit.base != "percent"
    ]
    if subject.concept and subject.concept in terms().concepts:
        found = quantities(report, mention, [subject.concept], facets)
        if found:
            return found
    if own.strip() and len(own) > 4 and not (before and report.text(before[-1].end, mention.figure.start).find(own) > 0 and not subject.concept and not subject.rest):
        matching = [other for other in before if subject.rest and subject.rest in other.label]
        return [one for one in (candidate(other, firm=True, near=True) for other in matching) if one]
    if not before:
        return []
    one = candidate(before[-1], firm=True, near=True)
    return [one] if one else []


def _wholes(report: Report, mention: Mention, top: Candidate) -> Sequence[Candidate]:
    part = top.mentions[-1]
    base = terms().named(mention.base)
    if base.concept:
        found = quantities(report, mention, [base.concept], base.facets)
        if not found and not base.facets and mention.carried:
            found = quantities(report, mention, [base.concept], mention.carried)
        if not found and base.concept in terms().broader and not base.facets:
            found = [Candidate(one.value, one.mentions, False) for one in quantities(report, mention, terms().broader[base.concept], base.facets)]
        return [one for one in found if same_kind(one.mentions[0].figure.unit, part.figure.unit)]
    words = base.rest or mention.base
    if len(words) >= 2:
        return [
            one
            for other in report.mentions
            if other is not part
            and other.role is Role.STATED
            and report.chapter(other) == report.chapter(mention)
            and same_kind(other.figure.unit, part.figure.unit)
            and (words in other.label or (other.named.rest and other.named.rest == words))
            and (other.year is None or mention.year is None or other.year == mention.year)
            and (one := candidate(other, firm=True, near=other.sentence == mention.sentence)) is not None
        ][:8]
    return _broader(report, mention, top)


def _broader(report: Report, mention: Mention, top: Candidate) -> Sequence[Candidate]:
    """The whole that goes without saying: the group just named, or the one that the part's people belong to."""
    part = top.mentions[-1]
    named = [*reversed(part.named.others), *terms().broader.get(part.concept, ())]
    earlier = [
        other
        for other in reversed(report.in_sentence(mention))
        if other.figure.start < part.figure.start
        and other.role is Role.STATED
        and other.figure.unit.base == part.figure.unit.base
        and other.value_known
        and part.value_known
        and (other.figure.numeral.value or 0) >= (part.figure.numeral.value or 0)
    ]
    found = [one for other in earlier[:3] if (one := candidate(other, firm=False, near=True)) is not None]
    if found and (part.part or len(earlier) == 1):
        found[-1] = Candidate(found[-1].value, found[-1].mentions, True, near=True)
    for concept in named:
        same = quantities(report, mention, [concept], part.facets or part.carried) or quantities(report, mention, [concept], frozenset())
        found += [one for one in same if one.mentions[0] is not part and one.mentions not in [other.mentions for other in found]]
        if same and not any(one.firm for one in found[:3]):
            break
    return found[:8]


def _by_stem(mention: Mention, stem: str, before: Sequence[Mention]) -> list[Reading]:
    top = next((other for other in reversed(before) if stem in other.label), None)
    if top is None or mention.figure.start - top.end > 20:
        return []
    wholes = [
        other
        for other in before
        if other is not top
        and stem not in other.label
        and same_kind(other.figure.unit, top.figure.unit)
        and (other.figure.numeral.value or 0) >= (top.figure.numeral.value or 0)
    ]
    part = candidate(top, firm=True, near=True)
    if part is None:
        return []
    found = [one for other in reversed(wholes) if (one := candidate(other, firm=len(wholes) == 1, near=True)) is not None]
    return quotients([part], found, Fraction(100), "÷")
