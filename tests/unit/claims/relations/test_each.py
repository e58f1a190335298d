"""Averages against what there is and those it is for."""

from __future__ import annotations

import pytest

from junheng.claims.claim import Verdict
from unit.claims.relations.judged_sentences import FAILS, HOLDS, OPEN, claim_of


@pytest.mark.parametrize(
    ("text", "quote", "verdict"),
    [
        ("桃溪小学现有学生720人,图书18000册,生均图书25册。", "25册", HOLDS),
        ("桃溪小学现有学生720人,图书18000册,生均图书35册。", "35册", FAILS),
        ("桃溪小学现有学生720人,图书18100册,生均图书25.14册。", "25.14册", HOLDS),
        ("桃溪小学现有学生720人,图书18100册,生均图书25.41册。", "25.41册", FAILS),
        ("学校校园占地1.8万平方米,在校生600人,生均30平方米。", "30平方米", HOLDS),
        ("学校校园占地1.8万平方米,在校生600人,生均36平方米。", "36平方米", FAILS),
        ("全县小学在校生24000人,计算机3000台,每百名学生拥有计算机12.5台。", "12.5台", HOLDS),
        ("全县小学在校生24000人,计算机3000台,每百名学生拥有计算机15.2台。", "15.2台", FAILS),
        ("全县中小学48所,在校生43200人,校均900人。", "900人", HOLDS),
        ("全县中小学48所,在校生43200人,校均700人。", "700人", FAILS),
        ("学校有18个教学班,学生720人,平均班额40人。", "40人", HOLDS),
        ("学校有18个教学班,学生720人,平均班额45人。", "45人", FAILS),
        ("采购图书2400册,金额6万元,平均每册25元。", "25元", HOLDS),
        ("采购图书2400册,金额6万元,平均每册35元。", "35元", FAILS),
        ("住宿生300人,学生宿舍面积960平方米,住宿生生均3.2平方米。", "3.2平方米", HOLDS),
        ("学生720人,其中寄宿生450人,学生宿舍面积1440平方米,生均宿舍面积3.2平方米。", "3.2平方米", HOLDS),
        ("小学、初中分别有学生8000人、4000人,图书200000册、160000册,生均图书分别为25册、45册。", "45册", FAILS),
        ("学生720人,其中寄宿生450人,图书18000册,生均图书40册。", "40册", FAILS),  # books are not for boarders only
    ],
)
def test_what_there_is_over_those_it_is_for(text: str, quote: str, verdict: Verdict):
    assert claim_of(text, quote).verdict is verdict


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("学校图书18000册,生均图书35册。", "35册"),  # no pupils
        ("到2027年,生均图书达到40册。现有学生720人,图书18000册。", "40册"),
        ("全县学生9000人。桃溪小学图书18000册,生均图书35册。柳林中学学生900人。", "35册"),
        ("2022年学生720人。2023年图书18000册,生均图书35册。", "35册"),
        ("学生xx人,图书18000册,生均图书35册。", "35册"),
        ("按每生每年650元核定公用经费,学生720人。", "650元"),
    ],
)
def test_without_its_own_people_an_average_is_left_alone(text: str, quote: str):
    assert claim_of(text, quote).verdict is OPEN


def test_the_recomputation_is_told():
    claim = claim_of("学生720人,图书18000册,生均图书35册。", "35册")
    assert (claim.relation, claim.recomputed, claim.unit) == ("each", 25, "册")
    assert [one.quote for one in claim.inputs] == ["图书18000册", "学生720人"]
