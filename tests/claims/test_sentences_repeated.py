"""The same thing said twice: equal, different, or not the same thing at all."""

from __future__ import annotations

from marked import assert_holds, assert_left_alone, checked, each_of, told, written

from junheng.claims.claim import Verdict

HOLDS = [
    "一、概况\n学校现有专任教师64人。\n二、队伍\n全校⟦专任教师64人⟧均持证上岗。",
    "全县共有小学31所。\n目前,全县⟦31所小学⟧全部接入宽带。",
    "学校有教学班12个。\n⟦12个教学班⟧都装有一体机。",
]
DIFFER = [
    "一、概况\n学校现有专任教师64人。\n二、队伍\n全校⟦专任教师68人⟧均持证上岗。",
    "在校学生745人。\n三、学生\n学校现有⟦在校学生754人⟧。",
    "全县共有小学31所。\n四、信息化\n全县⟦共有小学33所⟧,全部接入宽带。",
]
ALONE = [
    "2022年在校学生745人。\n2023年⟦在校学生768人⟧。",
    "城关小学在校学生745人。\n河口小学⟦在校学生312人⟧。",
    "全县专任教师1640人。\n我校⟦专任教师64人⟧。",
    "小学专任教师820人,初中⟦专任教师560人⟧。",
    "原有图书12000册,现有⟦图书15600册⟧。",
    "学校占地面积8640平方米。\n⟦校舍建筑面积4180平方米⟧。",
    "参加培训教师64人。\n学校现有⟦专任教师71人⟧。",
]


@each_of(HOLDS)
def test_the_same_again_holds(marked: str):
    assert_holds(marked)


@each_of(DIFFER)
def test_a_contradiction_is_found_at_either_place(marked: str):
    claims = checked(written(marked).text)
    assert Verdict.INCONSISTENT in {claim.verdict for claim in claims}, told(claims)


@each_of(ALONE)
def test_another_year_place_or_thing_is_no_contradiction(marked: str):
    assert_left_alone(marked)
