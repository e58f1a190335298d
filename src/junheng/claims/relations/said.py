"""Which figure is said to meet which limit: 生均41册,达到不少于40册的标准; 达到省定标准; 尚未达到3平方米."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from junheng.claims.mention import Mention
from junheng.claims.mood import Mood, mood_of
from junheng.claims.numerals import Form
from junheng.claims.relations.limits import Limit, find_limits, usual_operator, words
from junheng.claims.relations.norms import Norm, standard_norm, stated_norm
from junheng.claims.report import Report
from junheng.claims.roles import Role
from junheng.standards.model import Standard

_MEASURED = (Role.EACH, Role.RATE, Role.SHARE, Role.RATIO)
_TIGHT = re.compile(
    r"[,、(]?(?:按照?|对照|这|其|该|并|且|而)?(?:均|都|也|亦|就|仍|已|已经|全部|基本|完全|分别|远远?|大大|大幅|略|稍|明显|还|小学|初中|中小学|指标|数据|[^,。;\d]{0,4}指标)*"
)
_ACTUAL = re.compile(
    r"的?[一-鿿]{0,4},?(?:我[县校区市镇]|全[县校区市镇])?(?:实际|实有|实达|现有|现达|目前|现在)[^,。;\d]{0,8}"
)
_SHORT = 8
_BY_NORM = re.compile(r"按照?[^,。;]{0,12}$")
_PLANNED = re.compile(r"力争|确保|争取|努力|目标|计划|将|要(?!求)|到20\d\d年|下一步|应(?!届)|必须|须")


@dataclass(frozen=True, slots=True)
class Said:
    """A figure and the limit it is said to meet.

    Attributes:
        norm: None where the text names a standard without its number and nothing else gives it.
        denied: the text says that it is not met.
        surely: the words of the limit follow the figure at once.
        itself: the figure is the limit, and all that is known is that it is not met.
    """

    mention: Mention
    norm: Norm | None
    operator: str
    start: int
    end: int
    denied: bool
    surely: bool
    itself: bool = False


def said_limits(report: Report, standard: Standard | None) -> list[Said]:
    limits = find_limits(report)
    at_limits = {limit.numeral.start for limit in limits}
    by_sentence: dict[int, list[Mention]] = {}
    for mention in report.mentions:
        if mention.mood is Mood.RESULT and mention.figure.start not in at_limits:
            by_sentence.setdefault(mention.sentence, []).append(mention)
    found = [one for limit in limits for one in _of_limit(report, limit, by_sentence.get(limit.sentence, []))]

    def norm(mention: Mention) -> Norm | None:
        stated = stated_norm(report, mention, limits)
        return stated if stated is not None or standard is None else standard_norm(report, mention, standard)

    return found + _unnumbered(report, limits, by_sentence, norm)


def _of_limit(report: Report, limit: Limit, figures: Sequence[Mention]) -> list[Said]:
    """The figure just before the words of a limit, or after 实际; the limit's own when the text denies it."""
    fitting = [mention for mention in figures if _comparable(limit, mention) and _of_same(limit, mention)]
    before = [mention for mention in fitting if mention.end <= limit.start]
    if limit.named.facets and any(mention.facets for mention in before):
        before = [mention for mention in before if mention.facets == limit.named.facets]
    place, count = limit.place
    listed: Sequence[Mention] = ()
    if count > 1 and not limit.named.facets:
        listed = before[-count:] if _listed(report, before[-count:], count) else ()
        before = list(listed[place : place + 1])
    mention = before[-1] if before else None
    if mention is not None and count == 1 and _since(report, mention, limit, figures):
        mention = None
    if mention is None:
        after = next((one for one in fitting if one.figure.start >= limit.end), None)
        if after is None or not _ACTUAL.fullmatch(report.text(limit.end, after.figure.start)):
            return _denied_itself(limit)
        mention = after
    if _PLANNED.search(report.text(min(mention.end, limit.end), max(limit.start, mention.start))):
        return []
    operator = limit.operator(mention)
    last = listed[-1] if listed else mention
    between = report.text(last.end, limit.start) if last.end <= limit.start else ""
    tight = bool(_TIGHT.fullmatch(between))
    if limit.bare and not (tight and mention.role in _MEASURED and mention.end <= limit.start):
        return []
    # a ratio that is 低于1:19 may have fewer pupils to a teacher, or be the smaller fraction
    ambiguous = limit.numeral.form is Form.RATIO and limit.kind in ("above", "below")
    asserted = mention.end <= limit.start  # 不超过45人的要求,实际46人 only tells the two
    surely = asserted and (tight or bool(limit.named.facets)) and not ambiguous
    norm = Norm(operator, limit.value(mention))
    return [Said(mention, norm, operator, limit.start, limit.end, limit.says_missed(operator), surely)]


