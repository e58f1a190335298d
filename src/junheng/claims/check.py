"""Check a document: find its figures, relate them, judge them."""

from __future__ import annotations

from junheng.claims.claim import Claim, Reason, Verdict
from junheng.claims.mentions import Mention, Role
from junheng.claims.relations.class_size import class_size_claims
from junheng.claims.relations.change import change_claim, growth_claim
from junheng.claims.relations.each import each_claim
from junheng.claims.relations.gap import gap_claim
from junheng.claims.relations.product import product_claims
from junheng.claims.relations.ratio import ratio_claim
from junheng.claims.relations.repeat import member_claim, repeated_claim
from junheng.claims.relations.share import rate_claim, share_claim
from junheng.claims.relations.total import total_claims
from junheng.claims.relations.trend import trend_claims
from junheng.claims.report import Report, read_report
from junheng.documents.document import Document

_JUDGES = {
    Role.EACH: each_claim,
    Role.SHARE: share_claim,
    Role.RATE: rate_claim,
    Role.CHANGE: change_claim,
    Role.GROWTH: growth_claim,
    Role.RATIO: ratio_claim,
}


def check_document(document: Document) -> tuple[Claim, ...]:
    """Every figure of a report that states something, in text order, with what was found about it.

    Figures that state no quantity (years, document numbers, numbers of headings, ages, dates) are not in it.
    """
    report = read_report(document)
    found: list[Claim] = [_judged_alone(report, mention) for mention in report.mentions]
    found += total_claims(report) + product_claims(report)
    for mention in report.mentions:
        found.extend(claim for judge in (repeated_claim, member_claim, gap_claim) if (claim := judge(report, mention)) is not None)
    found += trend_claims(report) + class_size_claims(report)
    return tuple(sorted(_strongest(found), key=lambda claim: (claim.start, claim.end, claim.relation)))


def _judged_alone(report: Report, mention: Mention) -> Claim:
    judge = _JUDGES.get(mention.role)
    if judge is not None:
        return judge(report, mention)
    return report.claim(mention, "", Verdict.NOT_CHECKABLE, Reason("nothing_to_compare"))


_STRENGTH = {Verdict.INCONSISTENT: 2, Verdict.CONSISTENT: 1, Verdict.NOT_CHECKABLE: 0}


def _strongest(claims: list[Claim]) -> list[Claim]:
    """One claim a figure: what does not hold before what does, and either before what cannot be checked."""
    best: dict[tuple[int, str], Claim] = {}
    for claim in claims:
        key = (claim.start + claim.quote.find(claim.written), claim.written)
        if key not in best or _STRENGTH[claim.verdict] > _STRENGTH[best[key].verdict]:
            best[key] = claim
    return list(best.values())
