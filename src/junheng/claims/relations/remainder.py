"""What is left of a whole: 50个问题,已解决44个,未解决6个; 其余399人; 收入、支出 and 结余; 超编、缺编,两相冲抵."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from junheng.claims.agree import Agreement, Estimate, agreement
from junheng.claims.claim import Claim
from junheng.claims.judging import Reading, judged
from junheng.claims.lookup import value_of
from junheng.claims.mention import Mention
from junheng.claims.mood import Mood
from junheng.claims.relations.addable import addable
from junheng.claims.report import Report
from junheng.claims.roles import Role

_REST = re.compile(r"其余|余下|剩余|剩下|还剩|尚剩|仅剩|其[他它]")
_NOT_YET = re.compile(
    r"(?:正在|尚未|还未|未能?|没有?|尚?需|待|不(?![足超低高少到等含包限]))(?:被|得到|进行)?(?P<verb>[一-鿿]{1,2})"
)
_DONE = re.compile(r"已|实际|完成|达|合格|符合|具备|有")
_WORSE = re.compile(r"差错|有误|不一致|不相?符|不实|不合格|[不未]达标|存在问题")
_BETTER = re.compile(r"(?<!不)(?:一致|相符|无误|准确|属实|合格|达标|没有问题)")
_BALANCE = re.compile(r"结余|节余|结存|余额")
_INCOME = re.compile(r"收入|到账|到位|拨|下达|安排|投入|收取|筹|预算|资金")
_SPENT = re.compile(r"支出|使用|支付|开支|花费|用于|拨付")
_SET_OFF = re.compile(r"冲抵|相抵|抵消|抵销|抵扣|品迭|轧差")
_OVER = re.compile(r"超|多|余|盈")
_UNDER = re.compile(r"缺|少|差|亏")
_BACK = 2  # sentences between a whole and what is left of it
_MOST = 6  # figures before it that are tried


def remainder_claims(report: Report) -> list[Claim]:
    """Judge every figure that is said to be what is left of another."""
    return [claim for mention in report.mentions if (claim := _remainder_claim(report, mention)) is not None]


def _remainder_claim(report: Report, rest: Mention) -> Claim | None:
    if rest.role is not Role.STATED or rest.mood is not Mood.RESULT or not rest.value_known:
        return None
    if not rest.figure.unit.base:
        return None
    words = report.own_clause(rest)
    if _SET_OFF.search(_words_since(report, rest)):
        readings = _set_off(report, rest)
    elif _BALANCE.search(words):
        readings = _balance(report, rest)
    elif _REST.search(words) or _WORSE.search(_around(report, rest)) or _NOT_YET.search(_around(report, rest)):
        readings = _left(report, rest, named=bool(_REST.search(words)))
    else:
        return None
    numeral = rest.figure.numeral
    agreeing = [one for one in readings if agreement(numeral, one.actual) is not Agreement.DISAGREES]
    firm = [one for one in readings if one.firm]
    return judged(report, rest, "remainder", agreeing or firm) if agreeing or firm else None


def _left(report: Report, rest: Mention, *, named: bool) -> list[Reading]:
    """A whole less the parts between it and what is left; firm where the sentence has nothing else of the kind."""
    before = _before(report, rest)
    tight = [other for other in before if other.sentence == rest.sentence]
    after = _after(report, rest)
    readings = []
    for count in range(1, min(len(before), _MOST)):
        parts = before[-count:]
        for whole in reversed(before[:-count][-_MOST:]):
            left = _less(rest, whole, parts)
            if left is None or left.high < 0 or any(part.entity != whole.entity for part in parts):
                continue
            only = [whole, *parts] == tight and _opens(whole, parts) and not after
            complementary = named or (count == 1 and _complements(report, parts[0], rest))
            readings.append(Reading(left, (whole, *parts), only and complementary, "−"))
    if after and (named or _complements(report, after[0], rest)):  # 还剩4所,有7所已达标
        for whole in reversed(before[-_MOST:]):
            left = _less(rest, whole, after[:1])
            if left is not None:
                readings.append(Reading(left, (whole, after[0]), False, "−"))
    return readings


def _opens(whole: Mention, parts: Sequence[Mention]) -> bool:
    """Whether the first figure is the whole: at least as many as each of the others, and of no narrower a thing."""
    most, values = value_of(whole), [value_of(part) for part in parts]
    known = [value for value in values if value is not None]
    return (
        most is not None
        and len(known) == len(values)
        and sum(value.value for value in known) < most.value
        and not whole.part
        and whole.depth == parts[0].depth
    )


def _complements(report: Report, part: Mention, rest: Mention) -> bool:
    """Whether one of two figures is of what the other is not: 解决 and 未解决, 一致 and 差错."""
    one, other = _around(report, part), _around(report, rest)
    if _BETTER.search(one) and _WORSE.search(other):
        return True
    verbs = [found["verb"] for found in _NOT_YET.finditer(other)]
    return any(verb[:1] in one for verb in verbs) and bool(_DONE.search(one)) and not _NOT_YET.search(one)


def _balance(report: Report, rest: Mention) -> list[Reading]:
    """Money that came in less what was spent."""
    before = _before(report, rest)[-2:]
    if len(before) < 2:
        return []
    income, spent = before
    firm = (
        bool(_INCOME.search(_around(report, income)))
        and bool(_SPENT.search(_around(report, spent)))
        and income.sentence == spent.sentence == rest.sentence
        and len([other for other in before if other.sentence == rest.sentence]) == len(before)
    )
    left = _less(rest, income, [spent])
    return [] if left is None or left.high < 0 else [Reading(left, (income, spent), firm, "−")]


def _set_off(report: Report, rest: Mention) -> list[Reading]:
    """A surplus of some against what others lack."""
    before = [other for other in _before(report, rest) if other.sentence == rest.sentence]
    over = [other for other in before if _OVER.search(other.label)]
    under = [other for other in before if _UNDER.search(other.label) and other not in over]
    if len(over) != 1 or len(under) != 1:
        return []
    one, other = over[0], under[0]
    more, less = value_of(one), value_of(other)
    if more is None or less is None:
        return []
    if more.value < less.value:
        one, other = other, one
    left = _less(rest, one, [other])
    return [] if left is None else [Reading(left, (one, other), True, "−")]


def _before(report: Report, rest: Mention) -> list[Mention]:
    """The figures of its paragraph shortly before it that count what it counts."""
    return [
        other
        for other in report.in_line(rest)
        if other.end <= rest.start
        and rest.sentence - other.sentence <= _BACK
        and addable(rest, other)
        and other.figure.unit.word == rest.figure.unit.word
        and not other.distributive
    ]


def _after(report: Report, rest: Mention) -> list[Mention]:
    """The figures after it in its clause group that count what it counts."""
    return [
        other
        for other in report.in_sentence(rest)
        if other.figure.start > rest.end and addable(rest, other) and ";" not in report.text(rest.end, other.start)
    ]


def _less(rest: Mention, whole: Mention, parts: Sequence[Mention]) -> Estimate | None:
    left = value_of(whole)
    for part in parts:
        value = value_of(part)
        left = None if left is None or value is None else left - value
    return None if left is None else left.times(Fraction(1, rest.figure.unit.factor))


def _around(report: Report, mention: Mention) -> str:
    """The words of its clause, after the number as well: 已有7所达标, 9所未达标."""
    after = re.split(r"[,;。:()]", report.text(mention.end, mention.end + 12))[0]
    return report.own_clause(mention) + after


def _words_since(report: Report, rest: Mention) -> str:
    """The words between the figure before it in the sentence and its number."""
    before = [other.end for other in report.in_sentence(rest) if other.end <= rest.start]
    start = report.built.sentences[rest.sentence].start
    return report.text(max(before, default=start), rest.figure.start)
