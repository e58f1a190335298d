"""The list that stands before its count: A、B、C三个方面, 甲小学、乙小学2所, 甲和乙一直是……的两大难题."""

from __future__ import annotations

import re
from collections.abc import Iterator

from junheng.claims.relations.announcements import Announcement, Sort
from junheng.claims.relations.enumeration import (
    Item,
    Reading,
    alike,
    clause_start,
    joined_readings,
    split_outside,
    trimmed,
)
from junheng.claims.relations.list_words import list_words, one_of

_LINK = re.compile(r"(?P<open>等)?(?P<link>这|共计|总共|共|以上|上述|的)?\s*$")
_LAST_WORD = re.compile(r"(?:学校|单位|项目|乡镇)?(?:[,。;的都均)\n]|分别|$)")
_CLOSING = ("”", "」", "』")
_STAGES = ("初中", "高中")
_LONG_LEAD = 12  # characters of a first item that holds more than the item


def lists_before(text: str, count: Announcement) -> Iterator[Reading]:
    """The readings of the list that ends where the count starts; also 甲和乙一直是……的两大难题."""
    if count.sort is Sort.THINGS:
        yield from _names_before(text, count)
        return
    link = _LINK.search(text[max(0, count.start - 4) : count.start])
    end = count.start - len(link.group()) if link else count.start
    if link and link["link"] == "的" and not text[:end].endswith(_CLOSING):
        yield from _subject(text, end)
        if count.sort is not Sort.SLOGAN:
            return
    start = clause_start(text, end)
    whole = trimmed(text, Item(start, end))
    if whole is None or (not (link and link.group().strip()) and _leads_away(text, end)):
        return
    if (quoted := _quoted_list(text, whole)) is not None:
        items = tuple(split_outside(text, quoted.start, quoted.end, "、" if _parted(text, quoted) else "-"))
        yield Reading(items, certain=len(items) > 2 and alike(text, items) and not (link and link["open"]))
        return
    lead = re.match(rf"(?:[^、]{{0,8}}?){one_of(list_words().lead_ins)}(?:了|着)?", text[whole.start : whole.end])
    begin = whole.start + lead.end() if lead else whole.start
    items_as_parted = split_outside(text, begin, whole.end, "、")
    if not items_as_parted:
        return
    ways = [way for way in joined_readings(text, items_as_parted) if len(way) > 1]
    if count.sort is Sort.SLOGAN:
        ways = [way for way in ways if _of_slogan(text, count, way)]
    closed = lead is not None and lead.end() <= 6 and len(items_as_parted) > 1
    sizes = {len(way) for way in ways}
    if count.number not in sizes and (at := text.rfind("的", begin, whole.end)) >= 0:
        # 小学、初中的经费、师资两个方面: what stands before 的 says whose they are.
        yield from map(Reading, joined_readings(text, split_outside(text, at + 1, whole.end, "、")))
    for way in ways:
        too_few = len(way) == max(sizes) < count.number and not (link and link["open"])
        too_many = len(way) == min(sizes) > count.number
        yield Reading(_without_lead(text, way), closed and (too_few or too_many) and alike(text, way))


def _leads_away(text: str, end: int) -> bool:
    """Whether the last word before a count is a verb or the like, so that no list ends there."""
    before = text[:end]
    return before.endswith(list_words().no_list_before) and not before.endswith(_STAGES)


def _of_slogan(text: str, count: Announcement, items: tuple[Item, ...]) -> bool:
    """Whether every item holds the slogan's word, or they are as many and alike (学校、家庭、社会“三结合”)."""
    if all(count.noun in text[item.start : item.end] for item in items):
        return True
    return len(items) == count.number and alike(text, items[1:] if len(items) > 2 else items)


def _names_before(text: str, count: Announcement) -> Iterator[Reading]:
    """甲小学、乙小学2所. Never certain: 音乐室、美术室6间 names two kinds of six rooms."""
    if text[count.start - 1 : count.start] in ("、", "和", "与", "及"):
        return
    if count.written.isdigit() and not _LAST_WORD.match(text, count.end):
        return  # 语文、数学、外语三门学科 sums up; 音乐室、美术室6间教室 counts something else
    start = clause_start(text, count.start)
    lead = re.search(r".*(?:有|为|是|即|中)(?=[^、]+、)", text[start : count.start])
    begin = start + lead.end() if lead else start
    items = split_outside(text, begin, count.start, "、")
    if len(items) > 1 and not any(character.isdigit() for character in text[begin : count.start]):
        yield from (Reading(way) for way in joined_readings(text, items) if len(way) == count.number)


def _subject(text: str, end: int) -> Iterator[Reading]:
    """甲和乙(一直)是…的两大难题: the list is the subject."""
    start = clause_start(text, end)
    found = re.match(r"(.+?)(?:一直|始终|仍然|仍|都|也)?是", text[start:end])
    if found:
        items = split_outside(text, start, start + len(found[1]), "、")
        yield from (Reading(way) for way in joined_readings(text, items) if len(way) > 1)


def _quoted_list(text: str, whole: Item) -> Item | None:
    """The inside of a quotation that ends the clause and holds a list (采取“建、改、扩”, “校长—主任—教师”)."""
    if text[whole.end - 1] not in (*_CLOSING, '"'):
        return None
    opening = max(text.rfind(mark, whole.start, whole.end - 1) for mark in '“「『"')
    quoted = Item(opening + 1, whole.end - 1)
    if opening < 0 or not (_parted(text, quoted) or text.count("-", quoted.start, quoted.end) > 1):
        return None
    return quoted


def _parted(text: str, item: Item) -> bool:
    return "、" in text[item.start : item.end]


def _without_lead(text: str, items: tuple[Item, ...]) -> tuple[Item, ...]:
    """The list without the long way into its first item (在推进工作过程中的重视程度)."""
    first = items[0]
    at = text.rfind("的", first.start, first.end - 1)
    if at > 0 and first.end - first.start > _LONG_LEAD:
        return (Item(at + 1, first.end), *items[1:])
    return items
