"""Differences and growth: 比上年增加14,849万元, 增长56.15%; 由1335名增加到1415名."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from junheng.claims.agree import Estimate, exactly
from junheng.claims.claim import Claim
from junheng.claims.judging import Reading, judged
from junheng.claims.lookup import value_of
from junheng.claims.mentions import Mention, Role
from junheng.claims.numerals import Form
from junheng.claims.report import Report

_FROM = re.compile(r"(?:由|从)[^,。;]{0,16}$")
_TO = re.compile(r"(?:增加|增长|提高|上升|下降|减少|降低|提升|发展|扩大|降|升|增)(?:到|至|为)(?:了)?[^,。;]{0,14}$")
_YEAR_NAMED = re.compile(r"比((?:19|20)\d\d)年")
_MEAN = re.compile(r"年均|平均每年|年平均")


def change_claim(report: Report, mention: Mention) -> Claim:
    """Judge a difference: now less before."""
    readings = [
        Reading((now - before).times(mention.direction or 1), (one, other), firm, "−")
        for one, now, other, before, firm in _pairs(report, mention)
    ]
    return judged(report, mention, "difference", _in_unit(mention, readings))


def growth_claim(report: Report, mention: Mention) -> Claim:
    """Judge growth: the difference over what there was before, also where that is only implied by the difference."""
    numeral = mention.figure.numeral
    sign = mention.direction or 1
    readings: list[Reading] = []
    if _MEAN.search(report.clause_before(mention)[-20:]):
        return judged(report, mention, "growth", [])
    for one, now, other, before, firm in _pairs(report, mention):
        if numeral.form is Form.POINTS:
            readings.append(Reading((now - before).times(sign), (one, other), firm, "−"))
        elif (quotient := now.over(before)) is not None:
            if numeral.form is Form.TIMES:
                readings.append(Reading(quotient, (one, other), False, "÷"))
                readings.append(Reading(quotient - exactly(1), (one, other), firm, "÷"))
            else:
                readings.append(Reading((quotient - exactly(1)).times(100 * sign), (one, other), firm, "growth"))
    if numeral.form is Form.PERCENT:
        readings = _implied(report, mention) + readings
    return judged(report, mention, "growth", readings)


def _implied(report: Report, mention: Mention) -> list[Reading]:
    """增加14,849万元 of 41,296万元: the base is what is left."""
    earlier = [other for other in report.in_sentence(mention) if other.figure.start < mention.figure.start]
    change = next((other for other in reversed(earlier) if other.role is Role.CHANGE), None)
    if change is None or ";" in report.text(change.end, mention.figure.start):
        return []
    now = next(
        (
            other
            for other in reversed(earlier)
            if other.figure.start < change.figure.start and other.role is Role.STATED and other.figure.unit.base == change.figure.unit.base
        ),
        None,
    )
    if now is None:
        return []
    value, difference = value_of(now), value_of(change)
    if value is None or difference is None:
        return []
    signed = difference if change.direction >= 0 else exactly(0) - difference
    rate = difference.over(value - signed)
    return [] if rate is None else [Reading(rate.times(100), (now, change), True, "implied")]


def _pairs(report: Report, mention: Mention) -> list[tuple[Mention, Estimate, Mention, Estimate, bool]]:
    """(now, before) readings of what the change is about, best first."""
    earlier = [
        other
        for other in report.in_sentence(mention)
        if other.figure.start < mention.figure.start and other.role in (Role.STATED, Role.RATE, Role.SHARE, Role.EACH)
    ]
    found: list[tuple[Mention, Mention, bool]] = []
    for before, now in zip(reversed(earlier[:-1]), reversed(earlier[1:]), strict=True):
        if (
            before.figure.unit.base == now.figure.unit.base
            and _FROM.search(report.text(max(0, before.start - 8), before.figure.start))
            and _TO.search(report.text(before.end, now.figure.start))
        ):
            found.append((now, before, True))
            break
    if not found and earlier:
        now = _subject(mention, earlier)
        if now is not None:
            found += [(now, other, firm) for other, firm in _year_before(report, mention, now)]
    pairs = []
    for now, other, firm in found:
        one, base = value_of(now), value_of(other)
        if one is not None and base is not None:
            pairs.append((now, one, other, base, firm))
    return pairs


def _subject(mention: Mention, earlier: Sequence[Mention]) -> Mention | None:
    if mention.role is Role.CHANGE or mention.figure.numeral.form is Form.POINTS:
        form = Form.PERCENT if mention.figure.numeral.form is Form.POINTS else Form.PLAIN
        return next(
            (
                other
                for other in reversed(earlier)
                if other.figure.numeral.form is form and (form is Form.PERCENT or other.figure.unit.base == mention.figure.unit.base)
            ),
            None,
        )
    return next((other for other in reversed(earlier) if other.figure.numeral.form is Form.PLAIN), None)


def _year_before(report: Report, mention: Mention, now: Mention) -> list[tuple[Mention, bool]]:
    """The same quantity of the year that it is compared with."""
    named = _YEAR_NAMED.search(report.clause_before(mention))
    year = int(named[1]) if named else now.year - 1 if now.year else None
    if year is None:
        return []
    return [
        (other, True)
        for other in report.mentions
        if other is not now
        and other.year == year
        and other.role is now.role
        and report.chapter(other) == report.chapter(now)
        and other.figure.unit.base == now.figure.unit.base
        and same_label(other, now)
    ][:3]


def same_label(one: Mention, other: Mention) -> bool:
    """Whether two figures of different years count the same thing."""
    if one.concept or other.concept:
        return (
            one.concept == other.concept
            and (one.facets or one.carried) == (other.facets or other.carried)
            and _undated(one) == _undated(other)
        )
    return bool(_undated(one)) and _undated(one) == _undated(other)


def _undated(mention: Mention) -> str:
    return re.sub(r"(?:19|20)\d\d年|完成|实现|投入|安排", "", mention.named.rest)


def _in_unit(mention: Mention, readings: list[Reading]) -> list[Reading]:
    factor = Fraction(1, mention.figure.unit.factor)
    return [Reading(one.actual.times(factor), one.inputs, one.firm, one.formula) for one in readings]
