"""Differences and growth over time: 比上年增加14,849万元, 增长56.15%; 由1335名增加到1415名; 年均增长5%."""

from __future__ import annotations

from dataclasses import replace
from decimal import Context, Decimal
from fractions import Fraction

from junheng.claims.agree import Agreement, Estimate, agreement, exactly
from junheng.claims.claim import Claim, Reason, Verdict
from junheng.claims.judging import Reading, judged
from junheng.claims.lookup import value_of
from junheng.claims.mention import Mention
from junheng.claims.numerals import Form
from junheng.claims.relations.compared import neighbours, pairs, span
from junheng.claims.relations.open_pairs import is_start, onward
from junheng.claims.relations.over_time import STATING
from junheng.claims.relations.pair import Pair, own_clause
from junheng.claims.report import Report

_MEAN_WORDS = ("年均", "平均每年", "每年平均", "年平均")
_DIGITS = Context(prec=30)


def change_claim(report: Report, mention: Mention) -> Claim:
    """Judge a difference: now less before."""
    sign = mention.direction or 1
    factor = Fraction(1, mention.figure.unit.factor)
    readings: list[Reading] = []
    if _is_mean(report, mention):
        for pair in span(report, mention):
            difference = _values(pair)[0] - _values(pair)[1]
            mean = difference.times(Fraction(sign, pair.years or 1)).times(factor)
            readings.append(Reading(_ordered(mean), (pair.now, pair.before), pair.firm, "mean_change"))
        return judged(report, mention, "difference", readings)
    for pair in pairs(report, mention):
        now, before = _values(pair)
        difference = now - before if sign > 0 else before - now
        readings.append(Reading(difference.times(factor), (pair.now, pair.before), pair.firm, "−"))
    return judged(report, mention, "difference", readings)


def growth_claim(report: Report, mention: Mention) -> Claim:
    """Judge growth: the difference over what there was before, also where that is only implied by the difference."""
    form = mention.figure.numeral.form
    sign = mention.direction or 1
    if _is_mean(report, mention):
        return judged(report, mention, "growth", _mean_growth(report, mention, sign))
    found = pairs(report, mention)
    readings = _implied(report, mention) if form is Form.PERCENT else []
    points: list[Reading] = []
    for pair in found:
        now, before = _values(pair)
        difference = now - before if sign > 0 else before - now
        inputs = (pair.now, pair.before)
        rates = pair.now.figure.numeral.form is Form.PERCENT
        listed = rates and form is Form.PERCENT and mention.of is not None
        if form is Form.POINTS or rates:
            points.append(Reading(difference, inputs, pair.firm and not listed, "−"))
        if form is Form.POINTS:
            continue
        quotient = now.over(before)
        if quotient is None:
            continue
        if form is Form.TIMES:
            # 增长2倍 is said of twice as much and of thrice as much
            readings.append(Reading(quotient, inputs, pair.firm, "÷"))
            readings.append(Reading(quotient - exactly(1), inputs, pair.firm, "growth"))
        else:
            growth = quotient - exactly(1) if sign > 0 else exactly(1) - quotient
            # of rates whose growth is given in per cent it may as well be what they are rates of that grew
            readings.append(Reading(growth.times(100), inputs, pair.firm and not listed, "growth"))
    claim = judged(report, mention, "growth", points + readings)
    if claim.verdict is Verdict.INCONSISTENT and (cause := _cause(mention, found, sign)) is not None:
        return replace(claim, cause=cause)
    return claim


def _is_mean(report: Report, mention: Mention) -> bool:
    return any(words in own_clause(report, mention) for words in _MEAN_WORDS)


def _values(pair: Pair) -> tuple[Estimate, Estimate]:
    now, before = value_of(pair.now), value_of(pair.before)
    assert now is not None  # masked figures are in no pair
    assert before is not None
    return now, before


def _mean_growth(report: Report, mention: Mention, sign: int) -> list[Reading]:
    """By the compound rate; the plain mean of the whole growth is what some offices take."""
    readings = []
    for pair in span(report, mention):
        now, before = _values(pair)
        if not pair.years:
            continue
        if mention.figure.numeral.form is Form.POINTS:
            mean = (now - before).times(Fraction(sign, pair.years))
            readings.append(Reading(_ordered(mean), (pair.now, pair.before), pair.firm, "mean_change"))
            continue
        quotient = now.over(before)
        if quotient is None or quotient.low <= 0:
            continue
        compound = Estimate(*(_root(end, pair.years) for end in (quotient.low, quotient.value, quotient.high)))
        inputs = (pair.now, pair.before)
        for mean, formula in (
            (compound - exactly(1), "compound"),
            ((quotient - exactly(1)).times(Fraction(1, pair.years)), "mean_growth"),
        ):
            readings.append(Reading(_ordered(mean.times(100 * sign)), inputs, pair.firm, formula))
    return readings


def _root(value: Fraction, years: int) -> Fraction:
    decimal = _DIGITS.divide(Decimal(value.numerator), Decimal(value.denominator))
    return Fraction(_DIGITS.power(decimal, _DIGITS.divide(Decimal(1), Decimal(years))))


def _ordered(one: Estimate) -> Estimate:
    return Estimate(min(one.low, one.high), one.value, max(one.low, one.high))


def _implied(report: Report, mention: Mention) -> list[Reading]:
    """增加14,849万元 of 41,296万元: the base is what is left; the difference may stand before or after the rate."""
    readings = []
    for change in neighbours(report, mention):
        now = next(
            (
                other
                for other in reversed(report.in_sentence(mention))
                if other.figure.start < min(change.figure.start, mention.figure.start)
                and other.role in STATING
                and other.figure.unit.base == change.figure.unit.base
                and other.figure.numeral.form is change.figure.numeral.form
            ),
            None,
        )
        if now is None or ";" in report.text(now.end, mention.figure.start):
            continue
        value, difference = value_of(now), value_of(change)
        if value is None or difference is None:
            continue
        start = is_start(report, now)
        opened = not start and onward(report, change)  # the figure before it may be of either time
        moved = value - difference if change.direction >= 0 else value + difference
        for before in (value, moved) if opened else (value,) if start else (moved,):
            rate = difference.over(before)
            if rate is not None:
                firm = change.direction != 0 and not opened
                formula = ("implied" if change.direction >= 0 else "implied_down") if before is moved else "÷"
                inputs = (now, change) if before is moved else (change, now)
                readings.append(Reading(rate.times(100), inputs, firm, formula))
    return readings


def _cause(mention: Mention, found: list[Pair], sign: int) -> Reason | None:
    """Growth that was divided by the later of two years."""
    if mention.figure.numeral.form is not Form.PERCENT:
        return None
    for pair in found:
        now, before = _values(pair)
        difference = now - before if sign > 0 else before - now
        swapped = difference.over(now)
        if swapped is not None and agreement(mention.figure.numeral, swapped.times(100)) is not Agreement.DISAGREES:
            return Reason("later_base", {"base": pair.now.label})
    return None
