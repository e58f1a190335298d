"""省级汇总: every county as its own judgement has it, ranked by what is known, with what is not known."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import polars as pl

from example import DAY, county_dataset, county_judgement
from junheng.base.outcome import Outcome
from junheng.reporting.report.blocks import Chart
from junheng.standards.library import load_standard
from junheng.verdict.judge import judge
from junheng.workflow.reports import report_on
from reports_made import blank_dataset, lines, section, table

SECOND = "990202"


def renamed(frame: pl.DataFrame) -> pl.DataFrame:
    """The same rows under another county, whose schools have codes of their own."""
    new = [
        pl.col(column).str.replace("^990101", SECOND)
        for column in ("county_code", "school_code", "campus_of")
        if column in frame.columns
    ]
    return frame.with_columns(new)


@cache
def two_counties():
    """The example county, and a neighbour with the same schools that filed nothing of them."""
    own, blank = county_dataset(), blank_dataset()
    frames = {name: pl.concat([own[name], renamed(blank[name])]) for name in own.frames}
    other = pl.when(pl.col("county_code") == SECOND).then(pl.lit("未报县")).otherwise(pl.col("county_name"))
    frames["county"] = frames["county"].with_columns(other.alias("county_name"))
    return judge(replace(own, frames=frames, origins={}), load_standard("CN/youzhi_2017"), DAY)


@cache
def report():
    return report_on(two_counties(), "province_summary")


def test_counties_are_counted_by_their_verdict():
    unknown = two_counties().outcome(SECOND)
    assert unknown is Outcome.UNKNOWN
    said = section(report(), "总体结论")
    assert said[0] == (
        "对照《义务教育优质均衡发展（2017）》，参加汇总的县（市、区）共2个，其中1个未达标，"
        "1个因数据不全或事项未认定无法判定。"
    )  # fmt: skip


def test_every_county_stands_with_its_parts_its_shares_and_its_largest_coefficients():
    rows = {row[0]: row[1:] for row in table(report(), "counties")}
    own = rows["示例县（合成数据）"]
    assert own[:3] == ["未达标", "未达标", "未达标"]
    assert own[-4:] == ["13.1", "70.4", "0.502", "0.223"]


def test_of_a_county_that_filed_nothing_no_share_is_zero_and_no_coefficient_is_small():
    rows = {row[0]: row[1:] for row in table(report(), "counties")}
    assert rows["未报县"][-4:] == ["无法判定", "无法判定", "数据不全", "数据不全"]
    assert "达标" not in rows["未报县"][:2]


def test_counties_of_which_nothing_is_known_are_not_ranked():
    assert [row[1] for row in table(report(), "ranking")] == ["示例县（合成数据）"]


def test_what_is_not_known_is_listed_by_county():
    rows = {row[0]: row[1:] for row in table(report(), "unknowns")}
    assert int(rows["未报县"][0]) == two_counties().in_scope.filter(pl.col("county_code") == SECOND).height
    assert int(rows["示例县（合成数据）"][0]) == 1


def test_the_weakest_indicators_are_those_that_most_judged_schools_miss():
    rows = table(report(), "weakest")
    shares = [float(row[3]) for row in rows]
    assert shares == sorted(shares, reverse=True)
    assert rows[0][:2] == ["小学", "每百名学生拥有县级以上骨干教师数"]


def test_coefficients_over_their_limits_are_named_with_the_county():
    assert table(report(), "over") == [
        ["示例县（合成数据）", "小学", "每百名学生拥有县级以上骨干教师数", "0.502", "0.50"]
    ]
    charts = [block for block in report().blocks if isinstance(block, Chart)]
    assert len(charts) == 2


def test_earlier_years_stand_beside_this_one():
    rows = {row[0]: row[1:] for row in table(report(), "years")}
    assert rows["参加汇总（个）"] == ["2", "2", "2"]
    assert not any("变为达标" in one for one in lines(report()))


def test_counties_that_are_all_alike_are_said_so_once():
    said = section(report_on(county_judgement(), "province_summary", earlier=()), "总体结论")
    assert said[0].endswith("参加汇总的县（市、区）共1个，未达标。")
