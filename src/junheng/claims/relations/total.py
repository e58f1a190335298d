"""Totals and their parts: 共134所,其中幼儿园25所…; 男生a人、女生b人,共c人."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import reduce
from operator import add

from junheng.claims.agree import Agreement, Estimate, agreement
from junheng.claims.claim import Claim, Reason, Verdict
from junheng.claims.judging import Reading, judged
from junheng.claims.lookup import value_of
from junheng.claims.mentions import Mention, Role
from junheng.claims.report import Report
from junheng.claims.terms import terms
from junheng.claims.units import same_kind

_OPENS = re.compile(r"其中|分别|包括|含|[:(]")
_WHOLE_AFTER = re.compile(r"(?:共计|合计|总计|一共|总共|共有|共|累计|总数|总)")
_NEXT_WHOLE = re.compile(r"^(?:全[县区市镇乡校]|我[县区市校]|共有|现有)|[。]")


@dataclass(frozen=True, slots=True)
class Whole:
    """A total and the parts that its sentence lists."""

    total: Mention
    parts: tuple[Mention, ...]
    announced: bool  # 其中, 分别, a colon: the parts are said to be parts


def wholes(report: Report) -> list[Whole]:
    """All totals of a report with their parts."""
    found: list[Whole] = []
    by_sentence: dict[int, list[Mention]] = {}
    for mention in report.mentions:
        by_sentence.setdefault(mention.sentence, []).append(mention)
    for mentions in by_sentence.values():
        for index, mention in enumerate(mentions):
            if mention.role is Role.STATED and mention.value_known and mention.figure.unit.base:
                if parts := _parts_after(report, mentions, index):
                    found.append(Whole(mention, tuple(parts), announced=True))
                elif parts := _parts_before(report, mentions, index):
                    found.append(Whole(mention, tuple(parts), announced=False))
    return found


def total_claim(report: Report, whole: Whole) -> Claim | None:
    """Judge a total against its parts; None when they need not be all of it."""
    whole = _alike(whole)
    values = [value_of(part) for part in whole.parts]
    known = [value for value in values if value is not None]
    if len(known) != len(values):
        return report.claim(whole.total, "total", Verdict.NOT_CHECKABLE, Reason("masked"), inputs=map(report.input, whole.parts))
    actual = reduce(add, known).times(1)
    actual = _in_unit(whole.total, actual)
    agrees = agreement(whole.total.figure.numeral, actual)
    exhaustive = _exhaustive(report, whole)
    if agrees is Agreement.DISAGREES and not exhaustive:
        return None
    if agrees is Agreement.WITHIN_INPUTS and not exhaustive:
        return None
    return judged(report, whole.total, "total", [Reading(actual, whole.parts, exhaustive, "+")])


def _alike(whole: Whole) -> Whole:
    """Only parts that count what the total counts add up: 专任教师 are among the 教职工 just named."""
    same = tuple(part for part in whole.parts if part.concept == whole.total.concept)
    return replace(whole, parts=same) if len(same) >= 2 else whole


def part_claims(report: Report, whole: Whole) -> list[Claim]:
    """Judge the parts: none may be more than the whole."""
    total = value_of(whole.total)
    found = []
    for part in whole.parts:
        value = value_of(part)
        if total is None or value is None:
            continue
        fits = value.low <= total.high
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


def _parts_after(report: Report, mentions: Sequence[Mention], index: int) -> list[Mention]:
    total = mentions[index]
    following = mentions[index + 1 :]
    first = next((other for other in following if other.role is Role.STATED), None)
    if first is None:
        return []
    opening = report.text(total.end, first.figure.start)
    opened = _OPENS.search(opening)
    if not opened or ";" in opening.split(opened.group())[0] or "," in opening[: opened.start()].lstrip(","):
        return []
    parts: list[Mention] = []
    for other in following:
        between = report.text(parts[-1].end if parts else total.end, other.start)
        if parts and (_NEXT_WHOLE.search(other.label) or "。" in between):
            break
        if other.role is not Role.STATED or not _same_thing(total, other) or other.figure.unit.base != first.figure.unit.base:
            continue
        if other.depth > first.depth:
            continue
        if other.depth < first.depth:
            break
        if parts and total.concept and other.concept != parts[0].concept and other.concept == total.concept and not other.facets:
            break
        parts.append(other)
    return parts


def _parts_before(report: Report, mentions: Sequence[Mention], index: int) -> list[Mention]:
    total = mentions[index]
    if not _WHOLE_AFTER.match(total.label) or index < 2:
        return []
    parts: list[Mention] = []
    for other in reversed(mentions[:index]):
        after = parts[-1] if parts else total
        if other.role is not Role.STATED or not _same_thing(total, other) or other.depth != total.depth:
            break
        if re.search(r"[;。]", report.text(other.end, after.start)):
            break
        parts.append(other)
    parts.reverse()
    return parts if len(parts) >= 2 and not total.named.rest else []


def _same_thing(total: Mention, part: Mention) -> bool:
    if part.figure.numeral.value is None and not part.figure.numeral.cut:
        return same_kind(total.figure.unit, part.figure.unit)
    return same_kind(total.figure.unit, part.figure.unit) and part.figure.numeral.form is total.figure.numeral.form


def _exhaustive(report: Report, whole: Whole) -> bool:
    """Whether the parts are all there is: a partition by stage, sex, place or owner, or a sum drawn before them."""
    concepts = {part.concept for part in whole.parts}
    facets = [part.facets for part in whole.parts]
    own = whole.total.facets
    distinct = [frozenset(one - own) for one in facets]
    if len(concepts) == 1 and all(len(one) == 1 for one in distinct) and len(set(distinct)) == len(distinct):
        listed = frozenset(next(iter(one)) for one in distinct)
        if listed in terms().partitions and not any(part.named.rest for part in whole.parts):
            return True
        if len(listed) >= 4 and all(one.startswith("stage:") for one in listed) and concepts == {"schools"}:
            return True
    if not whole.announced:
        return bool(re.match(r"(?:共计|合计|总计|一共|总共)", whole.total.label))
    return False


def _in_unit(total: Mention, actual: Estimate) -> Estimate:
    return actual if total.figure.unit.factor == 1 else Estimate(*(value / total.figure.unit.factor for value in (actual.low, actual.value, actual.high)))
