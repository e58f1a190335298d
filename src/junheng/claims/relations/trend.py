"""Words that claim a series of figures: 逐年增长, 连续三年下降, 三个增长."""

from __future__ import annotations

import re
from dataclasses import dataclass

from junheng.claims.claim import Claim, Reason, Verdict
from junheng.claims.lookup import value_of
from junheng.claims.mentions import Mention, Role
from junheng.claims.mood import Mood, mood_of
from junheng.claims.relations.change import same_label
from junheng.claims.report import Report, name_of
from junheng.claims.terms import terms

_TREND = re.compile(
    r"(?:(?:均|都)?(?:实现了?|保持了?)?(?:逐年|逐步|连年|年年|连续[两二三四五]年|每年都?|持续|稳步|不断)(?:实现了?|保持了?|都在?)?"
    r"(?P<word>增长|增加|提高|上升|攀升|递增|提升|下降|减少|递减|降低))"
)
_YEARLY = re.compile(r"逐年|连年|年年|连续[两二三四五]年|每年")
_DOWN = re.compile(r"下降|减少|递减|降低")


@dataclass(frozen=True, slots=True)
class _Series:
    mentions: tuple[Mention, ...]


def trend_claims(report: Report) -> list[Claim]:
    """Judge every trend that is claimed of a series which the report states before it in the same paragraph."""
    found = []
    text = report.cleaned.text
    for match in _TREND.finditer(text):
        if not _YEARLY.search(match.group()):
            continue
        sentence = report.built.sentences[report.built.at(match.start())]
        before, after = text[sentence.start : match.start()], text[match.end() : sentence.end]
        if mood_of(before, after, sentence.headings, rules=sentence.rules) is not Mood.RESULT:
            continue
        if re.match(r"\d|的?(?:目标|要求|机制)|[:为到至]", after):
            continue
        subject = re.split(r"[,。;:]", before)[-1]
        found.append(_judged(report, match, subject))
    return found


def _judged(report: Report, match: re.Match[str], subject: str) -> Claim:
    start = match.start() - len(subject) if subject and len(subject) <= 20 else match.start()
    quote, offset = report.quoted(start, match.end())
    sentence = report.built.sentences[report.built.at(match.start())]
    series = _series(report, match, subject)
    direction = -1 if _DOWN.search(match["word"]) else 1
    verdict, why, result, inputs = Verdict.NOT_CHECKABLE, Reason("series_missing"), None, ()
    if series is not None:
        values = [value for value in map(value_of, series) if value is not None]
        steps = [(later.value - earlier.value) * direction for earlier, later in zip(values, values[1:], strict=False)]
        sure_fall = any((later.high if direction > 0 else -later.low) < (earlier.low if direction > 0 else -earlier.high) for earlier, later in zip(values, values[1:], strict=False))
        inputs = tuple(report.input(one) for one in series)
        if all(step > 0 for step in steps):
            verdict, why, result = Verdict.CONSISTENT, Reason("series_holds", {"series": _written(report, series)}), True
        elif sure_fall or any(step == 0 for step in steps):
            verdict, why, result = Verdict.INCONSISTENT, Reason("series_breaks", {"series": _written(report, series)}), False
    return Claim(
        quote=quote,
        start=offset,
        section=" › ".join(sentence.headings),
        relation="trend",
        claimed=True,
        written=match.group(),
        unit="",
        inputs=inputs,
        recomputed=result,
        verdict=verdict,
        threshold=None,
        threshold_met=None,
        why=why,
    )


def _series(report: Report, match: re.Match[str], subject: str) -> list[Mention] | None:
    """At least two years of one quantity in the same paragraph: that of the subject's words, else the nearest."""
    place = report.built.at(match.start())
    line = report.built.sentences[place].line
    near = [
        mention
        for mention in report.mentions
        if report.line(mention) == line
        and mention.year is not None
        and mention.role in (Role.STATED, Role.EACH, Role.RATE)
        and mention.value_known
        and mention.mood is Mood.RESULT
    ]
    groups: list[list[Mention]] = []
    for mention in near:
        group = next((group for group in groups if _together(group[0], mention)), None)
        if group is None:
            groups.append([mention])
        elif all(mention.year != other.year for other in group):
            group.append(mention)
    groups = [sorted(group, key=lambda one: one.year or 0) for group in groups if len(group) >= 2]
    if not groups:
        return None
    named = terms().named(subject)
    fitting = [group for group in groups if named.concept and group[0].concept == named.concept]
    if fitting:
        return fitting[-1]
    if named.concept and all(group[0].concept for group in groups) and not _related(named.concept, groups[-1][0].concept):
        return None
    return groups[-1] if len(groups) == 1 else None


def _together(one: Mention, other: Mention) -> bool:
    if one.figure.unit.base != other.figure.unit.base or one.role is not other.role:
        return False
    return same_label(one, other) or (not other.label.strip("、,和年") and one.sentence == other.sentence)


def _related(one: str, other: str) -> bool:
    concepts = terms().concepts
    return concepts[one].base == concepts[other].base


def _written(report: Report, series: list[Mention]) -> str:
    return "、".join(
        f"{name_of(one)}{report.text(one.figure.start, one.end)}" for one in series
    )
