"""Figures that are said to meet a limit: 生均41.2册,达到省级不少于40册的标准; 班额控制在45人以内; 达到省定标准."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from junheng.base.exact import plain
from junheng.claims.claim import Claim, Met, Reason, Threshold, Verdict
from junheng.claims.mention import Mention
from junheng.claims.roles import Role
from junheng.claims.mood import Mood, mood_of
from junheng.claims.numerals import Form, Hedge
from junheng.claims.relations.limits import Limit, find_limits, many_to_one, words
from junheng.claims.relations.norms import Norm, standard_norm, stated_norm
from junheng.claims.report import Report, printed_unit
from junheng.standards.model import Standard

_MEASURED = (Role.EACH, Role.RATE, Role.SHARE, Role.RATIO)
_TIGHT = re.compile(
    r"[,、(]?(?:这|其|该|并|且|而)?(?:均|都|也|亦|就|仍|已|已经|全部|基本|完全|分别|远远?|大大|大幅|略|稍|明显|还|小学|初中|中小学|指标|数据|[^,。;\d]{0,4}指标)*"
)
_ACTUAL = re.compile(r"的?[一-鿿]{0,4},?(?:我[县校区市镇]|全[县校区市镇])?(?:实际|实有|实达|现有|现达|目前|现在)[^,。;\d]{0,8}")
_BY_NORM = re.compile(r"按照?[^,。;]{0,12}$")
_PLANNED = re.compile(r"力争|确保|争取|努力|目标|计划|将|要(?!求)|到20\d\d年|下一步|应(?!届)|必须|须")
_ROUNDED_UNITS = ("万", "亿", "千", "百")


@dataclass(frozen=True, slots=True)
class _Said:
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


def with_limits(report: Report, claims: Sequence[Claim], standard: Standard | None = None) -> list[Claim]:
    """The claims with the limits that their figures are said to meet, and those words that are not true.

    Args:
        claims: one for each figure.
        standard: what 达到省定标准 is taken to mean, as it holds on the day of the report.
    """
    said = _said(report, standard)
    by_place: dict[tuple[int, str], _Said] = {}
    for one in said:
        quote, start = report.quoted(one.mention.start, one.mention.end)
        by_place.setdefault((start, quote), one)
    found: list[Claim] = []
    for claim in claims:
        meant = by_place.get((claim.start, claim.quote))
        if meant is None or claim.threshold is not None or claim.claimed is True:
            found.append(claim)
            continue
        limited = _limited(report, claim, meant)
        found.append(limited)
        if (untrue := _untrue(report, limited, meant)) is not None:
            found.append(untrue)
    return found


def _said(report: Report, standard: Standard | None) -> list[_Said]:
    limits = find_limits(report)
    at_limits = {limit.numeral.start for limit in limits}
    by_sentence: dict[int, list[Mention]] = {}
    for mention in report.mentions:
        if mention.mood is Mood.RESULT and mention.figure.start not in at_limits:
            by_sentence.setdefault(mention.sentence, []).append(mention)
    found = [one for limit in limits for one in _of_limit(report, limit, by_sentence.get(limit.sentence, []))]
    norm = lambda mention: stated_norm(report, mention, limits) or (  # noqa: E731
        standard_norm(report, mention, standard) if standard is not None else None
    )
    return found + _unnumbered(report, limits, by_sentence, norm)


def _of_limit(report: Report, limit: Limit, figures: Sequence[Mention]) -> list[_Said]:
    """The figure just before the words of a limit, or after 实际; the limit's own when the text denies it."""
    fitting = [mention for mention in figures if _comparable(limit, mention) and _of_same(limit, mention)]
    before = [mention for mention in fitting if mention.end <= limit.start]
    if limit.named.facets and any(mention.facets for mention in before):
        before = [mention for mention in before if mention.facets == limit.named.facets]
    mention = before[-1] if before else None
    if mention is not None and _since(report, mention, limit, figures):
        mention = None
    if mention is None:
        after = next((one for one in fitting if one.figure.start >= limit.end), None)
        if after is None or not _ACTUAL.fullmatch(report.text(limit.end, after.figure.start)):
            return _denied_itself(limit)
        mention = after
    if _PLANNED.search(report.text(min(mention.end, limit.end), max(limit.start, mention.start))):
        return []
    operator = limit.operator(mention.label + mention.ratio)
    between = report.text(mention.end, limit.start) if mention.end <= limit.start else ""
    tight = bool(_TIGHT.fullmatch(between))
    if limit.bare and not (tight and mention.role in _MEASURED and mention.end <= limit.start):
        return []
    surely = tight or bool(limit.named.facets)
    norm = Norm(operator, limit.value)
    return [_Said(mention, norm, operator, limit.start, limit.end, limit.says_missed(operator), surely)]


def _denied_itself(limit: Limit) -> list[_Said]:
    """骨干教师不低于总数的20%没有达到: all that is known is that it is not met."""
    if limit.mention is None or not limit.missed or limit.kind == "short_of":
        return []
    operator = limit.operator(limit.mention.label)
    return [_Said(limit.mention, Norm(operator, limit.value), operator, limit.start, limit.end, True, False, itself=True)]


def _of_same(limit: Limit, mention: Mention) -> bool:
    """辍学率控制在2%以内 says nothing of the 入学率 before it."""
    return bool(_TIGHT.fullmatch(limit.lead)) or limit.lead in mention.label or limit.mention is not None and bool(
        limit.mention.concept and limit.mention.concept == mention.concept and limit.mention.role is mention.role
    )


