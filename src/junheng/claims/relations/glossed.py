"""The lists that stand beside a count without marks: before it (A、B、C三个方面) or after it (即A、B和C)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from junheng.claims.relations.announcements import Announcement, Sort
from junheng.claims.relations.enumeration import (
    Item,
    Reading,
    alike,
    joined_readings,
    split_outside,
    trimmed,
    unfinished,
    unwrapped,
)
from junheng.claims.relations.list_words import list_words, one_of

_CLAUSE_MARK = re.compile(r"[。;:,!?]|(?<!、)\n(?!、)")
_LONGEST_LIST = 600
_MARK = re.compile(r"\s*(?:[一二三四五六七八九十]{1,3}[、是要抓]|\([一二三四五六七八九十\d]{1,3}\)|\d{1,2}[.、)]|[①-⑳]|首先|第一|其一)")
_FIGURE = re.compile(r"(?:约|近|共|达|为)?\d|[^,、]{0,8}\d+(?:\.\d+)?(?:人|名|所|个|%|万|元|间|平方米|册|台|套)$")
_LAST_WORD = re.compile(r"(?:学校|单位|项目|乡镇)?(?:[,。;的都均)\n]|分别|$)")
_NAMELY = r"(?<![立随当])即(?![将可时使便刻日])"


def lists_before(text: str, count: Announcement) -> Iterator[Reading]:
    """The readings of the list that ends where the count starts; also 甲和乙一直是……的两大难题."""
    if count.sort is Sort.THINGS:
        yield from _names_before(text, count)
        return
    link = re.search(r"(?P<open>等)?(?P<link>这|共计|总共|共|以上|上述|的)?\s*$", text[max(0, count.start - 4) : count.start])
    end = count.start - len(link.group()) if link else count.start
    if link and link["link"] == "的":
        yield from _subject(text, count, end)
        if count.sort is not Sort.SLOGAN:
            return
    start = _clause_start(text, end)
    if (whole := trimmed(text, Item(start, end))) is None:
        return
    if (quoted := _quoted_list(text, whole)) is not None:
        items = tuple(split_outside(text, quoted.start, quoted.end, "、"))
        yield Reading(items, certain=len(items) > 2 and alike(text, items) and not (link and link["open"]))
        return
    lead = re.match(rf"(?:[^、]{{0,8}}?){one_of(list_words().lead_ins)}(?:了|着)?", text[whole.start : whole.end])
    begin = whole.start + lead.end() if lead else whole.start
    items_as_parted = split_outside(text, begin, whole.end, "、")
    if not items_as_parted:
        return
    ways = [way for way in joined_readings(text, items_as_parted) if len(way) > 1]
    if count.sort is Sort.SLOGAN:
        ways = [way for way in ways if all(count.noun in text[item.start : item.end] for item in way)]
    closed = lead is not None and lead.end() <= 6 and len(items_as_parted) > 1
    sizes = {len(way) for way in ways}
    if count.number not in sizes and (at := text.rfind("的", begin, whole.end)) >= 0:
        # 小学、初中的经费、师资两个方面: what stands before 的 says whose they are.
        yield from map(Reading, joined_readings(text, split_outside(text, at + 1, whole.end, "、")))
    for way in ways:
        too_few = len(way) == max(sizes) < count.number and not (link and link["open"])
        too_many = len(way) == min(sizes) > count.number
        yield Reading(_without_lead(text, way), closed and (too_few or too_many) and alike(text, way))


def _names_before(text: str, count: Announcement) -> Iterator[Reading]:
    """甲小学、乙小学2所. Never certain: 音乐室、美术室6间 names two kinds of six rooms."""
    if text[count.start - 1 : count.start] == "、" or not _LAST_WORD.match(text, count.end):
        return
    start = _clause_start(text, count.start)
    lead = re.search(r".*(?:有|为|是|即|中)(?=[^、]{2,}、)", text[start : count.start])
    begin = start + lead.end() if lead else start
    items = split_outside(text, begin, count.start, "、")
    if len(items) > 1 and not any(character.isdigit() for character in text[begin : count.start]):
        yield from (Reading(way) for way in joined_readings(text, items) if len(way) == count.number)


def _clause_start(text: str, end: int) -> int:
    """Where the clause starts that ends at ``end``; a line break beside a list's comma is the page's, not its end."""
    begin = max(0, end - _LONGEST_LIST)
    breaks = [mark.end() for mark in _CLAUSE_MARK.finditer(text, begin, end)]
    return breaks[-1] if breaks else begin


def _subject(text: str, count: Announcement, end: int) -> Iterator[Reading]:
    """甲和乙(一直)是…的两大难题: the list is the subject."""
    start = _clause_start(text, end)
    found = re.match(r"(.+?)(?:一直|始终|仍然|仍|都|也)?是", text[start:end])
    if found:
        items = split_outside(text, start, start + len(found[1]), "、")
        yield from (Reading(way) for way in joined_readings(text, items) if len(way) > 1)


def _quoted_list(text: str, whole: Item) -> Item | None:
    """The inside of a quotation that ends the clause and holds a list (采取“撤、并、建”)."""
    if text[whole.end - 1] not in "”」』\"":
        return None
    opening = max(text.rfind(mark, whole.start, whole.end - 1) for mark in "“「『\"")
    if opening < 0 or "、" not in text[opening : whole.end]:
        return None
    return Item(opening + 1, whole.end - 1)


def _without_lead(text: str, items: tuple[Item, ...]) -> tuple[Item, ...]:
    """The list without the long way into its first item (在推进工作过程中的重视程度)."""
    first = items[0]
    at = text.rfind("的", first.start, first.end - 1)
    if at > 0 and first.end - first.start > 12:
        return (Item(at + 1, first.end), *items[1:])
    return items


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
    strong = rf"(?:[,。]\s*(?:即|分别(?:是|为)|依次(?:是|为)|具体为)(?![将可时使便刻日])|{_NAMELY}|分别(?:是|为)|依次(?:是|为)|(?:就|指的?)是|是指)[:,]?"
    weak = r":|-{1,2}|(?:,|(?<=\W))?(?:主要|具体|它们?)?(?:包括|包含)[:,]?"
    triggers = [rf"{tail}(?P<strong>{strong})", rf"{tail}(?P<weak>:)" if things else rf"{tail}(?P<weak>{weak})"]
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
    if start > reach:
        return None
    fresh_line = re.match(r"\s*\n\s*", text[start:])
    start += fresh_line.end() if fresh_line else 0
    if _MARK.match(text, start):
        return None
    closing = re.compile(r"[。!?\n]").search(text, start)
    end = min(closing.start() if closing else len(text), start + _LONGEST_LIST)
    strong_found = "strong" in match.groupdict() and closing is not None and not fresh_line
    return Gloss(start, end, strong_found, "bare" in match.groupdict()) if start < end else None


def gloss_readings(text: str, count: Announcement, gloss: Gloss) -> list[Reading]:
    """Every way to take a gloss as a list, the likeliest first."""
    shared = count.noun if count.sort is Sort.SLOGAN else ""
    body = Item(gloss.start, gloss.end)
    open_end = unfinished(text, gloss.end)
    clauses = split_outside(text, body.start, body.end, ",")
    clauses = _without_outcome(text, clauses, shared)
    if not clauses or _figures(text, clauses):
        return []
    if len(semicolons := split_outside(text, body.start, body.end, ";")) > 1:
        parts = tuple(semicolons)
        if gloss.bare and not all(shared in text[part.start : part.end] for part in parts):
            return []
        ends_paragraph = gloss.end >= len(text) - 1 or text[gloss.end + 1 : gloss.end + 2] in ("", "\n")
        sure = not open_end and (gloss.strong or ends_paragraph or len(parts) > count.number)
        return [Reading(parts, sure)]
    first = split_outside(text, clauses[0].start, clauses[0].end, "、")
    every = [part for clause in clauses for part in split_outside(text, clause.start, clause.end, "、")]
    if len(clauses) == 1:
        first = [part for item in first for part in split_outside(text, *_span(unwrapped(text, item)), "、")]
        every = first
    ways = [*_ways(text, first, shared), tuple(clauses), *_ways(text, every, shared)]
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
    comma_list = len(first) == 1 and len(clauses) > 2 and shared != "" and alike(text, tuple(clauses), shared)
    open_end = open_end or unfinished(text, main[-1].end)
    closed = (one_list or comma_list) and not open_end
    if gloss.strong and max(sizes) < count.number:
        sure = closed and len(clauses) == 1  # however it is split, items are missing
    else:
        sure = closed and alike(text, main, shared) and (gloss.strong or count.sort is not Sort.THINGS)
    return [Reading(main, sure), *map(Reading, ways[1:])]


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
    """Lists in a stretch whose items all hold the word of a slogan (教风正、学风浓…), wherever they stand."""
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
