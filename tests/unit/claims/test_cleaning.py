"""Cleaning undoes what happens to a report between its writer and us, and forgets no character's place."""

from __future__ import annotations

import pytest

from junheng.claims.cleaning import clean

LONG = "全县各学校按照要求开展了对照检查并且逐项登记了存在的问题和"  # a line that the page's edge cut


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("学生１２５０人，占９６．５％。", "学生1250人,占96.5%。"),
        ("学 生 1250 人", "学生1250人"),
        ("学生\u200b1250\ufeff人", "学生1250人"),
        ("生均图书12。5册", "生均图书12.5册"),
        ("学校共35所。2023年新建2所。", "学校共35所。2023年新建2所。"),  # a sentence ends before a year
        ("学校共35所。1.办学条件", "学校共35所。1.办学条件"),  # and before a numbered item
        ("教.师450名", "教师450名"),
        ("教师450名[3]", "教师450名"),
        ("小学阶段[3]共有", "小学阶段共有"),
        ("20 23年新建", "2023年新建"),
        ("共有学生7 3 6人", "共有学生736人"),
        ("2019～2023年", "2019-2023年"),
        ("〔2023〕5号", "[2023]5号"),
        ("二○二三年", "二〇二三年"),
        ("teachers and pupils", "teachers and pupils"),
    ],
)
def test_what_was_meant_is_read(raw: str, text: str):
    assert clean(raw).text == text


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        (LONG, "不足,共有学生900人。", True),
        (LONG + "。", "共有学生900人。", False),
        (LONG, "二、师资情况", False),
        (LONG, "(一)师资情况", False),
        (LONG, "1.师资情况", False),
        (LONG, "", False),
        ("师资情况", "共有教师80人。", False),  # a short line was not cut by the page
        (LONG + "12", "34人", False),  # two numbers are not made one
        (LONG + "\t12", "不足", False),  # nor are rows of a table
    ],
)
def test_only_a_line_that_the_page_cut_is_joined_to_the_next(first: str, second: str, joined: bool):
    assert ("\n" not in clean(f"{first}\n{second}").text) is joined


def test_a_quote_is_the_reports_own_text():
    raw = "　　学校有 学 生１２\u200b５０ 人，其中"
    cleaned = clean(raw)
    start = cleaned.text.index("学生1250人")
    first, last = cleaned.raw_span(start, start + len("学生1250人"))
    assert raw[first:last] == "学 生１２\u200b５０ 人"


def test_nothing_is_left_of_nothing():
    assert clean("").text == clean("\u200b \ufeff").text == ""
