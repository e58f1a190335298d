"""Units convert exactly or not at all."""

from decimal import Decimal
from fractions import Fraction

import pytest

from junheng.tables.units import as_filed, how_many, in_unit, is_unit


@pytest.mark.parametrize(
    ("unit", "word", "size"),
    [
        ("元", "万元", 10_000),
        ("元", "亿元", 100_000_000),
        ("元", "万", 10_000),
        ("㎡", "平方米", 1),
        ("㎡", "亩", Fraction(2000, 3)),
        ("㎡", "公顷", 10_000),
        ("米", "公里", 1000),
        ("册", "万册", 10_000),
        ("人", "名", 1),
        ("间", "个", 1),
        ("元", "㎡", None),
        ("人", "间", None),
        ("间", "万间", None),
        ("学时", "课时", 1),
        ("奇怪的单位", "奇怪的单位", 1),
    ],
)
def test_how_many(unit, word, size):
    assert how_many(unit, word) == size


def test_what_is_a_unit():
    assert is_unit("㎡")
    assert is_unit("万 元")
    assert not is_unit("96㎡及以上")
    assert not is_unit("不含音乐美术")


def test_amounts_as_filed():
    assert as_filed(Decimal("123000"), "元", "万元") == "12.3 万元"
    assert as_filed(480, "人") == "480 人"
    assert as_filed(None, "人") == ""
    assert in_unit(Decimal("0.0001"), "元", "万元") == Decimal("0.00000001")
