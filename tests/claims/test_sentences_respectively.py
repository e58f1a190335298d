"""Lists with 分别: each figure belongs to the thing at its place in the nearest list."""

from __future__ import annotations

from marked import assert_holds, assert_wrong, each_of

HOLDS = [
    "小学、初中在校生分别为960人、588人,专任教师分别为60人、42人,生师比分别为⟦16:1⟧、⟦14:1⟧。",
    "初中、小学专任教师分别为40人和50人,本科以上学历教师分别为36人和30人,初中、小学分别占⟦90%⟧、⟦60%⟧。",
    "2020年、2021年、2022年拨款分别为8000万元、8400万元、9240万元,2021年、2022年分别增长⟦5%⟧、⟦10%⟧。",
    "图书室、阅览室面积分别为120平方米和90平方米,⟦合计210平方米⟧。",
    "甲、乙两校学生分别为500人、400人,图书分别为15000册、14000册,生均图书依次为⟦30册⟧、⟦35册⟧。",
    "全校学生600人,其中男生、女生分别为318人、282人,分别占⟦53%⟧和⟦47%⟧。",
]
WRONG = [
    "小学、初中在校生分别为960人、588人,专任教师分别为60人、42人,生师比分别为16:1、⟦18:1⟧。",
    "甲、乙两校学生分别为500人、400人,图书分别为15000册、14000册,生均图书依次为30册、⟦43册⟧。",
    "全校学生600人,其中男生、女生分别为318人、282人,分别占⟦63%⟧和47%。",
    "2020年、2021年、2022年拨款分别为8000万元、8400万元、9240万元,2021年、2022年分别增长5%、⟦18%⟧。",
]


@each_of(HOLDS)
def test_places_in_the_lists_belong_together(marked: str):
    assert_holds(marked)


@each_of(WRONG)
def test_the_one_wrong_place_is_found(marked: str):
    assert_wrong(marked)
