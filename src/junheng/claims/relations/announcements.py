"""Where a report says how many items a list has: 四个方面, “三同步”, 共有3个项目……分别是."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from junheng.claims.numerals import chinese_number
from junheng.claims.relations.list_words import list_words, one_of

_QUOTE, _UNQUOTE = '[“"「『‘]', '[”"」』’]'
_NUMBER = (
    r"(?<![\d.一二两三四五六七八九十百千万几])"
    r"(?P<number>\d{1,2}|(?<!数)[二两三四五六七八九]?十[一二三四五六七八九]?|[二两三四五六七八九])"
)
_FARTHEST = 60  # characters between a count and a list that is surely its own
_MOST = 40  # nobody counts a longer list


class Sort(StrEnum):
    """What is counted: parts of an argument, the words of a slogan, things, or by a bare word (三级, 四字, 三方)."""

    PARTS = "parts"
    SLOGAN = "slogan"
    THINGS = "things"
    KINDS = "kinds"

    @property
    def incidental(self) -> bool:
        """Whether it often announces nothing, so that without a list beside it the count is left alone."""
        return self in (Sort.THINGS, Sort.KINDS)


@dataclass(frozen=True, slots=True)
class Announcement:
    """A count of items in the cleaned text.

    Attributes:
        start, end: number, classifier and noun, with the marks of quotation of a slogan.
        number: how many, at least 2.
        noun: what is counted (方面); of a slogan the word its items share (优先).
        refers_back: 这四个方面, 以上三点: the list stands before it, not after.
    """

    start: int
    end: int
    number: int
    written: str
    unit: str
    noun: str
    sort: Sort
    refers_back: bool = False


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[Sort, re.Pattern[str]], ...]:
    words = list_words()
    qualifier = rf"(?:(?!{one_of(words.no_qualifier)})[^\W\d_])"
    noun = one_of(words.nouns) + r"(?![化室场馆厅校区县班组日站点教]|小组|中心|基地|项目)"
    slogan = (
        rf"{_QUOTE}\s*{_NUMBER}\s*(?P<unit>个|项|大|条)?\s*(?P<noun>[^\W\d_二三四五六七八九十]{{1,4}}?)\s*{_UNQUOTE}"
    )
    # 四个“一票否决”: the count outside the quotation, what is counted inside.
    quoted = rf"{_NUMBER}(?P<unit>[个项大条])\s*{_QUOTE}(?P<noun>[^“”\"\d,。;、]{{2,8}}){_UNQUOTE}"
    parts = (
        rf"{_NUMBER}\s*(?:(?P<unit>{one_of(words.classifiers)}){qualifier}{{0,6}}?(?P<noun>{noun})"
        rf"|(?P<bare>{one_of(words.bare_nouns)}))(?!钟)"
    )
    counted = rf"(?:{one_of(words.counting_classifiers)}(?![月年多以左上下余])|校(?![区园长内际])|县(?![级域内]))"
    things = rf"{_NUMBER}\s*(?P<unit>{counted}){one_of(words.told_singly)}?"
    kinds = rf"{_NUMBER}\s*(?!{one_of(words.not_kinds)})(?P<noun>{one_of(words.kinds)})(?!以[上下]|及以)"
    again = rf"(?<=(?P<noun>[一-鿿])){_NUMBER}(?P=noun)"  # 人防、物防、技防三防
    told = rf"(?<=有){_NUMBER}(?=\s*[:,。]\s*(?:一是|其一|第一|首先|一、))"  # 原因有三：一是……
    return (
        (Sort.SLOGAN, re.compile(slogan)),
        (Sort.PARTS, re.compile(quoted)),
        (Sort.PARTS, re.compile(parts)),
        (Sort.PARTS, re.compile(told)),
        (Sort.KINDS, re.compile(kinds)),
        (Sort.KINDS, re.compile(again)),
        (Sort.THINGS, re.compile(things)),
    )


def find_announcements(text: str) -> tuple[Announcement, ...]:
    """Every count that may announce a list, in order, none inside another."""
    found: list[Announcement] = []
    taken: list[tuple[int, int]] = []
    for sort, pattern in _patterns():
        for match in pattern.finditer(text):
            start, end = match.span()
            if any(start < other_end and other_start < end for other_start, other_end in taken):
                continue
            taken.append((start, end))
            if (one := _announcement(match, sort, text)) is not None:
                found.append(one)
    return tuple(sorted(found, key=lambda one: one.start))


def _announcement(match: re.Match[str], sort: Sort, text: str) -> Announcement | None:
    words = list_words()
    start, end = match.span()
    digits = match["number"]
    number = int(digits) if digits.isdigit() else chinese_number(digits)
    if number is None or not 2 <= number <= _MOST:
        return None
    if _in_fixed_name(text, start, end):
        return None
    if sort is Sort.SLOGAN and "一" in match["noun"][1:-1]:
        return None  # “两自一包” counts two things, as “两个带头一个表率” does
    if digits == "二" and (match.groupdict().get("unit") or sort is Sort.KINDS):
        return None  # 二类 is a rank; two of them are 两类
    before = text[max(0, start - 3) : start]
    if before.endswith(words.before_other) or re.match(r"\s*[一二两三四五六七八九十\d]+个", text[end : end + 4]):
        return None  # “两个带头一个表率” counts two things; neither half is a list
    groups = match.groupdict()
    noun = groups.get("bare") or groups.get("noun") or ""
    unit = groups.get("unit") or (noun if noun == "步" else "")
    if sort is not Sort.THINGS and noun != "步":
        unit = "项"
    return Announcement(
        start, end, number, digits, unit, re.sub(r"\s", "", noun), sort, before.endswith(words.before_reference)
    )


def leads_to(text: str, end: int, start: int) -> bool:
    """Whether a list at ``start`` can only be that of the count that ends at ``end``.

    A clause between them that names something countable may announce the list anew (针对三个问题，采取以下措施：…).
    """
    words = list_words()
    _, _, later = text[end:start].partition(",")
    return len(text[end:start]) <= _FARTHEST and re.search(one_of((*words.nouns, *words.promises)), later) is None


def _in_fixed_name(text: str, start: int, end: int) -> bool:
    return any(
        start - len(name) < at < end
        for name in list_words().fixed_names
        if (at := text.find(name, max(0, start - len(name) + 1), end + len(name))) >= 0
    )
