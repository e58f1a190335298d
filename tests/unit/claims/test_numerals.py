"""Numbers as reports write them: value, the worth of the last digit, what the writer does not vouch for."""

from __future__ import annotations

from fractions import Fraction

import pytest

from junheng.claims.numerals import Form, Hedge, Numeral, chinese_number, find_numerals


def only(text: str) -> Numeral:
    (found,) = find_numerals(text)
    return found


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("十", 10),
        ("十五", 15),
        ("两百", 200),
        ("三千零二十", 3020),
        ("一百二十万", 1_200_000),
        ("一亿二千万", 120_000_000),
        ("一万亿", 10**12),
        ("二〇二三", 2023),
        ("一万二", 12_000),
        ("三百五", 350),
        ("三百零五", 305),
        ("万", 10_000),
        ("七八", None),  # between seven and eight
        ("二三十", None),
        ("十二三", None),
        ("", None),
        ("学校", None),
    ],
)
def test_chinese_numbers(text: str, value: int | None):
    assert chinese_number(text) == value


@pytest.mark.parametrize(
    ("text", "form", "value", "step"),
    [
        ("1,250人", Form.PLAIN, 1250, 1),
        ("3.60万人", Form.PLAIN, 36_000, 100),
        ("2.4亿元", Form.PLAIN, 240_000_000, 10_000_000),
        ("3千万元", Form.PLAIN, 30_000_000, 10_000_000),
        ("96.5%", Form.PERCENT, Fraction("96.5"), Fraction(1, 10)),
        ("5‰", Form.PERCENT, Fraction(1, 2), Fraction(1, 10)),
        ("百分之九十八", Form.PERCENT, 98, 1),
        ("百分之九十八点五", Form.PERCENT, Fraction("98.5"), Fraction(1, 10)),
        ("百分之98.25", Form.PERCENT, Fraction("98.25"), Fraction(1, 100)),
        ("3.5个百分点", Form.POINTS, Fraction("3.5"), Fraction(1, 10)),
        ("2.5倍", Form.TIMES, Fraction("2.5"), Fraction(1, 10)),
        ("两倍", Form.TIMES, 2, 1),
        ("1:18.04", Form.RATIO, Fraction("18.04"), Fraction(1, 100)),
        ("8.5:1", Form.RATIO, Fraction(2, 17), Fraction(1, 10)),
        ("一百二十六名", Form.PLAIN, 126, 1),
    ],
)
def test_value_form_and_last_digit(text: str, form: Form, value: Fraction | int, step: Fraction | int):
    found = only(text)
    assert (found.form, found.value, found.step) == (form, value, step)


@pytest.mark.parametrize(
    ("text", "hedge"),
    [
        ("1250人", Hedge.NONE),
        ("约1250人", Hedge.ABOUT),
        ("签约1250人", Hedge.NONE),
        ("1250人左右", Hedge.ABOUT),
        ("1250余人", Hedge.MORE),
        ("1.2万多人", Hedge.MORE),
        ("近1250人", Hedge.NEARLY),
        ("超过1250人", Hedge.OVER),
        ("1250人以上", Hedge.OVER),
        ("不足1250人", Hedge.UNDER),
        ("1250人以下", Hedge.UNDER),
        ("六成", Hedge.ABOUT),
        ("近六成", Hedge.NEARLY),
        ("三分之二", Hedge.ABOUT),
        ("十余所", Hedge.MORE),
    ],
)
def test_what_the_writer_does_not_vouch_for(text: str, hedge: Hedge):
    assert only(text).hedge is hedge


@pytest.mark.parametrize("text", ["xx所", "12×人", "1x.5%", "35……", "1:"])
def test_a_masked_or_cut_number_has_no_value(text: str):
    assert only(text).value is None


@pytest.mark.parametrize("text", ["数百人", "上万人", "几千名", "七八所", "成绩优异的学校", "一千二百多万人"])
def test_words_that_state_no_number_are_none(text: str):
    assert find_numerals(text) == []


def test_above_a_limit_a_number_is_still_one():
    assert [one.value for one in find_numerals("县级以上十二所")] == [12]


def test_a_scale_word_is_shown_apart():
    found = only("2.42亿元")
    assert (found.shown, found.scale) == (Fraction("2.42"), 10**8)
    assert only("xx万元").shown is None
