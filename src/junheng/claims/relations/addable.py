"""Whether one figure may be a part of another, by what both count."""

from __future__ import annotations

import re

from junheng.claims.mention import Mention
from junheng.claims.numerals import Form
from junheng.claims.roles import Role
from junheng.claims.terms import terms
from junheng.claims.units import NO_UNIT

_SCHOOL_LIKE = re.compile(r"校|园|教学点|幼教点|小学|中学")
_COMPARED = re.compile(r"[比较](?!例|重|赛|为|多|大)|是?(?:上年|去年|前[一两二三四五几]年)|相当于")


def addable(total: Mention, part: Mention) -> bool:
    """Whether two figures count or measure the same kind of thing: 栋 and 间 do not, 万元 and 亿元 do."""
    if part.role is not Role.STATED or total.role is not Role.STATED or compared(part) or compared(total):
        return False
    if total.past != part.past or "平均" in total.label:
        return False
    if total.figure.per != part.figure.per or total.figure.numeral.form is not Form.PLAIN:
        return False
    if part.figure.numeral.form is not Form.PLAIN:
        return False
    one, other = total.figure.unit, part.figure.unit
    if one == NO_UNIT:
        return False
    if other == NO_UNIT:
        return part.figure.numeral.scale > 1 or one.counted or part.figure.numeral.cut
    if one.base == other.base and one.base in ("room", "item", "household"):
        return (
            one.word == other.word
            or {one.word, other.word} <= {"间", "口", "室"}
            or {one.word, other.word} <= {"个", "项"}
        )
    if {one.base, other.base} == {"school", "item"}:
        loose = total if one.base == "item" else part
        return loose.figure.unit.word == "个" and _SCHOOL_LIKE.search(loose.label) is not None
    return one.base == other.base


def compared(mention: Mention) -> bool:
    """Whether a figure is what another is compared with: 比上年的30364.72亿元."""
    return _COMPARED.match(mention.label) is not None


def broader(total: Mention, part: Mention) -> bool:
    """Whether what a part counts may be among what the total counts."""
    if not total.concept or not part.concept or total.concept == part.concept:
        return True
    concepts = terms().concepts
    if concepts[part.concept].base in ("money", "area", "room", "set", "book"):
        return True
    if part.facets - total.facets and part.concept in terms().broader.get(total.concept, ()):
        return True  # 寄宿生…,其中女生…: the girls among the boarders
    return total.concept in terms().broader.get(part.concept, ())
