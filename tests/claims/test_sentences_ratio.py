"""Ratios of pupils to teachers and computers, written both ways round."""

from __future__ import annotations

from marked import assert_holds, assert_left_alone, assert_wrong, each_of

HOLDS = [
    "在校学生720人,专任教师45人,⟦生师比16:1⟧。",
    "学校有学生868人,专任教师62人,⟦师生比为1:14⟧。",
    "在校生1035人,教职工75人,⟦教职工与学生之比为1:13.8⟧。",
    "学生用计算机120台,在校学生1020人,⟦生机比8.5:1⟧。",
    "在校学生720人,专任教师45人,⟦生师比１６：１⟧。",
    "小学在校生2100人,专任教师120人,⟦小学师生比17.5∶1⟧。",
    "初中学生954人,初中专任教师72人,⟦生师比为13.25:1⟧。",
]
WRONG = [
    "在校学生720人,专任教师45人,⟦生师比19:1⟧。",
    "学校有学生868人,专任教师62人,⟦师生比为1:18⟧。",
    "学生用计算机120台,在校学生1020人,⟦生机比5.8:1⟧。",
    "在校生1035人,教职工75人,⟦教职工与学生之比为1:18.3⟧。",
]
ALONE = [
    "学校有学生868人,⟦师生比为1:14⟧。",
    "按编制标准,小学⟦师生比为1:19⟧;学校有学生720人,教师45人。",
    "学校有学生720人,教师45人,⟦师生比为1:⟧,满足教学需要。",
    "食堂操作间与餐厅⟦面积比为1:3⟧,在校学生720人,专任教师45人。",
]


@each_of(HOLDS)
def test_it_is_pupils_to_one_whichever_way_it_is_written(marked: str):
    assert_holds(marked)


@each_of(WRONG)
def test_another_ratio_is_found(marked: str):
    assert_wrong(marked)


@each_of(ALONE)
def test_a_norm_or_half_a_ratio_is_left_alone(marked: str):
    assert_left_alone(marked)
