"""Two reports beside each other: the same quantity with different values.

A quantity is the same only when concept, part, school and year are. One that a report states several times differs only
when none of its values agrees with any of the other's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from junheng.claims.agree import Estimate
from junheng.claims.claim import Claim, Verdict
from junheng.claims.lookup import value_of
from junheng.claims.mention import Mention
from junheng.claims.mood import Mood
from junheng.claims.periods import Periods
from junheng.claims.report import Report, name_of, printed_unit, ratio_value, read_report
from junheng.claims.roles import Role
from junheng.claims.stock import TIME, paragraph_before, settled
from junheng.claims.subjects import county_in_title, school_named
from junheng.claims.terms import terms
from junheng.documents.document import Document

_SCHOOL = re.compile(r"[一-鿿]{2,14}(?:小学|中学|学校|完小|教学点|幼儿园)")
_COUNTY = re.compile(r"全[县区市旗]|我[县区市旗]|[县区]域")
_GENERAL = re.compile(r"义务教育|中小学|标准化|各|建设|管理|关于")
_TITLE_LINES = 3
_LONGEST_TITLE = 60
_SHORTEST_LABEL = 4


@dataclass(frozen=True, slots=True)
class Side:
    """Where one of the two states the quantity.

    Attributes:
        value: in ``unit``.
        start: offset of ``quote`` in the document's text; -1 where it does not stand in one.
        source: where it stands then: a snapshot and key, with the cell.
    """

    document: str
    value: Fraction | None
    unit: str
    quote: str
    start: int
    source: str = ""


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """A quantity with different values.

    Attributes:
        name: what it is, in the first one's words.
        first, second: every place that states it, in text order.
    """

    name: str
    first: tuple[Side, ...]
    second: tuple[Side, ...]


def compare_documents(first: Document, second: Document) -> tuple[Discrepancy, ...]:
    """Quantities that two reports state differently, in the order of the first one's text.

    Of reports whose titles name different counties nothing is the same.
    """
    reports = read_report(first), read_report(second)
    counties = {county for report in reports if (county := county_in_title(report))}
    if len(counties) > 1:
        return ()
    one, other = map(_quantities, reports)
    return tuple(
        Discrepancy(_name(mine[0]), _sides(first, mine), _sides(second, theirs))
        for key, mine in one.items()
        if (theirs := other.get(key)) and not any(_agree(a, b) for a in mine for b in theirs)
    )


def compare_with_data(document: Document, claims: Sequence[Claim], source: str) -> tuple[Discrepancy, ...]:
    """The same where the second is a workbook of filed data, from what ``against_data`` found."""
    found: dict[tuple[object, ...], Discrepancy] = {}
    for claim in claims:
        if claim.verdict is not Verdict.INCONSISTENT or not isinstance(claim.claimed, Fraction):
            continue
        side = Side(document.name, claim.claimed, claim.unit, claim.quote, claim.start)
        key = tuple((given.name, given.source) for given in claim.inputs)
        recomputed = claim.recomputed if isinstance(claim.recomputed, Fraction) else None
        place = "；".join(given.source for given in claim.inputs)
        name = claim.why.values.get("formula", "")
        filed = Side(source, recomputed, claim.unit, "", -1, place)
        before = found.get(key)
        found[key] = Discrepancy(name, (*(before.first if before else ()), side), (filed,))
    return tuple(found.values())


@dataclass(frozen=True, slots=True)
class _Stated:
    report: Report
    mention: Mention
    whose: str
    value: Estimate


def _quantities(report: Report) -> Mapping[tuple[object, ...], list[_Stated]]:
    found: dict[tuple[object, ...], list[_Stated]] = {}
    periods = Periods(report, 0)
    subject = _subject(report)
    for mention in report.mentions:
        for key, whose in _key(report, mention, periods, subject):
            value = _value(mention)
            if value is not None:
                found.setdefault(key, []).append(_Stated(report, mention, whose, value))
    return found


def _key(report: Report, mention: Mention, periods: Periods, subject: str) -> Iterator[tuple[tuple[object, ...], str]]:
    """What tells a quantity apart from others, and whose it is; nothing where that is not sure."""
    if mention.mood is not Mood.RESULT or mention.denied or mention.distributive or mention.past or mention.part:
        return
    period = periods.of(mention, fiscal=True, before_comparison=mention.role in (Role.GROWTH, Role.CHANGE))
    if period is None or mention.depth:
        return
    named = replace(mention.named, rest=TIME.sub("", mention.named.rest))
    year = period.years[0] if period.stated else 0
    whose = mention.entity or _whose(paragraph_before(report, mention), subject)
    label = TIME.sub("", terms().plain.sub("", mention.label))
    part = tuple(sorted(mention.facets))
    if not part and (mention.carried or mention.under):
        return  # of the part named before it, or of the whole
    unit = mention.figure.unit.base
    common = (mention.role, _last_words(whose), year, unit)
    match mention.role:
        case Role.STATED:
            if not settled(report, mention, named, paragraph_before(report, mention)):
                return
            yield (*common, named.concept, part), whose
        case Role.EACH:
            assert mention.each is not None
            if named.concept:
                yield (*common, mention.each.of, mention.each.per, named.concept, part, label), whose
        case Role.RATIO:
            yield (*common, "".join(sorted(mention.ratio)), part, label), whose
        case Role.RATE | Role.SHARE:
            if len(label) >= _SHORTEST_LABEL:
                yield (*common, mention.base, label), whose


def _value(mention: Mention) -> Estimate | None:
    if mention.role is not Role.RATIO:
        return value_of(mention)
    value = ratio_value(mention)
    half = mention.figure.numeral.step / 2
    return None if value is None else Estimate(value - half, value, value + half)


def _agree(one: _Stated, other: _Stated) -> bool:
    return one.value.low <= other.value.high and other.value.low <= one.value.high


def _sides(document: Document, stated: Sequence[_Stated]) -> tuple[Side, ...]:
    sides = []
    for one in stated:
        quote, start = one.report.quoted(one.mention.start, one.mention.end)
        ratio = one.mention.role is Role.RATIO
        value = ratio_value(one.mention) if ratio else one.mention.figure.numeral.shown
        sides.append(Side(document.name, value, printed_unit(one.mention), quote, start))
    return tuple(sides)


def _name(stated: _Stated) -> str:
    words = name_of(stated.mention)
    return words if stated.whose in words else f"{stated.whose}{words}"


def _subject(report: Report) -> str:
    """The school that a report's title names; empty for reports on counties and those that do not say."""
    lines = [line.strip() for line in report.cleaned.text.split("\n") if line.strip()][:_TITLE_LINES]
    for line in lines:
        if len(line) <= _LONGEST_TITLE and (found := _SCHOOL.search(line)) and not _GENERAL.search(found.group()):
            return found.group()
    return ""


def _whose(before: str, subject: str) -> str:
    """The school named last before a figure; the report's own subject when none is; nobody's for 全县."""
    county = max((match.end() for match in _COUNTY.finditer(before)), default=0)
    return school_named(before[county:]) or ("" if county else subject)


def _last_words(name: str) -> str:
    """A school by the end of its name: 示例县第一小学 in one report is 第一小学 in another."""
    return re.split(r"[县区市旗镇乡]", name)[-1] if name else ""
