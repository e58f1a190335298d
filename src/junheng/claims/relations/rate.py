"""Rates whose name says what they count: 入园率, 绿化率, 持证率."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from functools import reduce
from operator import add

from junheng.claims.claim import Claim, Reason, Verdict
from junheng.claims.judging import Reading, judged, quotients
from junheng.claims.lookup import Candidate, candidate, quantities, value_of
from junheng.claims.mention import Mention
from junheng.claims.relations.share import above_all
from junheng.claims.relations.whole import earlier_in_paragraph, not_below, unsaid_wholes
from junheng.claims.report import Report
from junheng.claims.terms import terms
from junheng.claims.units import same_kind

_STEM = re.compile(r"(?P<stem>[一-鿿]{2,4}?)(?:率|比例|比重|占比)")
_KIND = re.compile(r"率|比例|比重|占比")
# Rates of their own beside the group that they are of: 专任教师学历合格率 is not the share of 专任教师.
_OF_ITS_OWN = re.compile(r"合格|达标|培训|持证|满意|参[与加]|完成|覆盖|巩固")
_DUE = re.compile(r"应|符合|适龄|计划|需|抽查|抽检")
_REACH = 20  # characters between a figure and the rate that is of it


def rate_claim(report: Report, mention: Mention) -> Claim:
    """Judge a rate by the figures that its name points to; most rates name nothing that the report states."""
    for find in (_of_group, _declared, _in_order, _by_stem):
        if readings := find(report, mention):
            return judged(report, mention, "share" if find is _of_group else "rate", readings)
    return above_all(report, mention) or report.claim(mention, "rate", Verdict.NOT_CHECKABLE, Reason("inputs_missing"))


def _of_group(report: Report, mention: Mention) -> list[Reading]:
    """高级职称比例: the group over the one it is among."""
    group = mention.concept
    if group not in terms().broader or not _KIND.search(mention.label) or _OF_ITS_OWN.search(mention.label):
        return []
    parts = quantities(report, mention, [group], mention.facets or mention.carried)
    return [
        reading
        for part in (one if one.near else replace(one, firm=False) for one in parts)
        for reading in quotients([part], unsaid_wholes(report, mention, part.mentions[-1]), Fraction(100), "÷")
    ]


def _declared(report: Report, mention: Mention) -> list[Reading]:
    """绿化率 and others of which ``terms.yaml`` states part and whole."""
    declared = next((of for word, of in terms().rates.items() if word in mention.label), None)
    if declared is None:
        return []
    part, whole = (quantities(report, mention, [concept], mention.facets or mention.carried) for concept in declared)
    return quotients(part, whole, Fraction(100), "÷")


def _in_order(report: Report, mention: Mention) -> list[Reading]:
    """毕业生a、b、c,升入高中x、y、z,升学率p、q、r: each over its own."""
    if mention.of is None:
        return []
    sentence = report.in_sentence(mention)
    siblings = [other for other in sentence if other.of is not None and other.role is mention.role]
    answered = [other for one in siblings for other in sentence if other.figure.start == one.of]
    if len(answered) != len(siblings):
        return []
    wholes = [other for other in sentence if other.figure.start < answered[0].figure.start][-len(siblings) :]
    if len(wholes) != len(siblings):
        return []
    place = siblings.index(mention)
    part, whole = (candidate(listed[place], firm=False, near=True) for listed in (answered, wholes))
    return quotients([part], [whole], Fraction(100), "÷") if part and whole else []


def _by_stem(report: Report, mention: Mention) -> list[Reading]:
    """入园率 after 入园幼儿16023人: that over the larger figure before it. Without the sign it is only tried."""
    stem = _STEM.search(mention.label)
    before = report.stated_before(mention)
    if stem is None or not before:
        return []
    own_year = [other for other in before if mention.year is not None and other.year == mention.year]
    by_years = 2 <= len(own_year) < len(before)  # lists of the same years: 毕业生分别为…,升学…,升学率分别为…
    before = own_year if by_years else before
    sign = re.compile(terms().stems.get(stem["stem"], re.escape(stem["stem"])))
    signed = _signed(mention, before, sign, len(report.clause_before(mention)) if by_years else _REACH)
    last = before[-1] if mention.figure.start - before[-1].end <= 12 else None
    top = signed or last
    if top is None or (part := candidate(top, firm=signed is not None, near=True)) is None:
        return []
    wholes = [
        other
        for other in before
        if other is not top
        and not (signed and sign.search(other.label) and not _DUE.search(other.label))
        and same_kind(other.figure.unit, top.figure.unit)
        and not_below(other, top)
    ]
    alone = len(wholes) == 1 and ";" not in report.text(wholes[0].end, top.start)
    found = [one for other in reversed(wholes) if (one := candidate(other, firm=alone, near=True)) is not None]
    for concept in (top.concept, *terms().broader.get(top.concept, ())) if top.concept else ():
        found += [replace(one, firm=False) for one in quantities(report, mention, [concept], frozenset())]
    found = [one for one in [*found, *earlier_in_paragraph(report, top)] if one.mentions != part.mentions]
    readings = quotients([part, *_sums(before, top)], found, Fraction(100), "÷")
    return [reading for reading in readings if signed or reading.actual.value <= 100]


def _sums(before: Sequence[Mention], top: Mention) -> list[Candidate]:
    """升入普高120人,升入职校60人,升学率: the figures just before it together; only tried."""
    place = before.index(top)
    found = []
    for first in range(max(0, place - 3), place):
        listed = before[first : place + 1]
        values = [value for value in map(value_of, listed) if value is not None]
        if len(values) == len(listed) and all(same_kind(other.figure.unit, top.figure.unit) for other in listed):
            found.append(Candidate(reduce(add, values), tuple(listed), firm=False, near=True))
    return found


def _signed(mention: Mention, before: Sequence[Mention], sign: re.Pattern[str], reach: int) -> Mention | None:
    """The last figure whose words carry the sign of the rate."""
    return next(
        (other for other in reversed(before) if sign.search(other.label) and mention.figure.start - other.end <= reach),
        None,
    )
