"""The same quantity stated twice, and a group beside the larger one it belongs to."""

from __future__ import annotations

import pytest

from junheng.claims.claim import Verdict
from unit.claims.relations.judged_sentences import FAILS, HOLDS, OPEN, claim_of


@pytest.mark.parametrize(
    ("first", "second", "verdict"),
    [
        ("全县共有在校生32000人。", "全县在校生32000人。", HOLDS),
        ("全县共有在校生32000人。", "全县在校生3.2万人。", HOLDS),
        ("全县共有在校生32150人。", "全县在校生3.2万余人。", HOLDS),
        ("全县共有在校生32000人。", "全县共有在校生33200人。", FAILS),
        ("全县共有学校48所。", "全县有学校84所。", FAILS),
    ],
)
def test_what_is_said_twice_is_said_alike(first: str, second: str, verdict: Verdict):
    claim = claim_of(f"{first}\n各学校按时开学。\n{second}", second.rstrip("。")[-4:])
    assert claim.verdict is verdict
    assert claim.relation == "repeat"


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("2022年全县共有在校生32000人。\n2023年全县共有在校生33200人。", "33200人"),
        ("全县小学在校生32000人。\n全县初中在校生14000人。", "14000人"),
        ("全县共有在校生32000人。\n我校共有在校生900人。", "900人"),
        ("全县共有在校生32000人。\n预计全县在校生将达到33200人。", "33200人"),
        ("上报在校生32000人。\n核查在校生31900人。", "31900人"),
        ("全县新建学校3所。\n全县改建学校5所。", "5所"),
        ("全县教育工作报告\n在校生32000人。\n溪口镇教育工作报告\n在校生1200人。", "1200人"),
    ],
)
def test_figures_of_other_years_parts_places_or_plans_do_not_contradict(text: str, quote: str):
    assert claim_of(text, quote).verdict is not FAILS


@pytest.mark.parametrize(
    ("text", "quote", "verdict"),
    [
        ("学校教职工60人,其中专任教师52人。", "52人", HOLDS),
        ("学校教职工60人,其中专任教师65人。", "65人", FAILS),
        ("学校教职工60人。全镇专任教师650人。", "650人", OPEN),
    ],
)
def test_a_group_is_no_larger_than_the_one_it_belongs_to(text: str, quote: str, verdict: Verdict):
    assert claim_of(text, quote).verdict is verdict
