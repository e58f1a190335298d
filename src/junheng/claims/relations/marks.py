"""Lists whose items carry marks: 一是…二是…, 一、…, (一)…, 1.…, ①…, 首先…其次…."""

from __future__ import annotations

import re
from dataclasses import dataclass

from junheng.claims.numerals import chinese_number
from junheng.claims.relations.enumeration import Item

_CHINESE = "[一二三四五六七八九十]{1,3}"
_FRESH = r"(?:(?<=[^\w])|(?<=\n)|^)"  # after punctuation or at the start of a line
_STAGE = "个?(?:阶段|环节|方面|层次|[步点期轮关])(?![、和与及至到-])"  # 第一阶段…第二阶段
_PAUSE = re.compile(r"[,。;:、\n]")
_OVER = re.compile(r"[。;](?:针对|为此|对此|因此|下一步|今后|以上|上述|下面|综上)")
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
    Style("ordinal", re.compile(rf"{_FRESH}第(?P<number>{_CHINESE})(?:{_STAGE}|[,、:是])"), inline=True),
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


def marks_before(text: str, start: int, end: int) -> Marks | None:
    """The last inline list that starts in ``text[start:end]``, as far as ``end``."""
    ones = [
        found.start()
        for style in STYLES
        if style.inline
        for found in style.pattern.finditer(text, start, end)
        if _number(found["number"]) == 1
    ]
    return marks_after(text[:end], max(ones), end) if ones else None


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
    starts: list[int] = []
    ends: list[int] = []
    gap = number != 1
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


def around_nested(text: str, marks: Marks) -> tuple[Item, ...]:
    """The items when lists nested in them, which start again at 1, are passed over.

    Only within the paragraph of the first mark, or mark by mark at the start of a line; elsewhere a new 1 is a new
    list.
    """
    paragraph_end = line_end(text, marks.starts[0])
    at_line = text[: marks.starts[0]].rstrip(" ").endswith("\n")
    numbered: list[tuple[int | None, re.Match[str]]] = []
    last = 0
    for mark in marks.style.pattern.finditer(text, marks.starts[0]):
        if mark.start() > paragraph_end and not (at_line and text[mark.start() - 1] == "\n"):
            break
        number = _number(mark["number"])
        numbered.append((number, mark))
        last += number == last + 1
    chosen: list[re.Match[str]] = []
    for wanted in range(last, 0, -1):  # from the end: of two marks 2 before mark 3 the later is the outer list's
        before = chosen[-1].start() if chosen else len(text)
        alike = [mark for number, mark in numbered if number == wanted and mark.start() < before]
        if not alike:
            return ()
        chosen.append(alike[0] if wanted in (1, last) else alike[-1])
    return tuple(_words_from(text, mark.start(), mark.end()) for mark in reversed(chosen))


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


def outer_number(text: str, style: Style, start: int, *, even_over: bool = False) -> int:
    """The number of the last mark of the style before the count in its paragraph; 0 when its list is over there.

    It tells a list inside an item of an outer list, whose next mark looks like one more item of the inner one.
    """
    paragraph = text.rfind("\n", 0, start) + 1
    before = list(style.pattern.finditer(text, paragraph, start))
    if not before or (not even_over and _OVER.search(text, before[-1].end(), start)):
        return 0
    return _number(before[-1]["number"]) or 0


def line_end(text: str, at: int) -> int:
    """Where the line ends that holds ``at``."""
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _words_from(text: str, start: int, end: int) -> Item:
    pause = _PAUSE.search(text, end + 1)
    return Item(start, min(pause.start() if pause else len(text), end + 40))


def _number(written: str) -> int | None:
    if written in _CIRCLED:
        return _CIRCLED.index(written) + 1
    return int(written) if written.isdigit() else chinese_number(written)
