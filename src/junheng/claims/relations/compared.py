"""Which two figures a change compares: 由A增加到B, A比去年的B, this year's with last year's of the same quantity."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from junheng.claims.mention import Mention
from junheng.claims.roles import Role
from junheng.claims.numerals import Form
from junheng.claims.relations.over_time import STATING, Dated, Quantity, dated, series, undated
from junheng.claims.report import Report
from junheng.claims.terms import Named

STARTS = re.compile(r"[由从](?:[^,。;]{0,6}的)?$")
_FROM = re.compile(r"[由从][^,。;]{0,16}$")
_TO = re.compile(
    r"^[^,。;]{0,6}?,?[^,。;]{0,6}?(?:增加|增长|提高|上升|下降|减少|降低|提升|发展|扩大|攀升|回落|达|降|升|增|减)(?:到|至|为)(?:了)?[^,。;]{0,14}$"
    r"|^(?:→|->|-->)$"
)
_THAN = re.compile(r"(?:比|较|与|同|[是为](?=[上前去同]))[^,。;]{0,14}$")
_OVER_YEARS = re.compile(r"[两二三四五六]年[来间]?(?:共|累计|合计|总共)?(?:净|又)?(?:增|减|提高|下降|上升|降)")
_VERBS = re.compile(
    r"(?:分别)?(?:比|较|同比|环比|与|增[长加幅]|减[少幅]|下降|提高|提升|上升|降低|高出|多出|净增|翻|是(?=(?:19|20)\d\d年)|为(?=(?:19|20)\d\d年)|相当于|年均|平均每年|每年|[两二三四五六]年[来间])"
)
_BASE_YEAR = re.compile(r"(?:比|较|与|同|是|为|到|相当于)((?:19|20)\d\d)年")
_OWN_YEAR = re.compile(r"(?<![比较与同是为到\d于])((?:19|20)\d\d)年")
_LAST_YEAR = re.compile(r"比?上一?学?年|去年|同比|上年同期")
_CHANGES = (Role.CHANGE, Role.GROWTH)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two figures of one quantity.

    Attributes:
        firm: surely the two that are compared.
        years: how many years lie between; None when the text does not say.
    """

    now: Mention
    before: Mention
    firm: bool
    years: int | None


def own_clause(report: Report, mention: Mention) -> str:
    """The words of a change between the comma before it and its number."""
    return re.split(r"[,。;:(]", report.clause_before(mention))[-1]


def pairs(report: Report, mention: Mention) -> list[Pair]:
    """What a change compares, best first; empty when the report does not state both sides."""
    segment = _segment(report, mention)
    found = _from_to(report, mention, segment) or _in_clause(report, mention, segment)
    if found is None and _OVER_YEARS.search(own_clause(report, mention)):
        return span(report, mention)
    return [found] if found is not None else _of_years(report, mention, segment)


def neighbours(report: Report, mention: Mention) -> list[Mention]:
    """Differences beside a rate of growth, with nothing but commas and words between: 增加5人,增长2%."""
    figures = report.in_sentence(mention)
    place = next(index for index, other in enumerate(figures) if other is mention)
    beside = [figures[place - 1]] if place else []
    beside += figures[place + 1 : place + 2]
    return [
        other
        for other in beside
        if other.role is Role.CHANGE
        and other.direction == mention.direction
        and not re.search(r"[;。]", report.text(min(other.end, mention.end), max(other.figure.start, mention.figure.start)))
    ]


def span(report: Report, mention: Mention) -> list[Pair]:
    """First and last year of what a mean change is about."""
    if (found := _from_to(report, mention, _segment(report, mention))) is not None:
        return [found]
    entries = [
        entry for entry in dated(report, report.chapter(mention)) if entry.mention.figure.start < mention.figure.start
    ]
    near = [group for group in series(entries) if report.line(group[-1].mention) == report.line(mention)]
    subject = _subject(report, mention)
    fitting = [group for group in near if _fits(subject, group[0].quantity)] if _says(subject) else near
    named = [int(year) for year in re.findall(r"(?:19|20)\d\d", own_clause(report, mention))]
    found_pairs = []
    for group in fitting:
        inside = [entry for entry in group if len(named) != 2 or entry.year in named]
        if len(inside) >= 2:
            first, last = inside[0], inside[-1]
            years = (last.year or 0) - (first.year or 0)
            found_pairs.append(Pair(last.mention, first.mention, len(fitting) == 1 and len(group) > 2, years))
    return found_pairs[-3:]


