"""Shares that together are all of a whole: 小学占66.4%、初中占33.6%; 三类用房分别占57.5%、8.6%、33.9%."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import reduce
from operator import add

from junheng.claims.agree import exactly
from junheng.claims.claim import Claim, Verdict
from junheng.claims.judging import Reading, judged
from junheng.claims.lookup import value_of
from junheng.claims.mention import Mention
from junheng.claims.numerals import chinese_number
from junheng.claims.report import Report
from junheng.claims.roles import Role
from junheng.claims.terms import terms

_FURTHEST = 15  # percentage points
_JOINT = re.compile(r"[、,和与及]|以及")
_COUNTED = re.compile(r"(?P<count>[两三四五六七八九])[类种项部者]")


def hundred_claims(report: Report) -> list[Claim]:
    """Judge shares by the others of their list; of one that does not make 100 % only the last is called wrong."""
    found: list[Claim] = []
    for run in _runs(report):
        firm = _all_of_it(report, run) and _about_all(run)
        for share in run:
            values = [value for other in run if other is not share and (value := value_of(other)) is not None]
            if len(values) != len(run) - 1 or not share.value_known:
                continue
            rest = exactly(100) - reduce(add, values)
            others = tuple(other for other in run if other is not share)
            claim = judged(report, share, "hundred", [Reading(rest, others, firm, "rest")])
            if claim.verdict is Verdict.CONSISTENT or (claim.verdict is Verdict.INCONSISTENT and share is run[-1]):
                found.append(claim)
    return found


def _about_all(run: Sequence[Mention]) -> bool:
    """Whether shares make about 100 %; 初中、小学分别占90%、60% are of wholes of their own."""
    total = sum((share.figure.numeral.value or Fraction(0) for share in run), Fraction(0))
    return abs(total - 100) <= _FURTHEST


def _runs(report: Report) -> Iterator[list[Mention]]:
    """Shares of one sentence with nothing but a comma between."""
    run: list[Mention] = []
    for mention in report.mentions:
        joined = (
            run and mention.sentence == run[-1].sentence and _JOINT.fullmatch(report.text(run[-1].end, mention.start))
        )
        if mention.role is Role.SHARE and joined:
            run.append(mention)
            continue
        if len(run) >= 2:
            yield run
        run = [mention] if mention.role is Role.SHARE else []
    if len(run) >= 2:
        yield run


def _all_of_it(report: Report, run: Sequence[Mention]) -> bool:
    """Whether the list says that it is of all parts: a partition, or 三类 before three shares."""
    shared = frozenset.intersection(*(share.facets for share in run))
    own = [share.facets - shared for share in run]
    if all(len(one) == 1 for one in own) and frozenset(next(iter(one)) for one in own) in terms().partitions:
        return len({(share.concept, share.named.rest, share.base) for share in run}) == 1
    said = _COUNTED.search(report.clause_before(run[0]))
    return said is not None and chinese_number(said["count"]) == len(run) and "分别" in report.clause_before(run[0])
