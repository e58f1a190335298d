"""Whether the marked list beside a count is whole, and how many items it has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from junheng.claims.relations.announcements import leads_to
from junheng.claims.relations.enumeration import Reading
from junheng.claims.relations.marks import (
    Marks,
    around_nested,
    item_spans,
    line_end,
    marks_after,
    marks_before,
    order_words,
    outer_number,
)

_WINDOW = 150  # how far after the count its first mark may stand
_SLOGAN_WINDOW = 300
_ADJACENT = 60
_MORE = re.compile(r"[。;](?:最后|此外|另外|还有|再次|同时|再者|其次)")
_GOES_ON = ("…", "...", "最后", "此外", "另", "还", "同时", "再", "其次", "除此", "除了", "加上")
_STAGES = "段步期轮"
_SHORTEST_REST = 15  # characters after a list which show that it was not cut off
_HIGHER = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\)|第[一二三四五六七八九十]{1,3}[章节条部])"
)


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
        paragraph_end = line_end(text, end)
        if (
            marks.first <= number
            and not outer_number(text, marks.style, start, even_over=True)
            and marks.seen < paragraph_end + _ADJACENT
        ):
            yield Reading(())
        return
    items = item_spans(text, marks)
    outer = outer_number(text, marks.style, start)
    if len(items) > number and outer == number:
        yield Reading(items[:number])  # the next mark is the outer list's
        return
    if len(passed := around_nested(text, marks)) == number > len(items):
        yield Reading(passed)
        return
    paragraph_end = line_end(text, end)
    within = sum(1 for at in marks.starts if at < paragraph_end)
    if within in (0, len(items)):
        yield Reading(items, _whole(text, marks, end, number, outer))
        return
    yield Reading(items)
    yield Reading(items[:within], certain=within > number and outer == 0 and _adjacent(text, marks, end))


def marked_before(text: str, end: int) -> Iterator[Reading]:
    """The marked list of the sentences before 上述三个方面, in the same paragraph."""
    marks = marks_before(text, text.rfind("\n", 0, end) + 1, end)
    if marks is not None and marks.starts:
        certain = not marks.gap and len(marks.starts) > 1 and end - marks.starts[-1] < _WINDOW
        yield Reading(item_spans(text, marks), certain)


def _whole(text: str, marks: Marks, end: int, number: int, outer: int) -> bool:
    """Whether nothing of the list can be missing and nothing of another list is in it."""
    if marks.gap or outer or len(marks.starts) < 2 or not _adjacent(text, marks, end):
        return False
    many = len(marks.starts) > number
    if not many and any(text[end - 1] in _STAGES for end in marks.ends):
        return False  # of three stages the last may not have begun
    paragraph_end = line_end(text, end)
    if marks.starts[-1] < paragraph_end:
        if many:
            return marks.style.name != "digit"
        last = text[marks.starts[-1] : paragraph_end]
        if _told_to_the_end(text, marks, paragraph_end):
            return True
        stops = [text.count("。", at, next_at) for at, next_at in pairwise([*marks.starts, paragraph_end])]
        following = text[paragraph_end:].strip()
        return (
            marks.style.inline
            and last.rstrip().endswith("。")
            and stops[-1] <= max([1, *stops[:-1]])  # a longer last item may hold one whose mark was lost
            and _MORE.search(last) is None
            and len(following) > _ADJACENT
            and not following.startswith(_GOES_ON)
        )
    if marks.style.name == "heading" or not _one_a_line(text, marks, end):
        return False
    return many or _HIGHER.match(text, line_end(text, marks.starts[-1])) is not None


def _told_to_the_end(text: str, marks: Marks, paragraph_end: int) -> bool:
    """Whether semicolons part the items, a full stop closes the last one, and the report goes on about other things."""
    last = marks.starts[-1]
    parted = all(text[start - 1] == ";" and "。" not in text[begin:start] for begin, start in pairwise(marks.starts))
    stop = text.find("。", last, paragraph_end)
    going_on = text[stop + 1 : paragraph_end].strip() or text[paragraph_end:].strip()
    return parted and stop > 0 and len(going_on) > _SHORTEST_REST and not going_on.startswith(_GOES_ON)


def _one_a_line(text: str, marks: Marks, end: int) -> bool:
    """Whether the items are the lines right after the count's own, each one line."""
    edges = [line_end(text, end), *(line_end(text, at) for at in marks.starts)]
    return all(not text[edge:at].strip() for edge, at in zip(edges, marks.starts, strict=False))


def _adjacent(text: str, marks: Marks, end: int) -> bool:
    return leads_to(text, end, marks.starts[0]) and not re.search(r"\d", text[end : marks.starts[0]])
