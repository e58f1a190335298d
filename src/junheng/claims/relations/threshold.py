"""Figures that are said to meet a limit: 生均41.2册,达到省级不少于40册的标准; 班额控制在45人以内; 达到省定标准."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from junheng.base.exact import plain
from junheng.claims.claim import OPERATOR_SIGNS, Claim, Met, Reason, Threshold, Verdict
from junheng.claims.mention import Mention
from junheng.claims.numerals import Hedge
from junheng.claims.relations.limits import many_to_one
from junheng.claims.relations.norms import Norm, holds
from junheng.claims.relations.said import Said, said_limits
from junheng.claims.report import Report, printed_unit
from junheng.claims.roles import Role
from junheng.standards.model import Standard

_ROUNDED_UNITS = ("万", "亿", "千", "百")


def with_limits(report: Report, claims: Sequence[Claim], standard: Standard | None = None) -> list[Claim]:
    """The claims with the limits that their figures are said to meet, and those words that are not true.

    Args:
        claims: one for each figure.
        standard: what 达到省定标准 is taken to mean, as it holds on the day of the report.
    """
    said = said_limits(report, standard)
    by_place: dict[tuple[int, str], Said] = {}
    for one in said:
        quote, start = report.quoted(one.mention.start, one.mention.end)
        by_place.setdefault((start, quote), one)
    found: list[Claim] = []
    for claim in claims:
        meant = by_place.get((claim.start, claim.quote))
        if meant is None or claim.threshold is not None or claim.claimed is True:
            found.append(claim)
            continue
        limited = _limited(report, claim, meant)
        found.append(limited)
        if (untrue := _untrue(report, limited, meant)) is not None:
            found.append(untrue)
    return found


def _limited(report: Report, claim: Claim, said: Said) -> Claim:
    """A figure's claim with its limit."""
    quote, _ = report.quoted(said.start, said.end)
    unit = printed_unit(said.mention)
    factor = _factor(said.mention)
    norm = said.norm
    threshold = Threshold(
        said.operator, None if norm is None else norm.value / factor, unit, quote, norm.source if norm else ""
    )
    met, cause, why = Met.UNKNOWN, claim.cause, claim.why
    if norm is not None:
        printed, exact = _printed(claim, said), _recomputed(claim)
        met = _met(said, norm, exact if exact is not None else printed, factor)
        if exact is not None and printed is not None and holds(norm, printed * factor) and met is Met.NO:
            slack = _slack(claim)
            if holds(norm, exact * (1 + slack) * factor) or holds(norm, exact * (1 - slack) * factor):
                met = Met.UNKNOWN  # what it is computed from is itself rounded
            elif claim.verdict is Verdict.CONSISTENT:
                cause = Reason("rounded_to_limit", {"value": plain(exact, 4), "limit": _words(norm, factor, unit)})
        if said.itself:
            met = Met.NO
        if claim.why.template in ("nothing_to_compare", "inputs_missing"):
            why = Reason(f"limit_{met.value}", {"limit": _words(norm, factor, unit), "words": quote})
    if said.denied and met is not Met.YES:
        met = Met.NO
    return replace(claim, threshold=threshold, threshold_met=met, cause=cause, why=why)


def _untrue(report: Report, claim: Claim, said: Said) -> Claim | None:
    """The words 达到…标准 where the figure itself, as printed, does not."""
    norm, printed = said.norm, _printed(claim, said)
    if norm is None or said.denied or not said.surely or printed is None or claim.threshold_met is not Met.NO:
        return None
    factor = _factor(said.mention)
    if norm.source or said.mention.figure.numeral.hedge is not Hedge.NONE or holds(norm, printed * factor):
        return None
    quote, start = report.quoted(said.start, said.end)
    values = {"limit": _words(norm, factor, claim.unit), "figure": claim.quote}
    return replace(
        claim,
        quote=quote,
        start=start,
        relation="threshold",
        claimed=True,
        written=quote,
        inputs=(report.input(said.mention),),
        recomputed=False,
        verdict=Verdict.INCONSISTENT,
        why=Reason("limit_untrue", values),
        cause=None,
    )


def _factor(mention: Mention) -> Fraction:
    return (
        Fraction(1)
        if mention.role is Role.RATIO
        else Fraction(mention.figure.numeral.scale * mention.figure.unit.factor)
    )


def _printed(claim: Claim, said: Said) -> Fraction | None:
    """As printed, in the printed unit; of a ratio how many stand against one."""
    return many_to_one(said.mention.figure.numeral) or (None if isinstance(claim.claimed, bool) else claim.claimed)


def _recomputed(claim: Claim) -> Fraction | None:
    if claim.verdict is Verdict.NOT_CHECKABLE or claim.relation not in ("each", "share", "rate", "ratio"):
        return None
    return None if isinstance(claim.recomputed, bool) else claim.recomputed


def _slack(claim: Claim) -> Fraction:
    """How far a quotient may be off because its inputs are printed in 万 or 亿, as a share of it."""
    total = Fraction(0)
    for given in claim.inputs:
        if given.value and given.unit.startswith(_ROUNDED_UNITS):
            step = Fraction(1)
            while (given.value / step).denominator != 1:
                step /= 10
            total += step / 2 / abs(given.value)
    return total


def _met(said: Said, norm: Norm, value: Fraction | None, factor: Fraction) -> Met:
    if value is None:
        return Met.UNKNOWN
    hedge = said.mention.figure.numeral.hedge
    if hedge in (Hedge.ABOUT, Hedge.NEARLY, Hedge.UNDER) and value * factor == norm.value:
        return Met.UNKNOWN
    return Met.YES if holds(norm, value * factor) else Met.NO


def _words(norm: Norm, factor: Fraction, unit: str) -> str:
    return OPERATOR_SIGNS[norm.operator] + plain(norm.value / factor, 4) + unit
