"""Lists whose items carry marks: 一是…二是…, 一、…, (一)…, 1.…, ①…, 首先…其次…."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from junheng.claims.numerals import chinese_number
from junheng.claims.relations.enumeration import Item, Reading

_CHINESE = "[一二三四五六七八九十]{1,3}"
_FRESH = r"(?:(?<=[^\w])|(?<=\n)|^)"  # after punctuation or at the start of a line
_PAUSE = re.compile(r"[,。;:、\n]")
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


@dataclass(frozen=True, slots=True)
class Style:
    """A way to mark items.

    Attributes:
        inline: its items are clauses or sentences of a paragraph, not headings.
    """

    name: str
    pattern: re.Pattern[str]
    inline: bool


STYLES = (
    Style("is", re.compile(rf"{_FRESH}(?P<number>{_CHINESE})是(?![否非])"), inline=True),
    Style("must", re.compile(rf"{_FRESH}(?P<number>{_CHINESE})要"), inline=True),
    Style("grasp", re.compile(rf"{_FRESH}(?P<number>{_CHINESE})抓"), inline=True),
    Style("one_of", re.compile(rf"{_FRESH}其(?P<number>[一二三四五六七八九])[,是、:]"), inline=True),
    Style("ordinal", re.compile(rf"{_FRESH}第(?P<number>{_CHINESE})[,、:是]"), inline=True),
    Style("circled", re.compile(rf"(?P<number>[{_CIRCLED}])"), inline=True),
    Style("heading", re.compile(rf"{_FRESH}(?P<number>{_CHINESE})、"), inline=False),
    Style("bracketed", re.compile(rf"(?<![条款第\w])\((?P<number>{_CHINESE})\)"), inline=False),
    Style("digit_bracketed", re.compile(r"(?<![条款第\w])\((?P<number>\d{1,2})\)"), inline=False),
    Style("digit", re.compile(rf"{_FRESH}(?P<number>\d{{1,2}})(?:[.、](?!\d)|\))"), inline=False),
)


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of one list.

    Attributes:
        starts: offsets of the marks 1, 2, …, without gap.
        ends: offsets after each mark, where its item's words start.
        gap: the numbering jumped, so items were lost: what follows the last mark is not the end.
        first: number of the first mark seen; more than 1 when the beginning was lost.
        seen: offset of the first mark seen.
    """

    style: Style
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    gap: bool
    first: int
    seen: int


def marks_after(text: str, start: int, end: int) -> Marks | None:
    """The marked list whose first mark stands in ``text[start:end]``; its further marks may stand anywhere after it.

    The list ends where its numbering starts again, jumps or stops.
    """
    firsts = [
        (found.start(), style, number)
        for style in STYLES
        if (found := style.pattern.search(text, start)) is not None and found.start() < end
        if (number := _number(found["number"])) is not None
    ]
    if not firsts:
        return None
    at, style, number = min(firsts, key=lambda one: one[0])
    starts, ends, gap = [], [], number != 1
    for found in style.pattern.finditer(text, at):
        current = _number(found["number"])
        if current == len(starts) + 1 and not gap:
            starts.append(found.start())
            ends.append(found.end())
        elif starts:
            gap = current is not None and current > len(starts) + 1
            break
        else:
            break
    return Marks(style, tuple(starts), tuple(ends), gap, number, at)


def order_words(text: str, start: int, window: int) -> tuple[Item, ...]:
    """The items that 首先…其次…再次…最后 tell apart, when 首先 stands in ``text[start:window]``; else none."""
    words = re.compile(rf"{_FRESH}(?:首先|其次|再次|再者|然后|最后)")
    first = words.search(text, start)
    if first is None or first.start() >= window or first.group() != "首先":
        return ()
    found: dict[str, int] = {}
    for match in words.finditer(text, first.start()):
        if match.group() in found or "最后" in found:
            break
        found[match.group()] = match.start()
    return tuple(_words_from(text, at, at + 2) for at in found.values())


def item_spans(text: str, marks: Marks) -> tuple[Item, ...]:
    """Mark and first words of each item, up to the first pause."""
    return tuple(_words_from(text, start, end) for start, end in zip(marks.starts, marks.ends, strict=True))


def _words_from(text: str, start: int, end: int) -> Item:
    pause = _PAUSE.search(text, end + 1)
    return Item(start, min(pause.start() if pause else len(text), end + 40))


