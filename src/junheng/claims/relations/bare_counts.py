"""The list beside a bare count: 县、乡、村三级网络, “勤、严、细、实”四字要求, 分三大类：….

Such a number is often a rank or a name (三级医院), so only a list that touches it is its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from junheng.claims.relations.announcements import Announcement
from junheng.claims.relations.enumeration import Item, Reading, clause_start
from junheng.claims.relations.glossed import gloss_after, gloss_readings
from junheng.claims.relations.list_before import lists_before
from junheng.claims.relations.list_words import list_words
from junheng.claims.relations.marked import marked_before, marked_readings

_LEVELS = re.compile(r"国家|[省市州盟旗县区乡镇村校园组班户]|街道|学校|社区|级")
_LEVEL_RUN = re.compile(r"[国省市州盟旗县区乡镇村校园组班户]+$")
_WAY_TO_LIST = re.compile(r"[^,。;:\n(]{0,6}(?:[:,]|-{1,2}|\()?[即:]?\s*")
_CHARACTER = re.compile(r"[一-鿿]")


def kind_readings(text: str, count: Announcement, reach: int) -> Iterator[Reading]:
    """The readings of a list that touches a bare count, before or after it.

    Args:
        reach: where the next count starts; a list after this one stands before it.
    """
    before = list(lists_before(text, count))
    yield from (replace(reading, certain=reading.certain and _all_told(text, count, reading)) for reading in before)
    if count.noun.startswith("字"):
        yield from _characters(text, count)
    clause = clause_start(text, count.start)
    if count.noun == "级" and (run := _LEVEL_RUN.search(text, clause, count.start)) is not None:
        yield Reading(tuple(Item(at, at + 1) for at in range(run.start(), run.end())))
    if count.refers_back:
        yield from (Reading(reading.items) for reading in marked_before(text, count.start))
        return
    if before or not (way := _WAY_TO_LIST.match(text, count.end)) or not way.group().strip():
        return
    if (gloss := gloss_after(text, count, reach)) is not None and gloss.start <= way.end():
        ranked = count.noun in list_words().kinds_or_ranks
        yield from (Reading(one.items, one.certain and not ranked) for one in gloss_readings(text, count, gloss))
    elif gloss is None:
        marked = list(marked_readings(text, count.start, count.end, reach, count.number, slogan=False))
        yield from (one for one in marked if one.items and one.items[0].start <= way.end())


def _all_told(text: str, count: Announcement, reading: Reading) -> bool:
    """Whether the list before a count is sure to be of what it counts, and is whole."""
    if count.noun == "级":
        return all(_LEVELS.sub("", text[item.start : item.end]) == "" for item in reading.items)
    return len(reading.items) > count.number or count.noun not in list_words().kinds_or_ranks


def _characters(text: str, count: Announcement) -> Iterator[Reading]:
    """Every character before 四字: “团结、勤奋”四字校训."""
    start = clause_start(text, count.start)
    begin = max((text.rfind(mark, start, count.start) for mark in "“「『"), default=-1)
    if begin >= 0:
        yield Reading(tuple(Item(one.start(), one.end()) for one in _CHARACTER.finditer(text, begin, count.start)))
