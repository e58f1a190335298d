"""The list that follows its count without marks: “三同步”，即A、B、C; 3个项目，分别是甲、乙和丙."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from junheng.claims.relations.announcements import Announcement, Sort, leads_to
from junheng.claims.relations.enumeration import (
    LONGEST_LIST,
    Item,
    Reading,
    alike,
    clause_start,
    joined_readings,
    parallel,
    split_outside,
    unfinished,
    unwrapped,
)
from junheng.claims.relations.list_words import list_words, one_of

_MARK = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}[、是要抓]|\([一二三四五六七八九十\d]{1,3}\)|\d{1,2}[.、)]|[①-⑳]|首先|第一|其一)"
)
_FIGURE = re.compile(r"(?:约|近|共|达|为)?\d|[^,、]*\d(?:人|名|所|个|%|万|元|间|平方米|册|台|套)?$")
_SEVERAL = re.compile(
    r"(?:\d+|[二两三四五六七八九十]+)(?:所|个|名|位|项|处|家|间|座|条|种|门|类|栋|批)|各|若干|部分|多"
)
_SENTENCE_END = re.compile(r"[。!?]|(?<![、,;和与及])\n")
_NAMELY = r"(?<![立随当])即(?![将可时使便刻日])"
_IN_TURN = r"(?:分别|依次)(?:是|为)"
_STRONG = rf"(?:[,。]\s*(?:{_NAMELY}|{_IN_TURN}|具体为)|{_NAMELY}|{_IN_TURN}|(?:就|指的?)是|是指)[:,]?"
_WEAK = r":|-{1,2}|(?:,|(?<=\W))?(?:主要|具体|它们?)?(?:包括|包含)[:,]?"


@dataclass(frozen=True, slots=True)
class Gloss:
    """The words after a count that say what is counted.

    Attributes:
        start, end: the body, from after 即 or the colon to the end of its sentence.
        strong: 即, 分别是, a bracket: nothing but the list follows; a colon may also open prose.
        bare: only a comma leads to it, so only items with the slogan's own word belong to it.
    """

    start: int
    end: int
    strong: bool
    bare: bool = False


def gloss_after(text: str, count: Announcement, reach: int) -> Gloss | None:
    """The gloss that follows a count before ``reach`` (where the next count stands); None when there is none."""
    window = text[count.end : min(len(text), count.end + 100)]
    things = count.sort is Sort.THINGS
    tail = "[^。;:\n(]{0,60}?" if things else "[^。;:\n(]{0,30}?"
    triggers = [rf"{tail}(?P<strong>{_STRONG})", rf"{tail}(?P<weak>:)" if things else rf"{tail}(?P<weak>{_WEAK})"]
    if not things:
        triggers.append(r"(?P<weak>[^,。;:\n(]{0,4}?(?:分别|主要|依次)?(?:是|为)(?!了))")
    if count.sort is Sort.SLOGAN:
        triggers.append(r"(?P<weak>[^,。;:\n(]{0,6},及)")  # 及 for 即: both are typed ji
        triggers.append(r"(?P<bare>[^,。;:\n(]{0,6},)")
    found = [match for trigger in triggers if (match := re.match(trigger, window))]
    bracket = re.match(r"[^,。;:\n(]{0,4}\((?![含其共])(?:即|指|包括|分别为)?:?", window)
    if bracket and "、" in text[count.end : text.find(")", count.end) + 1]:
        close = text.find(")", count.end + bracket.end())
        return Gloss(count.end + bracket.end(), close, strong=not things)
    if not found:
        return None
    kinds = {kind: one for one in reversed(found) for kind in one.groupdict()}
    match = min(found, key=lambda one: one.end())
    if "strong" in kinds and not re.search("[:。]", window[: kinds["strong"].start("strong")]):
        match = kinds["strong"]
    elif "bare" in match.groupdict() and "weak" in kinds:
        match = kinds["weak"]
    start = count.end + match.end()
    if start > reach or re.match(r"\s*(?:之|当)?[中内里]", window):
        return None
    fresh_line = re.match(r"\s*\n\s*", text[start:])
    start += fresh_line.end() if fresh_line else 0
    if _MARK.match(text, start):
        return None
    closing = _SENTENCE_END.search(text, start)
    end = min(closing.start() if closing else len(text), start + LONGEST_LIST)
    strong_found = "strong" in match.groupdict() and closing is not None and not fresh_line
    return Gloss(start, end, strong_found, "bare" in match.groupdict()) if start < end else None


def gloss_readings(text: str, count: Announcement, gloss: Gloss) -> list[Reading]:
    """Every way to take a gloss as a list, the likeliest first."""
    body = Item(gloss.start, gloss.end)
    open_end = unfinished(text, gloss.end)
    clauses = split_outside(text, body.start, body.end, ",")
    shared = _shared_word(text, count, clauses)
    clauses = _without_outcome(text, clauses, shared)
    if not clauses or _figures(text, clauses):
        return []
    if len(semicolons := split_outside(text, body.start, body.end, ";")) > 1:
        return _semicolon_readings(text, count, gloss, tuple(semicolons))
    first = split_outside(text, clauses[0].start, clauses[0].end, "、")
    every = [part for clause in clauses for part in split_outside(text, clause.start, clause.end, "、")]
    if len(clauses) == 1:
        first = [part for item in first for part in split_outside(text, *_span(unwrapped(text, item)), "、")]
        every = first
    ways = [*_ways(text, first, shared), tuple(clauses), *_ways(text, every, shared)]
    if shared and len(clauses) > 1 and all(shared in text[clause.start : clause.end] for clause in clauses):
        ways = [tuple(clauses), *(way for way in ways if all(shared in text[item.start : item.end] for item in way))]
    ways = [
        way
        for way in ways
        if len(way) > 1 and not (gloss.bare and any(shared not in text[item.start : item.end] for item in way))
    ]
    sizes = {len(way) for way in ways}
    if not sizes or count.number in sizes:
        return [Reading(way) for way in ways]
    main = ways[0]
    one_list = len(first) > 1 and (len(clauses) == 1 or (shared != "" and alike(text, tuple(first), shared)))
    comma_list = (
        len(first) == 1
        and len(clauses) > 1
        and ((shared != "" and alike(text, tuple(clauses), shared)) or parallel(text, tuple(clauses)))
    )
    open_end = open_end or unfinished(text, main[-1].end)
    closed = (one_list or comma_list) and not open_end and _singly(text, count, gloss, main)
    closed = closed and not (gloss.bare and len(shared) == 1 and not _at_one_place(text, main, shared))
    if gloss.strong and max(sizes) < count.number:
        sure = closed and (len(clauses) == 1 or comma_list)  # however it is split, items are missing
    else:
        sure = closed and alike(text, main, shared) and (gloss.strong or count.sort is not Sort.THINGS)
    return [Reading(main, sure), *map(Reading, ways[1:])]


def _semicolon_readings(text: str, count: Announcement, gloss: Gloss, parts: tuple[Item, ...]) -> list[Reading]:
    """A list of clauses between semicolons; a comma list inside them may be the one that is counted."""
    shared = count.noun if gloss.bare else ""
    if not all(shared in text[part.start : part.end] for part in parts):
        return []
    inner = tuple(item for part in parts for item in split_outside(text, part.start, part.end, "、"))
    ends_paragraph = text[gloss.end + 1 : gloss.end + 2] in ("", "\n")
    aside = re.compile(one_of(list_words().outcomes))
    sure = (
        (gloss.strong or ends_paragraph or len(parts) > count.number)
        and len(inner) != count.number
        and not unfinished(text, gloss.end)
        and not any(aside.match(text, part.start) for part in parts[1:])
        and _singly(text, count, gloss, parts)
    )
    return [Reading(parts, sure), Reading(inner)]


def _shared_word(text: str, count: Announcement, clauses: list[Item]) -> str:
    """The word that every item must hold: a slogan's, or the noun that every clause repeats (三个结合)."""
    if count.sort is Sort.SLOGAN:
        return count.noun
    if count.sort is not Sort.PARTS or len(clauses) < 2:
        return ""
    first = split_outside(text, clauses[0].start, clauses[0].end, "、")
    ending = len(first) > 1 and all(text[: one.end].endswith(count.noun) for one in first)
    return count.noun if ending or all(count.noun in text[one.start : one.end] for one in clauses) else ""


