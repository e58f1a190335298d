"""A long title stands in two lines of about one length."""

from __future__ import annotations

import pytest

from junheng.reporting.report.runs import Name, Quote, Text, words_of
from junheng.reporting.report.title import title_lines

COUNTY = Name("青禾县", "county")


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ((COUNTY, "自评报告"), ["青禾县自评报告"]),
        ((COUNTY, "县域义务教育优质均衡发展自查自评报告"), ["青禾县", "县域义务教育优质均衡发展自查自评报告"]),
        (("全国义务教育发展基本均衡县（市、区）申报表",), ["全国义务教育发展基本", "均衡县（市、区）申报表"]),
        (("义务教育优质均衡发展", Quote("（2017）"), "自评报告"), ["义务教育优质均衡发展（2017）自评报告"]),
        (("很长" * 30,), ["很长" * 30]),
        ((), [""]),
    ],
)
def test_lines_of_a_title(title: Text, lines: list[str]) -> None:
    assert [words_of(line) for line in title_lines(title)] == lines


def test_a_bracket_and_a_year_are_not_torn() -> None:
    first, second = title_lines(("示例县义务教育优质均衡发展（" + "2017" + "）各校逐条自评报告",))
    assert words_of(first)[-1] not in "（2"
    assert words_of(second)[0] not in "）017"
