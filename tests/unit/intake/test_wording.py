"""What counts as the same word."""

import pytest

from junheng.intake.sheet import index_of, letters
from junheng.intake.wording import bare_unit, key_of, split_unit


@pytest.mark.parametrize(
    ("head", "words", "unit"),
    [
        ("教学仪器设备资产值（万元）", "教学仪器设备资产值", "万元"),
        ("教学仪器设备资产值(单位：万元)", "教学仪器设备资产值", "万元"),
        ("教学仪器设备资产值\n（万 元）", "教学仪器设备资产值", "万元"),
        ("运动场地面积（㎡）", "运动场地面积", "m2"),
        ("占地面积/亩", "占地面积", "亩"),
        ("艺术专任教师（不含音乐美术）", "艺术专任教师(不含音乐美术)", ""),
        ("音乐教室（96㎡及以上）（间）", "音乐教室(96m2及以上)", "间"),
        ("图书", "图书", ""),
    ],
)
def test_units_of_heads(head, words, unit):
    assert split_unit(head) == (words, unit)


def test_width_brackets_and_dashes_make_no_difference():
    assert key_of("26—30人 班数") == key_of("２６-30人班数")
    assert key_of("县（市、区）") == key_of("县(市区)")
    assert key_of("25人及以下") != key_of("26人及以下")


@pytest.mark.parametrize(
    ("text", "unit"), [("（㎡）", "m2"), ("单位：元", "元"), ("万元", "万元"), ("学校", ""), ("12", "")]
)
def test_units_alone(text, unit):
    assert bare_unit(text) == unit


def test_column_letters():
    assert [letters(index) for index in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
    assert all(index_of(letters(index)) == index for index in range(2000))
