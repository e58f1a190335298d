"""Score sheets: items with full marks, one below the other by their codes (A1组织领导(30分), A1-B1职责(12分))."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from junheng.claims.mention import Mention
from junheng.claims.numerals import chinese_number
from junheng.claims.report import Report

_CHINESE = "[一二三四五六七八九十]{1,3}"
_CODE = re.compile(r"(?<![A-Za-z0-9])[A-E]\d{1,2}(?:\s*-+\s*[A-E]\d{1,2})*(?![A-Za-z0-9])")
_FRESH = r"(?:(?<=[\s。;:])|^)"
# Numbered headings, in order of rank; they stand below the letters.
_OUTLINE = (
    re.compile(rf"{_FRESH}(?P<number>{_CHINESE})、"),
    re.compile(rf"\((?P<number>{_CHINESE})\)"),
    re.compile(rf"{_FRESH}(?P<number>\d{{1,2}})[.、](?!\d)"),
    re.compile(r"\((?P<number>\d{1,2})\)"),
)
_LETTERS = 5
_LONGEST_NAME = 60  # characters between a code and its marks
# Words that let the items be fewer or more than the full marks.
_LEFT_OUT = re.compile(r"…|\.{3}|[(,。](?:以下|其他|其余)?略[),。]|加分|附加|倒扣|任选|[二三]选一|取其")


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a sheet.

    Attributes:
        marks: its full marks, printed in brackets after its name.
        rank: 1 for A, 2 for B, …, then the ranks of numbered headings; None without code.
        number: 2 of A1-B2; 0 without code.
        code: as printed, blanks and double dashes undone; empty without one.
    """

    marks: Mention
    rank: int | None
    number: int
    code: str

    @property
    def start(self) -> int:
        return self.marks.start


@dataclass(frozen=True, slots=True)
class Below:
    """The items of the next rank below an item.

    Attributes:
        whole: they are numbered without gap from 1 or on from the item before, and none is seen whose marks are not
            told.
        closed: the sheet goes on with an item of the upper rank, so that nothing was cut off behind the last.
    """

    items: tuple[Item, ...]
    whole: bool
    closed: bool


def sheet_items(report: Report) -> list[Item]:
    """The items of all sheets of a report, in text order."""
    found: list[Item] = []
    last = 0
    for mention in report.mentions:
        if mention.figure.unit.base != "score" or not mention.value_known:
            continue
        start = mention.figure.start
        if report.text(start - 1, start) == "(" and report.text(mention.end, mention.end + 1) == ")":
            found.append(_item(report, mention, max(last, start - _LONGEST_NAME)))
        last = mention.end
    return found


def _item(report: Report, marks: Mention, begin: int) -> Item:
    text, end = report.cleaned.text, marks.figure.start - 1
    begin = max(begin, text.rfind("。", begin, end) + 1, text.rfind(";", begin, end) + 1)
    if codes := _CODE.findall(text, begin, end):
        code = plain_code(codes[-1])
        return Item(marks, "ABCDE".index(code.rpartition("-")[2][0]) + 1, _number(code), code)
    for rank, pattern in enumerate(_OUTLINE, start=_LETTERS + 1):
        if numbered := list(pattern.finditer(text, begin, end)):
            written = numbered[-1]["number"]
            number = int(written) if written.isdigit() else chinese_number(written)
            return Item(marks, rank, number or 0, written)
    return Item(marks, None, 0, "")


def _number(code: str) -> int:
    return int(code.rpartition("-")[2][1:])


def plain_code(written: str) -> str:
    """A1 -- B1 and A1-B1 are one code."""
    return re.sub(r"\s*-+\s*", "-", written)


def codes_in(text: str) -> list[str]:
    """The codes in a stretch of cleaned text."""
    return [plain_code(written) for written in _CODE.findall(text)]


def items_below(report: Report, items: Sequence[Item], index: int) -> Below | None:
    """What stands below an item that has a code; None when nothing does."""
    upper = items[index]
    if upper.rank is None:
        return None
    within: list[Item] = []
    following: Item | None = None
    for other in items[index + 1 :]:
        if report.chapter(other.marks) != report.chapter(upper.marks):
            break
        if other.rank is not None and other.rank <= upper.rank:
            following = other
            break
        within.append(other)
    ranks = [item.rank for item in within if item.rank is not None]
    if not ranks:
        return None
    below = tuple(item for item in within if item.rank == min(ranks))
    end = following.start if following else len(report.cleaned.text)
    earlier = [item.number for item in items[:index] if item.rank == min(ranks)]
    first = below[0].number
    whole = (
        first in (1, earlier[-1] + 1 if earlier else 1)
        and [item.number for item in below] == list(range(first, first + len(below)))
        and len(ranks) == len(within)
        and _LEFT_OUT.search(report.text(upper.marks.end, end)) is None
        and not _untold(report, upper, below, end)
    )
    return Below(below, whole, following is not None)


def _untold(report: Report, upper: Item, below: Sequence[Item], end: int) -> bool:
    """Whether a code of the items' rank is seen beyond the last of them, without marks of its own."""
    letter = below[-1].code.rpartition("-")[2][:1]
    seen = codes_in(report.text(upper.marks.end, end)) if letter.isalpha() and letter.isascii() else []
    return any(code.rpartition("-")[2][0] == letter and _number(code) > below[-1].number for code in seen)


def leaves(report: Report, items: Sequence[Item]) -> Iterator[Item]:
    """The items with nothing below them."""
    for index, item in enumerate(items):
        if items_below(report, items, index) is None:
            yield item
