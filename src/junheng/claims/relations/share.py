"""Parts of a whole in per cent: 占专任教师的58%, 入园率为53.5%."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from dataclasses import replace
from functools import reduce
from operator import add

from junheng.claims.claim import Claim, Reason, Verdict
from junheng.claims.judging import Reading, judged, quotients
from junheng.claims.lookup import Candidate, candidate, quantities, value_of
from junheng.claims.mention import Mention
from junheng.claims.roles import PREVIOUS, Role
from junheng.claims.numerals import Form
from junheng.claims.report import Report
from junheng.claims.terms import terms
from junheng.claims.units import same_kind

_STEM = re.compile(r"(?P<stem>[一-鿿]{2,4}?)(?:率|比例|比重|占比)")
_ABOVE_ALL = re.compile(r"毛入[学园]率|比例为|达成率|完成率|超额|增|覆盖")


def share_claim(report: Report, mention: Mention) -> Claim:
    """Judge a share: part over whole, in per cent."""
    if mention.base == PREVIOUS:
        return _of_previous(report, mention)
    tops = _parts(report, mention)
    readings: list[Reading] = []
    for top in tops:
        readings += quotients([top], _wholes(report, mention, top), Fraction(100), "÷")
    if not readings and (impossible := above_all(report, mention)) is not None:
        return impossible
    return judged(report, mention, "share", readings)


def _of_previous(report: Report, mention: Mention) -> Claim:
    """完成2.38亿元,为年度计划2.5亿元的95.2%: the two figures before it."""
    before = [
        other
        for other in report.in_sentence(mention)
        if other.figure.start < mention.figure.start and other.figure.numeral.form is Form.PLAIN
    ]
    if not before or (bottom := candidate(before[-1], firm=True)) is None:
        return judged(report, mention, "share", [])
    parts = [
        other for other in reversed(before[:-1]) if other.role is Role.STATED and same_kind(other.figure.unit, before[-1].figure.unit)
    ]
    tops = [one for other in parts if (one := candidate(other, firm=len(parts) == 1)) is not None]
    return judged(report, mention, "share", quotients(tops, [bottom], Fraction(100), "÷"))


def rate_claim(report: Report, mention: Mention) -> Claim:
    """Judge a rate whose name says what it counts: 入园率 of 入园幼儿."""
    if mention.concept in terms().broader:
        tops = [one for one in quantities(report, mention, [mention.concept], mention.facets or mention.carried) if one.near]
        readings = [reading for top in tops for reading in quotients([top], _broader(report, mention, top), Fraction(100), "÷")]
        if readings and re.search(r"比例|比重|占比|" + re.escape("率"), mention.label) and not _STEM_OTHER.search(mention.label):
            return judged(report, mention, "share", readings)
    for word, (part, whole) in terms().rates.items():
        if word in mention.label:
            readings = quotients(
                quantities(report, mention, [part], mention.facets or mention.carried),
                quantities(report, mention, [whole], mention.facets or mention.carried),
                Fraction(100),
                "÷",
            )
            return judged(report, mention, "rate", readings)
    if mention.of is not None and (readings := _in_order(report, mention)):
        return judged(report, mention, "rate", readings)
    stem = _STEM.search(mention.label)
    before = [other for other in report.in_sentence(mention) if other.figure.start < mention.figure.start and other.role is Role.STATED]
    if stem and before:
        readings = _by_stem(report, mention, stem["stem"], before)
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
    if mention.of is not None:
        answered = [other for other in report.mentions if other.figure.start == mention.of]
        return [one for other in answered if (one := candidate(other, firm=True, near=True)) is not None]
    own = re.split(r"[,;。:(]", report.clause_before(mention))[-1].partition("占")[0]
    subject = terms().named(own)
    facets = subject.facets or mention.carried
    before = [
        other
        for other in report.in_sentence(mention)
        if other.figure.start < mention.figure.start and other.role is Role.STATED and other.figure.unit.base != "percent"
    ]
    if subject.concept:
        found = quantities(report, mention, [subject.concept], facets, subject.rest)
        if _UPWARDS.search(own):
            found = [wider for one in found for wider in _upwards(report, one)]
        if found:
            return found
    if subject.facets and not subject.rest:
        found = [
            one
            for other in reversed(report.mentions)
            if other.role is Role.STATED
            and subject.facets <= other.facets
            and other.figure.start < mention.figure.start
            and report.line(other) == report.line(mention)
            and other.entity == mention.entity
            and (one := candidate(other, firm=True, near=other.sentence == mention.sentence)) is not None
        ]
        if found:
            return found[:3]
    elif subject.rest:
        found = [
            one
            for other in report.mentions
            if other.role is Role.STATED
            and report.chapter(other) == report.chapter(mention)
            and other.entity == mention.entity
            and other.year == mention.year
            and not other.concept
            and other.named.rest == subject.rest
            and (one := candidate(other, firm=True, near=other.sentence == mention.sentence)) is not None
        ]
        if found:
            return found
    bare = not (subject.concept or subject.rest)
    one = candidate(before[-1], firm=bare, near=True) if before else None
    return [one] if one else []


_UPWARDS = re.compile(r"及?以上")


def _upwards(report: Report, top: Candidate) -> list[Candidate]:
    """本科及以上 where the report lists 研究生118人、本科3019人: also the sum of the list down to it."""
    last = top.mentions[-1]
    if _UPWARDS.search(last.label):
        return [top]
    listed = [
        other
        for other in report.in_sentence(last)
        if other.role is Role.STATED and other.figure.start <= last.figure.start and other.figure.unit.base == last.figure.unit.base
    ]
    found = [Candidate(top.value, top.mentions, False, top.near)]
    for first in range(len(listed) - 1):
        values = [value_of(other) for other in listed[first:]]
        known = [value for value in values if value is not None]
        if len(known) == len(values):
            found.append(Candidate(reduce(add, known), tuple(listed[first:]), False, top.near))
    return found[:5]


def _wholes(report: Report, mention: Mention, top: Candidate) -> Sequence[Candidate]:
    part = top.mentions[-1]
    base = terms().named(_base(report, mention))
    if base.concept:
        found = quantities(report, mention, [base.concept], base.facets, base.rest)
        if not found and not base.facets and mention.carried:
            narrowed = quantities(report, mention, [base.concept], mention.carried, base.rest)
            found = [replace(one, firm=one.firm and one.near) for one in narrowed]
        if not found and base.rest:
            found = [
                one
                for other in report.in_sentence(mention)
                if other.role is Role.STATED
                and not other.concept
                and other.named.rest
                and other.named.rest in base.rest
                and other.figure.start < mention.figure.start
                and other is not part
                and (one := candidate(other, firm=False, near=True)) is not None
            ]
        if not found and base.rest:
            found = [Candidate(one.value, one.mentions, False) for one in quantities(report, mention, [base.concept], base.facets)]
        if not found and base.concept in terms().broader and not base.facets:
            found = [Candidate(one.value, one.mentions, False) for one in quantities(report, mention, terms().broader[base.concept], base.facets)]
        return [one for one in found if same_kind(one.mentions[0].figure.unit, part.figure.unit)]
    if base.facets and part.concept:
        found = quantities(report, mention, [part.concept], base.facets, base.rest)
        if found:
            return [one for one in found if one.mentions != top.mentions]
    words = (base.rest or _base(report, mention)).removesuffix("额")
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


def _base(report: Report, mention: Mention) -> str:
    """The words after 占; a share that names none goes on with those of the share before it in the sentence."""
    if mention.base:
        return mention.base
    earlier = [other for other in report.in_sentence(mention) if other.figure.start < mention.figure.start and other.role is Role.SHARE]
    between = report.text(earlier[-1].end, mention.start) if earlier else ";"
    if not earlier:
        return ""
    before = [other for other in report.in_sentence(mention) if other.figure.start < mention.figure.start and other.role is Role.STATED]
    members = terms().broader.get(before[-1].concept, ()) if before else ()
    part = before[-1] if before else None
    same = part is not None and (not part.concept or part.concept == _part_of(report, earlier[-1]))
    goes_on = (";" not in between and same) or terms().named(earlier[-1].base).concept in members
    return earlier[-1].base if goes_on else ""


def _part_of(report: Report, share: Mention) -> str:
    """The concept of the figure that a share is of."""
    before = [other for other in report.in_sentence(share) if other.figure.start < share.figure.start and other.role is Role.STATED]
    return before[-1].concept if before else ""


def _broader(report: Report, mention: Mention, top: Candidate) -> Sequence[Candidate]:
    """The whole that goes without saying: the group just named, or the one that the part's people belong to."""
    part = top.mentions[-1]
    named = [*reversed(part.named.others), *terms().broader.get(part.concept, ())]
    earlier = [
        other
        for other in reversed(report.in_sentence(mention))
        if other.figure.start < part.figure.start
        and other.role is Role.STATED
        and same_kind(other.figure.unit, part.figure.unit)
        and other.value_known
        and part.value_known
        and (other.figure.numeral.value or 0) >= (part.figure.numeral.value or 0)
        and not (
            other.concept in terms().broader
            and part.concept in terms().broader
            and other.concept != part.concept
            and other.concept not in named
        )
    ]
    earlier = [other for other in earlier if not _beside(other, part)]
    found = [one for other in earlier[:3] if (one := candidate(other, firm=False, near=True)) is not None]
    if found and ";" not in report.text(earlier[0].end, part.start) and (part.part or len(earlier) == 1):
        found[-1] = Candidate(found[-1].value, found[-1].mentions, True, near=True)
    narrowed = part.facets or part.carried
    if part.concept and narrowed:
        for facet in sorted(narrowed):
            found += [
                Candidate(one.value, one.mentions, one.firm and len(narrowed) == 1 and not part.loose)
                for one in quantities(report, mention, [part.concept], narrowed - {facet})
            ]
    for concept in named:
        same = quantities(report, mention, [concept], part.facets or part.carried) or quantities(report, mention, [concept], frozenset())
        found += [one for one in same if one.mentions[0] is not part and one.mentions not in [other.mentions for other in found]]
    found += _summed_before(report, part) + _earlier_in_paragraph(report, part)
    if part.figure.unit.base == "person" and not part.concept:
        for concept in ("full_time_teachers", "teachers", "staff", "pupils"):
            found += [replace(one, firm=False) for one in quantities(report, mention, [concept], frozenset())]
    return found[:12]


