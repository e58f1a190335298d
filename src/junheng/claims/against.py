"""Figures of a report against what was filed and judged.

A figure is compared only where it is sure whose it is, of which year, and that its words mean a filed quantity. It
agrees when any way of drawing the quantity gives it; it is wrong only when every way fails and nothing is in doubt.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from junheng.claims.claim import Claim, Verdict
from junheng.claims.filed import Filed
from junheng.claims.filed_quotients import average_of_data, change_of_data, ratio_of_data, share_of_data
from junheng.claims.filed_totals import total_of_data
from junheng.claims.judged_facts import judged_facts
from junheng.claims.meaning import Meaning
from junheng.claims.periods import Periods
from junheng.claims.report import read_report
from junheng.claims.roles import Role
from junheng.claims.subjects import Subjects, county_of
from junheng.documents.document import Document
from junheng.tables.dataset import Dataset
from junheng.verdict.judgement import Judgement

_JUDGES = {
    Role.STATED: total_of_data,
    Role.EACH: average_of_data,
    Role.RATIO: ratio_of_data,
    Role.SHARE: share_of_data,
    Role.CHANGE: change_of_data,
    Role.GROWTH: change_of_data,
}


@dataclass(frozen=True)
class Records:
    """What reports are held against.

    Attributes:
        year: the school year that is meant where a report names none.
        judgement: of the same dataset; None where it was not judged.
    """

    dataset: Dataset
    year: int
    judgement: Judgement | None = None


def against_data(document: Document, records: Records) -> tuple[Claim, ...]:
    """Every figure of a report that names a filed or judged quantity, in text order, with what the data say of it.

    Raises:
        CountyDiffersError: the report's title names another county than the data are of.
        CountyNotNamedError: the data are of several counties, and the report names none of them.
    """
    report = read_report(document)
    subjects = Subjects(report, records.dataset, county_of(report, records.dataset))
    meaning = Meaning(report, Filed(records.dataset), subjects, Periods(report, records.year))
    found: dict[int, Claim] = {}
    for mention in report.mentions:
        judge, asked = _JUDGES.get(mention.role), meaning.asked(mention)
        if judge is not None and asked is not None and (claim := judge(meaning, asked)) is not None:
            found[mention.figure.start] = claim
    if records.judgement is not None:
        for mention, claim in judged_facts(report, records.judgement, subjects, meaning.periods):
            own = found.get(mention.figure.start)
            if own is None or own.verdict is Verdict.NOT_CHECKABLE or claim.verdict is Verdict.CONSISTENT:
                found[mention.figure.start] = claim
    return tuple(found[start] for start in sorted(found))


def with_data(claims: Sequence[Claim], found: Sequence[Claim]) -> tuple[Claim, ...]:
    """What the report itself says of its figures and what the data say, in text order.

    A figure that nothing in the report recomputes has the finding of the data alone; one that both speak of has two.
    """
    known = {(claim.start, claim.quote) for claim in found}
    kept = [
        claim
        for claim in claims
        if claim.relation or claim.threshold is not None or (claim.start, claim.quote) not in known
    ]
    return tuple(sorted([*kept, *found], key=lambda claim: (claim.start, claim.end)))
