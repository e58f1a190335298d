"""Split a list that punctuation separates: A、B、C和D, clauses by commas, sentences by semicolons.

Chinese lists are ambiguous (质量与管理 is one item, A和B two), so a list has readings: every way a reader may take it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from junheng.claims.relations.list_words import list_words, one_of

# Not inside a word: 和谐, 参与, 普及.
_JOINTS = re.compile(
    r"以及|(?<![共温缓总柔])和(?![谐平睦美解气])|(?<![参给赋])与(?!会)|(?<![普涉顾波])及(?![时早格])|暨"
)
_PAIRS = {"(": ")", "“": "”", "《": "》", "[": "]", "「": "」", "‘": "’"}
_OPENING_QUOTES = ("“", "《", "「", "‘")
_CLAUSE_MARK = re.compile(r"[。;:,!?]|(?<!、)\n(?!、)")
LONGEST_LIST = 600  # characters
_LONGEST_PARALLEL = 10
_LONGEST_TRIED = 6  # joints in one list beyond which not every way is tried


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a list, in offsets of the cleaned text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to take a list.

    Attributes:
        items: in order, without the marks between them.
        certain: the list is closed and its items are alike, so a reader would count no other way.
    """

    items: tuple[Item, ...]
    certain: bool = False


def split_outside(text: str, start: int, end: int, separators: str) -> list[Item]:
    """The stretches between separators that stand in no bracket, quotation or title; empty ones left out.

    Quotations that touch are apart as if 、 stood between them.
    """
    items, opened, begin = [], "", start
    for index in range(start, end):
        character = text[index]
        if opened:
            if character == opened:
                opened = ""
                if "、" in separators and text[index + 1 : index + 2] in _OPENING_QUOTES:
                    items.append(Item(begin, index + 1))  # “甲工程”“乙工程”: nothing parts them
                    begin = index + 1
        elif character in _PAIRS and text.find(_PAIRS[character], index, end) >= 0:
            opened = _PAIRS[character]
        elif character in separators:
            items.append(Item(begin, index))
            begin = index + 1
    items.append(Item(begin, end))
    return [one for item in items if (one := trimmed(text, item)) is not None]


def clause_start(text: str, end: int) -> int:
    """Where the clause starts that ends at ``end``; a line break beside a list's comma is the page's, not its end."""
    begin = max(0, end - LONGEST_LIST)
    breaks = [mark.end() for mark in _CLAUSE_MARK.finditer(text, begin, end)]
    return breaks[-1] if breaks else begin


def trimmed(text: str, item: Item) -> Item | None:
    """The item without white space and marks at its ends; None when nothing is left."""
    start, end = item.start, item.end
    while start < end and text[start] in " \n\t,、;:。.-":
        start += 1
    while end > start and text[end - 1] in " \n\t,、;:。.-":
        end -= 1
    return Item(start, end) if start < end else None


def unwrapped(text: str, item: Item) -> Item:
    """What a quotation around a whole list holds (“建、改、扩”); otherwise the item itself."""
    opening = text[item.start]
    if (
        opening in '“「『"'
        and text[item.end - 1] in '”」』"'
        and not re.search('[”」』"]', text[item.start + 1 : item.end - 1])
    ):
        return Item(item.start + 1, item.end - 1)
    return item


def joined_readings(text: str, items: list[Item]) -> Iterator[tuple[Item, ...]]:
    """The list with its joints (和, 与, 及, 以及) taken as parting items or not; the usual way first.

    Usual is: the joint of the last item parts two, all others stand inside an item.
    """
    joints = [
        (index, joint.start(), joint.end())
        for index, item in enumerate(items)
        for joint in _JOINTS.finditer(text, item.start, item.end)
        if joint.start() > item.start and joint.end() < item.end and not _bracketed(text, item.start, joint.start())
    ]
    if len(joints) > _LONGEST_TRIED:
        yield tuple(items)
        return
    last = [joint for joint in joints if joint[0] == len(items) - 1]
    ways: list[tuple[tuple[int, int, int], ...]] = [
        way for size in range(len(joints) + 1) for way in combinations(joints, size)
    ]
    ways.sort(key=lambda way: (way != tuple(last[-1:]), len(way)))
    for way in ways:
        parted = [trimmed(text, part) for part in _parted(items, way)]
        whole = tuple(part for part in parted if part is not None)
        if len(whole) == len(parted):
            yield whole


def _parted(items: list[Item], way: tuple[tuple[int, int, int], ...]) -> Iterator[Item]:
    for index, item in enumerate(items):
        begin = item.start
        for _, start, end in (joint for joint in way if joint[0] == index):
            yield Item(begin, start)
            begin = end
        yield Item(begin, item.end)


def _bracketed(text: str, start: int, at: int) -> bool:
    return any(text.rfind(opening, start, at) > text.rfind(closing, start, at) for opening, closing in _PAIRS.items())


def alike(text: str, items: tuple[Item, ...], shared: str = "") -> bool:
    """Whether the items have one shape: the slogan's word in each, one word at the same end, or like lengths."""
    words = [re.sub(r"\s", "", text[item.start : item.end]) for item in items]
    if any(len(word) > 24 for word in words):
        return False
    if shared and all(shared in word for word in words):
        return True
    if all(len(word) >= 3 for word in words) and (
        len({word[0] for word in words}) == 1 or len({word[-1] for word in words}) == 1
    ):
        return True
    lengths = [len(word) for word in words]
    return (min(lengths) >= 3 and max(lengths) - min(lengths) <= 3) or len(set(lengths)) == 1


def parallel(text: str, items: tuple[Item, ...]) -> bool:
    """Whether three or more short items are built alike: one length, one word at one place (备课求实, 上课求活, …)."""
    words = [text[item.start : item.end] for item in items]
    return (
        len(words) > 2
        and len({len(word) for word in words}) == 1
        and len(words[0]) <= _LONGEST_PARALLEL
        and any(len(set(column)) == 1 for column in zip(*words, strict=True))
    )


def unfinished(text: str, end: int) -> bool:
    """Whether the stretch that ends at ``end`` says that more belongs to the list (等, ……), or is followed by that."""
    marks = one_of(tuple(re.escape(mark) for mark in list_words().unfinished))
    return bool(
        re.search(rf"{marks}[^,。;、]{{0,6}}$", text[max(0, end - 10) : end]) or re.match(marks, text[end : end + 4])
    )
