"""无大班额 and 消除大班额 against the mean class: when the mean is above the limit, some class is."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from junheng.base.exact import plain
from junheng.claims.claim import Claim, Input, Met, Reason, Threshold, Verdict
from junheng.claims.judging import quotients
from junheng.claims.lookup import quantities
from junheng.claims.mention import Mention
from junheng.claims.mood import Mood, mood_of
from junheng.claims.report import Report

_NONE = re.compile(
    r"(?:(?:已|基本|全面|全部|彻底|有效|完全)*(?:消除|清除|消灭|杜绝|清零|化解)了?|无|没有|未出现|不存在|零)[^,。;、无没]{0,6}?(?P<words>(?:\d+人(?:以上|及以上))?(?P<huge>超)?大班额)(?:[和、及](?:超大|特大)班额|现象|问题|班级)*"
)
_DEFINITION = "教育事业统计的班额口径"  # zh: data
_LARGE, _HUGE = 55, 65  # 大班额 56 人及以上, 超大班额 66 人及以上: the ministry's statistical definition


def class_size_claims(report: Report) -> list[Claim]:
    """Judge every claim that there is no large class."""
    return [claim for match in _NONE.finditer(report.cleaned.text) if (claim := _judged(report, match)) is not None]


def largest_class_claim(report: Report, mention: Mention) -> Claim | None:
    """Judge 最大班额: the largest class is at least the mean; None for other figures."""
    if "最大班" not in mention.label and "班额最大" not in mention.label:
        return None
    value = mention.figure.numeral.value
    readings = quotients(
        quantities(report, mention, ["pupils"], mention.facets),
        quantities(report, mention, ["classes"], mention.facets),
        Fraction(1),
        "÷",
    )
    if value is None or not readings or mention.mood is not Mood.RESULT:
        return None
    fits = any(reading.actual.low <= value for reading in readings)
    if not fits and not any(reading.firm for reading in readings):
        return None
    reading = readings[0]
    return report.claim(
        mention,
        "class_size",
        Verdict.CONSISTENT if fits else Verdict.INCONSISTENT,
        Reason("largest_fits" if fits else "largest_below", {"value": plain(reading.actual.value, 2)}),
        inputs=[report.input(one) for one in reading.inputs],
    )


def _judged(report: Report, match: re.Match[str]) -> Claim | None:
    text = report.cleaned.text
    sentence_index = report.built.at(match.start())
    sentence = report.built.sentences[sentence_index]
    before, after = text[sentence.start : match.start()], text[match.end() : sentence.end]
    quote, start = report.quoted(match.start(), match.end())
    limit = _HUGE if match["huge"] else _LARGE
    named = re.match(r"(\d+)人", match["words"])
    if named:
        limit = int(named[1]) - 1
    threshold = Threshold("<=", Fraction(limit), "人/班", quote, source="" if named else _DEFINITION)
    anchor = _anchor(report, match, sentence_index)
    verdict, why = Verdict.NOT_CHECKABLE, Reason("inputs_missing")
    met: Met | None = Met.UNKNOWN
    inputs: tuple[Input, ...] = ()
    value: Fraction | None = None
    if mood_of(before, after, sentence.headings, rules=sentence.rules) is not Mood.RESULT:
        why, met = Reason("planned"), None
    elif anchor is not None:
        readings = quotients(
            quantities(report, anchor, ["pupils"], frozenset()),
            quantities(report, anchor, ["classes"], frozenset()),
            Fraction(1),
            "÷",
        )
        if readings:
            reading = readings[0]
            inputs = tuple(report.input(one) for one in reading.inputs)
            value = reading.actual.value
            values = {"value": plain(value, 2), "limit": str(limit)}
            if all(one.actual.low > limit for one in readings) and any(one.firm for one in readings):
                verdict, why, met = Verdict.INCONSISTENT, Reason("large_class_mean", values), Met.NO
            else:
                why = Reason("large_class_unknown", values)
    return Claim(
        quote=quote,
        start=start,
        section=" › ".join(sentence.headings),
        relation="class_size",
        claimed=Fraction(limit),
        written=quote,
        unit="人/班",
        inputs=inputs,
        recomputed=value,
        verdict=verdict,
        threshold=threshold,
        threshold_met=met,
        why=why,
    )


def _anchor(report: Report, match: re.Match[str], sentence: int) -> Mention | None:
    """A copy of the nearest figure of the chapter, from whose place all, itself included, are looked up."""
    chapter = report.built.sentences[sentence].chapter
    own = [mention for mention in report.mentions if report.chapter(mention) == chapter and not mention.entity]
    nearest = min(own, key=lambda mention: abs(mention.figure.start - match.start()), default=None)
    return None if nearest is None else replace(nearest)
