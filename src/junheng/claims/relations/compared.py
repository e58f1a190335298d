"""Which two figures a change compares: 由A增加到B, A比去年的B, this year's with last year's of the same quantity."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from junheng.claims.mention import Mention
from junheng.claims.mood import Mood
from junheng.claims.numerals import Form
from junheng.claims.relations.open_pairs import onward, open_pairs
from junheng.claims.relations.over_time import STATING, dated, near, series, undated
from junheng.claims.relations.pair import CHANGES, Pair, fits, own_clause, says, subject_of_change
from junheng.claims.relations.year_before import of_years, unit_fits
from junheng.claims.report import Report
from junheng.claims.roles import Role

_FROM = re.compile(r"[由从][^,。;]{0,16}$")
_TO = re.compile(
    r"^[^,。;]{0,6}?,?[^,。;]{0,6}?(?:增加|增长|提高|上升|下降|减少|降低|提升|发展|扩大|攀升|回落|达|降|升|增|减|变|缩小|压缩)(?:到|至|为|成)(?:了)?[^,。;]{0,14}$"
    r"|^(?:→|->|-->)$"
)
_THAN = re.compile(r"(?:比|较|与|同(?!期)|[是为](?=[上前去同]))[^,。;]{0,14}$")
_NAMED_BASE = re.compile(r"(?:比|较|与)([^,。;]{2,12}?)(?:的|同期|年底)?(?:增|减|提|上|下|降|升|多|少)")
_OVER_YEARS = re.compile(r"[两二三四五六]年[来间]?(?:共|累计|合计|总共)?(?:净|又)?(?:增|减|提高|下降|上升|降)")


def pairs(report: Report, mention: Mention) -> list[Pair]:
    """What a change compares, best first; empty when the report does not state both sides."""
    segment = _segment(report, mention)
    if onward(report, mention):
        clause = own_clause(report, mention)
        spans = span(report, mention) if _OVER_YEARS.search(clause) else []
        dated_so = of_years(report, mention, segment) if re.search(r"(?:19|20)\d\d年", clause) else []
        return spans or dated_so or open_pairs(report, mention)
    if moved := _from_to(report, mention, segment):
        return moved
    return _in_clause(report, mention, segment) or of_years(report, mention, segment) or open_pairs(report, mention)


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
        and not re.search(
            r"[;。]", report.text(min(other.end, mention.end), max(other.figure.start, mention.figure.start))
        )
    ]


def span(report: Report, mention: Mention) -> list[Pair]:
    """First and last year of what a mean change is about."""
    if found := _from_to(report, mention, _segment(report, mention)):
        return found
    entries = [
        entry for entry in dated(report, report.chapter(mention)) if entry.mention.figure.start < mention.figure.start
    ]
    here = near(report, series(entries), report.line(mention))
    subject = subject_of_change(report, mention)
    fitting = [
        group
        for group in here
        if unit_fits(mention, group[0].mention) and (not says(subject) or fits(subject, group[0].quantity))
    ]
    named = [int(year) for year in re.findall(r"(?:19|20)\d\d", own_clause(report, mention))]
    found_pairs = []
    for group in fitting:
        inside = [entry for entry in group if len(named) != 2 or entry.year in named]
        if len(inside) >= 2:
            first, last = inside[0], inside[-1]
            years = (last.year or 0) - (first.year or 0)
            near_by = last.mention.sentence == mention.sentence or says(subject)
            firm = len(fitting) == 1 and len(group) > 2 and near_by
            found_pairs.append(Pair(last.mention, first.mention, firm, years))
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


def _from_to(report: Report, mention: Mention, segment: Sequence[Mention]) -> list[Pair]:
    """由A增加到B before the change with nothing else stated since, or right after it."""
    earlier = [other for other in segment if other.end <= mention.figure.start]
    later = [other for other in segment if other.figure.start >= mention.end]
    if "分别" in own_clause(report, mention):
        return _in_order(report, mention, earlier)
    last, first = earlier[-2:], later[:2]
    if len(last) == 2 and _moves(report, *last) and _same_subject(mention, last):
        chain = earlier[-3:]  # 由A增加到B,再增加到C: since B, or since A
        on = len(chain) == 3 and _moves(report, *chain[:2])
        return [_pair_of(last), *([_pair_of((chain[0], chain[2]))] if on else [])]
    opens = len(first) == 2 and re.fullmatch(
        r"[,(]?[^,。;]{0,8}?[由从]?[^,。;]{0,12}", report.text(mention.end, first[0].figure.start)
    )
    if opens and _moves(report, *first) and _same_subject(mention, first):
        return [_pair_of(first)]
    return []


def _in_order(report: Report, mention: Mention, earlier: Sequence[Mention]) -> list[Pair]:
    """小学由28册增加到31册,初中由35册增加到41册,分别增长10.7%和17.1%."""
    found = [both for both in pairwise(earlier) if _moves(report, *both) and _same_subject(mention, both)]
    clause = own_clause(report, mention).partition("分别")[0] + "分别"
    since = earlier[-1].end if earlier else 0
    run = [
        one
        for one in report.in_sentence(mention)
        if one.figure.start > since and own_clause(report, one).startswith(clause)
    ]
    place = next((index for index, one in enumerate(run) if one is mention), 0)
    return [_pair_of(found[place])] if len(found) == len(run) else []


def _pair_of(found: Sequence[Mention]) -> Pair:
    before, now = found
    years = now.year - before.year if now.year and before.year and now.year > before.year else None
    return Pair(now, before, now.mood is not Mood.PLAN, years)


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


def _in_clause(report: Report, mention: Mention, segment: Sequence[Mention]) -> list[Pair]:
    """比去年的2.65万册增长两成: what it is compared with stands in the clause itself."""
    earlier = [other for other in segment if other.end <= mention.figure.start]
    if len(earlier) < 2:
        return []
    now, before = earlier[-2:]
    since = [other for other in report.in_sentence(mention) if before.end <= other.figure.start < mention.figure.start]
    between = report.text(before.end, mention.figure.start)
    if since and (any(not _compares(other) for other in since) or says(subject_of_change(report, mention))):
        return []
    if not since and re.search(r"[;。]|,(?!.{0,2}(?:增|减|提|下|上|降))", between):
        return []
    if not since and "," in between and "相比" not in between:
        return []
    clause = report.text(now.end, before.figure.start)
    other_base = _NAMED_BASE.search(own_clause(report, mention)) if "," in between else None
    if other_base and other_base[1] not in clause:
        return []  # 比2022年的2500人下降4%,比2021年…
    if not _THAN.search(clause) or now.figure.unit.base != before.figure.unit.base:
        return []
    if now.figure.numeral.form is not before.figure.numeral.form:
        return []
    if now.role is before.role or len(earlier) == 2:
        return [Pair(now, before, True, None)]
    # 经费42万元,生均80元,比上年的35万元: either may be meant
    return [Pair(one, before, False, None) for one in earlier[-3:-1] if one.figure.unit.base == before.figure.unit.base]


def _compares(mention: Mention) -> bool:
    return mention.role in CHANGES or mention.figure.numeral.form is Form.TIMES
