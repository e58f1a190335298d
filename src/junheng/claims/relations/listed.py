"""Counted lists: does 四个方面 list four, “三同步” three?

A list is called wrong only when it is unmistakably whole; cut off, out of order or open to another reading it is not
checkable. A count that announces no list (86所小学, “两免一补”) is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from junheng.claims.claim import Claim, Input, Reason, Verdict
from junheng.claims.cleaning import Cleaned
from junheng.claims.relations.announcements import Announcement, Sort, find_announcements
from junheng.claims.relations.bare_counts import kind_readings
from junheng.claims.relations.enumeration import Item, Reading, clause_start
from junheng.claims.relations.glossed import gloss_after, gloss_readings, sharing_lists
from junheng.claims.relations.list_before import lists_before
from junheng.claims.relations.list_words import list_words, one_of
from junheng.claims.relations.marked import marked_before, marked_readings
from junheng.claims.report import Report
from junheng.claims.structure import Structure
from junheng.documents.document import Document

_SLOGAN_REACH = 250  # characters after a slogan within which a list of its word belongs to it
_AHEAD = 3000  # how far a headline may stand before the list it names
_NEAR = 60


@dataclass(frozen=True, slots=True)
class _Finding:
    """What was found about one announcement; ``quote`` in the cleaned text."""

    count: Announcement
    quote: Item
    items: tuple[Item, ...]
    verdict: Verdict
    why: str


def listed_claims(report: Report) -> tuple[Claim, ...]:
    """The counted lists of a report, in text order.

    Returns:
        Claims of relation ``listed``: claimed is the number said, recomputed the number listed, inputs the items.
    """
    cleaned, built = report.cleaned, report.built
    counts = find_announcements(cleaned.text)
    found = [_judge(cleaned.text[: _chapter_end(built, count.start)], count, counts) for count in counts]
    found = _named_elsewhere(cleaned.text, counts, found)
    found = _restated(cleaned.text, found)
    return tuple(_claim(report.document, cleaned, built, one) for one in found if one is not None)


def _chapter_end(built: Structure, offset: int) -> int:
    """Where the piece of writing ends that ``offset`` stands in; the numbering of another one is not its list."""
    chapter = built.sentences[built.at(offset)].chapter
    return max(sentence.end for sentence in built.sentences if sentence.chapter == chapter)


def _judge(text: str, count: Announcement, counts: tuple[Announcement, ...]) -> _Finding | None:
    readings = list(_readings(text, count, counts))
    quote = Item(count.start, count.end)
    agreeing = next((reading for reading in readings if len(reading.items) == count.number), None)
    if agreeing:
        return _Finding(count, quote, agreeing.items, Verdict.CONSISTENT, "listed_agrees")
    certain = next((reading for reading in readings if reading.certain), None)
    if certain and not _crowded(text, count, counts):
        return _Finding(count, quote, certain.items, Verdict.INCONSISTENT, "listed_differs")
    following = [reading.items for reading in readings if reading.items and reading.items[0].start > count.end]
    listed_here = not count.sort.incidental and following and following[0][0].start - count.end < _NEAR
    if following and (listed_here or _promised(text, count)) and not _crowded(text, count, counts):
        return _Finding(count, quote, following[0], Verdict.NOT_CHECKABLE, "listed_unclear")
    if _promised(text, count):
        return _Finding(count, quote, (), Verdict.NOT_CHECKABLE, "listed_missing")
    if count.sort is Sort.SLOGAN and any(not reading.items for reading in readings):
        return _Finding(count, quote, (), Verdict.NOT_CHECKABLE, "listed_cut")
    return None


def _reach(text: str, count: Announcement, counts: tuple[Announcement, ...], *, things: bool) -> int:
    """Where the next count starts that may own what follows; a count of things owns no marked list."""
    following = (other for other in counts if other.start > count.start and (things or not other.sort.incidental))
    return min(next((other.start for other in following), len(text)), len(text))


def _readings(text: str, count: Announcement, counts: tuple[Announcement, ...]) -> Iterator[Reading]:
    if count.sort is Sort.KINDS:
        yield from kind_readings(text, count, _reach(text, count, counts, things=True))
        return
    yield from lists_before(text, count)
    if count.refers_back:
        yield from marked_before(text, count.start)
    if count.refers_back or text[count.end : count.end + 1] == "、":
        return  # 一个目标、两项任务、一个抓手: itself an item
    gloss = gloss_after(text, count, _reach(text, count, counts, things=True))
    reach = _reach(text, count, counts, things=count.sort is Sort.THINGS)
    if count.sort is not Sort.THINGS or (gloss is None and _announces_things(text, count)):
        yield from marked_readings(text, count.start, count.end, reach, count.number, count.sort is Sort.SLOGAN)
    if gloss is not None:
        yield from gloss_readings(text, count, gloss)
    if count.sort is Sort.SLOGAN:
        again = re.compile(rf"{count.written}\s*个?\s*{re.escape(count.noun)}").search(text, count.end)
        end = min(again.start() if again else len(text), count.end + _SLOGAN_REACH)
        yield from sharing_lists(text, count.end, end, count.noun)


def _announces_things(text: str, count: Announcement) -> bool:
    return (
        re.match(
            r"[^。;:\n]{0,60}[,。]?(?:分别(?:是|为)|依次(?:是|为)|即|如下)[:,]?\s", text[count.end : count.end + 80]
        )
        is not None
    )


def _crowded(text: str, count: Announcement, counts: tuple[Announcement, ...]) -> bool:
    """Whether the sentence counts twice before its list, so that the list may belong to the other count."""
    start = max(text.rfind(mark, 0, count.start) for mark in "。;\n") + 1
    if count.sort is not Sort.THINGS:
        others = (other for other in counts if start <= other.start < count.start)
        return any(not other.sort.incidental and not other.refers_back for other in others)
    end = re.compile(r"[。;\n]|分别|即").search(text, count.end)
    sentence = text[start : end.start() if end else len(text)]
    return len(re.findall(r"[\d一二两三四五六七八九十]+(?:个|项|所|名|位|座|处|家|间|条|种|门)", sentence)) > 1


def _promised(text: str, count: Announcement) -> bool:
    """Whether the words around the count say that its list is in the report."""
    if count.sort is Sort.THINGS:
        return _announces_things(text, count)
    if count.sort is Sort.KINDS:
        return False
    words = list_words()
    before, after = text[max(0, count.start - 12) : count.start], text[count.end : count.end + 30]
    if count.refers_back:
        return False
    clause = re.split(r"[,。;\n]", before)[-1]
    speech = re.match(rf"[^,。;:\n]{{0,8}}?{one_of(words.speeches)}", after)
    return (
        clause.endswith(words.promises)
        or (speech is not None and re.search(r"[从就分]", clause) is not None)
        or re.match(rf"[^,。;\n]{{0,12}}(?:{one_of(words.promises)}[^,。;\n]{{0,4}})?:\s*(?:\n|$)", after) is not None
    )


def _named_elsewhere(
    text: str, counts: tuple[Announcement, ...], found: list[_Finding | None]
) -> list[_Finding | None]:
    """A headline takes over the list that a later count of the same thing gives; 这三个社团 that of the one before."""
    named = list(found)
    for index in reversed(range(len(counts))):
        count = counts[index]
        if named[index] is not None:
            continue
        if count.sort is Sort.THINGS:
            told = (one for one in reversed(found[:index]) if one is not None and _just_told(text, count, one.count))
        elif count.noun in list_words().named_ahead:
            told = (one for one in named[index + 1 :] if one is not None and _same_thing(count, one.count))
        else:
            continue
        other = next((one for one in told if one.verdict is Verdict.CONSISTENT), None)
        if other is not None:
            named[index] = replace(other, count=count, quote=Item(count.start, count.end), why="listed_elsewhere")
    return named


def _just_told(text: str, count: Announcement, other: Announcement) -> bool:
    noun = text[count.end : count.end + 2]
    return (
        other.sort is Sort.THINGS
        and other.number == count.number
        and count.start - other.end < _NEAR
        and noun.isalpha()
        and noun == text[other.end : other.end + 2]
    )


def _same_thing(one: Announcement, other: Announcement) -> bool:
    return (
        one.number == other.number
        and other.start - one.start < _AHEAD
        and (one.noun == other.noun or any({one.noun, other.noun} <= set(group) for group in list_words().same_meaning))
    )


def _restated(text: str, found: list[_Finding | None]) -> list[_Finding | None]:
    """A slogan told in full elsewhere: a list of its word further from it is a statement of its own, and is quoted."""
    told = {
        (one.count.number, one.count.noun)
        for one in found
        if one is not None and one.count.sort is Sort.SLOGAN and _close(text, one)
    }
    return [one if one is None or _close(text, one) else _moved(text, one, told) for one in found]


def _moved(text: str, one: _Finding, told: set[tuple[int, str]]) -> _Finding:
    if one.count.sort is not Sort.SLOGAN or not one.items:
        return one
    if (one.count.number, one.count.noun) in told:
        return replace(one, quote=Item(clause_start(text, one.items[0].start), one.items[-1].end))
    if one.verdict is Verdict.INCONSISTENT:
        return replace(one, verdict=Verdict.NOT_CHECKABLE, why="listed_unclear")
    return one


def _close(text: str, one: _Finding) -> bool:
    """Whether the list belongs to the words of the count: near, and not in a later sentence of its own."""
    if not one.items:
        return False
    between = text[one.count.end : one.items[0].start]
    return len(between) < _NEAR and re.search(r"。(?!\s*(?:即|分别))", between) is None


def _claim(document: Document, cleaned: Cleaned, built: Structure, one: _Finding) -> Claim:
    start, end = cleaned.raw_span(one.quote.start, one.quote.end)
    inputs = []
    for index, item in enumerate(one.items, start=1):
        item_start, item_end = cleaned.raw_span(item.start, item.end)
        inputs.append(Input(f"item{index}", Fraction(1), "项", document.text[item_start:item_end], item_start))
    checked = one.verdict is not Verdict.NOT_CHECKABLE
    values = {
        "said": str(one.count.number),
        "found": str(len(one.items)),
        "items": "、".join(item.quote.strip() for item in inputs),
    }
    return Claim(
        quote=document.text[start:end],
        start=start,
        section=" › ".join(built.sentences[built.at(one.count.start)].headings),
        relation="listed",
        claimed=Fraction(one.count.number),
        written=one.count.written,
        unit=one.count.unit,
        inputs=tuple(inputs),
        recomputed=Fraction(len(one.items)) if checked else None,
        verdict=one.verdict,
        threshold=None,
        threshold_met=None,
        why=Reason(one.why, values),
    )
