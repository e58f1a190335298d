"""逐条自评报告: every criterion once, with what was found and the score of a scored tree."""

from __future__ import annotations

from junheng.base.exact import plain
from reports_made import judged, lines, made, table


def test_every_item_of_every_part_is_there_once():
    report, standard = made("criteria"), judged("example", "CN/youzhi_2017").standard
    for name, part in standard.parts():
        labels = [row[0] for row in table(report, f"criteria_{name}")]
        assert len(labels) == len(part.items)
        for item, said in zip(part.items.values(), labels, strict=True):
            assert item.label.zh in said


def test_a_finding_tells_the_figure_and_what_is_asked_for():
    found = {row[0].partition("。依据")[0]: row[2] for row in table(made("criteria"), "criteria_quality")}
    assert found["1. 初中三年巩固率"] == "初中三年巩固率为99.34%，符合不低于95%的要求。"


def test_a_check_over_years_tells_each_year():
    rows = table(made("criteria", standard="CN/jiben_2012"), "criteria_government")
    (funds,) = [row for row in rows if "三个增长" in row[0]]
    assert "2023年1.13个百分点、2024年0.04个百分点、2025年1.74个百分点，各年均符合要求" in "".join(funds)


def test_a_scored_tree_has_the_subtotals_of_its_branches_and_a_total():
    judgement = judged("example", "CN-35/jiben_2012")
    rows = table(made("criteria", standard="CN-35/jiben_2012"), "criteria_government")
    branches = [row for row in rows if row[0].endswith("合计")]
    part = judgement.standard.government
    assert len(branches) == len(part.groups) + 1
    known = {branch.label.zh: plain(branch.points, 2) for branch in part.groups.values() if branch.points}
    for row in branches:
        label = row[0].removesuffix("合计")
        if label in known:
            assert row[1] == known[label]


def test_where_nobody_was_made_responsible_it_is_said():
    assert any("责任科室均未填报" in line for line in lines(made("criteria")))
