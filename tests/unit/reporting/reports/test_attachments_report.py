"""附件清单: the plans that were given, by their kind; without any there is no list."""

from __future__ import annotations

import pytest

from junheng.reporting.errors import ReportNeedsError
from junheng.reporting.facts.facts import Writer
from junheng.workflow.reports import report_on
from reports_made import PLANS, table


def test_every_plan_that_is_attached_is_listed_by_what_it_is():
    report = report_on(None, "attachments", plans=tuple(PLANS.values()))
    names = [row[1] for row in table(report, "attachments")]
    assert names == ["填平补齐方案", "教师交流轮岗方案", "学区划片方案"]
    assert [row[0] for row in table(report, "attachments")] == ["附件1", "附件2", "附件3"]


def test_without_a_plan_there_is_nothing_to_list_whatever_its_writer_adds():
    with pytest.raises(ReportNeedsError, match="方案"):
        report_on(None, "attachments", writer=Writer(texts={"plans": "另附说明。"}))


def test_a_plan_that_names_no_county_is_not_attributed_to_one():
    nameless = {**PLANS["zoning"], "county": {"name": None, "code": None}}
    assert [row[2] for row in table(report_on(None, "attachments", plans=(nameless,)), "attachments")] == ["未注明"]
