"""Averages: 生均, 每百名学生, 班均, 校均."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from junheng.claims.claim import Claim
from junheng.claims.judging import Reading, judged, quotients
from junheng.claims.lookup import Candidate, candidate, quantities
from junheng.claims.mention import Mention
from junheng.claims.report import Report
from junheng.claims.roles import PERSONS, PUPILS, Each, Role, without_each
from junheng.claims.terms import terms

_BOARDERS_ONLY = frozenset({"dormitory_area", "canteen_area"})  # 生均 of these is often meant for boarders


def each_claim(report: Report, mention: Mention) -> Claim:
    """Judge an average: what there is, over those it is for."""
    assert mention.each is not None
    if mention.each.counter:
        return judged(report, mention, "each", _by_counter(report, mention, mention.each))
    readings: list[Reading] = []
    for place, facets in enumerate(_narrowed(report, mention)):
        if not readings or mention.loose:
            found = _readings(report, mention, mention.each, facets)
            readings += found if place == 0 else [replace(one, firm=False) for one in found]
    return judged(report, mention, "each", readings)


def _narrowed(report: Report, mention: Mention) -> list[frozenset[str]]:
    """What the average may be narrowed to: its own words, else those before it, else nothing."""
    if mention.facets:
        return [mention.facets]
    if (answered := report.answered(mention)) is not None:
        return [answered.facets]
    return [mention.carried, frozenset()] if mention.carried else [frozenset()]


def _readings(report: Report, mention: Mention, each: Each, facets: frozenset[str]) -> list[Reading]:
    tops = _tops(report, mention, facets)
    concept = next((top.mentions[0].concept for top in tops), "")
    of = (*each.of, "boarders") if each == PUPILS and concept in ("", *_BOARDERS_ONLY) else each.of
    bottoms = (
        _chained(report, mention) or [found for one in of for found in quantities(report, mention, [one], facets)][:8]
    )
    if each == PERSONS:
        bottoms = _people_before(report, mention) or bottoms
    if not bottoms and facets:
        bottoms = [replace(one, firm=False) for one in quantities(report, mention, each.of, frozenset())]
    bottoms = [replace(one, firm=one.firm and _meant(concept, one)) for one in bottoms]
    return quotients(tops, bottoms, Fraction(each.per, mention.figure.unit.factor), "÷")


def _chained(report: Report, mention: Mention) -> list[Candidate]:
    """学生分别为a、b,图书分别为x、y,生均分别为p、q: y answers to b, and q to both."""
    top = report.answered(mention)
    bottom = report.answered(top) if top is not None else None
    one = candidate(bottom, firm=True, near=True) if bottom is not None else None
    return [one] if one and bottom and bottom.figure.unit.base in ("person", "class") else []


def _by_counter(report: Report, mention: Mention, each: Each) -> list[Reading]:
    """平均每册25元 after 图书980万元 and 39.2万册: what is counted in 册, and what is measured as the mean is."""
    before = [other for other in report.stated_before(mention) if other.value_known]
    readings = _counted(mention, each, before, near=True)
    if readings:
        return readings
    paragraph = [other for other in report.in_line(mention) if other.figure.start < mention.figure.start]
    stated = [other for other in paragraph if other.role is Role.STATED and other.value_known]
    return [replace(one, firm=False) for one in _counted(mention, each, stated, near=False)]


def _counted(mention: Mention, each: Each, before: Sequence[Mention], *, near: bool) -> list[Reading]:
    bottoms = [other for other in reversed(before) if other.figure.unit.word == each.counter]
    tops = [
        other
        for other in reversed(before)
        if other.figure.unit.base == mention.figure.unit.base and other not in bottoms
    ]
    firm = len(tops) == len(bottoms) == 1 and not each.loose
    return quotients(
        [one for other in tops[:4] if (one := candidate(other, firm=firm, near=near)) is not None],
        [one for other in bottoms[:3] if (one := candidate(other, firm=firm, near=near)) is not None],
        Fraction(1, mention.figure.unit.factor),
        "÷",
    )


def _meant(concept: str, bottom: Candidate) -> bool:
    """Whether an average of this is surely over these people: dormitories and canteens may be for boarders only."""
    return (concept in _BOARDERS_ONLY) == (bottom.mentions[0].concept == "boarders") or bottom.mentions[
        0
    ].concept not in (
        "pupils",
        "boarders",
    )


def _people_before(report: Report, mention: Mention) -> list[Candidate]:
    """人均 is for the people the sentence has just named, if any."""
    people = [
        other
        for other in report.in_sentence(mention)
        if other.figure.start < mention.figure.start
        and other.role is Role.STATED
        and other.figure.unit.base == "person"
    ]
    return [
        one for other in reversed(people) if (one := candidate(other, firm=len(people) == 1, near=True)) is not None
    ]


def _tops(report: Report, mention: Mention, facets: frozenset[str]) -> Sequence[Candidate]:
    """What there is: what the words of the average name, else what the sentence has just stated."""
    assert mention.each is not None
    if (answered := report.answered(mention)) is not None:
        one = candidate(answered, firm=not answered.bare, near=True)
        return [one] if one else []
    named = terms().named(without_each(mention.label))
    concept = named.concept or mention.concept
    if concept in mention.each.of:
        concept = next((other for other in reversed(mention.named.others) if other not in mention.each.of), "")
    if concept and terms().concepts[concept].base == mention.figure.unit.base:
        found = quantities(report, mention, [concept], facets, named.rest)
        if not found and named.rest:
            found = [replace(one, firm=False) for one in quantities(report, mention, [concept], facets)]
        return found
    if mention.each.of == ("classes",) and mention.figure.unit.base == "person":
        return quantities(report, mention, ["pupils", "young_children"], facets)
    return _just_stated(report, mention, mention.each, firm=not concept, words=named.rest)


def _just_stated(report: Report, mention: Mention, each: Each, *, firm: bool, words: str) -> list[Candidate]:
    """生均 that follows its total at once is of that total; where total and parts stand before it, any is tried."""
    before = [
        other
        for other in reversed(report.stated_before(mention))
        if other.figure.unit.base == mention.figure.unit.base
        and other.mood is mention.mood
        and other.entity == mention.entity
        and other.concept not in each.of
    ]
    narrowed = [other for other in before if mention.facets and other.facets == mention.facets]
    if not before:
        return []
    nearest, *others = narrowed or before
    alike = [other for other in others if nearest.concept and other.concept == nearest.concept]
    of_it = not alike or (bool(nearest.facets) and nearest.facets == (mention.facets or mention.carried))
    of_it = of_it and words in nearest.label  # 美术教室合计18间;平均每校有音乐教室3.2间
    sure = firm and of_it and _adjacent(report, nearest, mention) and (not mention.facets or bool(narrowed))
    first = candidate(nearest, firm=sure, near=True)
    rest = [candidate(other, firm=False, near=True) for other in alike]
    return [one for one in [first, *rest] if one is not None]


def _adjacent(report: Report, other: Mention, mention: Mention) -> bool:
    """Whether an average follows a figure at once; with figures of another kind between it may be of another."""
    between = report.text(other.end, mention.start)
    return "。" not in between and len(between) <= 30
