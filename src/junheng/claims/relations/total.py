"""Totals and their parts: 共134所,其中幼儿园25所…; 男生a人、女生b人,共c人; 三年累计T."""

from __future__ import annotations

from collections.abc import Sequence

from junheng.claims.agree import Agreement, agreement
from junheng.claims.claim import Claim, Reason, Verdict
from junheng.claims.judging import Reading, judged
from junheng.claims.lookup import value_of
from junheng.claims.mention import Mention
from junheng.claims.mood import Mood
from junheng.claims.relations.accumulated import accumulated
from junheng.claims.relations.addable import broader
from junheng.claims.relations.completeness import Sums, is_all
from junheng.claims.relations.earlier import earlier_parts
from junheng.claims.relations.gone_through import gone_through
from junheng.claims.relations.part_lists import part_lists
from junheng.claims.relations.sums import same_unit, summed, value_in
from junheng.claims.relations.whole_and_parts import Link, Whole
from junheng.claims.report import Report

_AGREEING = (Agreement.EXACT, Agreement.ROUNDED, Agreement.TRUNCATED)


def total_claims(report: Report) -> list[Claim]:
    """Judge every total against its parts, and every part that is said to be one against its whole."""
    wholes = part_lists(report) + earlier_parts(report) + accumulated(report) + gone_through(report)
    by_total: dict[int, list[Whole]] = {}
    for whole in wholes:
        by_total.setdefault(whole.total.figure.start, []).append(whole)
    sums = Sums(report, [whole for whole in wholes if _makes_up(whole)])
    found = [claim for one in by_total.values() if (claim := _total_claim(sums, one)) is not None]
    for whole in wholes:
        if whole.link is Link.OPENED and whole.complete:
            found += _part_claims(report, whole)
    return found


def _makes_up(whole: Whole) -> bool:
    """Whether the parts as printed are the total."""
    if len(whole.parts) < 2 or whole.total.figure.numeral.value is None:
        return False
    actual = summed(whole)
    return actual is not None and agreement(whole.total.figure.numeral, actual) in _AGREEING


def _total_claim(sums: Sums, wholes: Sequence[Whole]) -> Claim | None:
    """Judge a total by all readings of its parts; None when none agrees and none is sure."""
    report, total = sums.report, wholes[0].total
    if total.figure.numeral.value is None:
        return None
    readings: list[Reading] = []
    for whole in wholes:
        if len(whole.parts) < 2:
            continue
        actual = summed(whole)
        if actual is None:
            if whole.complete:
                return report.claim(
                    total, "total", Verdict.NOT_CHECKABLE, Reason("masked"), inputs=map(report.input, whole.parts)
                )
            continue
        agrees = agreement(total.figure.numeral, actual)
        firm = whole.complete and is_all(sums, whole, actual)
        if firm or agrees in _AGREEING or (whole.complete and agrees is not Agreement.DISAGREES):
            readings.append(Reading(actual, whole.parts, firm, "+"))
    return judged(report, total, "total", readings) if readings else None


def _part_claims(report: Report, whole: Whole) -> list[Claim]:
    """None of the parts may be more than the whole."""
    total = value_of(whole.total)
    found = []
    for place, part in enumerate(whole.parts):
        value = value_in(whole.total, part)
        if total is None or value is None or not broader(whole.total, part) or _may_be_averages(whole.total):
            continue
        if part.year != whole.total.year and part.year is not None:
            continue
        fits = value.low <= total.high
        results = whole.total.mood is part.mood is Mood.RESULT
        listed = place == 0 or _goes_on(report, whole.parts[place - 1], part)
        if not fits and not (results and listed and whole.adjacent and same_unit(whole.total, part)):
            continue
        found.append(
            report.claim(
                part,
                "part",
                Verdict.CONSISTENT if fits else Verdict.INCONSISTENT,
                Reason("part_fits" if fits else "part_exceeds", {"whole": report.input(whole.total).quote}),
                inputs=[report.input(whole.total)],
            )
        )
    return found


def _goes_on(report: Report, before: Mention, part: Mention) -> bool:
    """Whether a part goes on with its list; 招聘62人,其中硕士8人,交流104人 may speak of something else by then."""
    return bool(part.facets - before.facets) or report.text(before.end, part.start) in ("、", "和", "及", "与")


def _may_be_averages(total: Mention) -> bool:
    """Sums of money in plain 元 are often for each pupil or teacher, where a part may be above the whole."""
    return total.figure.unit.base == "money" and total.figure.numeral.scale == 1
