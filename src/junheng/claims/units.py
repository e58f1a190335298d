"""Units of reports: which measure the same thing, and by how much they differ."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import NamedTuple


class Unit(NamedTuple):
    """A unit as printed.

    Attributes:
        word: as printed, without 万 or 亿.
        base: what it measures; units of one base can be added after ``factor``.
        factor: one of it in the base's own unit.
        counted: whole things, exact when printed whole.
    """

    word: str
    base: str
    factor: int = 1
    counted: bool = False


NO_UNIT = Unit("", "")
_COUNTED = {
    "person": ("人次", "人", "名", "位"),
    "school": ("所", "校"),
    "class": ("个教学班", "个班级", "个班", "教学班", "班"),
    "book": ("册", "本"),
    "set": ("台套", "台(套)", "台", "套", "件", "部", "架"),
    "room": ("间", "口", "座", "栋", "幢", "室"),
    "household": ("户",),
    "time": ("次", "场", "期", "批"),
    "item": (
        "个",
        "项",
        "处",
        "条",
        "款",
        "门",
        "种",
        "类",
        "张",
        "辆",
        "块",
        "片",
        "支",
        "篇",
        "份",
        "例",
        "起",
        "枚",
    ),
    "score": ("分",),
}
_MEASURED = {
    "area": {"平方米": 1, "平米": 1, "㎡": 1, "m2": 1, "m²": 1, "平方": 1, "公顷": 10_000, "平方公里": 1_000_000},
    "land": {"亩": 1},
    "money": {"元": 1, "块钱": 1},
    "dollars": {"美元": 1},
    "length": {"千米": 1000, "公里": 1000, "米": 1},
    "hours": {"学时": 1, "课时": 1, "小时": 1},
    "weight": {"公斤": 1, "千克": 1, "吨": 1000},
    "years": {"年": 1, "岁": 1},
    "months": {"个月": 1},
    "days": {"天": 1, "日": 1, "周": 7},
}
_UNITS = MappingProxyType(
    {word: Unit(word, base, 1, counted=True) for base, words in _COUNTED.items() for word in words}
    | {word: Unit(word, base, factor) for base, words in _MEASURED.items() for word, factor in words.items()}
)
_UNIT = re.compile("|".join(sorted(map(re.escape, _UNITS), key=len, reverse=True)))


def unit_at(text: str, start: int) -> Unit:
    """The unit that begins at ``start`` of a cleaned text; ``NO_UNIT`` when none does."""
    found = _UNIT.match(text, start)
    return _UNITS[found.group()] if found else NO_UNIT


def same_kind(one: Unit, other: Unit) -> bool:
    """Whether two figures may count or measure the same thing: 个 may stand for any thing that is counted."""
    if one.base == other.base:
        return True
    loose = {"item", ""}
    return (one.base in loose and (other.counted or not other.base)) or (
        other.base in loose and (one.counted or not one.base)
    )
