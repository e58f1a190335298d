"""What there is after some were added: 新建22块,累计达到67块,此前已有45块."""

from __future__ import annotations

import re

from junheng.claims.mention import Mention
from junheng.claims.relations.addable import addable
from junheng.claims.relations.whole_and_parts import Link, Whole
from junheng.claims.report import Report
from junheng.claims.roles import Role

_AFTER = re.compile(r"(?:累计|总量|总数|总面积|总共|合计)[^,。;]{0,4}(?:达到?|为|有)|(?:增至|扩大到|达到)了?$")
_BEFORE = re.compile(r"此前|之前|以前|原有|原来|原|(?:上|去)年|上一年|年初|期初|已有")
_ADDED = re.compile(r"新|建成|购|增(?:加|添|配)|添置|补充|扩建")


def accumulated(report: Report) -> list[Whole]:
    """Totals of what there was and what was added."""
    return [
        whole
        for mention in report.mentions
        if mention.role is Role.STATED and (whole := _accumulated(report, mention)) is not None
    ]


def _accumulated(report: Report, total: Mention) -> Whole | None:
    if not _AFTER.search(report.own_clause(total)):
        return None
    near = [
        other
        for other in report.in_line(total)
        if other is not total
        and abs(other.sentence - total.sentence) <= 1
        and addable(total, other)
        and other.figure.unit.word == total.figure.unit.word
        and other.depth == total.depth
    ]
    before = [other for other in near if _BEFORE.search(_words(report, other))]
    added = [other for other in near if other not in before and _ADDED.search(_words(report, other))]
    if len(before) != 1 or not added:
        return None
    sure = len(near) == 2 and all(other.sentence == total.sentence for other in near)
    return Whole(total, (before[0], added[-1]), Link.EARLIER, sure=sure, complete=sure)


def _words(report: Report, mention: Mention) -> str:
    """Its own clause; what was 去年 may be said a clause before."""
    return report.text(mention.start, mention.figure.start) + report.own_clause(mention)
