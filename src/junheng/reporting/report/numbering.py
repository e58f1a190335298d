"""Numbers of headings, as Word and the page draw them: 一、（一）1.（1）."""

from __future__ import annotations

from collections.abc import Iterable

from junheng.reporting.report.blocks import Heading

_DIGITS = "零一二三四五六七八九"


def numbers(headings: Iterable[Heading]) -> list[str]:
    """The number of each heading, empty for those without; a heading, numbered or not, begins those below it anew."""
    counts = [0, 0, 0, 0]
    found = []
    for heading in headings:
        level = heading.level - 1
        counts[level] += heading.numbered
        counts[level + 1 :] = [0] * (3 - level)
        found.append(_number(counts[level], level) if heading.numbered else "")
    return found


def _number(count: int, level: int) -> str:
    words = chinese(count) if level < 2 else str(count)
    return (f"{words}、", f"（{words}）", f"{words}.", f"（{words}）")[level]


def chinese(number: int) -> str:
    """1 to 99 in Chinese; more headings than that a level does not have, and they come out as figures."""
    if number > 99:
        return str(number)
    tens, ones = divmod(number, 10)
    return ("" if tens < 2 else _DIGITS[tens]) + ("十" if tens else "") + (_DIGITS[ones] if ones else "")
