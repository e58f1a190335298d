"""The county asks what it would cost to pass, and reads the plan."""

from __future__ import annotations

from uuid import UUID

import pytest
from playwright.sync_api import expect

from browser.story.acting import PHONE, answer_of, fits_a_phone, judge
from junheng.web.jobs import running
from junheng.web.plans.models import Plan

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(autouse=True)
def own_folders(settings, tmp_path):
    settings.FILES = tmp_path / "files"


def test_an_officer_confirms_the_costs_and_the_leader_reads_what_the_standard_costs(cast, open_as):
    judge(cast, backbone_teachers="1")
    page = open_as(cast.officer, "/")
    page.get_by_role("navigation", name="主菜单").get_by_role("link", name="方案").click()
    page.get_by_role("link", name="填平补齐").click()
    page.get_by_label("方案名称").fill("第一稿")
    page.get_by_role("button", name="求方案").click()
    expect(page.get_by_role("main")).to_contain_text("请核实单价后勾选")
    for box in page.get_by_label("单价已核实").all():
        box.check()
    page.get_by_role("button", name="求方案").click()
    expect(answer_of(page)).to_contain_text("正在求“第一稿”")
    plan = Plan.objects.select_related("job").get()
    running.run(str(UUID(str(plan.job.code))))
    expect(answer_of(page)).to_contain_text("万元")  # the page turns by itself
    page.locator("#cv svg").wait_for()
    expect(page.locator("#schools")).to_contain_text("东镇一小")
    with page.expect_download() as got:
        page.get_by_role("link", name="任务清单 Excel").click()
    assert got.value.suggested_filename == "第一稿任务清单.xlsx"

    leader = open_as(cast.leader, f"/plans/{plan.code}/", viewport=PHONE)
    expect(answer_of(leader)).to_contain_text("达标")
    expect(leader.get_by_role("button", name="删除")).to_have_count(0)
    assert fits_a_phone(leader)

    page.get_by_role("button", name="删除", exact=True).click()
    page.locator("dialog[open]").get_by_label("原因").fill("单价要再核")
    page.locator("dialog[open]").get_by_role("button", name="删除", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("已删除方案“第一稿”")