def _comparable(limit: Limit, mention: Mention) -> bool:
    form, other = limit.numeral.form, mention.figure.numeral.form
    if Form.RATIO in (form, other) or mention.role is Role.RATIO:
        return mention.role is Role.RATIO and form in (Form.RATIO, Form.PLAIN)
    if (form is Form.PERCENT) is not (other is Form.PERCENT) or other in (Form.POINTS, Form.TIMES):
        return False
    if mention.role in (Role.CHANGE, Role.GROWTH) or limit.average and mention.role is not Role.EACH:
        return False
    return form is Form.PERCENT or limit.unit.base == mention.figure.unit.base


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
) -> list[_Said]:
    """达到省定标准 without its number: all figures before it in its part of the sentence."""
    found = []
    text = report.cleaned.text
    for index, figures in by_sentence.items():
        sentence = report.built.sentences[index]
        for match in words().unnumbered.finditer(text, sentence.start, sentence.end):
            if any(limit.start < match.end() and match.start() < limit.end for limit in limits):
                continue
            if mood_of(text[sentence.start : match.start()], text[match.end() : sentence.end], sentence.headings, rules=sentence.rules) is not Mood.RESULT:
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
                    _Said(
                        mention,
                        meant,
                        meant.operator if meant else "<=" if words().less.search(mention.label + mention.ratio) else ">=",
                        match.start(),
                        match.end(),
                        denied,
                        bool(last) and mention is last[0],
                    )
                )
    return found


def _limited(report: Report, claim: Claim, said: _Said) -> Claim:
    """A figure's claim with its limit."""
    quote, _ = report.quoted(said.start, said.end)
    unit = printed_unit(said.mention)
    factor = _factor(said.mention)
    norm = said.norm
    threshold = Threshold(said.operator, None if norm is None else norm.value / factor, unit, quote, norm.source if norm else "")
    met, cause, why = Met.UNKNOWN, claim.cause, claim.why
    if norm is not None:
        printed, exact = _printed(claim, said), _recomputed(claim)
        met = _met(said, norm, exact if exact is not None else printed, factor)
        if exact is not None and printed is not None and _holds(norm, printed * factor) and met is Met.NO:
            slack = _slack(claim)
            if _holds(norm, exact * (1 + slack) * factor) or _holds(norm, exact * (1 - slack) * factor):
                met = Met.UNKNOWN  # what it is computed from is itself rounded
            elif claim.verdict is Verdict.CONSISTENT:
                cause = Reason("rounded_to_limit", {"value": plain(exact, 4), "limit": _words(norm, factor, unit)})
        if said.itself:
            met = Met.NO
        if claim.why.template in ("nothing_to_compare", "inputs_missing"):
            why = Reason(f"limit_{met.value}", {"limit": _words(norm, factor, unit), "words": quote})
    if said.denied and met is not Met.YES:
        met = Met.NO
    return replace(claim, threshold=threshold, threshold_met=met, cause=cause, why=why)


def _untrue(report: Report, claim: Claim, said: _Said) -> Claim | None:
    """The words 达到…标准 where the figure itself, as printed, does not."""
    norm, printed = said.norm, _printed(claim, said)
    if norm is None or said.denied or not said.surely or printed is None or claim.threshold_met is not Met.NO:
        return None
    factor = _factor(said.mention)
    if norm.source or said.mention.figure.numeral.hedge is not Hedge.NONE or _holds(norm, printed * factor):
        return None
    quote, start = report.quoted(said.start, said.end)
    values = {"limit": _words(norm, factor, claim.unit), "figure": claim.quote}
    return replace(
        claim,
        quote=quote,
        start=start,
        relation="threshold",
        claimed=True,
        written=quote,
        inputs=(report.input(said.mention),),
        recomputed=False,
        verdict=Verdict.INCONSISTENT,
        why=Reason("limit_untrue", values),
        cause=None,
    )


def _factor(mention: Mention) -> Fraction:
    return Fraction(1) if mention.role is Role.RATIO else Fraction(mention.figure.numeral.scale * mention.figure.unit.factor)


def _printed(claim: Claim, said: _Said) -> Fraction | None:
    """As printed, in the printed unit; of a ratio how many stand against one."""
    return many_to_one(said.mention.figure.numeral) or (None if isinstance(claim.claimed, bool) else claim.claimed)


def _recomputed(claim: Claim) -> Fraction | None:
    sure = claim.verdict is not Verdict.NOT_CHECKABLE and not isinstance(claim.recomputed, bool)
    return claim.recomputed if sure and claim.relation in ("each", "share", "rate", "ratio") else None


def _slack(claim: Claim) -> Fraction:
    """How far a quotient may be off because its inputs are printed in 万 or 亿, as a share of it."""
    total = Fraction(0)
    for given in claim.inputs:
        if given.value and given.unit.startswith(_ROUNDED_UNITS):
            step = Fraction(1)
            while (given.value / step).denominator != 1:
                step /= 10
            total += step / 2 / abs(given.value)
    return total


def _met(said: _Said, norm: Norm, value: Fraction | None, factor: Fraction) -> Met:
    if value is None:
        return Met.UNKNOWN
    hedge = said.mention.figure.numeral.hedge
    if hedge in (Hedge.ABOUT, Hedge.NEARLY, Hedge.UNDER) and value * factor == norm.value:
        return Met.UNKNOWN
    return Met.YES if _holds(norm, value * factor) else Met.NO


def _holds(norm: Norm, value: Fraction) -> bool:
    match norm.operator:
        case ">=":
            return value >= norm.value
        case ">":
            return value > norm.value
        case "<=":
            return value <= norm.value
    return value < norm.value


def _words(norm: Norm, factor: Fraction, unit: str) -> str:
    return norm.operator + plain(norm.value / factor, 4) + unit
