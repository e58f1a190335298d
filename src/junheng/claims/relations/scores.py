"""Score sheets: criteria that make up the marks of an item, and the marks a school gives itself of them.

优先发展(20分)…有规划得10分;…得10分。自评得分:15分.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import reduce
from operator import add

from junheng.claims.agree import Agreement, agreement
from junheng.claims.claim import Claim, Reason, Verdict
from junheng.claims.judging import Reading, judged
from junheng.claims.lookup import value_of
from junheng.claims.mention import Mention
from junheng.claims.report import Report

_OWN = re.compile(r"(?:自评|自查|自测|考核|实际)[^,。;]{0,4}得?分")
_CRITERION = re.compile(r"[得计记](?!分)")
_NEAR = 8  # figures between an item and the marks given for it
_MOST_ITEMS = 6  # of one rank below an item


def score_claims(report: Report) -> list[Claim]:
    """Judge the marks of items by their criteria, and marks given by the marks there are."""
    marks = [mention for mention in report.mentions if mention.figure.unit.base == "score" and mention.value_known]
    items = [index for index, mention in enumerate(marks) if _is_item(report, mention)]
    found: list[Claim] = []
    for place, index in enumerate(items):
        item = marks[index]
        end = items[place + 1] if place + 1 < len(items) else len(marks)
        below = [mention for mention in marks[index + 1 : end] if report.chapter(mention) == report.chapter(item)]
        for parts in (_criteria(report, below), *_items_within([marks[one] for one in items[place + 1 :]])):
            if (claim := _made_up(report, item, parts)) is not None:
                found.append(claim)
                break
        found += [_given(report, item, mention) for mention in below[:_NEAR] if _OWN.search(mention.label)]
    return found


def _is_item(report: Report, mention: Mention) -> bool:
    before, after = (
        report.text(mention.figure.start - 1, mention.figure.start),
        report.text(mention.end, mention.end + 1),
    )
    return before == "(" and after == ")"


def _criteria(report: Report, below: Sequence[Mention]) -> list[Mention]:
    return [
        mention
        for mention in below
        if not _OWN.search(mention.label) and _CRITERION.search(report.text(mention.start, mention.figure.start))
    ]


def _items_within(following: Sequence[Mention]) -> Iterator[list[Mention]]:
    """Items of the next rank may be those at once below: 领导职责(40分) of 优先发展(20分) and 责任落实(20分)."""
    for count in range(2, min(len(following), _MOST_ITEMS) + 1):
        yield list(following[:count])


def _made_up(report: Report, item: Mention, parts: Sequence[Mention]) -> Claim | None:
    """Parts that add up to an item's marks; where they do not, others may be meant."""
    values = [value for part in parts if (value := value_of(part)) is not None]
    if len(values) < 2:
        return None
    actual = reduce(add, values)
    if agreement(item.figure.numeral, actual) is Agreement.DISAGREES:
        return None
    return judged(report, item, "total", [Reading(actual, tuple(parts), False, "+")])


def _given(report: Report, item: Mention, given: Mention) -> Claim:
    most, value = value_of(item), value_of(given)
    fits = most is None or value is None or value.low <= most.high
    return report.claim(
        given,
        "part",
        Verdict.CONSISTENT if fits else Verdict.INCONSISTENT,
        Reason("part_fits" if fits else "part_exceeds", {"whole": report.input(item).quote}),
        inputs=[report.input(item)],
    )
