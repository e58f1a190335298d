"""Claims that no class is large, and the largest class, against the mean class."""

from __future__ import annotations

import pytest

from junheng.claims.claim import Met, Verdict
from unit.claims.relations.judged_sentences import FAILS, HOLDS, OPEN, claim_of


@pytest.mark.parametrize(
    ("text", "quote", "verdict", "met"),
    [
        ("学校现有学生1680人,教学班28个,已全面消除大班额。", "大班额", FAILS, Met.NO),  # the mean is 60
        ("已消除大班额。学校现有学生1680人,教学班28个。", "大班额", FAILS, Met.NO),
        ("教学班28个,学生1680人。没有超大班额。", "大班额", OPEN, Met.UNKNOWN),  # 60 is below 66
        ("学校现有学生1932人,教学班28个,没有超大班额。", "大班额", FAILS, Met.NO),
        ("学校现有学生1400人,教学班28个,无大班额。", "大班额", OPEN, Met.UNKNOWN),  # some class may be larger
        ("学校现有学生1680人,教学班28个,无66人以上超大班额。", "大班额", OPEN, Met.UNKNOWN),
        ("全县已消除大班额。", "大班额", OPEN, Met.UNKNOWN),
        ("力争消除大班额。学校现有学生1680人,教学班28个。", "大班额", OPEN, None),
    ],
)
def test_a_mean_above_the_limit_is_enough(text: str, quote: str, verdict: Verdict, met: Met | None):
    claim = claim_of(text, quote)
    assert (claim.relation, claim.verdict, claim.threshold_met) == ("class_size", verdict, met)


@pytest.mark.parametrize(
    ("largest", "verdict"),
    [(64, HOLDS), (60, HOLDS), (52, FAILS)],
)
def test_the_largest_class_is_no_smaller_than_the_mean(largest: int, verdict: Verdict):
    text = f"学校现有学生1680人,教学班28个,最大班额{largest}人。"
    assert claim_of(text, f"{largest}人").verdict is verdict


def test_other_schools_do_not_say_whether_this_one_has_large_classes():
    text = "柳林中学学生1932人,教学班28个。\n全县学校48所。\n全县已消除大班额。"
    assert claim_of(text, "大班额").verdict is not FAILS
