"""Parts of a whole in per cent: 占专任教师的58%, 年度计划2.5亿元的95.2%."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from junheng.claims.claim import Claim, Reason, Verdict
from junheng.claims.judging import judged, quotients
from junheng.claims.lookup import candidate
from junheng.claims.mention import Mention
from junheng.claims.numerals import Form
from junheng.claims.relations.part import parts_of
from junheng.claims.relations.whole import wholes_of
from junheng.claims.report import Report
from junheng.claims.roles import PREVIOUS, Role
from junheng.claims.units import same_kind

_ANOTHER_WHOLE = re.compile(r"[,(]?(?:以|按)[^,。;]{0,8}\d")  # 占18%(以144人计)
_AFTER = 14
# Gross rates and the fulfilment of a plan may be above all of it.
_MAY_EXCEED = re.compile(r"毛入[学园]率|比例为|达成率|完成率|超额|增|覆盖")


def share_claim(report: Report, mention: Mention) -> Claim:
    """Judge a share: part over whole, in per cent."""
    if mention.base == PREVIOUS:
        return _of_previous(report, mention)
    readings = [
        reading
        for part in parts_of(report, mention)
        for reading in quotients([part], wholes_of(report, mention, part), Fraction(100), "÷")
    ]
    after = report.text(mention.end, mention.end + _AFTER)
    if _ANOTHER_WHOLE.match(after):
        readings = [replace(reading, firm=False) for reading in readings]
    return (None if readings else above_all(report, mention)) or judged(report, mention, "share", readings)


def above_all(report: Report, mention: Mention) -> Claim | None:
    """A part of a whole above 100 % is impossible; None for others."""
    value = mention.figure.numeral.value
    if value is None or value <= 100 or _MAY_EXCEED.search(mention.label):
        return None
    if mention.role is not Role.SHARE and "率" not in mention.label:
        return None
    return report.claim(mention, "share", Verdict.INCONSISTENT, Reason("above_all"))


def _of_previous(report: Report, mention: Mention) -> Claim:
    """完成2.38亿元,为年度计划2.5亿元的95.2%: the two figures before it."""
    before = [
        other
        for other in report.in_sentence(mention)
        if other.figure.start < mention.figure.start and other.figure.numeral.form is Form.PLAIN
    ]
    if not before or (whole := candidate(before[-1], firm=True)) is None:
        return judged(report, mention, "share", [])
    alike = [
        other
        for other in reversed(before[:-1])
        if other.role is Role.STATED and same_kind(other.figure.unit, before[-1].figure.unit)
    ]
    parts = [one for other in alike if (one := candidate(other, firm=len(alike) == 1)) is not None]
    factor = Fraction(1) if mention.figure.numeral.form is Form.TIMES else Fraction(100)
    return judged(report, mention, "share", quotients(parts, [whole], factor, "÷"))
