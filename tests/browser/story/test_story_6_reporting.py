"""The county has its self-assessment written, asks its figures where they are from, and takes it along."""

from __future__ import annotations

from uuid import UUID

import pytest
from playwright.sync_api import expect

from browser.story.acting import PHONE, answer_of, fits_a_phone, judge
from junheng.reporting.library import load_report
from junheng.web.jobs import running
from junheng.web.reports.models import Report

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(autouse=True)
def own_folders(settings, tmp_path):
    settings.FILES = tmp_path / "files"
    settings.SNAPSHOTS = tmp_path / "snapshots"


def test_an_officer_has_a_report_written_and_the_leader_asks_a_figure_where_it_is_from(cast, open_as):
    judge(cast, backbone_teachers="1")
    page = open_as(cast.officer, "/")
    page.get_by_role("navigation", name="主菜单").get_by_role("link", name="报告").click()
    page.get_by_role("link", name=load_report("self_assessment").label.zh, exact=True).click()
    page.get_by_text("主送、文号、落款").click()
    page.get_by_label("落款").fill("甲县人民政府")
    for box in page.get_by_role("checkbox").all():
        box.uncheck()
    page.get_by_role("button", name="生成报告").click()
    expect(page.get_by_role("main")).to_contain_text("请至少选一种文件")
    expect(page.get_by_label("落款")).to_have_value("甲县人民政府")
    page.get_by_label("Word").check()
    page.get_by_role("button", name="生成报告").click()
    expect(answer_of(page)).to_contain_text("正在生成")
    report = Report.objects.select_related("job").get()
    running.run(str(UUID(str(report.job.code))))
    expect(page.locator(".report")).to_contain_text("甲县人民政府")  # the page turns by itself
    with page.expect_download() as got:
        page.get_by_role("link", name="Word").click()
    assert got.value.suggested_filename == f"{answer_of(page).inner_text()}.docx"

    leader = open_as(cast.leader, f"/reports/{report.code}/", viewport=PHONE)
    figures, says = leader.locator(".report .figure"), leader.get_by_role("tooltip")
    figures.nth(1).click()
    expect(says).to_contain_text("来自：")
    told = says.inner_text()
    leader.keyboard.press("ArrowRight")
    expect(figures.nth(2)).to_be_focused()
    expect(says).not_to_have_text(told)
    leader.keyboard.press("Escape")
    expect(says).to_be_hidden()
    leader.locator(".report .chart svg").first.wait_for()
    expect(leader.get_by_role("button", name="删除")).to_have_count(0)
    assert fits_a_phone(leader)

    page.get_by_role("button", name="删除", exact=True).click()
    page.locator("dialog[open]").get_by_label("原因").fill("数据要再核")
    page.locator("dialog[open]").get_by_role("button", name="删除", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("已删除报告")
