"""“三个增长” (Education Law, art. 56) that are said to be achieved, against the growth that the report itself states.

Appropriations must grow faster than recurrent revenue, and spending per pupil, teachers' pay and public funds per
pupil must grow. One that the report shows to fail is enough; that all hold can seldom be seen, and is left open.
"""

from __future__ import annotations

import re
from itertools import pairwise

from junheng.claims.claim import Claim, Reason, Verdict
from junheng.claims.lookup import value_of
from junheng.claims.mention import Mention
from junheng.claims.mood import Mood, mood_of
from junheng.claims.numerals import Form
from junheng.claims.relations.over_time import dated, series, undated
from junheng.claims.report import Report
from junheng.claims.roles import Role

_NAMED = re.compile(r"[“\"]?三个增长[”\"]?")
_DONE_BEFORE = re.compile(r"(?:实现|达到|做到|落实|保证|确保|完成|兑现|依法保障)了?(?:教育(?:经费|投入))?(?:法定的?)?$")
_DONE_AFTER = re.compile(r"^(?:要求|目标)?(?:均|都|全部|全面|已|依法|得到|切实)*(?:实现|达到|落实|做到|完成|达标|兑现)")
_GROWTH_RATE = re.compile(r"增长率|增幅|增长")
_MUST_GROW = frozenset({"public_funds"})


def three_growths_claims(report: Report) -> list[Claim]:
    """Judge every claim that the three growths are achieved; only results, and only where a failure is stated."""
    found = []
    text = report.cleaned.text
    for match in _NAMED.finditer(text):
        sentence = report.built.sentences[report.built.at(match.start())]
        before, after = text[sentence.start : match.start()], text[match.end() : sentence.end]
        if not (_DONE_BEFORE.search(before) or _DONE_AFTER.search(after)):
            continue
        if mood_of(before, after, sentence.headings, rules=sentence.rules) is not Mood.RESULT:
            continue
        failing = _slower(report, sentence.chapter) or _falling(report, sentence.chapter)
        quote, start = report.quoted(match.start(), match.end())
        shown = "、".join(report.quoted(one.start, one.end)[0] for one in failing)
        found.append(
            Claim(
                quote=quote,
                start=start,
                section=" › ".join(sentence.headings),
                relation="three_growths",
                claimed=True,
                written=match.group(),
                unit="",
                inputs=tuple(report.input(one) for one in failing),
                recomputed=False if failing else None,
                verdict=Verdict.INCONSISTENT if failing else Verdict.NOT_CHECKABLE,
                threshold=None,
                threshold_met=None,
                why=Reason("growths_fail", {"series": shown}) if failing else Reason("growths_open"),
            )
        )
    return found


def _slower(report: Report, chapter: int) -> tuple[Mention, ...]:
    """A year's growth of appropriations that is not above that of recurrent revenue, in one sentence."""
    rates = [
        mention
        for mention in report.mentions
        if report.chapter(mention) == chapter
        and mention.role is Role.GROWTH
        and mention.figure.numeral.form is Form.PERCENT
        and mention.direction > 0
        and mention.mood is Mood.RESULT
        and mention.value_known
        and _GROWTH_RATE.search(mention.label)
    ]
    for own in rates:
        for revenue in rates:
            if own.sentence != revenue.sentence or own.year != revenue.year:
                continue
            concepts = undated(own.label).concept, undated(revenue.label).concept
            if concepts != ("appropriation", "recurrent_revenue"):
                continue
            mine, theirs = value_of(own), value_of(revenue)
            if mine is not None and theirs is not None and mine.high < theirs.low:
                return (own, revenue)
    return ()


def _falling(report: Report, chapter: int) -> tuple[Mention, ...]:
    """Public funds per pupil of two years, the later of them lower."""
    for group in series(dated(report, chapter)):
        if group[0].quantity.role is not Role.EACH or group[0].quantity.concept not in _MUST_GROW:
            continue
        for earlier, later in pairwise(group):
            before, after = value_of(earlier.mention), value_of(later.mention)
            if before is not None and after is not None and after.high < before.low:
                return (earlier.mention, later.mention)
    return ()