def _number(written: str) -> int | None:
    if written in _CIRCLED:
        return _CIRCLED.index(written) + 1
    return int(written) if written.isdigit() else chinese_number(written)


_WINDOW = 150  # how far after the count its first mark may stand
_SLOGAN_WINDOW = 300
_ADJACENT = 60
_MORE = re.compile(r"[。;](?:最后|此外|另外|还有|再次|同时|再者|其次)")
_HIGHER = re.compile(rf"\s*(?:{_CHINESE}、|\({_CHINESE}\)|第{_CHINESE}[章节条部])")


def marked_readings(text: str, start: int, end: int, reach: int, number: int, slogan: bool) -> Iterator[Reading]:
    """The readings of the marked list that follows a count; one without items where its beginning was lost.

    Args:
        start, end: the count.
        reach: where the next count starts; the first mark stands before it.
        number: how many items the count says.
        slogan: a slogan may stand further from its list.
    """
    window = min(reach, end + (_SLOGAN_WINDOW if slogan else _WINDOW))
    marks = marks_after(text, end, window)
    if marks is None:
        if (told := order_words(text, end, window)) and len(told) == number:
            yield Reading(told)
        return
    if not marks.starts:
        paragraph_end = _line_end(text, end)
        if marks.first <= number and not _outer(text, marks.style, start) and marks.seen < paragraph_end + _ADJACENT:
            yield Reading(())
        return
    items = item_spans(text, marks)
    outer = _outer(text, marks.style, start)
    if len(items) > number and outer == number:
        yield Reading(items[:number])  # the next mark is the outer list's
        return
    line_end = _line_end(text, end)
    within = sum(1 for at in marks.starts if at < line_end)
    if within in (0, len(items)):
        yield Reading(items, _whole(text, marks, start, end, number, outer))
        return
    yield Reading(items)
    yield Reading(items[:within], certain=within > number and outer == 0 and _adjacent(text, marks, end))


def marks_before(text: str, end: int, number: int) -> Iterator[Reading]:
    """The marked list of the sentences before 上述三个方面, in the same paragraph."""
    paragraph = text.rfind("\n", 0, end) + 1
    marks = marks_after(text[:end], paragraph, end)
    if marks is not None and marks.starts and marks.style.inline:
        certain = not marks.gap and len(marks.starts) > 1 and end - marks.starts[-1] < _WINDOW
        yield Reading(item_spans(text, marks), certain)


def _whole(text: str, marks: Marks, start: int, end: int, number: int, outer: int) -> bool:
    """Whether nothing of the list can be missing and nothing of another list is in it."""
    if marks.gap or outer or not _adjacent(text, marks, end):
        return False
    many = len(marks.starts) > number
    line_end = _line_end(text, end)
    if marks.starts[-1] < line_end:
        if many:
            return marks.style.name != "digit"
        last = text[marks.starts[-1] : line_end]
        following = text[line_end:].strip()
        return (
            marks.style.inline
            and last.rstrip().endswith("。")
            and _MORE.search(last) is None
            and len(following) > _ADJACENT
            and not following.startswith(("…", "...", "最后", "此外", "另外", "还有", "同时", "再次"))
        )
    if marks.style.name == "heading" or not _one_a_line(text, marks, end):
        return False
    return many or _HIGHER.match(text, _line_end(text, marks.starts[-1])) is not None


def _one_a_line(text: str, marks: Marks, end: int) -> bool:
    """Whether the items are the lines right after the count's own, each one line."""
    edges = [_line_end(text, end), *(_line_end(text, at) for at in marks.starts)]
    return all(not text[edge:at].strip() for edge, at in zip(edges, marks.starts, strict=False))


def _adjacent(text: str, marks: Marks, end: int) -> bool:
    between = text[end : marks.starts[0]]
    return len(between) <= _ADJACENT and not re.search(r"\d", between)


def _outer(text: str, style: Style, start: int) -> int:
    """The number of the last mark of the style before the count in its paragraph; 0 when there is none.

    It tells a list inside an item of an outer list, whose next mark looks like one more item of the inner one.
    """
    paragraph = text.rfind("\n", 0, start) + 1
    numbers = [_number(found["number"]) for found in style.pattern.finditer(text, paragraph, start)]
    return next((number for number in reversed(numbers) if number), 0)


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end
