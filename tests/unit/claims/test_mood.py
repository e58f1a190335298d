"""Results are told apart from plans, rules and limits."""

from __future__ import annotations

import pytest

from junheng.claims.mood import Mood, denied, mood_of


@pytest.mark.parametrize(
    ("before", "after", "mood"),
    [
        ("生均图书", "。", Mood.RESULT),
        ("预计新建学校", "。", Mood.PLAN),
        ("力争三年内新建学校", "。", Mood.PLAN),
        ("到2027年,生均图书达到", "。", Mood.PLAN),
        ("到2023年底,生均图书达到了", "。", Mood.RESULT),
        ("原计划新建5所,实际建成", "。", Mood.RESULT),
        ("完成了投资计划的", "。", Mood.RESULT),
        ("教职工编制标准为", "。", Mood.RULE),
        ("每班应当配备", "。", Mood.RULE),
        ("班额不得超过", "。", Mood.LIMIT),
        ("生均图书不低于", "。", Mood.LIMIT),
        ("高于省定", "的标准", Mood.LIMIT),
        ("争取了资金", "。", Mood.RESULT),
    ],
)
def test_what_a_figure_is_meant_as(before: str, after: str, mood: Mood):
    assert mood_of(before, after, (), rules=False) is mood


def test_headings_and_kinds_of_writing_set_the_mood():
    assert mood_of("新建学校", "。", ("四、下一步打算",), rules=False) is Mood.PLAN
    assert mood_of("新建学校", "。", (), rules=True) is Mood.RULE


@pytest.mark.parametrize(
    ("after", "taken_back"),
    [("没有达到标准。", True), ("的学校不达标。", True), ("。没有达到标准。", False), (",全部达到标准。", False)],
)
def test_words_after_a_figure_may_take_it_back(after: str, taken_back: bool):
    assert denied(after) is taken_back
