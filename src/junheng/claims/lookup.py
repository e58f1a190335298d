"""Find the figure that a recomputation needs: the pupils of the same stage, school and year.

Several figures may be meant. A claim holds when one of them makes it hold; it fails only when all of them make it fail
and one is surely the right one (``firm``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add

from junheng.claims.agree import Estimate, estimate
from junheng.claims.mention import Mention
from junheng.claims.mood import Mood
from junheng.claims.report import Report
from junheng.claims.roles import Role
from junheng.claims.terms import terms

_MOST = 8  # readings of one figure that are tried


@dataclass(frozen=True, slots=True)
class Candidate:
    """A quantity that may be meant.

    Attributes:
        value: in the base unit.
        mentions: one, or the parts of a sum that is printed nowhere.
        firm: surely the quantity looked for.
        near: stands in the same sentence.
    """

    value: Estimate
    mentions: tuple[Mention, ...]
    firm: bool
    near: bool = False


def value_of(mention: Mention) -> Estimate | None:
    """What a figure stands for in its base unit; None when masked."""
    found = estimate(mention.figure.numeral, counted=mention.figure.counted)
    return None if found is None else found.times(mention.figure.unit.factor)


def candidate(mention: Mention, *, firm: bool, near: bool = False) -> Candidate | None:
    value = value_of(mention)
    return None if value is None else Candidate(value, (mention,), firm, near)


def quantities(
    report: Report, at: Mention, concepts: Sequence[str], facets: frozenset[str], rest: str = ""
) -> list[Candidate]:
    """Figures of the first concept that the report states for these facets, best first.

    Args:
        rest: further words that narrow it (应交流 of 应交流教师); a figure without them is another quantity.
    """
    for concept in concepts:
        if found := _of_concept(report, at, concept, facets, rest):
            return found[:_MOST]
    return []


def _of_concept(report: Report, at: Mention, concept: str, facets: frozenset[str], rest: str) -> list[Candidate]:
    possible = [other for other in report.of_concept(at, concept) if _comparable(at, other)]
    fitting = [other for other in possible if _fits(other, facets)]
    alone = not fitting and not facets and len({other.facets for other in possible}) == 1
    if alone:  # a school of one stage: all its figures are of that stage, named or not
        fitting = possible
    one_year = len({other.year for other in fitting if other.year is not None}) <= 1
    found: list[tuple[tuple[int, ...], Candidate]] = []
    for other in fitting:
        near = other.sentence == at.sentence
        plain = _same_rest(rest, other.named.rest) and not other.named.others
        if not plain and (rest or not (near or _fits_rest(other))):
            continue
        same_year = other.year in (None, at.year) or (at.year is None and one_year)
        firm = plain and same_year and not alone and _surely(other, facets, near=near)
        if (one := candidate(other, firm=firm, near=near)) is not None:
            found.append((_order(report, at, other, plain), one))
    if not rest and not any(one.firm for _, one in found) and (summed := _summed(report, at, possible, facets)):
        found.append(((1, 0, 0, 0), summed))
    return [one for _, one in sorted(found, key=lambda pair: pair[0])]


def _fits(other: Mention, facets: frozenset[str]) -> bool:
    """Whether a figure may be of these facets; words before it may narrow it or not."""
    return other.facets == facets or (not other.facets and (other.carried == facets or not facets))


def _surely(other: Mention, facets: frozenset[str], *, near: bool) -> bool:
    """Whether it surely is: its own words or those before it say so, and nothing is left open but in one sentence."""
    if near and (other.facets or other.carried) == facets:
        return True
    open_words = other.loose or (other.implied and not other.facets)
    return not open_words and (other.facets or other.carried or facets) == facets


def same_scope(one: Mention, other: Mention) -> bool:
    """Whether two figures may be totals of one place: 全县 and 我校 are not."""
    return not one.scope or not other.scope or one.scope == other.scope


def _same_rest(wanted: str, stated: str) -> bool:
    """Whether the words that narrow two figures are the same, or one puts them a little longer (交流, 交流轮岗)."""
    return wanted == stated or (len(wanted) >= 2 and wanted in stated and len(stated) - len(wanted) <= 2)


def _comparable(at: Mention, other: Mention) -> bool:
    return (
        other.role is Role.STATED
        and other is not at
        and other.mood is Mood.RESULT
        and not other.past
        and not other.bare
        and other.value_known
        and other.entity == at.entity
        and same_scope(other, at)
        and (other.year is None or at.year is None or other.year == at.year)
        and not other.distributive
    )


def _fits_rest(other: Mention) -> bool:
    """Words that are not known but hardly narrow a figure: short ones (馆, 室)."""
    return len(other.named.rest) <= 1


def _order(report: Report, at: Mention, other: Mention, plain: bool) -> tuple[int, ...]:
    return (
        0 if other.sentence == at.sentence else 1 if report.line(other) == report.line(at) else 2,
        0 if plain else 1,
        0 if other.figure.start < at.figure.start else 1,
        abs(other.figure.start - at.figure.start),
    )


def _summed(report: Report, at: Mention, possible: Sequence[Mention], facets: frozenset[str]) -> Candidate | None:
    """A total that is printed nowhere: the sum of its parts, where one sentence or line states them all."""
    for group in (lambda other: other.sentence, report.line):
        places: dict[int, dict[frozenset[str], Mention]] = {}
        for other in possible:
            if not other.named.rest:
                places.setdefault(group(other), {})[(other.facets or other.carried) - facets] = other
        for stated in places.values():
            for partition in terms().partitions:
                parts = [stated.get(frozenset({part})) for part in partition]
                known = [other for other in parts if other is not None and facets <= (other.facets or other.carried)]
                values = [value for value in map(value_of, known) if value is not None]
                if len(values) == len(partition):
                    known.sort(key=lambda other: other.figure.start)
                    return Candidate(reduce(add, values), tuple(known), firm=True)
    return None
