"""What is computed from filed quantities: averages, ratios, shares, and what changed since the year before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from junheng.claims.claim import Claim
from junheng.claims.comparing import Recorded, compared
from junheng.claims.filed_terms import Meant, filed_terms
from junheng.claims.meaning import Asked, Meaning, unit_factor
from junheng.claims.mention import Mention
from junheng.claims.numerals import Form
from junheng.claims.periods import Period
from junheng.claims.roles import Role
from junheng.claims.stock import TIME
from junheng.claims.terms import terms

_PUPILS = "stage_year.pupils"
_EACH_OF = {
    "pupils": _PUPILS,
    "boarders": "stage_year.boarders",
    "classes": "stage_year.classes",
    "full_time_teachers": "stage_year.teachers",
    "teachers": "stage_year.teachers",
    "staff": "school_year.staff",
}
# What words of averages, ratios and changes leave over that names nothing.
_AVERAGE_REST = re.compile(r"[平每名均百生位个人班额师校所]|拥有|配备|达到|为")
_RATIO_REST = re.compile(r"[师生机比之与例配为到]|达到|平均|计算机")
_CHANGE_REST = re.compile(
    r"(?:比|较)(?:上一?(?:学)?年度?(?:同期)?|去年(?:同期)?|同期)|同比|增长|增加|减少|下降|提高|净|了|率|幅度?"
)
_COMPARED_WITH = re.compile(r"(?:比|较)(?P<base>[^,。;]{0,6})")
_LAST_YEAR = re.compile(r"^(?:上年|去年|上一年|上学年|上一学年|同期|(?P<year>(?:19|20)\d\d)年)")


def average_of_data(meaning: Meaning, asked: Asked) -> Claim | None:
    """生均图书, 每百名学生拥有计算机, 平均班额."""
    mention, named = asked.mention, asked.named
    assert mention.each is not None
    concept = named.concept
    if concept in mention.each.of:
        concept = next((one for one in reversed(named.others) if one not in mention.each.of), "")
    if mention.each.of == ("classes",) and mention.figure.unit.base == "person":
        concept = "pupils"
    if not concept or _AVERAGE_REST.sub("", named.rest):
        return None
    if concept in filed_terms().averages:
        return _filed_average(meaning, asked, concept)
    meant = filed_terms().of(concept, asked.words)
    bottoms = [_EACH_OF[one] for one in mention.each.of if one in _EACH_OF]
    if not meant or not bottoms or terms().concepts[concept].base != mention.figure.unit.base:
        return None
    if concept == "dormitory_area":
        bottoms.append(_EACH_OF["boarders"])
    factor = Fraction(mention.each.per, mention.figure.unit.factor)
    return _quotient(meaning, asked, "filed_each", meant, bottoms, factor)


def ratio_of_data(meaning: Meaning, asked: Asked) -> Claim | None:
    """师生比 by full-time teachers or all staff, 生机比."""
    words = asked.mention.ratio
    if _RATIO_REST.sub("", asked.named.rest) or "班" in words:
        return None
    if "机" in words:
        if "师" in words:
            return None
        bottoms = ["school_year.computers"]
    else:
        bottoms = ["stage_year.teachers", "school_year.staff"]
    return _quotient(meaning, asked, "filed_ratio", [Meant(_PUPILS, exact=bool(words))], bottoms, Fraction(1))


def share_of_data(meaning: Meaning, asked: Asked) -> Claim | None:
    """A占B的…%, where its own words name both."""
    part, _, whole = asked.words.partition("占")
    tops, bottoms = terms().named(part), terms().named(whole)
    if TIME.sub("", tops.rest) or bottoms.rest or meaning.done(asked, tops):
        return None
    if tops.facets and bottoms.facets - tops.facets:
        return None
    meant = filed_terms().of(tops.concept, part)
    wholes = filed_terms().of(bottoms.concept, whole)
    if not meant or not wholes:
        return None
    exact = all(one.exact for one in wholes)
    asked = replace(asked, parts=(tops.facets or bottoms.facets or asked.parts[0],))
    return _quotient(
        meaning,
        asked,
        "filed_share",
        [replace(one, exact=one.exact and exact) for one in meant],
        [one.quantity for one in wholes],
        Fraction(100),
    )


def change_of_data(meaning: Meaning, asked: Asked) -> Claim | None:
    """比上年增加…: two filed years of one quantity, which its own words name or the figure just before."""
    mention = asked.mention
    subject = _subject_of_change(meaning, mention)
    if subject is None or mention.figure.numeral.form in (Form.POINTS, Form.TIMES):
        return None
    growth = mention.role is Role.GROWTH
    meant = filed_terms().of(subject.named.concept, subject.words)
    factor = Fraction(100) if growth else unit_factor(replace(asked, named=subject.named))
    if not meant or factor is None:
        return None
    period = meaning.periods.of(mention, fiscal=meant[0].table == "finance_year", before_comparison=True)
    if period is None or _base_year(meaning, subject, mention) not in (0, period.years[0] - 1):
        return None
    readings: list[Recorded] = []
    for one in meant:
        for part in subject.parts:
            for year in period.years:
                now = meaning.filed.amounts(one.quantity, asked.scope, year, part)
                before = meaning.filed.amounts(one.quantity, asked.scope, year - 1, part)
                if len(now) == len(before):  # drawn in the same ways
                    sign = factor * (mention.direction or 1)
                    pairs = zip(now, before, strict=True)
                    readings += [Recorded.change(a, b, year, sign, growth=growth) for a, b in pairs]
    if not readings:
        return None
    doubt = meaning.doubt(subject, meant, period)
    return compared(meaning.report, mention, "filed_change", readings, doubt=doubt)


def _base_year(meaning: Meaning, subject: Asked, mention: Mention) -> int:
    """The year that a change is compared with by its number (比2024年); 0 where it is the year before in words."""
    words = meaning.report.text(subject.mention.start, mention.figure.start)
    bases = [_LAST_YEAR.search(found["base"]) for found in _COMPARED_WITH.finditer(words)]
    years = [int(base["year"]) for base in bases if base is not None and base["year"]]
    return years[-1] if years else 0


def _quotient(
    meaning: Meaning, asked: Asked, relation: str, meant: Sequence[Meant], bottoms: Sequence[str], factor: Fraction
) -> Claim | None:
    period = meaning.periods.of(asked.mention, fiscal=meant[0].table == "finance_year")
    if period is None:
        return None
    readings = [
        Recorded.quotient(top, bottom, year, factor)
        for one in meant
        for part in asked.parts
        for year in period.years
        for base in bottoms
        for top, bottom in meaning.filed.ratios(one.quantity, base, asked.scope, year, part)
    ]
    if not readings:
        return None
    doubt = meaning.doubt(asked, meant, period)
    if meant[0].table == "school_year" and asked.staged and not asked.scope.school:
        # What several stages share is shared out by the standard: ``judged_facts`` knows how.
        doubt = doubt or "filed_not_by_stage"
    # With staff of mixed schools, or premises, the truth may lie between two ways of drawing it.
    shared = any(quantity.startswith("school_year.") for quantity in (meant[0].quantity, *bottoms))
    return compared(meaning.report, asked.mention, relation, readings, doubt=doubt, between=shared)


def _filed_average(meaning: Meaning, asked: Asked, concept: str) -> Claim | None:
    """生均公用经费, which is filed as such, but may be what was spent or what is granted."""
    period: Period | None = meaning.periods.of(asked.mention, fiscal=True)
    if period is None or asked.mention.figure.unit.base != "money":
        return None
    known = filed_terms().averages[concept]
    readings = [
        reading
        for quantity in next((known[facet] for facet in asked.parts[0] if facet in known), ())
        for year in period.years
        for amount in meaning.filed.amounts(quantity, asked.scope, year, frozenset())
        if (reading := Recorded.of(amount, year, Fraction(1))).value is not None
    ]
    if not readings:
        return None
    return compared(meaning.report, asked.mention, "filed", readings, doubt="filed_loose_word")


def _subject_of_change(meaning: Meaning, mention: Mention) -> Asked | None:
    """The figure whose words say what changed since the year before; None where that is not sure."""
    earlier = [one for one in meaning.report.in_sentence(mention) if one.figure.start < mention.figure.start]
    after: Mention | None = None
    for one in (mention, *reversed(earlier)):
        if after is not None and meaning.report.text(one.end, after.start).strip(",(、"):
            return None
        asked = meaning.asked(one)
        if asked is None or _CHANGE_REST.sub("", asked.named.rest):
            return None
        if asked.named.concept:
            words = meaning.report.text(one.start, mention.figure.start)
            bases = [found["base"] for found in _COMPARED_WITH.finditer(words)]
            since = "同比" in words or any(map(_LAST_YEAR.search, bases))
            change = one.role is Role.CHANGE  # says itself that it is one
            return asked if since and (change or not meaning.done(asked)) else None
        after = one
    return None