def _listed(report: Report, figures: Sequence[Mention], count: int) -> bool:
    """Whether as many figures as there are limits stand one after the other, with few words between."""
    return len(figures) == count and all(
        len(between := report.text(one.end, other.figure.start)) <= _SHORT and not re.search(r"[。;]", between)
        for one, other in pairwise(figures)
    )


def _denied_itself(limit: Limit) -> list[Said]:
    """骨干教师不低于总数的20%没有达到: all that is known is that it is not met."""
    if limit.mention is None or not limit.missed or limit.kind == "short_of":
        return []
    operator = limit.operator(limit.mention)
    norm = Norm(operator, limit.value(limit.mention))
    return [Said(limit.mention, norm, operator, limit.start, limit.end, True, False, itself=True)]


def _of_same(limit: Limit, mention: Mention) -> bool:
    """辍学率控制在2%以内 says nothing of the 入学率 before it."""
    return (
        bool(_TIGHT.fullmatch(limit.lead))
        or limit.lead in mention.label
        or (
            limit.mention is not None
            and bool(
                limit.mention.concept
                and limit.mention.concept == mention.concept
                and limit.mention.role is mention.role
            )
        )
    )


def _comparable(limit: Limit, mention: Mention) -> bool:
    form, other = limit.numeral.form, mention.figure.numeral.form
    if Form.RATIO in (form, other) or mention.role is Role.RATIO:
        return mention.role is Role.RATIO and form in (Form.RATIO, Form.PLAIN)
    if (form is Form.PERCENT) is not (other is Form.PERCENT) or other in (Form.POINTS, Form.TIMES):
        return False
    if mention.role in (Role.CHANGE, Role.GROWTH) or (limit.average and mention.role is not Role.EACH):
        return False
    return form is Form.PERCENT or not limit.unit.word or limit.unit.base == mention.figure.unit.base


def _since(report: Report, mention: Mention, limit: Limit, figures: Sequence[Mention]) -> bool:
    """Whether the sentence has gone on to something else between a figure and a limit."""
    if ";" in report.text(mention.end, limit.start):
        return True
    others = [one for one in figures if mention.end <= one.figure.start and one.end <= limit.start]
    return bool(others) and not limit.named.facets


def _unnumbered(
    report: Report,
    limits: Sequence[Limit],
    by_sentence: dict[int, list[Mention]],
    norm: Callable[[Mention], Norm | None],
) -> list[Said]:
    """达到省定标准 without its number: all figures before it in its part of the sentence."""
    found = []
    text = report.cleaned.text
    for index, figures in by_sentence.items():
        sentence = report.built.sentences[index]
        for match in words().unnumbered.finditer(text, sentence.start, sentence.end):
            if any(limit.start < match.end() and match.start() < limit.end for limit in limits):
                continue
            if (
                mood_of(
                    text[sentence.start : match.start()],
                    text[match.end() : sentence.end],
                    sentence.headings,
                    rules=sentence.rules,
                )
                is not Mood.RESULT
            ):
                continue
            before = [
                one
                for one in figures
                if one.end <= match.start()
                and ";" not in text[one.end : match.start()]
                and (one.role in _MEASURED or (one.role is Role.STATED and not one.figure.counted))
                and not _BY_NORM.search(text[sentence.start : one.figure.start])
            ]
            measured = [one for one in before if one.role in _MEASURED]
            last = before[-1:] if before and _TIGHT.fullmatch(text[before[-1].end : match.start()]) else []
            for mention in measured or (before if last else []):
                meant = norm(mention)
                denied = "超" in match.group() or bool(re.search(r"[未没不]有?$", text[sentence.start : match.start()]))
                found.append(
                    Said(
                        mention,
                        meant,
                        meant.operator if meant else usual_operator(mention),
                        match.start(),
                        match.end(),
                        denied,
                        bool(last) and mention is last[0],
                    )
                )
    return found
