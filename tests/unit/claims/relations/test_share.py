"""Parts of a whole in per cent."""

from __future__ import annotations

import pytest

from junheng.claims.claim import Verdict
from unit.claims.relations.judged_sentences import FAILS, HOLDS, OPEN, claim_of


@pytest.mark.parametrize(
    ("text", "quote", "verdict"),
    [
        ("全县专任教师1600人,其中本科及以上学历1200人,占专任教师的75%。", "75%", HOLDS),
        ("全县专任教师1600人,其中本科及以上学历1200人,占专任教师的85%。", "85%", FAILS),
        ("学生1800人,其中留守儿童612人,占学生总数的34%。", "34%", HOLDS),
        ("学生1800人,其中留守儿童612人,占学生总数的43%。", "43%", FAILS),
        ("学生1800人,其中寄宿生900人,占学生的一半。", "一半", HOLDS),
        ("完成投资3.84亿元,为年度计划4.00亿元的96%。", "96%", HOLDS),
        ("完成投资3.84亿元,为年度计划4.00亿元的69%。", "69%", FAILS),
        ("教师200人。高级教师50人、一级教师80人,分别占教师的25%、40%。", "40%", HOLDS),
        ("教师200人。高级教师50人、一级教师80人,分别占教师的25%、50%。", "50%", FAILS),
        ("女教师占教师总数的108%。", "108%", FAILS),  # no part is more than all
        ("学生1800人,其中留守儿童612人,占学生总数的比例达到34.5%以上。", "34.5%", FAILS),
    ],
)
def test_the_part_over_the_whole(text: str, quote: str, verdict: Verdict):
    assert claim_of(text, quote).verdict is verdict


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("本科及以上学历教师占62%。", "62%"),
        ("毛入学率达到108%。", "108%"),
        ("投资完成率为106%。", "106%"),
        ("力争本科学历教师占专任教师的90%。专任教师1600人,本科学历1200人。", "90%"),
        ("教育支出2.6亿元,占财政支出的21%。", "21%"),
    ],
)
def test_a_share_of_what_is_not_stated_is_left_alone(text: str, quote: str):
    assert claim_of(text, quote).verdict is OPEN
