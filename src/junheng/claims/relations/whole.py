"""Which figure is all of what a share is a part of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import reduce
from operator import add

from junheng.claims.lookup import Candidate, candidate, quantities, value_of
from junheng.claims.mention import Mention
from junheng.claims.report import Report
from junheng.claims.roles import Role
from junheng.claims.terms import Named, terms
from junheng.claims.units import same_kind

_PEOPLE = ("full_time_teachers", "teachers", "staff", "pupils")
_MOST = 12


def wholes_of(report: Report, mention: Mention, top: Candidate) -> Sequence[Candidate]:
    """What a share may be of, best first: what the words after 占 name, else what goes without saying."""
    part = top.mentions[-1]
    words = _base(report, mention)
    base = terms().named(words)
    if base.concept:
        found = _of_concept(report, mention, part, base)
        return [one for one in found if same_kind(one.mentions[0].figure.unit, part.figure.unit)]
    if base.facets and part.concept:
        found = quantities(report, mention, [part.concept], base.facets, base.rest)
        if found:
            return [one for one in found if one.mentions != top.mentions]
    words = (base.rest or words).removesuffix("额")
    if len(words) >= 2:
        return _of_words(report, mention, part, words)
    return unsaid_wholes(report, mention, part)


def unsaid_wholes(report: Report, mention: Mention, part: Mention) -> list[Candidate]:
    """The whole that goes without saying: the group just named, or the one that the part's people belong to."""
    found = [*_just_named(report, mention, part), *_less_narrowed(report, mention, part)]
    for concept in _groups(part):
        narrowed = part.facets or part.carried
        same = quantities(report, mention, [concept], narrowed) or quantities(report, mention, [concept], frozenset())
        sure = [one.mentions for one in same if one.firm]
        found = [replace(one, firm=one.firm or one.mentions in sure) for one in found]
        known = [other.mentions for other in found]
        found += [one for one in same if one.mentions[0] is not part and one.mentions not in known]
    found += _sum_before(report, part) + earlier_in_paragraph(report, part)
    if part.figure.unit.base == "person" and not part.concept:
        found += _tried(one for concept in _PEOPLE for one in quantities(report, mention, [concept], frozenset()))
    return found[:_MOST]


def earlier_in_paragraph(report: Report, part: Mention) -> list[Candidate]:
    """Totals of the sentences before, which a list of shares goes on dividing by; only tried, never sure."""
    earlier = [
        other
        for other in report.in_line(part)
        if other.sentence < part.sentence
        and other.role is Role.STATED
        and not other.part
        and other.figure.unit.base == part.figure.unit.base
        and not_below(other, part)
    ]
    return [one for other in earlier[:3] if (one := candidate(other, firm=False)) is not None]


def not_below(whole: Mention, part: Mention) -> bool:
    """Whether a figure is large enough to hold another."""
    return (whole.figure.numeral.value or 0) >= (part.figure.numeral.value or 0)


def _of_concept(report: Report, mention: Mention, part: Mention, base: Named) -> list[Candidate]:
    found = quantities(report, mention, [base.concept], base.facets, base.rest)
    if (
        part.facets and not base.facets and not base.rest
    ):  # 小学、初中本科教师a、b,分别占专任教师的p、q: each of its own
        own = [one for one in quantities(report, mention, [base.concept], part.facets) if part not in one.mentions]
        found = [*own, *(replace(one, firm=one.firm and not own) for one in found)]
    if found:
        return found
    if not base.facets and mention.carried:
        narrowed = quantities(report, mention, [base.concept], mention.carried, base.rest)
        if narrowed:
            return [replace(one, firm=one.firm and one.near) for one in narrowed]
    if base.rest:
        named = [
            one
            for other in report.stated_before(mention)
            if not other.concept
            and other.named.rest
            and other.named.rest in base.rest
            and other is not part
            and (one := candidate(other, firm=False, near=True)) is not None
        ]
        return named or _tried(quantities(report, mention, [base.concept], base.facets))
    if base.facets:
        return []
    return _tried(quantities(report, mention, terms().broader.get(base.concept, ()), frozenset()))


