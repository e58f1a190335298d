"""Figures per pupil, per boarder, per hundred pupils and per class: the nearest stated people divide."""

from __future__ import annotations

from marked import assert_holds, assert_left_alone, assert_wrong, each_of

HOLDS = [
    "青石小学有在校学生640人,校园占地13440平方米,⟦生均21平方米⟧。",
    "学校共有图书19328册,现有学生604人,⟦生均图书32册⟧。",
    "我校在校生1,250人。教学仪器设备总值231.25万元,⟦生均1850元⟧。",
    "学校校舍建筑面积8118平方米,在校学生1230名,⟦生均校舍面积6.6平方米⟧,教室宽敞明亮。",
    "在校生900人,其中寄宿生360人,学生宿舍1116平方米,⟦寄宿生人均3.1平方米⟧。",
    "全校住宿生215名,食堂面积344平方米,⟦住宿生生均1.6平方米⟧。",
    "学校有18个教学班,学生783人,⟦平均班额43.5人⟧。",
    "全校学生1104人,编为24个班,⟦每班平均46人⟧。",
    "现有学生860人,学生用计算机86台,⟦每百名学生拥有10台⟧。",
    "县级以上骨干教师14人,在校学生1120人,⟦每百名学生拥有县级以上骨干教师1.25人⟧。",
    "全县义务教育阶段学生3.2万人,图书108.8万册,⟦生均图书34册⟧。",
    "发放补助金额26.5万元,资助困难学生212人,⟦人均1250元⟧。",
]
WRONG = [
    "青石小学有在校学生640人,校园占地13440平方米,⟦生均25平方米⟧。",
    "学校共有图书19328册,现有学生604人,⟦生均图书40册⟧。",
    "学校校舍建筑面积8118平方米,在校学生1230名,⟦生均校舍面积9.6平方米⟧。",
    "学校有18个教学班,学生783人,⟦平均班额34.5人⟧。",
    "现有学生860人,学生用计算机86台,⟦每百名学生拥有17台⟧。",
    "全校学生1104人,编为24个班,⟦每班平均64人⟧。",
]
ALONE = [
    "学校寄宿条件较好,⟦生均宿舍面积3.4平方米⟧。",
    "学校有图书15600册,⟦生均26册⟧。",
    "全县现有学生8600人。中心小学图书12000册,⟦生均24册⟧。",
    "住宿生宿舍面积960平方米,⟦生均3.2平方米⟧,全校学生1140人。",
]


@each_of(HOLDS)
def test_it_is_the_stock_over_the_people(marked: str):
    assert_holds(marked)


@each_of(WRONG)
def test_another_quotient_is_found(marked: str):
    assert_wrong(marked)


@each_of(ALONE)
def test_without_its_own_people_it_is_left_alone(marked: str):
    assert_left_alone(marked)