def _at_one_place(text: str, items: tuple[Item, ...], shared: str) -> bool:
    """Whether every item starts, or every item ends, with the word; 育 or 风 also stands inside many others."""
    told = [text[item.start : item.end] for item in items]
    return all(word.startswith(shared) for word in told) or all(word.endswith(shared) for word in told)


def _singly(text: str, count: Announcement, gloss: Gloss, items: tuple[Item, ...]) -> bool:
    """Whether each item stands for one: none counts further things, and things are told by name, not by kind."""
    words = list_words()
    if not leads_to(text, count.end, gloss.start):
        return False
    told = [text[item.start : item.end] for item in items]
    if count.sort is not Sort.SLOGAN and any(_SEVERAL.search(word) for word in told):
        return False
    if count.sort is not Sort.THINGS:
        return True
    clause = text[clause_start(text, count.start) : gloss.start]
    named = any(word in clause for word in words.told_singly) and count.unit not in ("名", "位")
    apart = re.search(r"[,。:]\s*(?:即|分别|依次)\w*[:,]?$", text[count.end : gloss.start]) is not None
    return named and apart and not any(word.endswith(words.ranks) for word in told)


def _ways(text: str, items: list[Item], shared: str) -> list[tuple[Item, ...]]:
    ways = list(joined_readings(text, items)) if items else []
    if shared:
        sharing = [way for way in ways if all(shared in text[item.start : item.end] for item in way)]
        return [max(sharing, key=len)] if sharing else ways
    return ways


