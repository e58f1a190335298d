"""Differences, growth on the base that the words name or imply, percentage points, series."""

from __future__ import annotations

from marked import assert_holds, assert_left_alone, assert_wrong, each_of

HOLDS = [
    "2022年教育支出为5250万元,2021年为5000万元,⟦同比增长5%⟧。",
    "2023年教育财政拨款为36,800万元,⟦比上年增加4,800万元,增长15%⟧。",
    "在校生由2020年的1860人减少到2023年的1674人,⟦减少186人⟧,⟦下降10%⟧。",
    "公用经费从72万元提高到81万元,⟦增加9万元⟧,⟦增幅12.5%⟧。",
    "初中巩固率由97.2%提高到98.5%,⟦提高1.3个百分点⟧。",
    "设备投入从150万元增加到300万元,⟦翻了一番⟧。",
    "2020年、2021年、2022年教育拨款分别为1.2亿元、1.35亿元、1.41亿元,⟦逐年增长⟧。",
    "近三年大班额分别为36个、22个、9个,⟦逐年减少⟧。",
    "教育拨款增长率为9.6%,财政经常性收入增长率为6.1%,前者⟦高出3.5个百分点⟧。",
    "2022年招生486人,比上年减少54人,⟦下降10%⟧。",
]
WRONG = [
    "2022年教育支出为5250万元,2021年为5000万元,⟦同比增长15%⟧。",
    "2023年教育财政拨款为36,800万元,比上年增加4,800万元,⟦增长13%⟧。",
    "在校生由2020年的1860人减少到2023年的1674人,⟦减少286人⟧。",
    "公用经费从720万元提高到810万元,⟦增幅11.1%⟧。",
    "初中巩固率由97.2%提高到98.5%,⟦提高2.3个百分点⟧。",
    "2020年、2021年、2022年教育拨款分别为1.2亿元、1.15亿元、1.41亿元,⟦逐年增长⟧。",
    "设备投入从150万元增加到210万元,⟦翻了一番⟧。",
    "2022年招生486人,比上年减少54人,⟦下降11.1%⟧。",
]
ALONE = [
    "2022年全县财政收入6.2亿元,⟦同比增长7.4%⟧。",
    "高级教师比例为18%,⟦比上年提高2.1个百分点⟧。",
    "2019年在校生1500人。2023年图书2.4万册,⟦比上年增长20%⟧。",
    "全县新增学位1200个,⟦比计划多200个⟧。",
]


@each_of(HOLDS)
def test_a_change_is_counted_from_its_base(marked: str):
    assert_holds(marked)


@each_of(WRONG)
def test_a_change_on_another_base_or_a_broken_series_is_found(marked: str):
    assert_wrong(marked)


@each_of(ALONE)
def test_a_change_without_its_base_is_left_alone(marked: str):
    assert_left_alone(marked)
