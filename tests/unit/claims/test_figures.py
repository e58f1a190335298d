"""Which numbers state a quantity."""

from __future__ import annotations

import pytest

from junheng.claims.figures import find_figures


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("全县有学校48所、学生3.2万人", ["48所", "3.2万人"]),
        ("校舍面积5200㎡", ["5200㎡"]),
        ("生均图书32册/生", ["32册/生"]),
        ("每百名学生12台/百生", ["12台/百生"]),
        ("入学率100%,巩固率98.6%", ["100%", "98.6%"]),
        ("学生总数:1250", ["1250"]),
        ("两所学校,三名教师", ["两所", "三名"]),
        ("成立社团十二个,", ["十二个"]),
        ("12年均增长", ["12年"]),
    ],
)
def test_numbers_with_their_units_are_figures(text: str, figures: list[str]):
    assert [text[one.start : one.end] for one in find_figures(text)] == figures


@pytest.mark.parametrize(
    "text",
    [
        "2023年9月10日",
        "第3次会议",
        "位列全市第5名",
        "第12所",
        "6-15岁",
        "历时3个月完成",
        "用时15个工作日",
        "国发[2012]48号",
        "联系电话:6621358",
        "G318国道",
        "66人以上超大班额",
        "抓好十二个方面",
        "“两个机制”",
        "“四个一”工程",
        "一个学生一名教师",
        "1.办学条件",
        "(2)师资",
        "九年级",
        "距县城15公里",
        "跑道200米",
        "30+6N",
        "星期3",
    ],
)
def test_dates_ranks_names_and_slogans_are_not(text: str):
    assert [text[one.start : one.end] for one in find_figures(text)] == []


def test_what_is_counted_is_exact_but_not_what_is_shared_out():
    whole, mean = find_figures("图书1250册,生均32册/生")
    assert whole.counted
    assert not mean.counted
    assert mean.per == "生"