def _segment(report: Report, mention: Mention) -> list[Mention]:
    """What the sentence states beside a change, up to the semicolons around it."""
    found = []
    for other in report.in_sentence(mention):
        between = report.text(min(other.end, mention.end), max(other.figure.start, mention.figure.start))
        times = other.figure.numeral.form is Form.TIMES
        if other.role in STATING and other.value_known and not times and ";" not in between:
            found.append(other)
    return found


def _from_to(report: Report, mention: Mention, segment: Sequence[Mention]) -> Pair | None:
    """由A增加到B before the change with nothing else stated since, or right after it."""
    earlier = [other for other in segment if other.end <= mention.figure.start]
    later = [other for other in segment if other.figure.start >= mention.end]
    last, first = earlier[-2:], later[:2]
    if len(last) == 2 and _moves(report, *last) and _same_subject(mention, last):
        return _pair_of(last)
    opens = len(first) == 2 and re.fullmatch(r"[,(]?[^,。;]{0,8}?[由从]?[^,。;]{0,12}", report.text(mention.end, first[0].figure.start))
    if opens and _moves(report, *first) and _same_subject(mention, first):
        return _pair_of(first)
    return None


def _pair_of(found: Sequence[Mention]) -> Pair:
    before, now = found
    years = now.year - before.year if now.year and before.year and now.year > before.year else None
    return Pair(now, before, True, years)


def _moves(report: Report, before: Mention, now: Mention) -> bool:
    return (
        before.figure.unit.base == now.figure.unit.base
        and before.figure.numeral.form is now.figure.numeral.form
        and bool(_TO.search(report.text(before.end, now.figure.start)))
        and (
            bool(_FROM.search(report.text(max(0, before.figure.start - 20), before.figure.start)))
            or "," not in report.text(before.end, now.figure.start)
        )
    )


def _same_subject(mention: Mention, found: Sequence[Mention]) -> bool:
    """The change and the pair speak of one thing: in one unit, and not of teachers here and pupils there."""
    if mention.role is Role.CHANGE and found[0].figure.unit.base != mention.figure.unit.base:
        return False
    concepts = {undated(one.label).concept for one in (mention, found[0])} - {""}
    return len(concepts) <= 1


def _in_clause(report: Report, mention: Mention, segment: Sequence[Mention]) -> Pair | None:
    """比去年的2.65万册增长两成: what it is compared with stands in the clause itself."""
    earlier = [other for other in segment if other.end <= mention.figure.start]
    if len(earlier) < 2:
        return None
    now, before = earlier[-2:]
    since = [other for other in report.in_sentence(mention) if before.end <= other.figure.start < mention.figure.start]
    between = report.text(before.end, mention.figure.start)
    if since and (any(not _compares(other) for other in since) or _says(_subject(report, mention))):
        return None
    if not since and re.search(r"[;。]|,(?!.{0,2}(?:增|减|提|下|上|降))", between):
        return None
    if not since and "," in between and "相比" not in between:
        return None
    clause = report.text(now.end, before.figure.start)
    if not _THAN.search(clause) or now.figure.unit.base != before.figure.unit.base:
        return None
    return Pair(now, before, True, None) if now.figure.numeral.form is before.figure.numeral.form else None


def _compares(mention: Mention) -> bool:
    return mention.role in _CHANGES or mention.figure.numeral.form is Form.TIMES


