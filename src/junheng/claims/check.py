"""Check a document: find its figures, relate them, judge them."""

from __future__ import annotations

from junheng.claims.claim import Claim, Reason, Verdict
from junheng.claims.mention import Mention
from junheng.claims.relations.change import change_claim, growth_claim
from junheng.claims.relations.class_size import class_size_claims, largest_class_claim
from junheng.claims.relations.each import each_claim
from junheng.claims.relations.gap import gap_claim
from junheng.claims.relations.hundred import hundred_claims
from junheng.claims.relations.listed import listed_claims
from junheng.claims.relations.points import point_claims
from junheng.claims.relations.product import product_claims
from junheng.claims.relations.rate import rate_claim
from junheng.claims.relations.ratio import ratio_claim
from junheng.claims.relations.remainder import remainder_claims
from junheng.claims.relations.repeat import member_claim, repeated_claim
from junheng.claims.relations.share import share_claim
from junheng.claims.relations.table import table_claims
from junheng.claims.relations.three_growths import three_growths_claims
from junheng.claims.relations.threshold import with_limits
from junheng.claims.relations.total import total_claims
from junheng.claims.relations.trend import trend_claims
from junheng.claims.relations.universal import universal_claims
from junheng.claims.report import Report, read_report
from junheng.claims.roles import Role
from junheng.documents.document import Document
from junheng.standards.model import Standard

_JUDGES = {
    Role.EACH: each_claim,
    Role.SHARE: share_claim,
    Role.RATE: rate_claim,
    Role.CHANGE: change_claim,
    Role.GROWTH: growth_claim,
    Role.RATIO: ratio_claim,
}


def check_document(document: Document, standard: Standard | None = None) -> tuple[Claim, ...]:
    """Every figure of a report that states something, in text order, with what was found about it.

    Figures that state no quantity (years, document numbers, numbers of headings, ages, dates) are not in it.

    Args:
        standard: what 达到省定标准 is taken to mean, as it holds on the day of the report.
    """
    report = read_report(document)
    found: list[Claim] = [_judged_alone(report, mention) for mention in report.mentions]
    for claims_of in _FINDERS:
        found += claims_of(report)
    for mention in report.mentions:
        found.extend(
            claim
            for judge in (repeated_claim, member_claim, gap_claim, largest_class_claim)
            if (claim := judge(report, mention)) is not None
        )
    found += trend_claims(report) + three_growths_claims(report) + universal_claims(report) + class_size_claims(report) + list(listed_claims(document))
    found = with_limits(report, _strongest(found), standard)
    return tuple(sorted(found, key=lambda claim: (claim.start, claim.end, claim.relation)))


def _judged_alone(report: Report, mention: Mention) -> Claim:
    judge = _JUDGES.get(mention.role)
    if judge is not None:
        return judge(report, mention)
    return report.claim(mention, "", Verdict.NOT_CHECKABLE, Reason("nothing_to_compare"))


def _strength(claim: Claim) -> tuple[int, bool]:
    return _STRENGTH[claim.verdict], bool(claim.relation)


_FINDERS = (total_claims, product_claims, table_claims, hundred_claims, remainder_claims, point_claims)
_STRENGTH = {Verdict.INCONSISTENT: 2, Verdict.CONSISTENT: 1, Verdict.NOT_CHECKABLE: 0}


def _strongest(claims: list[Claim]) -> list[Claim]:
    """One claim a figure: what does not hold before what does, and either before what cannot be checked."""
    best: dict[tuple[int, str], Claim] = {}
    for claim in claims:
        key = (claim.start + claim.quote.find(claim.written), claim.written)
        if key not in best or _strength(claim) > _strength(best[key]):
            best[key] = claim
    return list(best.values())
