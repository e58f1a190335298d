"""Words that claim a direction for every year: 逐年增长, 连续三年下降, 年年有增长."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from junheng.claims.claim import Claim, Reason, Verdict
from junheng.claims.lookup import value_of
from junheng.claims.mention import Mention
from junheng.claims.mood import Mood, mood_of
from junheng.claims.numerals import Hedge
from junheng.claims.relations.over_time import Dated, Quantity, dated, near, series, undated
from junheng.claims.report import Report, said_name
from junheng.claims.structure import Sentence
from junheng.claims.terms import Named, terms

_COUNTS = "二三四五六七八九"
_TREND = re.compile(
    r"(?:(?P<all>均|都|全部)?(?:(?:总体|整体)?呈现?出?|实现了?|保持了?|做到了?)?"
    r"(?:逐年|连年|年年|连续(?P<years>[两二三四五六])年|(?P<run>[两二三四五六])年连续|每年都?)"
    r"(?:均|都|又|实现了?|保持了?|有所|有|稳步|持续|不断|大幅度?|略有|在|呈现?)*(?:正)?"
    r"(?P<word>增长|增加|提高|上升|攀升|递增|提升|增多|走高|扩大|下降|减少|递减|降低|走低|回落|下滑))"
)
_DOWN = re.compile(r"下降|减少|递减|降低|走低|回落|下滑")
_NOT_A_RESULT = re.compile(r"^(?:\d|的?(?:目标|要求|机制|原则|规定|问题)|[:为到至])")
_LONGEST_SUBJECT = 20


def trend_claims(report: Report) -> list[Claim]:
    """Judge every direction that is claimed of a series which the report states."""
    found = []
    text = report.cleaned.text
    by_chapter: dict[int, list[list[Dated]]] = {}
    for match in _TREND.finditer(text):
        sentence = report.built.sentences[report.built.at(match.start())]
        before, after = text[sentence.start : match.start()], text[match.end() : sentence.end]
        if _NOT_A_RESULT.match(after):
            continue
        if mood_of(before, after, sentence.headings, rules=sentence.rules) is not Mood.RESULT:
            continue
        chapter = sentence.chapter
        if chapter not in by_chapter:
            by_chapter[chapter] = series(dated(report, chapter))
        found.append(_judged(report, match, sentence, by_chapter[chapter]))
    return found


def _judged(report: Report, match: re.Match[str], sentence: Sentence, known: Sequence[list[Dated]]) -> Claim:
    subject = re.split(r"[,。;:(“\"]", report.text(sentence.start, match.start()))[-1]
    start = match.start() - len(subject) if len(subject) <= _LONGEST_SUBJECT else match.start()
    quote, offset = report.quoted(start, match.end())
    verdict, why, result = Verdict.NOT_CHECKABLE, Reason("series_missing"), None
    shown: list[Mention] = []
    answers = []
    for group in _meant(report, match, sentence, undated(subject), known):
        mentions = [entry.mention for entry in _last_years(match, group)]
        shown += mentions
        answers.append(_runs(mentions, down=bool(_DOWN.search(match["word"]))))
    if answers and all(answers):
        verdict, why, result = Verdict.CONSISTENT, Reason("series_holds", {"series": _written(report, shown)}), True
    elif False in answers:
        verdict, why, result = Verdict.INCONSISTENT, Reason("series_breaks", {"series": _written(report, shown)}), False
    return Claim(
        quote=quote,
        start=offset,
        section=" › ".join(sentence.headings),
        relation="trend",
        claimed=True,
        written=match.group(),
        unit="",
        inputs=tuple(report.input(one) for one in shown),
        recomputed=result,
        verdict=verdict,
        threshold=None,
        threshold_met=None,
        why=why,
    )


def _runs(mentions: Sequence[Mention], *, down: bool) -> bool | None:
    """Whether every year goes the same way; None where rounding hides it. Two equal years go neither way."""
    hidden = False
    for one, other in pairwise(mentions):
        earlier, later = (other, one) if down else (one, other)
        before, after = value_of(earlier), value_of(later)
        if before is None or after is None:
            return None
        # rounding keeps the order of figures that are printed to the same place; a list drops last noughts (1.2、1.15)
        listed = earlier.sentence == later.sentence
        same_place = listed or earlier.figure.numeral.step == later.figure.numeral.step
        alike = same_place and not _hedged(earlier) and not _hedged(later)
        if after.high < before.low or (alike and after.value < before.value):
            return False
        if after.exact and before.exact and after.value == before.value:
            return False
        hidden = hidden or after.value <= before.value
    return None if hidden else True


def _hedged(mention: Mention) -> bool:
    return mention.figure.numeral.hedge is not Hedge.NONE


def _last_years(match: re.Match[str], group: list[Dated]) -> list[Dated]:
    """连续三年增长 speaks of the last three years and the one before them."""
    years = match["years"] or match["run"]
    return group[-(_COUNTS.index(years.replace("两", "二")) + 3) :] if years else group


def _meant(
    report: Report, match: re.Match[str], sentence: Sentence, subject: Named, known: Sequence[list[Dated]]
) -> list[list[Dated]]:
    """The series that the words are about: those they name, else the one just given in the paragraph."""
    here = near(report, known, sentence.line)
    before = [group for group in here if group[0].mention.figure.start < match.start()]
    if subject.concept or len(subject.rest) >= 2:
        named = [group for group in here if _fits(subject, group[0])]
        earlier = [
            group
            for group in known
            if subject.concept and group[-1].mention.figure.start < match.start() and _fits(subject, group[0])
        ]
        return (
            named[-1:]
            or earlier[-1:]
            or [group for group in here if len(here) == 1 and _may_be(subject, group[0].quantity)]
        )
    if match["all"]:
        return [group for group in before if group[-1].mention.sentence == before[-1][-1].mention.sentence]
    if before:
        last = max(before, key=lambda group: max(entry.mention.figure.start for entry in group))
        return [last]
    return here if len(here) == 1 else []


def _fits(subject: Named, first: Dated) -> bool:
    quantity = first.quantity
    if subject.facets and subject.facets != quantity.facets:
        return False
    if subject.concept:
        return subject.concept == quantity.concept and (
            not quantity.rest or quantity.rest in subject.rest or not subject.rest
        )
    if subject.rest in first.mention.label:
        return True  # 拨款 after 财政教育拨款
    return bool(quantity.rest) and (subject.rest in quantity.rest or quantity.rest in subject.rest)


def _may_be(subject: Named, quantity: Quantity) -> bool:
    """Sums of money go by many names; people and schools do not."""
    concepts = terms().concepts
    if not subject.concept:
        return False
    return concepts[subject.concept].base == quantity.base == "money"


def _written(report: Report, mentions: Sequence[Mention]) -> str:
    return "、".join(f"{said_name(one)}{report.text(one.figure.start, one.end)}" for one in mentions)
