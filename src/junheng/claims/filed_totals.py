"""How many there are, beside what was filed: 小学在校生48363人, 图书236万册, 学校127所."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from junheng.claims.cause import slip
from junheng.claims.claim import Claim, Reason, Verdict
from junheng.claims.comparing import Recorded, compared, not_filed
from junheng.claims.filed import Amount
from junheng.claims.filed_terms import Meant, filed_terms
from junheng.claims.meaning import Asked, Meaning, unit_factor
from junheng.claims.periods import Period

_STAGES = (frozenset({"stage:primary"}), frozenset({"stage:junior"}), frozenset[str]())


def total_of_data(meaning: Meaning, asked: Asked) -> Claim | None:
    """Judge a total by the filed one; None where its words mean nothing that is filed."""
    if not meaning.settled(asked):
        return None
    if asked.named.concept == "schools":
        return _schools(meaning, asked)
    meant = filed_terms().of(asked.named.concept, asked.words)
    factor = unit_factor(asked)
    if not meant or factor is None:
        return None
    period = meaning.periods.of(asked.mention, fiscal=meant[0].table == "finance_year")
    if period is None:
        return None
    readings = [
        Recorded.of(amount, year, factor)
        for one in meant
        for part in asked.parts
        for year in period.years
        for amount in meaning.filed.amounts(one.quantity, asked.scope, year, part)
    ]
    if not readings:
        by_sex = any(facet.startswith("sex:") for facet in asked.parts[0])
        return not_filed(meaning.report, asked.mention, asked.words) if by_sex else None
    doubt = meaning.doubt(asked, meant, period)
    shared = meant[0].table == "school_year"
    claim = compared(meaning.report, asked.mention, "filed", readings, doubt=doubt, between=shared)
    if claim.verdict is Verdict.INCONSISTENT:
        return replace(claim, cause=_cause(meaning, asked, meant[0], period, factor) or _slip(asked, claim))
    return claim


def _schools(meaning: Meaning, asked: Asked) -> Claim | None:
    """Of schools only their own words say which: 小学80所、一贯制学校9所 are not primary schools all."""
    facets, mention = asked.named.facets, asked.mention
    period = meaning.periods.of(mention, fiscal=False)
    if (
        period is None
        or mention.figure.unit.base != "school"
        or (not facets and (mention.part or "校" not in asked.words))
    ):
        return None
    readings = [
        Recorded.of(amount, year, Fraction(1))
        for year in period.years
        for amount in meaning.filed.schools(asked.scope, year, facets)
    ]
    if not readings:
        return None
    doubt = meaning.unsaid_stage(replace(asked, parts=(facets,))) or meaning.unsure_year(period, "school_year")
    return compared(meaning.report, mention, "filed", readings, doubt=doubt)


def _cause(meaning: Meaning, asked: Asked, meant: Meant, period: Period, factor: Fraction) -> Reason | None:
    """What else was filed that is exactly what the report says: an earlier year, another stage, the county's."""
    value = asked.mention.figure.numeral.value
    for template, values, amount in _others(meaning, asked, meant, period):
        if amount.value is not None and amount.value * factor == value:
            return Reason(template, {**values, "name": values.get("whose", "") + amount.name})
    return None


def _others(
    meaning: Meaning, asked: Asked, meant: Meant, period: Period
) -> Iterator[tuple[str, dict[str, str], Amount]]:
    filed, scope, part = meaning.filed, asked.scope, asked.parts[0]
    for year in filed.years(meant.table):
        for amount in filed.amounts(meant.quantity, scope, year, part) if year not in period.years else ():
            yield "cause_stale", {"year": str(year)}, amount
    for other in _STAGES:
        for amount in filed.amounts(meant.quantity, scope, period.years[0], other) if other != part else ():
            yield "cause_other_filed", {}, amount
    whole = meaning.subjects.whole
    for amount in filed.amounts(meant.quantity, whole, period.years[0], part) if scope != whole else ():
        yield "cause_other_filed", {"whose": whole.name}, amount


def _slip(asked: Asked, claim: Claim) -> Reason | None:
    right = claim.recomputed
    numeral = asked.mention.figure.numeral
    return slip(numeral, right * numeral.scale) if isinstance(right, Fraction) else None
