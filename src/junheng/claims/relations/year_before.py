"""This year's figure and that of the year it is compared with: 2022年…,比上年增长; 2022年比2020年增长."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from junheng.claims.mention import Mention
from junheng.claims.numerals import Form
from junheng.claims.relations.over_time import Dated, dated, series
from junheng.claims.relations.pair import CHANGES, Pair, fits, own_clause, says, subject_of_change
from junheng.claims.report import Report

_BASE_YEAR = re.compile(r"(?:比|较|与|同|是|为|到|相当于)((?:19|20)\d\d)年")
_OWN_YEAR = re.compile(r"(?<![比较与同是为到\d于])((?:19|20)\d\d)年")
_LAST_YEAR = re.compile(r"比?上一?学?年|去年|同比|上年同期")
_IS_BASE = re.compile(r"(?:比|较)[^,。;]{0,14}$")


def of_years(report: Report, mention: Mention, segment: Sequence[Mention]) -> list[Pair]:
    """This year's figure and that of the year it is compared with."""
    entries = dated(report, report.chapter(mention))
    clause = own_clause(report, mention)
    base_year, own_year = _BASE_YEAR.search(clause), _OWN_YEAR.search(clause)
    base = int(base_year[1]) if base_year else None
    own = int(own_year[1]) if own_year else None
    if mention.year is not None and str(mention.year) in _OWN_YEAR.findall(clause):
        own = mention.year  # 2021年、2022年分别增长5%、10%
    inside = [
        entry
        for entry in entries
        if entry.mention.sentence == mention.sentence
        and any(entry.mention is other for other in segment)
        and _earlier(entry, mention)
    ]
    found = _now(report, mention, inside, own, base)
    if found is None and own is not None and (base is not None or _LAST_YEAR.search(clause)):
        # 2022年比2020年增长12.9%: the figures stand in the sentences before
        near = [entry for entry in entries if report.line(entry.mention) == report.line(mention)]
        found = _now(report, mention, [entry for entry in near if _earlier(entry, mention)], own, base)
        found = found or _now(report, mention, near, own, base)
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
        and not _is_base_of_another(report, entry.mention, mention)
        and (entry.year == year or (entry.last and base is None and now.year in (None, entry.year)))
    ]
    return pairs_found[:3]


def _of_counted_years(
    entries: Sequence[Dated], now: Dated, own: int | None, base: int | None, sure: bool
) -> list[Pair]:
    """近三年分别为…: which of them a named year is can only be tried."""
    group = next((group for group in series(entries) if any(entry is now for entry in group)), [])
    if own is None and base is None:
        return [Pair(now.mention, before.mention, sure, 1) for before, entry in pairwise(group) if entry is now]
    return [Pair(entry.mention, before.mention, False, 1) for before, entry in pairwise(group)]


def _now(
    report: Report, mention: Mention, possible: Sequence[Dated], own: int | None, base: int | None
) -> tuple[Dated, bool] | None:
    """The figure that changed, and whether it surely is."""
    subject = subject_of_change(report, mention)
    fitting = [
        entry
        for entry in possible
        if unit_fits(mention, entry.mention) and not entry.last and not _is_base(report, entry.mention)
    ]
    if says(subject):
        fitting = [entry for entry in fitting if fits(subject, entry.quantity)]
    if not fitting:
        return None
    if mention.of is not None:
        answered = next((entry for entry in fitting if entry.mention.figure.start == mention.of), None)
        return None if answered is None else (answered, True)
    if own is not None and base is not None:
        both = [
            entry
            for entry in fitting
            if entry.year == own and any(one.year == base and one.quantity == entry.quantity for one in possible)
        ]
        if both:
            return both[-1], says(subject) or len({entry.quantity for entry in both}) == 1
    nearest = fitting[-1]
    alike = [entry for entry in fitting if entry.quantity == nearest.quantity]
    if own is not None:
        dated_so = [entry for entry in alike if entry.year == own]
        if dated_so:
            return dated_so[-1], True
        return (nearest, False) if nearest.year is None or nearest.ordinal else None
    answers = [entry for entry in alike if entry.year is not None and entry.year == mention.year]
    if base is None and len(alike) > 1 and _backwards(report, alike[-2], nearest, mention):
        return alike[-2], True
    if base is None and len(alike) > 1 and answers:
        return answers[-1], True
    others = [entry.mention for entry in possible if entry.last and entry.quantity == nearest.quantity]
    return nearest, says(subject) or _adjacent(report, nearest.mention, mention, others)


def _backwards(report: Report, later: Dated, earlier: Dated, mention: Mention) -> bool:
    """2022年5250万元,2021年5000万元,增长5%: the later year first, and nothing between."""
    return (
        later.year is not None
        and earlier.year == later.year - 1
        and later.mention.sentence == earlier.mention.sentence == mention.sentence
        and ";" not in report.text(later.mention.end, mention.figure.start)
        and not any(
            later.mention.end <= other.figure.start < mention.figure.start and other.role in CHANGES
            for other in report.in_sentence(mention)
        )
    )


def _is_base(report: Report, mention: Mention) -> bool:
    """比2022年的2500人: what something else is compared with."""
    return bool(_IS_BASE.search(report.text(mention.start, mention.figure.start)))


def _is_base_of_another(report: Report, base: Mention, mention: Mention) -> bool:
    """收入a万元,比上年b万元增加c万元;支出d万元,比上年增加e万元: b is what the income was, whatever e is of."""
    return ";" in report.text(base.end, mention.start) and _is_base(report, base)


def unit_fits(mention: Mention, other: Mention) -> bool:
    """Whether a change in its unit may be one of the other figure."""
    form = other.figure.numeral.form
    if mention.figure.numeral.form is Form.PLAIN:
        return form is Form.PLAIN and other.figure.unit.base == mention.figure.unit.base
    if mention.figure.numeral.form is Form.POINTS:
        return form is Form.PERCENT
    return form in (Form.PLAIN, Form.PERCENT)


def _adjacent(report: Report, now: Mention, mention: Mention, last_year: Sequence[Mention]) -> bool:
    """Nothing but other changes and last year's figure stands between a figure and its change."""
    return now.sentence == mention.sentence and not any(
        now.end <= other.figure.start < mention.figure.start
        and other.role not in CHANGES
        and not any(other is one for one in last_year)
        for other in report.in_sentence(mention)
    )


def _earlier(entry: Dated, mention: Mention) -> bool:
    return entry.mention.figure.start < mention.figure.start