def _beside(one: Mention, other: Mention) -> bool:
    """Whether two figures are parts of one whole: 小学生 and 初中生."""
    kinds = [{facet.partition(":")[0] for facet in mention.facets or mention.carried} for mention in (one, other)]
    return one.concept == other.concept and one.facets != other.facets and bool(kinds[0] & kinds[1]) and bool(one.facets)


def _summed_before(report: Report, part: Mention) -> list[Candidate]:
    """78所小学、26所初中中,有96所: the sum of the parts just listed; only tried."""
    alike = [
        other
        for other in report.in_sentence(part)
        if other.figure.start < part.figure.start and other.role is Role.STATED and other.facets and other.concept == part.concept
    ]
    values = [value for value in map(value_of, alike) if value is not None]
    if len(values) < 2 or len(values) != len(alike):
        return []
    return [Candidate(reduce(add, values), tuple(alike), False)]


def _earlier_in_paragraph(report: Report, part: Mention) -> list[Candidate]:
    """Totals of the sentences before, which a list of shares goes on dividing by; only tried, never sure."""
    earlier = [
        other
        for other in report.mentions
        if report.line(other) == report.line(part)
        and other.sentence < part.sentence
        and other.role is Role.STATED
        and not other.part
        and other.figure.unit.base == part.figure.unit.base
        and (other.figure.numeral.value or 0) >= (part.figure.numeral.value or 0)
    ]
    return [one for other in earlier[:3] if (one := candidate(other, firm=False)) is not None]


