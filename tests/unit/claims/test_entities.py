"""Which school or town a figure is about."""

from __future__ import annotations

import pytest

from unit.claims.mentions_read import mentions


def entities(text: str) -> dict[str, str]:
    return {printed: mention.entity for printed, mention in mentions(text).items()}


def test_a_name_holds_until_the_next_or_until_the_whole():
    text = "全县有学生9000人。桃溪小学现有学生720人,教师45人;柳林中学现有学生900人。合计:学生1620人。"
    assert entities(text) == {
        "9000人": "",
        "720人": "桃溪小学",
        "45人": "桃溪小学",
        "900人": "柳林中学",
        "1620人": "",
    }


def test_a_heading_that_is_a_name_holds_for_what_stands_below():
    text = "一、桃溪小学\n学生720人。\n二、柳林中学\n学生900人。\n三、主要做法\n投入资金50万元。"
    assert entities(text) == {"720人": "桃溪小学", "900人": "柳林中学", "50万元": ""}


def test_a_report_on_one_school_is_about_it_throughout():
    assert set(entities("桃溪小学现有学生720人。\n教师45人。").values()) == {""}


@pytest.mark.parametrize(
    "text",
    ["全县小学现有学生720人。", "农村中学现有学生720人。", "新建小学现有学生720人。", "其他学校现有学生720人。"],
)
def test_a_kind_of_school_is_no_name(text: str):
    assert set(entities(text + "柳林中学现有学生900人。桃溪小学有学生30人。").values()) == {"", "柳林中学", "桃溪小学"}
