"""Units: the longest that fits, what they measure, and what may be the same thing."""

from __future__ import annotations

import pytest

from junheng.claims.units import NO_UNIT, same_kind, unit_at


@pytest.mark.parametrize(
    ("text", "base", "factor"),
    [
        ("人次", "person", 1),
        ("个教学班", "class", 1),
        ("个", "item", 1),
        ("台套", "set", 1),
        ("公顷", "area", 10_000),
        ("平方公里", "area", 1_000_000),
        ("m²", "area", 1),
        ("吨", "weight", 1000),
        ("块钱", "money", 1),
        ("美元", "dollars", 1),  # no sum with 元
        ("个月", "months", 1),  # no sum with 年
        ("周", "days", 7),
    ],
)
def test_a_unit_measures_something(text: str, base: str, factor: int):
    found = unit_at(text + "等", 0)
    assert (found.word, found.base, found.factor) == (text, base, factor)


def test_where_none_begins_there_is_none():
    assert unit_at("学校", 0) == unit_at("", 0) == unit_at("人", 1) == NO_UNIT


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("平方米", "公顷", True),
        ("名", "人", True),
        ("个", "所", True),  # 个 counts anything
        ("", "册", True),
        ("个", "元", False),  # but no measure
        ("人", "所", False),
        ("亩", "平方米", False),
    ],
)
def test_which_may_be_the_same_thing(one: str, other: str, same: bool):
    first, second = unit_at(one, 0), unit_at(other, 0)
    assert same_kind(first, second) is same_kind(second, first) is same
