"""Whether the parts that a report lists are all there are, so that a total that differs is a mistake."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from junheng.claims.agree import Estimate
from junheng.claims.cause import slip
from junheng.claims.claim import Reason
from junheng.claims.mention import Mention
from junheng.claims.mood import Mood
from junheng.claims.numerals import chinese_number
from junheng.claims.relations.sums import same_unit, summed
from junheng.claims.relations.whole_and_parts import Link, Whole
from junheng.claims.report import Report
from junheng.claims.terms import terms

_MORE_FOLLOW = re.compile(r"\s*(?:等|……|\.{3})")
_YEARS = re.compile(r"([两二三四五六七八九十])年")
_FOUR_DIGITS = 1000  # of fewer digits two change places by chance
_MAINLY = re.compile(r"主要|例如|如|重点")
_SOURCE = re.compile(
    r"中央|上级|国家|省级|省财政|市级|市财政|县级|县财政|区级|[乡镇]级|乡镇|财政|专项|自筹|社会|捐|债券|配套|争取"
)
# Kinds of schools that overlap with others: their figures may be in those of 小学 or 初中 as well.
_OVERLAPPING = frozenset({"stage:middle", "stage:teaching_point", "stage:compulsory"})


@dataclass(frozen=True)
class Sums:
    """The totals of a report that are the sum of their parts."""

    report: Report
    wholes: Sequence[Whole]

    def explain(self, whole: Whole) -> bool:
        """Whether the parts of ``whole`` are those of another total, which they make up."""
        starts = {part.figure.start for part in whole.parts}
        return any(
            other.total is not whole.total and starts <= {part.figure.start for part in other.parts}
            for other in self.wholes
        )

    def list_all(self, whole: Whole, values: frozenset[str]) -> bool:
        """Whether parts of the same names make up another total of its sentence: 9所(小学6所、初中3所),学生…."""
        return any(
            other.total is not whole.total
            and other.total.sentence == whole.total.sentence
            and frozenset(_dimension(other.total, other.parts) or ()) == values
            for other in self.wholes
        )


def is_all(sums: Sums, whole: Whole, actual: Estimate) -> bool:
    """Whether a sum that differs is a mistake: the parts are all there is, or are more than the whole.

    Args:
        actual: the sum, in the total's own unit.
    """
    report = sums.report
    if whole.sure:
        return True
    if sums.explain(whole):
        return False
    if not whole.adjacent or any(part.mood is not Mood.RESULT for part in whole.parts):
        return False
    value = whole.total.figure.numeral.value
    assert value is not None  # the caller left masked totals out
    if actual.low > value:
        return _exceeds(whole, value) or _is_partition(sums, whole)
    if _open_ended(report, whole):
        return False
    return _is_partition(sums, whole) or _all_years(report, whole) or _digits_swapped(whole, actual)


def _open_ended(report: Report, whole: Whole) -> bool:
    last, first = whole.parts[-1], whole.parts[0]
    after = report.text(last.end, last.end + 3)
    return bool(_MORE_FOLLOW.match(after) or _MAINLY.search(report.text(whole.total.end, first.start + 2)))


def _is_partition(sums: Sums, whole: Whole) -> bool:
    """Whether the parts are the values of one facet that together make up the whole."""
    values = _dimension(whole.total, whole.parts)
    if values is None or len(values) != len(whole.parts):
        return False
    listed = frozenset(values)
    if sums.list_all(whole, listed):
        return True
    if listed not in terms().partitions:
        return False
    if not next(iter(listed)).startswith("stage:"):
        return True
    if whole.parts[0].concept == "schools" or whole.total.concept == "schools":
        return "stage:nine_year" in listed
    return not _other_stages(sums.report, whole.total, listed)


def _other_stages(report: Report, total: Mention, listed: frozenset[str]) -> bool:
    """Whether the report also counts stages that the list leaves out: its total may be of those too."""
    known = listed | {"stage:compulsory", "stage:middle", "stage:nine_year", "stage:teaching_point"}
    return any(
        facet.startswith("stage:") and facet not in known
        for mention in report.in_chapter(total)
        for facet in mention.facets
    )


def _all_years(report: Report, whole: Whole) -> bool:
    """Whether the parts are the years that the total says it is of: 近三年…320人,其中2021年…、2022年…、2023年…."""
    said = _YEARS.search(report.clause_before(whole.total))
    return said is not None and _by_year(whole) and chinese_number(said[1]) == len(whole.parts)


def _by_year(whole: Whole) -> bool:
    years = {part.year for part in whole.parts}
    return None not in years and len(years) == len(whole.parts) and whole.total.year not in years


def _dimension(total: Mention, parts: Sequence[Mention]) -> list[str] | None:
    """The values of the one facet by which all parts differ from the total; None when they differ otherwise."""
    values: list[str] = []
    facets = [_facets(part) for part in parts]
    outer = frozenset.intersection(*facets)  # 新华小学…男生…、女生…
    if not outer <= total.facets | total.carried:
        return None
    if frozenset.union(*facets) - total.facets:
        outer |= total.facets
    for part, named in zip(parts, facets, strict=True):
        own = named - outer
        alike = part.concept in ("", total.concept, parts[0].concept) or part.concept in terms().implied
        if len(own) != 1 or part.named.rest not in ("", total.named.rest) or not alike:
            return None
        values.append(next(iter(own)))
    kinds = {value.partition(":")[0] for value in values}
    return values if len(kinds) == 1 and len(set(values)) == len(values) else None


def _facets(part: Mention) -> frozenset[str]:
    """What its words narrow it to, and what they say already: 在园幼儿 are of 学前教育."""
    return part.facets | terms().implied.get(part.concept, frozenset())


def _exceeds(whole: Whole, value: Fraction) -> bool:
    """Whether parts that cannot overlap are together more than the whole."""
    total, parts = whole.total, whole.parts
    if _by_year(whole):
        return True
    if total.figure.unit.base == "money":
        sources = {bool(_SOURCE.search(part.label)) for part in parts}
        return len(sources) == 1 and whole.link is Link.OPENED
    if whole.link is Link.DRAWN:
        return all(part.concept == total.concept for part in parts) and len({part.label for part in parts}) == len(
            parts
        )
    pure = [part for part in parts if _facets(part) - total.facets and not part.facets & _OVERLAPPING]
    pure = [part for part in pure if not part.named.rest]
    if len(pure) >= 2 and _dimension(total, pure) is not None:
        added = summed(replace(whole, parts=tuple(pure)))
        return added is not None and added.low > value
    return (
        total.figure.unit.base not in ("person", "area", "money")
        and all(part.concept in ("", total.concept) and same_unit(total, part) for part in parts)
        and len({part.label for part in parts}) == len(parts)
        and total.concept != "schools"
    )


def _digits_swapped(whole: Whole, actual: Estimate) -> bool:
    """165.3 where the parts make 163.5: a slip of the pen, hardly a remainder."""
    numeral = whole.total.figure.numeral
    assert numeral.value is not None  # the caller left masked totals out
    long = numeral.value / numeral.step >= _FOUR_DIGITS
    return whole.link is Link.OPENED and long and slip(numeral, actual.value) == Reason("cause_swapped")
