"""责任科室任务分解表: every requirement with its office and what comes next, handed out as a workbook too."""

from __future__ import annotations

import pytest

from example import DAY
from junheng.standards.library import load_standard
from junheng.verdict.judge import judge
from junheng.workflow.reports import report_on
from reports_made import judged, made, table, with_finding


@pytest.fixture(scope="module")
def assigned():
    filed = with_finding("school_size", responsible="发展规划科", plan="新建初中一所", note="已列入年度计划")
    return report_on(judge(filed, load_standard("CN/youzhi_2017"), DAY), "tasks")


def test_every_item_has_a_row_and_nothing_unfiled_is_made_up():
    rows = table(made("tasks"), "tasks")
    standard = judged("example", "CN/youzhi_2017").standard
    items = sum(len(part.items) for _, part in standard.parts())
    assert len(rows) == items + len(standard.counted()) + 2, "the indicators, the schools' rule and the coefficients"
    assert {row[-3] for row in rows} == {"未填报"}


def test_a_row_tells_office_plan_and_note(assigned):
    (row,) = [row for row in table(assigned, "tasks") if "4. 学校规模" in row]
    assert row[-3] == "发展规划科"
    assert row[-2].startswith("未达到：")
    assert row[-2].endswith("后续举措：新建初中一所。")
    assert row[-1] == "已列入年度计划"
