"""Check a document: find its figures, relate them, judge them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from junheng.claims.claim import Claim, Reason, Verdict
from junheng.claims.mention import Mention
from junheng.claims.mood import Mood
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

# Of a figure by its role; of every figure; of the report as a whole.
_BY_ROLE = {
    Role.EACH: each_claim,
    Role.SHARE: share_claim,
    Role.RATE: rate_claim,
    Role.CHANGE: change_claim,
    Role.GROWTH: growth_claim,
    Role.RATIO: ratio_claim,
}
_BESIDE = (repeated_claim, member_claim, gap_claim, largest_class_claim)
_OF_THE_WHOLE: tuple[Callable[[Report], Iterable[Claim]], ...] = (
    total_claims,
    product_claims,
    table_claims,
    hundred_claims,
    remainder_claims,
    point_claims,
    trend_claims,
    three_growths_claims,
    universal_claims,
    class_size_claims,
    listed_claims,
)
_NO_RESULT = {Mood.PLAN: "planned", Mood.RULE: "planned", Mood.LIMIT: "a_limit"}
_STRENGTH = {Verdict.INCONSISTENT: 2, Verdict.CONSISTENT: 1, Verdict.NOT_CHECKABLE: 0}


def check_document(document: Document, standard: Standard | None = None) -> tuple[Claim, ...]:
    """Every figure of a report that states something, in text order, with what was found about it.

    Figures that state no quantity (years, document numbers, numbers of headings, ages, dates) are not in it.

    Args:
        standard: what 达到省定标准 is taken to mean, as it holds on the day of the report.
    """
    report = read_report(document)
    found = [claim for mention in report.mentions for claim in _of_figure(report, mention)]
    found += [claim for claims_of in _OF_THE_WHOLE for claim in claims_of(report)]
    judged = with_limits(report, _strongest(found), standard)
    return tuple(sorted(judged, key=lambda claim: (claim.start, claim.end, claim.relation)))


def _of_figure(report: Report, mention: Mention) -> Iterator[Claim]:
    judge = _BY_ROLE.get(mention.role)
    if judge is not None:
        yield judge(report, mention)
    else:
        yield report.claim(mention, "", Verdict.NOT_CHECKABLE, Reason(_why_open(mention)))
    yield from (claim for judge in _BESIDE if (claim := judge(report, mention)) is not None)


def _why_open(mention: Mention) -> str:
    if mention.figure.numeral.value is None:
        return "masked"
    return _NO_RESULT.get(mention.mood, "nothing_to_compare")


def _strongest(claims: Iterable[Claim]) -> list[Claim]:
    """One claim a figure: what does not hold before what does, and either before what cannot be checked."""
    best: dict[tuple[int, str], Claim] = {}
    for claim in claims:
        figure = (claim.start + claim.quote.find(claim.written), claim.written)
        if figure not in best or _strength(claim) > _strength(best[figure]):
            best[figure] = claim
    return list(best.values())


def _strength(claim: Claim) -> tuple[int, bool]:
    return _STRENGTH[claim.verdict], bool(claim.relation)
