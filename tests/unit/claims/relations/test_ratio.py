"""How many stand against one."""

from __future__ import annotations

import pytest

from junheng.claims.claim import Verdict
from unit.claims.relations.judged_sentences import FAILS, HOLDS, OPEN, claim_of


@pytest.mark.parametrize(
    ("text", "quote", "verdict"),
    [
        ("学生1440人,专任教师90人,师生比1:16。", "1:16", HOLDS),
        ("学生1440人,专任教师90人,师生比1:19。", "1:19", FAILS),
        ("学生1440人,专任教师90人,师生比1：16。", "1：16", HOLDS),
        ("学生1440人,专任教师90人,生师比16:1。", "16:1", HOLDS),  # whichever way round
        ("学生1440人,专任教师90人,生师比为16。", "16", HOLDS),
        ("学生1440人,计算机180台,生机比8:1。", "8:1", HOLDS),
        ("学生1440人,计算机180台,生机比6.5:1。", "6.5:1", FAILS),
        ("专任教师90人,计算机90台,师机比1:1。", "1:1", HOLDS),
        ("教学班36个,专任教师90人,班师比1:2.5。", "1:2.5", HOLDS),
        ("教职工100人,学生1440人,教职工与学生之比为1:14.4。", "1:14.4", HOLDS),
        ("教职工100人,学生1440人,教职工与学生之比为1:12.4。", "1:12.4", FAILS),
        ("幼儿600人,教职工60人,教职工与幼儿之比1:10。", "1:10", HOLDS),
        ("小学学生800人、教师50人,初中学生600人、教师50人,师生比小学1:16,初中1:12。", "1:12", HOLDS),
    ],
)
def test_the_many_over_the_one(text: str, quote: str, verdict: Verdict):
    assert claim_of(text, quote).verdict is verdict


def test_a_lost_colon_is_told():
    claim = claim_of("学生1440人,专任教师90人,师生比116。", "116")
    assert claim.verdict is HOLDS
    assert claim.cause is not None
    assert claim.cause.template == "lost_colon"


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("师生比达到1:16。", "1:16"),
        ("学生1440人,专任教师90人,师生比1:。", "1:"),
        ("教职工编制标准为1:19。学生1440人,教职工90人。", "1:19"),
        ("学生1440人,专任教师90人,男女比例1.05:1。", "1.05:1"),
    ],
)
def test_what_cannot_be_told_is_left_alone(text: str, quote: str):
    assert claim_of(text, quote).verdict is OPEN
