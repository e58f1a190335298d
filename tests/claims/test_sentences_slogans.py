"""Counted slogans: as many things as are counted, where all of them are listed."""

from __future__ import annotations

from marked import assert_holds, assert_left_alone, assert_wrong, each_of

HOLDS = [
    "学校坚持⟦“三个结合”⟧:课内与课外结合、校内与校外结合、线上与线下结合。",
    "从组织领导、经费投入、队伍建设、质量管理⟦四个方面⟧进行了自查。",
    "落实⟦“三到位”⟧,人员到位、场地到位、器材到位。",
    "设有三个社团,即合唱团、舞蹈队、书法社,⟦三个社团⟧每周活动一次。",
    "做好⟦两项工作⟧:一是清查账目;二是补齐设备。",
]
WRONG = [
    "学校坚持⟦“四个结合”⟧,即课内与课外结合、校内与校外结合、线上与线下结合。",
    "从组织领导、经费投入、队伍建设、质量管理⟦五个方面⟧进行了自查。",
    "落实⟦“四个到位”⟧,即人员到位、经费到位、责任到位。",
]
ALONE = [
    "严格执行⟦“六包”⟧责任制,效果明显。",
    "下面从⟦四个方面⟧汇报。\n一、基本情况\n……(未完,全文共3200字)",
    "深入推进⟦“双减”⟧工作。",
    "围绕⟦“五育”⟧并举,促进学生全面发展。",
    "通过公开课、研讨课等⟦三种⟧形式开展教研。",
]


@each_of(HOLDS)
def test_the_count_is_the_list(marked: str):
    assert_holds(marked)


@each_of(WRONG)
def test_a_count_that_is_not_the_list_is_found(marked: str):
    assert_wrong(marked)


@each_of(ALONE)
def test_a_slogan_without_its_list_is_left_alone(marked: str):
    assert_left_alone(marked)
