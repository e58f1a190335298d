"""Totals and their parts: what adds up, what does not, and what may have parts that the text leaves out."""

from __future__ import annotations

import pytest

from junheng.claims.check import check_document
from junheng.claims.claim import Claim, Verdict
from junheng.documents.document import plain_document

HOLDS, FAILS, OPEN = Verdict.CONSISTENT, Verdict.INCONSISTENT, Verdict.NOT_CHECKABLE


def claim_of(text: str, quote: str) -> Claim:
    """The claim whose quote ends in these words."""
    found = [claim for claim in check_document(plain_document(text)) if claim.quote.endswith(quote)]
    assert found, [claim.quote for claim in check_document(plain_document(text))]
    return found[0]


@pytest.mark.parametrize(
    ("text", "quote", "verdict"),
    [
        ("全县有小学与初中在校生12500人,其中小学8300人、初中4200人。", "12500人", HOLDS),
        ("全县有小学与初中在校生12500人,其中小学8300人、初中4300人。", "12500人", FAILS),
        ("本校学生905人。男生471人、女生434人。", "905人", HOLDS),
        ("本校学生915人。男生471人、女生434人。", "915人", FAILS),
        ("男生宿舍36间、女生宿舍31间,共计67间。", "67间", HOLDS),
        ("男生宿舍36间、女生宿舍31间,共计76间。", "76间", FAILS),
        ("全县共有学校57所。其中:小学31所,初中14所,九年一贯制学校9所,特殊教育学校3所。", "57所", HOLDS),
        ("全县投入1.26亿元,其中中央资金7200万元、省级资金5400万元。", "1.26亿元", HOLDS),
        ("全县投入1.06亿元,其中中央资金7200万元、省级资金5400万元。", "1.06亿元", FAILS),
        ("2021年、2022年、2023年分别投入310万元、335万元、360万元,三年累计1005万元。", "1005万元", HOLDS),
        ("2021年、2022年、2023年分别投入310万元、335万元、360万元,三年累计1105万元。", "1105万元", FAILS),
        ("三年来新聘教师96人,2021年28人、2022年33人、2023年35人。", "96人", HOLDS),
        ("校园占地面积5.2万平方米(小学3.1万、初中2.1万)。", "5.2万平方米", HOLDS),
        ("争取资金284.6万元,其中省级资金190.4万元,县级资金92.4万元。", "284.6万元", OPEN),
        ("镇里有光明小学。该校学生640人,男生335人、女生315人。", "640人", FAILS),
        ("在校学生共3.64万人,其中在园幼儿8600人、小学生19300人、初中生9100人。", "3.64万人", FAILS),
        ("检查学校31所,其中小学20所、初中11所,退回资金26.4万元,其中小学15.1万元、初中12.3万元。", "26.4万元", FAILS),
        ("省、市、县三级骨干教师分别为4人、9人和15人,骨干教师共28人。", "28人", HOLDS),
        ("省、市、县三级骨干教师分别为4人、9人和15人,骨干教师共26人。", "26人", FAILS),
        ("两个班学生分别为32人、35人,全校共412人。", "412人", OPEN),
        ("购置课桌投入18.5万元,每套250元,共740套;维修门窗投入6.5万元,两项合计25万元。", "25万元", HOLDS),
        ("反馈问题14个,涉及校舍6个、师资5个、经费3个。", "14个", HOLDS),
        ("全区现有学校118所。这些学校包括小学71所,中学39所,职业学校8所。", "118所", HOLDS),
        ("争取资金284.6万元,其中省级资金190.4万元,县级资金92.4万元、镇级资金3.6万元。", "284.6万元", FAILS),
    ],
)
def test_a_total_is_held_against_its_parts(text: str, quote: str, verdict: Verdict) -> None:
    assert claim_of(text, quote).verdict is verdict


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("全县共有学校90所,其中小学52所、初中20所。", "90所"),  # kinds that are not named
        ("教师60人,其中高级职称12人,一级职称20人。", "60人"),
        ("投入700万元,其中购置图书200万元、购置电脑300万元。", "700万元"),
        ("学生800人,其中寄宿生420人,留守儿童500人。", "800人"),  # the parts overlap
        ("占地9000平方米,其中建筑面积5200平方米,绿地3000平方米,运动场2400平方米。", "9000平方米"),
        ("投入2020年为900万元,2021年为920万元,2022年为940万元。", "900万元"),  # a series, no total
        ("学生幼儿共9700人,其中在园幼儿1500人,小学5200人,初中2200人,普通高中800人。", "1500人"),
        ("全校学生960人。寄宿学生610人,其中男生320人、女生290人。", "960人"),  # the list is of the boarders
        ("计划新建学校9所,其中小学5所、初中3所、九年一贯制学校2所。", "9所"),
    ],
)
def test_parts_that_need_not_be_all_or_may_overlap_are_no_finding(text: str, quote: str) -> None:
    assert claim_of(text, quote).verdict is not FAILS


def test_each_group_of_a_list_has_figures_of_its_own() -> None:
    text = (
        "全县在园幼儿2600人。全县有幼儿园48个,其中:公办园20个,在园幼儿1500人,占57.7%;"
        "民办园28个,在园幼儿1100人,占42.3%。"
    )
    assert claim_of(text, "48个").verdict is HOLDS
    assert claim_of(text, "2600人").verdict is HOLDS


def test_a_list_inside_a_part_is_not_added_to_the_whole() -> None:
    text = "全县有学校61所,其中小学40所(含教学点7个),初中15所(其中寄宿制学校6所),九年一贯制学校6所。"
    assert claim_of(text, "61所").verdict is HOLDS
    assert claim_of(text, "教学点7个").verdict is HOLDS


def test_a_part_above_its_whole_is_a_mistake() -> None:
    assert claim_of("全校有寄宿生120人,其中女生135人。", "135人").verdict is FAILS


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("普通小学每生每年650元(含取暖费),普通初中每生每年850元。", "850元"),
        ("学校有宿舍楼2栋,其中16间供女生使用。", "16间"),
        ("小学生均支出为8100元,其中农村为8600元。", "8600元"),
        ("在园幼儿由1200人降至900人,其中2022年为1050人。", "1050人"),
        ("全县有教职工900人,生师比12.5:1,教师1020人。", "1020人"),
        ("小学、初中专任教师分别为60人、30人,小学、初中女教师分别为31人、10人。", "31人"),
    ],
)
def test_figures_of_other_things_are_no_parts(text: str, quote: str) -> None:
    assert claim_of(text, quote).relation != "part"


def test_sections_on_each_stage_make_up_the_figures_of_the_county() -> None:
    text = (
        "全县在校生9000人,图书21万册,计算机1250台。\n——小学。在校生6000人;图书13万册;计算机800台。\n"
        "——初中。在校生3000人;图书8万册;计算机405台。\n"
    )
    assert claim_of(text, "9000人").verdict is HOLDS
    assert claim_of(text, "1250台").verdict is FAILS


def test_schools_gone_through_one_by_one_make_up_their_sum() -> None:
    text = "东山小学:在校生420人,教职工31人。\n南岗小学:在校生260人,教职工20人。\n两校共有在校生680人,教职工61人。\n"
    assert claim_of(text, "680人").verdict is HOLDS
    assert claim_of(text, "61人").verdict is FAILS


def test_a_masked_part_leaves_the_total_open() -> None:
    assert claim_of("全校学生905人,其中男生4xx人,女生434人。", "905人").verdict is OPEN
