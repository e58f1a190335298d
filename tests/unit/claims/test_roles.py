"""What a figure is among the others."""

from __future__ import annotations

import pytest

from junheng.claims.roles import PREVIOUS, PUPILS, Role, each_of, without_each
from unit.claims.mentions_read import mentions


@pytest.mark.parametrize(
    ("text", "printed", "role"),
    [
        ("现有学生720人。", "720人", Role.STATED),
        ("生均图书25册。", "25册", Role.EACH),
        ("班均45人。", "45人", Role.EACH),
        ("图书32册/生。", "32册/生", Role.EACH),
        ("占教师总数的75%。", "75%", Role.SHARE),
        ("留守儿童412人,超过四成。", "四成", Role.SHARE),
        ("入学率100%。", "100%", Role.RATE),
        ("满意率提高到98%。", "98%", Role.RATE),  # where it is now, not by how much
        ("在校生比上年增加300人。", "300人", Role.CHANGE),
        ("增加图书300册。", "300册", Role.STATED),
        ("投入同比增长5.5%。", "5.5%", Role.GROWTH),
        ("提高3个百分点。", "3个百分点", Role.GROWTH),
        ("师生比1:18。", "1:18", Role.RATIO),
        ("生师比16.5。", "16.5", Role.RATIO),
    ],
)
def test_the_role_of_a_figure(text: str, printed: str, role: Role):
    assert mentions(text)[printed].role is role


@pytest.mark.parametrize(
    ("text", "printed", "base"),
    [
        ("占专任教师总数的75%。", "75%", "专任教师"),
        ("分别占全县的25%、15%。", "15%", "全县"),
        ("占小学教师的30%、初中教师的50%。", "30%", "小学教师"),
        ("占小学教师的30%、初中教师的50%。", "50%", "初中教师"),
        ("完成3.8亿元,为年度计划4亿元的95%。", "95%", PREVIOUS),
        ("合格率95%。", "95%", ""),
    ],
)
def test_of_what_a_share_is(text: str, printed: str, base: str):
    assert mentions(text)[printed].base == base


@pytest.mark.parametrize(("text", "direction"), [("比上年增长5%。", 1), ("比上年下降5%。", -1), ("占5%。", 0)])
def test_which_way_it_went(text: str, direction: int):
    assert mentions(text)["5%"].direction == direction


@pytest.mark.parametrize(
    ("words", "of", "per"),
    [
        ("生均图书", "pupils", 1),
        ("每百名学生拥有计算机", "pupils", 100),
        ("每万人口", "residents", 10_000),
        ("住宿生生均", "boarders", 1),
        ("师均", "full_time_teachers", 1),
        ("班均", "classes", 1),
        ("校均", "schools", 1),
    ],
)
def test_for_whom_an_average_is(words: str, of: str, per: int):
    each = each_of(words)
    assert each is not None
    assert (each.of[0], each.per) == (of, per)


def test_words_without_an_average_are_for_nobody():
    assert each_of("图书") is None
    assert each_of("公用经费每生每年") != PUPILS  # a rate of allowance


def test_a_mean_over_what_is_counted():
    each = mentions("平均每册25元。")["25元"].each
    assert each is not None
    assert (each.counter, each.loose) == ("册", False)
    rule = mentions("每间住8人。")["8人"].each
    assert rule is not None
    assert rule.loose


def test_the_words_of_an_average_without_for_whom():
    assert without_each("每百名学生拥有体育教师") == "拥有体育教师"
    assert without_each("生均图书") == "图书"
