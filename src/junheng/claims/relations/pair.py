"""The words of a change, and the two figures that it compares."""

from __future__ import annotations

import re
from dataclasses import dataclass

from junheng.claims.mention import Mention
from junheng.claims.relations.over_time import Quantity, undated
from junheng.claims.report import Report
from junheng.claims.roles import Role
from junheng.claims.terms import Named

_VERBS = re.compile(
    r"(?:分别)?(?:比|较|同比|环比|与|增[长加幅]|减[少幅]|下降|提高|提升|上升|降低|高出|多出|净增|翻|是(?=(?:19|20)\d\d年)|为(?=(?:19|20)\d\d年)|相当于|年均|平均每年|每年|[两二三四五六]年[来间])"
)
CHANGES = (Role.CHANGE, Role.GROWTH)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two figures of one quantity.

    Attributes:
        firm: surely the two that are compared.
        years: how many years lie between; None when the text does not say.
    """

    now: Mention
    before: Mention
    firm: bool
    years: int | None


def own_clause(report: Report, mention: Mention) -> str:
    """The words of a change between the comma before it and its number."""
    return re.split(r"[,。;:(]", report.clause_before(mention))[-1]


def subject_of_change(report: Report, mention: Mention) -> Named:
    """What the words of a change itself say has changed: 教师 in 教师比上年增加186人."""
    return undated(_VERBS.split(own_clause(report, mention), maxsplit=1)[0])


def says(subject: Named) -> bool:
    """Whether a change names what has changed."""
    return bool(subject.concept) or len(subject.rest) >= 2


def fits(subject: Named, quantity: Quantity) -> bool:
    """Whether a quantity may be what a change names."""
    if subject.facets and subject.facets != quantity.facets:
        return False
    if subject.concept:
        return subject.concept == quantity.concept and (not subject.rest or subject.rest in quantity.rest)
    return subject.rest in quantity.rest
