"""Rates whose name says what they count."""

from __future__ import annotations

import pytest

from junheng.claims.claim import Verdict
from unit.claims.relations.judged_sentences import FAILS, HOLDS, OPEN, claim_of


@pytest.mark.parametrize(
    ("text", "quote", "verdict"),
    [
        ("适龄幼儿8000人,在园幼儿7200人,入园率90%。", "90%", HOLDS),
        ("适龄幼儿8000人,入园幼儿7200人,入园率95%。", "95%", FAILS),
        ("毕业生1200人,升入高中1140人,升学率95%。", "95%", HOLDS),
        ("毕业生1200人,升入高中1140人,升学率92%。", "92%", FAILS),
        ("校园占地面积20000平方米,绿化面积7000平方米,绿化率35%。", "35%", HOLDS),
        ("校园占地面积20000平方米,绿化面积7000平方米,绿化率45%。", "45%", FAILS),
        ("专任教师160人,其中高级职称40人,高级职称比例25%。", "25%", HOLDS),
        ("在校生900人,寄宿生540人,寄宿率60%。", "60%", HOLDS),
        ("在校生900人,寄宿生540人,寄宿率66%。", "66%", FAILS),
        ("应参训教师500人,实际参训480人,参训率96%。", "96%", HOLDS),
        ("应参训教师500人,实际参训480人,参训率98%。", "98%", FAILS),
    ],
)
def test_what_its_name_says_over_what_it_is_of(text: str, quote: str, verdict: Verdict):
    assert claim_of(text, quote).verdict is verdict


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("义务教育巩固率98.6%。", "98.6%"),
        ("学生900人,教师60人,群众满意率96%。", "96%"),
        ("专任教师160人,学历合格率95%。", "95%"),
        ("力争入园率达到95%。适龄幼儿8000人,在园幼儿7200人。", "95%"),
        ("小学适龄儿童净入学率100%,在校生12000人。", "100%"),
    ],
)
def test_most_rates_are_of_nothing_that_is_stated(text: str, quote: str):
    assert claim_of(text, quote).verdict is OPEN
