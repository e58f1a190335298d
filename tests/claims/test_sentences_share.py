"""Shares: the part just named, over the whole that the words name."""

from __future__ import annotations

from marked import assert_holds, assert_left_alone, assert_wrong, each_of

HOLDS = [
    "专任教师75人,其中本科以上学历60人,⟦占80%⟧。",
    "学校有专任教师48人,高级职称9人,⟦占专任教师总数的18.8%⟧,一级职称21人,⟦占43.8%⟧。",
    "全县在园幼儿6400人,其中公办园3328人,⟦公办园在园幼儿占比52%⟧。",
    "全校学生930人,留守儿童217人,⟦占学生总数的23.3%⟧;寄宿生186人,⟦占20%⟧。",
    "符合交流条件的教师250人,实际交流教师35人,⟦占14%⟧。",
    "学校占地面积18600平方米,绿化面积6510平方米,⟦绿化率35%⟧。",
    "全县3—6岁幼儿5200人,在园幼儿4862人,⟦毛入园率93.5%⟧。",
    "60所学校中有57所达标,⟦达标率95%⟧。",
    "培训经费支出4.2万元,公用经费总额70万元,⟦培训经费占公用经费的6%⟧。",
]
WRONG = [
    "专任教师75人,其中本科以上学历60人,⟦占90%⟧。",
    "全校学生930人,留守儿童217人,⟦占学生总数的32.3%⟧。",
    "符合交流条件的教师250人,实际交流教师35人,⟦占24%⟧。",
    "学校占地面积18600平方米,绿化面积6510平方米,⟦占校园总面积的53%⟧。",
    "学校有专任教师48人,其中高级职称9人,⟦占专任教师总数的28.8%⟧。",
]
ALONE = [
    "少数民族人口⟦占31.5%⟧,全县总人口42.3万人。",
    "专任教师52人,其中大专以上学历31人,⟦教师学历合格率100%⟧。",
    "今年又有12所学校通过验收,标准化学校⟦比例升至88%⟧。",
    "初中三年⟦巩固率为98.7%⟧,初中在校生1820人。",
    "学校有教职工64人,其中35岁以下的⟦占三成⟧。",
]


@each_of(HOLDS)
def test_it_is_the_part_over_the_whole(marked: str):
    assert_holds(marked)


@each_of(WRONG)
def test_another_share_is_found(marked: str):
    assert_wrong(marked)


@each_of(ALONE)
def test_a_rate_whose_counts_are_not_stated_is_left_alone(marked: str):
    assert_left_alone(marked)
