"""指标汇报材料: a section an indicator, from the formula to what is lacking."""

from __future__ import annotations

from reports_made import judged, made, section, table

NAME = "生均体育运动场馆面积"


def test_an_indicator_is_told_from_its_formula_to_what_is_lacking():
    said = section(made("briefing"), NAME)
    assert said[0].startswith("算法：（运动场地面积 + 室内体育用房面积） ÷ 在校生数。要求：小学 ≥ 7.5 ㎡")
    assert "参加判定的99所中，74所达到要求，25所未达到" in said[1]
    assert "各校补齐到要求，合计缺44754.12㎡" in said[1]
    assert said[3].startswith("小学历年平均值：2023学年7.59㎡")


def test_the_schools_furthest_behind_are_named_first():
    rows = judged("example", "CN/youzhi_2017").in_scope
    own = rows.filter(rows["stage"] == "junior").sort("sports_area_per_pupil__value")
    said = section(made("briefing"), NAME)[2]
    assert f"未达到的有{own['school_name'][0]}、{own['school_name'][1]}" in said


def test_an_item_stands_beside_its_conclusion_of_the_year_before():
    rows = {row[0]: row[-2:] for row in table(made("briefing"), "briefing_government")}
    assert rows["4. 学校规模"] == ["达到", "未达到"]
    assert rows["5. 班额"] == ["未达到", "未达到"]


def test_a_standard_without_limits_for_schools_says_so():
    said = section(made("briefing", standard="CN/jiben_2012"), "生均图书册数")
    assert "本标准不对单所学校设限" in said[0]
    assert "未达到" not in "".join(said)
