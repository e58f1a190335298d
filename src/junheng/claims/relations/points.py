"""Marks of score sheets: items make up the item above them, a school's own marks keep within them and make its total.

A1组织领导(30分), A1-B1职责(12分), A1-B2经费(18分); 有规划得8分;有检查得12分; 自评得分:15分;
自评总分91分,扣9分,满分100分.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import reduce
from itertools import dropwhile, pairwise
from operator import add

from junheng.claims.agree import Agreement, Estimate, agreement, exactly
from junheng.claims.claim import Claim, Reason, Verdict
from junheng.claims.judging import Reading, judged
from junheng.claims.mention import Mention
from junheng.claims.mood import Mood
from junheng.claims.report import Report
from junheng.claims.score_sheet import Item, codes_in, items_below, leaves, sheet_items

_OWN = re.compile(r"(?:自评|自查|自测|自我评[估价]|考核|实际|本[项条])[^,。;:(]{0,4}(?:得|评)分?[为是:]*$")
_BESIDE = re.compile(r"\)[,:]?(?:自评|自查)?(?:实?得)?分?[为:]?")  # 规划(10分),得9分
_SUMMED = re.compile(r"总得?分|总评分|总成绩|合计|共计?[得为]?|累计")
_WHOLE = re.compile(r"我[校园县区市乡镇]|学校|全[校县区市]|最[终后]|综[合上]")  # 我校自评得分91分
_FULL = re.compile(r"满分|总分值|标准分")
_TAKEN = re.compile(r"(?:扣|失|减)(?:除|去|掉)?(?:了|分)?[为:]?$")
_GOT = re.compile(r"[得计记]分?[为是:]?$")
_MEAN = re.compile(r"平均|均分|最高|最低|以上|以下|成绩")
# Criteria that are taken one by one, so that together they are all the marks there are.
_ONE_BY_ONE = re.compile(r"(?:分项|逐项|按项)(?:扣|计|给|赋|得)分|各项(?:相加|累计)")
_GRADED = re.compile(r"\d%|以上|以下|否则|酌情|或者?|[ABCD优良中差]等|不足|未达")
_FARTHEST = 2000  # characters between an item and the marks a school gives itself for it
_ITS_OWN = 100  # characters within which they are surely the item's
_NEAR = 6  # characters between the last mark of a list and its total
_MOST_BELOW = 6  # items without codes below another


def point_claims(report: Report) -> list[Claim]:
    """Judge full marks by what stands below them, and marks given by full marks, deductions and totals."""
    items = sheet_items(report)
    marks = [mention for mention in report.mentions if mention.figure.unit.base == "score" and mention.value_known]
    own = _own_marks(report, items, marks)
    found: list[Claim] = []
    for index, item in enumerate(items):
        end = items[index + 1].start if index + 1 < len(items) else len(report.cleaned.text)
        block = [mention for mention in marks if item.marks.end <= mention.start < end]
        if (claim := _made_up(report, items, index, block)) is not None:
            found.append(claim)
        given = own.get(index)
        if given is not None and not _may_be_total(report, items, index, given):
            found += _given(report, item.marks, given, block)
    for mention, following in pairwise(marks):
        if re.fullmatch(r"\((?:满分|共)", report.text(mention.end, following.figure.start)):
            found += _given(report, following, mention, ())
    for mention in marks:
        found += _summed(report, mention, marks, items, own)
    return found


def _own_marks(report: Report, items: Sequence[Item], marks: Sequence[Mention]) -> dict[int, Mention]:
    """The marks a school gives itself for each item, by the item's index: by the code they name, or the item before."""
    found: dict[int, Mention] = {}
    bracketed = {item.marks.figure.start for item in items}
    for mention in marks:
        clause = report.own_clause(mention)
        if mention.figure.start in bracketed or "分别" in clause:
            continue
        codes = codes_in(clause)
        owners = [
            index
            for index, item in enumerate(items)
            if item.marks.end <= mention.start
            and report.chapter(item.marks) == report.chapter(mention)
            and (not codes or item.code == codes[-1])
            and (_own(report, mention) or _beside(report, item, mention))
        ]
        if owners and mention.start - items[owners[-1]].marks.end < _FARTHEST:
            found.setdefault(owners[-1], mention)
    return found


