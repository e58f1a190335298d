"""Pairs that may be compared where the report leaves a side to the reader: they can confirm a change, never refute it.

到今年又减少875人 and 与2020年的12464人相比 give the base beside the change, what there is now stands elsewhere;
三年消除351个 gives neither.
"""

from __future__ import annotations

import re
from itertools import combinations

from junheng.claims.mention import Mention
from junheng.claims.mood import Mood
from junheng.claims.numerals import Form
from junheng.claims.relations.over_time import STATING
from junheng.claims.relations.pair import Pair, own_clause
from junheng.claims.report import Report

STARTS = re.compile(r"[由从](?:[^,。;]{0,6}的)?$")
_COMPARED = re.compile(r"比|较|同期|上年|去年")
_ONWARD = re.compile(
    r"又|再|到(?:今年|目前|现在)|至今|今年|[一两二三四五六七八九十]年[来间内]?(?:就|共|累计)?净?(?=[增减下上提降])"
)
_BASE_BEFORE = re.compile(r"[比较与同](?:(?:19|20)\d\d年|上一?学?年|去年|前年|[^,。;]{0,8}同期)的?[^,。;]{0,10}$")
_LAST_YEAR = re.compile(r"(?:去年|上年|上一年|上学年|原来|原)[^,。;]{0,4}$")
_MOST = 12  # figures that are tried
_FEWEST_DIGITS = 2  # by chance two figures often differ by a small number


def onward(report: Report, mention: Mention) -> bool:
    """Whether a change goes on from the figure before it: 到今年又减少875人, 一年减少29个."""
    clause = own_clause(report, mention)
    return bool(_ONWARD.search(clause)) and not _COMPARED.search(clause)


def is_start(report: Report, figure: Mention) -> bool:
    """Whether its words say that a figure is what there was before: 由1205人, 与2020年的12464人相比."""
    before = report.text(max(0, figure.figure.start - 24), figure.figure.start)
    return bool(STARTS.search(before) or _BASE_BEFORE.search(before))


def open_pairs(report: Report, mention: Mention) -> list[Pair]:
    """What the words leave open, each pair to be tried."""
    stated = [other for other in report.in_line(mention) if _stated(mention, other)]
    beside = [other for other in stated if other.sentence == mention.sentence]
    earlier = [other for other in beside if other.end <= mention.figure.start]
    if onward(report, mention):
        bases = earlier[-1:]
    else:
        bases = [
            other
            for other in beside
            if ";" not in report.text(min(other.end, mention.end), max(other.figure.start, mention.figure.start))
            and ((other.end <= mention.figure.start and is_start(report, other)) or _is_last_year(report, other))
        ]
    if bases:
        base = max(bases, key=lambda other: (other.end <= mention.figure.start, -abs(other.end - mention.end)))
        concept = base.concept or _just_named(report, base)
        known = [one for one in report.of_concept(mention, concept) if concept and _stated(mention, one)]
        before = [other for other in stated if other.figure.start < mention.figure.start]
        nows = dict.fromkeys([*before[-_MOST:], *known[:_MOST]])
        return [Pair(now, base, False, None) for now in nows if now is not base and now.entity == base.entity]
    if not _telling(mention) or _COMPARED.search(own_clause(report, mention)):
        return []  # 比上年提高: last year's is stated nowhere, and the figures before are of other things
    return [
        pair
        for one, other in combinations(earlier[-4:], 2)
        if one.figure.numeral.step == other.figure.numeral.step
        for pair in (Pair(other, one, False, None), Pair(one, other, False, None))
    ]


def _just_named(report: Report, figure: Mention) -> str:
    """What the figures before it in its sentence count: 在园幼儿由21240人减至19815人."""
    before = [
        other.concept
        for other in report.in_sentence(figure)
        if other.end <= figure.figure.start and other.figure.unit.base == figure.figure.unit.base and other.concept
    ]
    return before[-1] if before else ""


def _stated(mention: Mention, other: Mention) -> bool:
    form, wanted = other.figure.numeral.form, mention.figure.numeral.form
    if wanted in (Form.POINTS, Form.PERCENT) and mention.figure.unit.base == "":
        alike = form is Form.PERCENT if wanted is Form.POINTS else form is Form.PLAIN
    else:
        alike = form is Form.PLAIN and other.figure.unit.base == mention.figure.unit.base
    return alike and other is not mention and other.role in STATING and other.mood is Mood.RESULT and other.value_known


def _is_last_year(report: Report, figure: Mention) -> bool:
    return bool(_LAST_YEAR.search(report.text(figure.start, figure.figure.start)))


def _telling(mention: Mention) -> bool:
    numeral = mention.figure.numeral
    return numeral.form is not Form.PERCENT and len(str(numeral.shown or 0).strip("0/")) >= _FEWEST_DIGITS