def _without_outcome(text: str, clauses: list[Item], shared: str) -> list[Item]:
    """The clauses up to the one that says what came of the list (切实保证了……)."""
    kept: list[Item] = []
    outcome = re.compile(one_of(list_words().outcomes))
    all_share = shared != "" and clauses != [] and shared in text[clauses[0].start : clauses[0].end]
    for index, clause in enumerate(clauses):
        words = text[clause.start : clause.end]
        if index and (outcome.match(words) if not all_share else shared not in words):
            break
        kept.append(clause)
    return kept


def _figures(text: str, clauses: list[Item]) -> bool:
    """Whether what follows are amounts (分别为120人、130人), which other relations check."""
    return any(
        _FIGURE.match(text[part.start : part.end])
        for clause in clauses[:2]
        for part in split_outside(text, clause.start, clause.end, "、")
    )


def _span(item: Item) -> tuple[int, int]:
    return item.start, item.end


def sharing_lists(text: str, start: int, end: int, shared: str) -> Iterator[Reading]:
    """Lists in a stretch whose items all hold the word of a slogan (校风好、学风好…), wherever they stand."""
    begin = start
    for mark in [*re.finditer(r"[,。;:!?]", text[start:end]), None]:
        stop = start + mark.start() if mark else end
        items = split_outside(text, begin, stop, "、")
        begin = stop + 1
        if len(items) < 2:
            continue
        ways = [
            way
            for way in joined_readings(text, items)
            if len(way) > 1 and all(shared in re.sub(r"\s", "", text[item.start : item.end]) for item in way)
        ]
        if ways:
            longest = max(ways, key=len)
            sure = len(shared) > 1 and len(longest) > 2 and mark is not None and not unfinished(text, stop)
            yield Reading(_without_verb(text, longest), sure)


def _without_verb(text: str, items: tuple[Item, ...]) -> tuple[Item, ...]:
    verb = re.match(one_of(list_words().fulfilled), text[items[0].start : items[0].end])
    return (Item(items[0].start + verb.end(), items[0].end), *items[1:]) if verb else items