def _before(report: Report, mention: Mention) -> str:
    """The words of its clause before the number; a colon does not part them."""
    return re.split(r"[,;。(\n]", report.clause_before(mention))[-1]


def _beside(report: Report, item: Item, mention: Mention) -> bool:
    """Whether marks stand right after an item's full marks."""
    return _BESIDE.fullmatch(report.text(item.marks.end, mention.figure.start)) is not None


def _own(report: Report, mention: Mention) -> bool:
    words = _before(report, mention)
    return bool(_OWN.search(words)) and not any(one.search(words) for one in (_SUMMED, _FULL, _WHOLE))


def _may_be_total(report: Report, items: Sequence[Item], index: int, given: Mention) -> bool:
    """Whether marks told well after the last item, and above its own, may be those of the whole sheet."""
    item = items[index]
    after = [other for other in items[index + 1 :] if report.chapter(other.marks) == report.chapter(given)]
    most = _sum([one.marks for one in _top(_sheet(report, items, given))] or [item.marks])
    above = _value(item.marks).value < _value(given).value <= most.value
    return above and not after and given.start - item.marks.end > _ITS_OWN


def _made_up(report: Report, items: Sequence[Item], index: int, block: Sequence[Mention]) -> Claim | None:
    """An item's full marks by the items below it, or by the criteria told under it."""
    item = items[index]
    if (below := items_below(report, items, index)) is not None:
        parts = [other.marks for other in below.items]
        actual = _sum(parts)
        firm = below.whole and len(parts) > 1 and (below.closed or _exceeds(actual, item.marks))
        return _judged(report, item.marks, "total", [Reading(actual, tuple(parts), firm, "+")])
    criteria = [mention for mention in block if _is_criterion(report, item, mention)]
    readings = []
    if len(criteria) > 1:
        firm = item.rank is not None and _all_criteria(report, item, criteria, block)
        readings.append(Reading(_sum(criteria), tuple(criteria), firm, "+"))
    if item.rank is None:
        readings += _uncoded_below(items[index + 1 :])
    agreeing = [one for one in readings if _agrees(item.marks, one.actual)]
    if not agreeing and not any(reading.firm for reading in readings):
        return None  # other criteria may be meant
    return _judged(report, item.marks, "total", agreeing or readings)


def _is_criterion(report: Report, item: Item, mention: Mention) -> bool:
    words = _before(report, mention)
    own = _own(report, mention) or _beside(report, item, mention)
    return bool(_GOT.search(words)) and not own and not re.search("不得|最[高多]|各得", words)


def _all_criteria(report: Report, item: Item, criteria: Sequence[Mention], block: Sequence[Mention]) -> bool:
    """Whether the criteria are said to count one by one, and none is a step of a scale (95%得5分, 90%得3分)."""
    end = block[-1].end + 40
    between = report.text(item.marks.end, min(end, len(report.cleaned.text)))
    told = report.text(item.marks.end, criteria[-1].end)
    others = [mention for mention in block if mention.end <= criteria[-1].end and mention not in criteria]
    return bool(_ONE_BY_ONE.search(between)) and not _GRADED.search(told) and not others


def _uncoded_below(following: Sequence[Item]) -> Iterator[Reading]:
    """Of items without codes those at once below may be of the next rank: 职责(40分) of 规划(20分) and 落实(20分)."""
    for count in range(2, min(len(following), _MOST_BELOW) + 1):
        parts = [item.marks for item in following[:count]]
        yield Reading(_sum(parts), tuple(parts), False, "+")


def _given(report: Report, full: Mention, given: Mention, block: Sequence[Mention]) -> Iterator[Claim]:
    """Marks given are not above the full marks, and are what deductions told beside them leave."""
    taken = [other for other in block if other.sentence == given.sentence and _TAKEN.search(_before(report, other))]
    if len(taken) == 1:
        yield _judged(
            report, given, "difference", [Reading(_value(full) - _value(taken[0]), (full, taken[0]), True, "−")]
        )
        return
    fits = _value(given).value <= _value(full).value
    yield report.claim(
        given,
        "part",
        Verdict.CONSISTENT if fits else Verdict.INCONSISTENT,
        Reason("part_fits" if fits else "part_exceeds", {"whole": report.input(full).quote}),
        inputs=[report.input(full)],
    )


