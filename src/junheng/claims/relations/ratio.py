"""How many stand against one: 师生比 1:18.04, 生机比 8.42:1."""

from __future__ import annotations

from fractions import Fraction

from junheng.claims.claim import Claim, Reason, Verdict
from junheng.claims.judging import Reading, judged, quotients
from junheng.claims.lookup import quantities
from junheng.claims.mentions import Mention
from junheng.claims.report import Report, ratio_value

_STAFF = ("full_time_teachers", "teachers", "staff")
# words of a ratio: who are many, who are one
_SIDES = {
    "机": (("pupils",), ("computers",)),
    "班": (_STAFF, ("classes",)),
    "师": (("pupils",), _STAFF),
}


def ratio_claim(report: Report, mention: Mention) -> Claim:
    """Judge a ratio, whichever way round it is written; a ratio that lost a side cannot be judged."""
    many, one = _sides(mention.ratio)
    if not mention.ratio or ratio_value(mention) is None:
        return report.claim(mention, "ratio", Verdict.NOT_CHECKABLE, Reason("masked" if mention.ratio else "inputs_missing"))
    facets = mention.facets or mention.carried
    tops = [found for concept in many for found in quantities(report, mention, [concept], facets)]
    bottoms = [found for concept in one for found in quantities(report, mention, [concept], facets)]
    readings: list[Reading] = quotients(tops, bottoms, Fraction(1), "÷")
    return judged(report, mention, "ratio", readings)


def _sides(words: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if "机" in words and "师" in words:
        return _STAFF, ("computers",)
    for sign in ("机", "班"):
        if sign in words:
            return _SIDES[sign]
    return _SIDES["师"]