def _of_words(report: Report, mention: Mention, part: Mention, words: str) -> list[Candidate]:
    """Figures whose label holds the words after 占, which the vocabulary does not know."""
    return [
        one
        for other in report.in_chapter(mention)
        if other is not part
        and other.role is Role.STATED
        and same_kind(other.figure.unit, part.figure.unit)
        and (words in other.label or other.named.rest == words)
        and (other.year is None or mention.year is None or other.year == mention.year)
        and (one := candidate(other, firm=True, near=other.sentence == mention.sentence)) is not None
    ][:_MOST]


def _base(report: Report, mention: Mention) -> str:
    """The words after 占; a share that names none goes on with those of the share before it in the sentence."""
    if mention.base:
        return mention.base
    earlier = [
        other
        for other in report.in_sentence(mention)
        if other.figure.start < mention.figure.start and other.role is Role.SHARE
    ]
    if not earlier:
        return ""
    part, before = _last(report, mention), _last(report, earlier[-1])
    same = part is not None and (not part.concept or (before is not None and part.concept == before.concept))
    within = ";" not in report.text(earlier[-1].end, mention.start)
    groups = terms().broader.get(part.concept, ()) if part else ()
    goes_on = (within and same) or terms().named(earlier[-1].base).concept in groups
    return earlier[-1].base if goes_on else ""


def _last(report: Report, mention: Mention) -> Mention | None:
    """The figure that a share follows."""
    return next(reversed(report.stated_before(mention)), None)


def _groups(part: Mention) -> list[str]:
    """The concepts that the part's people or things are among, nearest first."""
    return [*reversed(part.named.others), *terms().broader.get(part.concept, ())]


def _just_named(report: Report, mention: Mention, part: Mention) -> list[Candidate]:
    """Larger figures of the sentence before the part; sure when the part is said to be one, or there is one only."""
    groups = _groups(part)
    earlier = [
        other
        for other in reversed(report.stated_before(part))
        if same_kind(other.figure.unit, part.figure.unit)
        and other.value_known
        and part.value_known
        and not_below(other, part)
        and not _beside(other, part, groups)
    ]
    found = [one for other in earlier[:3] if (one := candidate(other, firm=False, near=True)) is not None]
    if found and ";" not in report.text(earlier[0].end, part.start) and (part.part or len(earlier) == 1):
        found[-1] = replace(found[-1], firm=True)
    return found


def _less_narrowed(report: Report, mention: Mention, part: Mention) -> list[Candidate]:
    """农村小学 are among all 小学, and among all 农村 schools; 达标小学 are among the 小学."""
    narrowed = part.facets or part.carried
    if not part.concept:
        return []
    if part.named.rest:
        same = quantities(report, part, [part.concept], narrowed)
        wider = quantities(report, part, [part.concept], frozenset()) if narrowed else []
        return [*same, *_tried(wider)]
    sure = len(narrowed) == 1 and not part.loose
    return [
        replace(one, firm=one.firm and sure)
        for facet in sorted(narrowed)
        for one in quantities(report, mention, [part.concept], narrowed - {facet})
    ]


def _beside(other: Mention, part: Mention, groups: Sequence[str]) -> bool:
    """Whether a figure stands beside the part and not above it: 小学生 and 初中生, 本科 and 高级职称."""
    if other.concept == part.concept:
        kinds = [{facet.partition(":")[0] for facet in one.facets or one.carried} for one in (other, part)]
        return bool(other.facets) and other.facets != part.facets and bool(kinds[0] & kinds[1])
    broader = terms().broader
    return other.concept in broader and part.concept in broader and other.concept not in groups


def _sum_before(report: Report, part: Mention) -> list[Candidate]:
    """78所小学、26所初中中,有96所: the sum of the parts just listed; only tried."""
    alike = [other for other in report.stated_before(part) if other.facets and other.concept == part.concept]
    values = [value for value in map(value_of, alike) if value is not None]
    if len(values) < 2 or len(values) != len(alike):
        return []
    return [Candidate(reduce(add, values), tuple(alike), firm=False)]


def _tried(candidates: Iterable[Candidate]) -> list[Candidate]:
    return [replace(one, firm=False) for one in candidates]