def _summed(
    report: Report, mention: Mention, marks: Sequence[Mention], items: Sequence[Item], own: Mapping[int, Mention]
) -> Iterator[Claim]:
    """A total of marks given, full marks of a whole sheet, and what is lost between the two."""
    words = _before(report, mention)
    beside = [other for other in marks if other.sentence == mention.sentence and other is not mention]
    if _FULL.search(words):
        parts = [item.marks for item in _top(_sheet(report, items, mention))]
        if len(parts) > 1 and _agrees(mention, _sum(parts)):
            yield _judged(report, mention, "total", [Reading(_sum(parts), tuple(parts), False, "+")])
    elif _TAKEN.search(words):
        full = [other for other in beside if _FULL.search(_before(report, other))]
        total = [other for other in beside if _is_total(report, other)]
        if len(full) == len(total) == 1:
            left = _value(full[0]) - _value(total[0])
            yield _judged(report, mention, "difference", [Reading(left, (full[0], total[0]), True, "−")])
    elif _is_total(report, mention):
        sheet = _sheet(report, items, mention)
        inside = {item.marks.figure.start for item in sheet}
        got = [other for other in beside if other.figure.start not in inside]
        given = {items[index].start: marks_given for index, marks_given in own.items() if items[index] in sheet}
        readings = [*_listed_before(report, mention, got), *_of_sheet(report, sheet, given)]
        if readings:
            yield _judged(report, mention, "total", readings)


def _is_total(report: Report, mention: Mention) -> bool:
    words = _before(report, mention)
    whole = _SUMMED.search(words) or (_OWN.search(words) and _WHOLE.search(words))
    return bool(whole) and not any(one.search(words) for one in (_FULL, _TAKEN, _MEAN))


def _listed_before(report: Report, total: Mention, beside: Sequence[Mention]) -> Iterator[Reading]:
    """A1至A4分别得18分、22分、…,自评总分91分: the marks of its sentence before it, one after the other."""
    before = [other for other in beside if other.start < total.start]
    told = [other for other in before if not _FULL.search(_before(report, other))]
    parts = list(dropwhile(lambda other: not _GOT.search(_before(report, other)), told)) or told
    words = [_before(report, other) for other in parts]
    if len(parts) < 2 or any(one.search(word) for word in words for one in (_TAKEN, _MEAN, _SUMMED)):
        return
    firm = _GOT.search(words[0]) is not None and total.start - before[-1].end < _NEAR
    yield Reading(_sum(parts), tuple(parts), firm, "+")


def _sheet(report: Report, items: Sequence[Item], mention: Mention) -> list[Item]:
    """The items of the piece of writing that a figure stands in."""
    return [item for item in items if report.chapter(item.marks) == report.chapter(mention)]


def _top(sheet: Sequence[Item]) -> list[Item]:
    ranks = [item.rank for item in sheet if item.rank is not None]
    return [item for item in sheet if item.rank == min(ranks)] if ranks else []


def _of_sheet(report: Report, sheet: Sequence[Item], given: Mapping[int, Mention]) -> Iterator[Reading]:
    """The sum of the marks given for all items of the sheet; sure when no item is without.

    Args:
        given: by the offset of the item.
    """
    lowest = list(leaves(report, sheet))
    for level in (lowest, _top(sheet), [item for item in sheet if item.start in given]):
        parts = [given[item.start] for item in level if item.start in given]
        if len(parts) < 2:
            continue
        firm = len(parts) == len(lowest) == len(sheet) and all(item.rank is not None for item in level)
        yield Reading(_sum(parts), tuple(parts), firm, "+")


def _judged(report: Report, mention: Mention, relation: str, readings: Sequence[Reading]) -> Claim:
    """Marks are results even beside the words of the rule that gives them."""
    return judged(report, replace(mention, mood=Mood.RESULT), relation, readings)


def _agrees(mention: Mention, actual: Estimate) -> bool:
    return agreement(mention.figure.numeral, actual) is not Agreement.DISAGREES


def _exceeds(actual: Estimate, whole: Mention) -> bool:
    return actual.value > _value(whole).value


def _value(mention: Mention) -> Estimate:
    """Marks are never rounded."""
    return exactly(mention.figure.numeral.value or 0)


def _sum(parts: Sequence[Mention]) -> Estimate:
    return reduce(add, map(_value, parts))