def _in_order(report: Report, mention: Mention) -> list[Reading]:
    """毕业生a、b、c,升入高中x、y、z,升学率p、q、r: each over its own."""
    sentence = report.in_sentence(mention)
    siblings = [other for other in sentence if other.of is not None and other.role is mention.role]
    answered = [other for one in siblings for other in sentence if other.figure.start == one.of]
    if len(answered) != len(siblings):
        return []
    wholes = [other for other in sentence if other.figure.start < answered[0].figure.start][-len(siblings) :]
    if len(wholes) != len(siblings):
        return []
    place = siblings.index(mention)
    part, whole = candidate(answered[place], firm=False, near=True), candidate(wholes[place], firm=False, near=True)
    return quotients([part], [whole], Fraction(100), "÷") if part and whole else []


_DUE = re.compile(r"应|符合|适龄|计划|需|抽查|抽检")


def _by_stem(report: Report, mention: Mention, stem: str, before: Sequence[Mention]) -> list[Reading]:
    """入园率 after 入园幼儿16023人: that over the larger figure before it. Without the sign it is only tried."""
    sign = re.compile(terms().stems.get(stem, re.escape(stem)))
    own_year = [other for other in before if mention.year is not None and other.year == mention.year]
    by_years = 2 <= len(own_year) < len(before)  # lists of the same years: 毕业生分别为…,升学…,升学率分别为…
    before = own_year if by_years else before
    reach = len(report.clause_before(mention)) if by_years else 20
    signed = next((other for other in reversed(before) if sign.search(other.label) and mention.figure.start - other.end <= reach), None)
    top = signed or (before[-1] if mention.figure.start - before[-1].end <= 12 else None)
    if top is None or (part := candidate(top, firm=signed is not None, near=True)) is None:
        return []
    wholes = [
        other
        for other in before
        if other is not top
        and not (signed and sign.search(other.label) and not _DUE.search(other.label))
        and same_kind(other.figure.unit, top.figure.unit)
        and (other.figure.numeral.value or 0) >= (top.figure.numeral.value or 0)
    ]
    alone = len(wholes) == 1 and ";" not in report.text(wholes[0].end, top.start)
    found = [one for other in reversed(wholes) if (one := candidate(other, firm=alone, near=True)) is not None]
    for concept in (top.concept, *terms().broader.get(top.concept, ())) if top.concept else ():
        found += [replace(one, firm=False) for one in quantities(report, mention, [concept], frozenset())]
    found += _earlier_in_paragraph(report, top)
    found = [one for one in found if one.mentions != part.mentions]
    readings = quotients([part], found, Fraction(100), "÷")
    return [reading for reading in readings if signed or reading.actual.value <= 100]
