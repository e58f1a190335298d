"""Numerals: Chinese, full-width, apart, hedged, in 万 and 亿, with 。 for the point."""

from __future__ import annotations

from marked import assert_holds, assert_wrong, each_of

HOLDS = [
    "全校学生900人,其中寄宿生270人,⟦占三成⟧。",
    "全校学生900人,其中寄宿生225人,⟦占四分之一⟧。",
    "全校教师60人,其中女教师41人,⟦近七成⟧为女教师。",
    "学校有学生５４０人,专任教师３６人,⟦生师比１５:１⟧。",
    "学校有学生1 200人,占地26400平方米,⟦生均22平方米⟧。",
    "学校有学生640人,占地13120平方米,⟦生均20。5平方米⟧。",
    "共有图书2.7万册,学生900人,⟦生均30册⟧。",
    "投资1.5亿元,其中一期9000万元、二期6000万元,⟦两期合计1.5亿元⟧。",
    "藏书约18200册,在校学生650人,⟦生均约28册⟧。",
    "全县两所高中各新建教室十二间,⟦共24间⟧。",
    "全校学生1000人,其中留守儿童412人,⟦超过四成⟧。",
]
WRONG = [
    "全校学生900人,其中寄宿生270人,⟦占五成⟧。",
    "全校学生900人,其中寄宿生225人,⟦占三分之一⟧。",
    "学校有学生640人,占地13120平方米,⟦生均25。5平方米⟧。",
    "共有图书2.7万册,学生900人,⟦生均3册⟧。",
    "藏书约18200册,在校学生650人,⟦生均约40册⟧。",
    "全校学生1000人,其中留守儿童412人,⟦占比超过五成⟧。",
]


@each_of(HOLDS)
def test_however_it_is_written_it_is_read(marked: str):
    assert_holds(marked)


@each_of(WRONG)
def test_however_it_is_written_an_error_is_found(marked: str):
    assert_wrong(marked)
