"""Units that people file in, and how many of one make another, exactly."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from junheng.base.exact import half_up, plain

# Words as they read after NFKC (㎡ is m2 there). A kind of unit is named by its first word.
_KINDS: tuple[Mapping[str, Fraction], ...] = (
    {
        "元": Fraction(1),
        "千元": Fraction(1000),
        "万元": Fraction(10_000),
        "百万元": Fraction(1_000_000),
        "千万元": Fraction(10_000_000),
        "亿元": Fraction(100_000_000),
    },
    {
        **dict.fromkeys(("m2", "平方米", "平米", "平方", "m^2"), Fraction(1)),
        **dict.fromkeys(("亩", "市亩"), Fraction(2000, 3)),
        **dict.fromkeys(("公顷", "ha", "hm2"), Fraction(10_000)),
        **dict.fromkeys(("平方公里", "平方千米", "km2"), Fraction(1_000_000)),
    },
    {**dict.fromkeys(("米", "m"), Fraction(1)), **dict.fromkeys(("公里", "千米", "km"), Fraction(1000))},
    {**dict.fromkeys(("%", "百分比", "百分点"), Fraction(1)), "‰": Fraction(1, 10)},
    dict.fromkeys(("人", "名", "位"), Fraction(1)),
    dict.fromkeys(("间", "室"), Fraction(1)),
    dict.fromkeys(("台", "套", "部"), Fraction(1)),
    dict.fromkeys(("册", "本"), Fraction(1)),
    dict.fromkeys(("份", "张"), Fraction(1)),
    dict.fromkeys(("个班", "班", "个"), Fraction(1)),
    dict.fromkeys(("年级",), Fraction(1)),
    dict.fromkeys(("级",), Fraction(1)),
    dict.fromkeys(("分",), Fraction(1)),
    dict.fromkeys(("学时", "课时"), Fraction(1)),
)
_MULTIPLES = {"亿": 100_000_000, "千万": 10_000_000, "百万": 1_000_000, "万": 10_000, "千": 1000}
# What may be counted in thousands; "万间" or "千分" is a slip of the pen.
_COUNTED_IN_BULK = frozenset("元人名位册本份台个")


def spelling(word: str) -> str:
    """A unit's word as the tables here spell it."""
    return "".join(unicodedata.normalize("NFKC", word).split()).casefold()


@lru_cache(maxsize=1024)
def _kind_and_size(word: str) -> tuple[int, Fraction] | None:
    for kind, words in enumerate(_KINDS):
        if word in words:
            return kind, words[word]
    for prefix, times in _MULTIPLES.items():
        rest = word.removeprefix(prefix)
        if rest != word and rest in _COUNTED_IN_BULK:
            found = _kind_and_size(rest)
            return (found[0], found[1] * times) if found else None
    return None


@lru_cache(maxsize=1024)
def is_unit(word: str) -> bool:
    """Whether the word is a unit known here (``㎡``, ``万元``, ``万册``)."""
    return _kind_and_size(spelling(word)) is not None


@lru_cache(maxsize=1024)
def how_many(unit: str, word: str) -> Fraction | None:
    """How many ``unit`` one ``word`` is (``how_many("元", "万元")`` is 10000); None when they measure other things."""
    ours, theirs = spelling(unit), spelling(word)
    if ours == theirs:
        return Fraction(1)
    if theirs in _MULTIPLES and ours:  # 12.5万 in a column of 元 or 册
        theirs += "元" if ours.endswith("元") else ours
    mine, yours = _kind_and_size(ours), _kind_and_size(theirs)
    if mine is None or yours is None:
        return None
    if mine[0] == yours[0]:
        return yours[1] / mine[1]
    return Fraction(1) if theirs == "个" and mine[1] == 1 else None  # 个 counts anything


def in_unit(value: Decimal | int, kept: str, shown: str) -> Decimal:
    """A kept amount in the unit that people file in, exactly where a decimal number can be (元 → 万元)."""
    size = how_many(kept, shown) if shown else None
    if size is None or size == 1:
        return Decimal(value)
    return half_up(Fraction(value) / size, 20)


def as_filed(value: object, unit: str, form_unit: str = "") -> str:
    """A kept value as a person would write it, with its unit: ``12.5 万元``."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return "" if value is None else str(value)
    shown = form_unit or unit
    return f"{plain(in_unit(value, unit, form_unit), 16)} {shown}".strip()
