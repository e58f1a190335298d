"""缺额与采购清单: what schools lack, by thing, school, town and stage, adding up; what cannot be said is not added."""

from __future__ import annotations

from fractions import Fraction

import pytest

from example import county_judgement
from junheng.reporting.errors import NothingToReportError
from junheng.reporting.facts.money import in_wan
from junheng.reporting.report.runs import Figure
from junheng.verdict.lacks import shortages
from reports_made import lines, made, section, table

BACKBONE = "backbone_teachers_per_100"
AREA = "teaching_area_per_pupil"


def summary(report):
    return {(row[1], row[2]): (row[3], row[4], row[5]) for row in table(report, "shortages")}


def test_a_list_adds_up_to_what_the_judge_finds_lacking():
    found = shortages(county_judgement())
    own = found.filter((found["indicator"] == BACKBONE) & (found["stage"] == "primary"))
    label = county_judgement().standard.resources[BACKBONE].label.zh
    schools, total, unit = summary(made("shortages"))[label, "小学"]
    assert (int(schools), int(total), unit) == (own.height, int(own["lack"].sum()), "名")
    rows = table(made("shortages"), f"lack_{BACKBONE}")
    assert sum(int(row[5]) for row in rows if "小学" in row[2:3]) == int(total)


def test_people_are_wanted_whole_and_what_there_is_with_what_is_lacking_makes_what_is_wanted():
    for row in table(made("shortages"), f"lack_{BACKBONE}"):
        if len(row) == 6:
            assert int(row[3]) + int(row[5]) == int(row[4])


def test_towns_add_up_to_the_county():
    *towns, total = table(made("shortages"), "towns_teachers")
    for column in range(1, len(total)):
        values = [Fraction(row[column]) for row in towns if row[column] != "—"]
        assert sum(values) == Fraction(total[column])


def test_a_school_whose_stages_share_an_amount_is_to_buy_so_much_that_both_get_enough():
    judgement = county_judgement()
    rows = table(made("shortages"), f"lack_{AREA}")
    nine_year = next(row for row in rows if row[1] == "示例县大桥镇南桥学校")
    lack, whole = Fraction(nine_year[5]), Fraction(nine_year[6])
    assert whole > lack  # a part of what is added goes to the other stage
    own = judgement.rows.filter((judgement.rows["school_name"] == nine_year[1]) & (judgement.rows["stage"] == "junior"))
    row = own.to_dicts()[0]
    parts = {stage: row[f"pupils_{stage}"] or 0 for stage in ("primary", "junior")}
    share = Fraction(11, 10) * parts["junior"] / (parts["primary"] + Fraction(11, 10) * parts["junior"])
    assert abs(whole * share - lack) < Fraction(1, 100)


def test_a_school_of_one_stage_is_to_buy_what_it_lacks():
    rows = table(made("shortages"), f"lack_{AREA}")
    school = next(row for row in rows if row[1] == "示例县第一小学")
    assert school[5] == school[6] == "1424.99"


def test_an_amount_that_stages_use_together_is_bought_once():
    report = made("shortages", standard="CN-37/banxue")
    label = "新建学校绿化率"
    found = summary(report)
    stages = sum(Fraction(found[label, stage][1]) for stage in ("小学", "初中"))
    rows = table(report, "lack_green_share_of_new_schools")
    twice = [row for row in rows if row[1] == "示例县双溪乡学校" and len(row) == 7]
    assert stages - Fraction(found[label, "全校应增"][1]) == Fraction(twice[0][6])


def test_teachers_rooms_grounds_and_equipment_stand_apart():
    report = made("shortages")
    assert any("骨干教师" in one for one in section(report, "教师补充清单"))
    assert any("音乐专用教室" in one for one in section(report, "校舍和教室建设清单"))
    assert any("体育运动场馆" in one for one in section(report, "场地建设清单"))
    assert any("教学仪器设备值" in one for one in section(report, "设备和图书采购清单"))


def test_what_is_above_an_upper_limit_is_nothing_to_buy():
    report = made("shortages")
    over = table(report, "excess_classes_too_large")
    assert over
    assert not any("班额" in row[1] for row in table(report, "shortages"))


def test_what_cannot_be_judged_is_listed_and_not_added():
    said = lines(made("shortages"))
    assert any(one.startswith("有2所学校的部分指标因数据未填报等原因无法判定") for one in said)
    assert {row[-1] for row in table(made("shortages"), "open")} == {"未填报"}


def test_where_nothing_was_filed_nothing_is_lacking_and_nothing_is_enough():
    said = lines(made("shortages", "blank"))
    assert not any("没有差额" in one or "各校差额" in one for one in said)
    assert any("无法判定" in one for one in said)


def test_a_standard_that_asks_nothing_of_schools_makes_no_list():
    with pytest.raises(NothingToReportError):
        made("shortages", standard="CN/jiben_2012")


def test_money_is_in_wan_yuan_wherever_it_is_lacking():
    rows = [row for row in table(made("shortages"), "shortages") if row[1] == "生均教学仪器设备值"]
    assert {row[-1] for row in rows} == {"万元"}
    own = table(made("shortages"), "lack_equipment_value_per_pupil")
    third = next(row for row in own if row[1] == "示例县第三小学")
    assert third[3:6] == ["224.43", "354.8", "130.37"]


def test_a_lack_of_a_few_yuan_is_not_printed_as_none():
    assert Figure("key", *in_wan(30, "元")).text == "0.003万元"
