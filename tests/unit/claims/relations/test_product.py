"""So many of so much each."""

from __future__ import annotations

import pytest

from junheng.claims.check import check_document
from junheng.claims.claim import Verdict
from junheng.documents.document import plain_document

HOLDS, FAILS = Verdict.CONSISTENT, Verdict.INCONSISTENT


def verdict_of(text: str, quote: str) -> Verdict:
    return next(
        claim.verdict
        for claim in check_document(plain_document(text))
        if claim.quote.endswith(quote) and claim.relation
    )


@pytest.mark.parametrize(
    ("text", "quote", "verdict"),
    [
        ("全镇7所小学各新建多媒体教室3间,共21间。", "21间", HOLDS),
        ("全镇7所小学各新建多媒体教室3间,共24间。", "24间", FAILS),
        ("音乐室、美术室、舞蹈室各2间,共6间。", "共6间", HOLDS),
        ("音乐室、美术室、舞蹈室各2间,共8间。", "8间", FAILS),
        ("机房两个,各有电脑48台,共计96台。", "96台", HOLDS),
        ("机房16间,每间配置50台电脑,共有电脑800台。", "800台", HOLDS),
        ("新建跑道4条,每条造价约60万元,共投入约240万元。", "240万元", HOLDS),
        ("采购课桌1500套,每套260元,共计39万元。", "39万元", HOLDS),
        ("采购书架40个,单价450元,共计1.8万元。", "1.8万元", HOLDS),
        ("资助困难学生160人,每人每年1250元,共20万元。", "20万元", HOLDS),
        ("资助困难学生160人,每人每年1250元,共25万元。", "25万元", FAILS),
        ("寄宿生230人,每生每年补助1000元,全年发放补助23万元。", "23万元", HOLDS),
        ("新建校舍6400平方米,每平方米2300元,总投资1472万元。", "1472万元", HOLDS),
        ("新建校舍6400平方米,每平方米2300元,总投资1742万元。", "1742万元", FAILS),
        ("全校七、八、九三个年级,各6个班,共18个班。", "18个班", HOLDS),
        ("每年投入维修经费450万元,三年共投入1350万元。", "1350万元", HOLDS),
        ("为52名教师每人每月发放津贴200元,全年发放12.48万元。", "12.48万元", HOLDS),
        ("学校有学生86人,每生每年650元,全年到位公用经费6.5万元。", "6.5万元", HOLDS),  # as for a hundred pupils
        ("学校有学生580名。公用经费按生均650元的标准拨付,全年到账37.7万元。", "37.7万元", HOLDS),
    ],
)
def test_a_total_is_held_against_number_times_each(text: str, quote: str, verdict: Verdict) -> None:
    assert verdict_of(text, quote) is verdict


def test_each_stage_counts_at_its_own_rate() -> None:
    text = (
        "小学生均公用经费720元,初中生均公用经费940元。小学、初中在校生分别为3000人、1500人,"
        "按上述标准应拨公用经费357万元。"
    )
    assert verdict_of(text, "357万元") is HOLDS


@pytest.mark.parametrize(
    "text",
    [
        "全县计划为20所学校各配备电脑45台,共1000台。",
        "学校有学生580名。公用经费按生均650元的标准拨付,全年到账40万元。",  # other money may be in it
        "全镇7所小学各有保安2名,全镇共有保安30名。",
    ],
)
def test_what_may_be_made_otherwise_is_no_finding(text: str) -> None:
    assert all(claim.verdict is not FAILS for claim in check_document(plain_document(text)))
