"""How many stand against one: 师生比 1:18.04, 生机比 8.42:1."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from junheng.claims.claim import Claim, Reason, Verdict
from junheng.claims.judging import Reading, judged, quotients
from junheng.claims.lookup import quantities
from junheng.claims.mention import Mention
from junheng.claims.numerals import Form
from junheng.claims.report import Report, ratio_value
from junheng.claims.terms import terms

_MANY = ("pupils", "young_children", "boarders")
_STAFF = ("full_time_teachers", "teachers", "staff")
# words of a ratio: who are many, who are one
_SIDES = {
    "机": (("pupils",), ("computers",)),
    "班": (_STAFF, ("classes",)),
    "师": (("pupils", "young_children"), _STAFF),
}


def ratio_claim(report: Report, mention: Mention) -> Claim:
    """Judge a ratio, whichever way round it is written; a ratio that lost a side cannot be judged."""
    words = mention.ratio or _ratio_before(report, mention)
    many, one = _sides(words)
    own = re.split(r"[,;。:(]", report.clause_before(mention))[-1]
    if found := _BETWEEN.search(own):
        many, one = _between(report, mention, own, found[1])
    ratio = words or (found[1] if found else "")
    if not ratio or ratio_value(mention) is None:
        return report.claim(mention, "ratio", Verdict.NOT_CHECKABLE, Reason("masked" if ratio else "inputs_missing"))
    readings: list[Reading] = []
    for facets in [mention.facets] if mention.facets else list(dict.fromkeys([mention.carried, frozenset()])):
        tops = [found for concept in many for found in quantities(report, mention, [concept], facets)]
        bottoms = [found for concept in one for found in quantities(report, mention, [concept], facets)]
        found_here = quotients(tops, bottoms, Fraction(1), "÷")
        if not readings:  # without what the words before it narrow it to, it can only be confirmed
            readings = (
                found_here
                if facets == (mention.facets or mention.carried)
                else [replace(one, firm=False) for one in found_here]
            )
    if (restored := _with_colon(report, mention)) is not None:
        claim = judged(report, restored, "ratio", readings)
        if claim.verdict is Verdict.CONSISTENT:
            return replace(claim, cause=Reason("lost_colon"))
    return judged(report, mention, "ratio", readings)


def _ratio_before(report: Report, mention: Mention) -> str:
    """师生比小学1:18,初中1:12: the words of the ratio before it in the sentence."""
    earlier = [
        other for other in report.in_sentence(mention) if other.figure.start < mention.figure.start and other.ratio
    ]
    return earlier[-1].ratio if earlier else ""


_BETWEEN = re.compile(r"与(?:在校)?([一-鿿]{2,6})(?:之比|的比例?|比例|比)")


def _between(report: Report, mention: Mention, own: str, words: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """教职工45人,与学生之比: the people just named, and those the words name."""
    named = terms().named(words).concept
    before = [other for other in report.stated_before(mention) if other.concept]
    subject = terms().named(own.partition("与")[0]).concept or (before[-1].concept if before else "")
    if not named or not subject:
        return (), ()
    return ((named,), (subject,)) if named in _MANY else ((subject,), (named,))


def _with_colon(report: Report, mention: Mention) -> Mention | None:
    """师生比114.2 may be 1:14.2 whose colon got lost."""
    numeral = mention.figure.numeral
    digits = report.text(numeral.start, numeral.end)
    if numeral.form is not Form.PLAIN or not re.fullmatch(r"1\d+(?:\.\d+)?", digits):
        return None
    restored = replace(numeral, value=Fraction(digits[1:]))
    return replace(mention, figure=replace(mention.figure, numeral=restored))


def _sides(words: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if "机" in words and "师" in words:
        return _STAFF, ("computers",)
    for sign in ("机", "班"):
        if sign in words:
            return _SIDES[sign]
    return _SIDES["师"]