def _of_years(report: Report, mention: Mention, segment: Sequence[Mention]) -> list[Pair]:
    """This year's figure and that of the year it is compared with."""
    entries = dated(report, report.chapter(mention))
    clause = own_clause(report, mention)
    base_year, own_year = _BASE_YEAR.search(clause), _OWN_YEAR.search(clause)
    base = int(base_year[1]) if base_year else None
    own = int(own_year[1]) if own_year else None
    inside = [entry for entry in entries if any(entry.mention is other for other in segment) and _earlier(entry, mention)]
    found = _now(report, mention, inside, own, base)
    if found is None and own is not None and (base is not None or _LAST_YEAR.search(clause)):
        # 2022年比2020年增长12.9%: the figures stand in the sentences before
        found = _now(report, mention, [entry for entry in entries if _near(report, entry, mention)], own, base)
    if found is None:
        return []
    now, sure = found
    if now.ordinal:
        return _of_counted_years(entries, now, own, base, sure)
    year = base if base is not None else (own or now.year or 0) - 1
    pairs_found = [
        Pair(now.mention, entry.mention, sure, now.year - year if now.year else None)
        for entry in entries
        if entry.mention is not now.mention
        and entry.quantity == now.quantity
        and (entry.year == year or (entry.last and base is None and now.year in (None, entry.year)))
    ]
    return pairs_found[:3]


def _of_counted_years(entries: Sequence[Dated], now: Dated, own: int | None, base: int | None, sure: bool) -> list[Pair]:
    """近三年分别为…: which of them a named year is can only be tried."""
    group = next((group for group in series(entries) if any(entry is now for entry in group)), [])
    if own is None and base is None:
        return [
            Pair(now.mention, before.mention, sure, 1)
            for before, entry in pairwise(group)
            if entry is now
        ]
    return [Pair(entry.mention, before.mention, False, 1) for before, entry in pairwise(group)]


def _now(
    report: Report, mention: Mention, possible: Sequence[Dated], own: int | None, base: int | None
) -> tuple[Dated, bool] | None:
    """The figure that changed, and whether it surely is."""
    subject = _subject(report, mention)
    fitting = [entry for entry in possible if _unit_fits(mention, entry.mention) and not entry.last]
    if _says(subject):
        fitting = [entry for entry in fitting if _fits(subject, entry.quantity)]
    if not fitting:
        return None
    if mention.of is not None:
        answered = next((entry for entry in fitting if entry.mention.figure.start == mention.of), None)
        return None if answered is None else (answered, True)
    nearest = fitting[-1]
    alike = [entry for entry in fitting if entry.quantity == nearest.quantity]
    if own is not None:
        dated_so = [entry for entry in alike if entry.year == own]
        if dated_so:
            return dated_so[-1], True
        return (nearest, False) if nearest.year is None or nearest.ordinal else None
    answers = [entry for entry in alike if entry.year is not None and entry.year == mention.year]
    if base is None and len(alike) > 1 and answers:
        return answers[-1], True
    others = [entry.mention for entry in possible if entry.last and entry.quantity == nearest.quantity]
    return nearest, _says(subject) or _adjacent(report, nearest.mention, mention, others)


def _subject(report: Report, mention: Mention) -> Named:
    """What the words of a change itself say has changed: 教师 in 教师比上年增加186人."""
    return undated(_VERBS.split(own_clause(report, mention), maxsplit=1)[0])


def _says(subject: Named) -> bool:
    return bool(subject.concept) or len(subject.rest) >= 2


def _fits(subject: Named, quantity: Quantity) -> bool:
    if subject.facets and subject.facets != quantity.facets:
        return False
    if subject.concept:
        return subject.concept == quantity.concept and (not subject.rest or subject.rest in quantity.rest)
    return subject.rest in quantity.rest


def _unit_fits(mention: Mention, other: Mention) -> bool:
    form = other.figure.numeral.form
    if mention.role is Role.CHANGE:
        return form is Form.PLAIN and other.figure.unit.base == mention.figure.unit.base
    if mention.figure.numeral.form is Form.POINTS:
        return form is Form.PERCENT
    return form in (Form.PLAIN, Form.PERCENT)


def _adjacent(report: Report, now: Mention, mention: Mention, last_year: Sequence[Mention]) -> bool:
    """Nothing but other changes and last year's figure stands between a figure and its change."""
    return now.sentence == mention.sentence and not any(
        now.end <= other.figure.start < mention.figure.start
        and other.role not in _CHANGES
        and not any(other is one for one in last_year)
        for other in report.in_sentence(mention)
    )


def _earlier(entry: Dated, mention: Mention) -> bool:
    return entry.mention.figure.start < mention.figure.start


def _near(report: Report, entry: Dated, mention: Mention) -> bool:
    return _earlier(entry, mention) and report.line(entry.mention) == report.line(mention)
