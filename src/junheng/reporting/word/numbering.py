"""Lists that number headings: Word begins anew below a numbered heading only, so others get a list of their own."""

from __future__ import annotations

from collections.abc import Mapping

from junheng.reporting.report.blocks import Heading
from junheng.reporting.word.xml import Element, add, value_of, w

_LEVELS = 4


class HeadingLists:
    """Gives each heading its list.

    Args:
        lists: the root of the part of the lists (``w:numbering``); None where a file has none.
        style_lists: the list of each heading style, by level from 1; a file of others may have none.
    """

    def __init__(self, lists: Element | None, style_lists: Mapping[int, str]) -> None:
        self._lists = lists
        self._style_lists = style_lists
        self._above: list[tuple[int, int | None]] = []  # unnumbered headings: level, list below it once there is one

    def of(self, heading: Heading) -> int | None:
        """The list of the next heading; None where that of its style is right."""
        while self._above and self._above[-1][0] >= heading.level:
            self._above.pop()
        if not heading.numbered:
            self._above.append((heading.level, None))
            return None
        if not self._above:
            return None
        level, number = self._above[-1]
        if number is None:
            number = self._anew(self._style_lists.get(heading.level))
            self._above[-1] = (level, number)
        return number

    def _anew(self, list_number: str | None) -> int | None:
        """A list like another that begins at one."""
        if self._lists is None or list_number is None:
            return None
        like = self._lists.find(f"{w('num')}[@{w('numId')}='{list_number}']")
        shape = None if like is None else value_of(like, "abstractNumId")
        if shape is None:
            return None
        number = max(int(each.get(w("numId"))) for each in self._lists.findall(w("num"))) + 1
        node = add_list(self._lists, number, shape)
        for level in range(_LEVELS):
            add(add(node, "lvlOverride", ilvl=level), "startOverride", val=1)
        return number


def add_list(lists: Element, number: int, shape: str | int) -> Element:
    """A new list (``w:num``) behind the others, before what programs write after them."""
    node = add(lists, "num", numId=number)
    if others := lists.findall(w("num"))[:-1]:
        others[-1].addnext(node)
    add(node, "abstractNumId", val=shape)
    return node


def style_lists(styles: Element) -> dict[int, str]:
    """The list of each heading style, by level."""
    found = {}
    for style in styles.findall(w("style")):
        name, number = (value_of(style, "name") or "").lower(), value_of(style, "pPr/numPr/numId")
        if number is not None and name.startswith("heading ") and name.removeprefix("heading ").isdecimal():
            found[int(name.removeprefix("heading "))] = number
    return found
