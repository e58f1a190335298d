"""Town and county see who is late, remind, compare, return, approve in bulk, and lock the year."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from browser.story.acting import PHONE, answer_of, confirmed, file_and_sign, fits_a_phone, go_on, year_before
from junheng.web.filings.models import Filing
from junheng.web.filings.period_services import take_in_new_schools
from junheng.web.filings.versions import make_version
from junheng.web.notices.models import Notice
from junheng.web.regions.models import PlaceKind
from junheng.web.regions.services import enter_place
from web.conftest import RECORD, fill_soundly

pytestmark = pytest.mark.browser


def test_everybody_late_is_reminded_at_once_and_the_clerk_reads_it(cast, open_as):
    page = open_as(cast.officer, "/")
    page.get_by_role("navigation", name="主菜单").get_by_role("link", name="催报与审核").click()
    expect(answer_of(page)).to_contain_text("份逾期")
    page.get_by_role("button", name="催报全部逾期").click()
    page.locator("dialog[open]").get_by_role("button", name="催报").click()
    expect(page.get_by_role("main")).to_contain_text("已催报")
    assert Notice.objects.filter(kind="reminder", user=cast.clerk).count() == 1
    clerk = open_as(cast.clerk, "/notices/")
    clerk.get_by_role("main").get_by_role("link").filter(has_text="东镇一小").first.click()
    expect(clerk.locator("#filing")).to_be_visible()


def test_a_town_head_passes_a_filing_on_her_phone(cast, open_as):
    file_and_sign(cast)
    page = open_as(cast.town_head, "/filings/board/?standing=mine", viewport=PHONE, has_touch=True, is_mobile=True)
    assert fits_a_phone(page)
    page.locator("#rows").get_by_role("link", name="东镇一小").tap()
    expect(answer_of(page)).to_contain_text("东镇一小")
    assert fits_a_phone(page)
    page.get_by_role("button", name="乡镇审核通过").tap()
    expect(page.get_by_role("main")).to_contain_text("已完成")
    assert fits_a_phone(page)
    assert cast.filing().state == "town_passed"


def test_a_doubtful_filing_is_compared_with_last_year_returned_with_a_comment_and_filed_again(cast, open_as):
    year_before(cast)
    filing = file_and_sign(cast, backbone_teachers="24")
    go_on(filing, ("pass_in_town", cast.town_head))
    page = open_as(cast.officer, f"/filings/board/{filing.code}/")
    expect(answer_of(page)).to_contain_text("个数值得看")
    line = page.locator("li").filter(has_text="骨干教师").first
    expect(line.locator(".was")).to_have_text("6")
    expect(line.locator(".now")).to_have_text("24")
    line.get_by_text("批注", exact=True).click()
    line.locator("textarea").fill("比上年多十八人，请附名单。")
    page.get_by_label("退回原因").fill("骨干教师数请核对")
    page.get_by_role("button", name="退回", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("退回，已完成")

    clerk = open_as(cast.clerk, "/")
    clerk.get_by_role("main").get_by_role("link", name="东镇一小").first.click()
    expect(clerk.locator(".note.warn").filter(has_text="退回")).to_contain_text("骨干教师数请核对")
    expect(clerk.get_by_role("main")).to_contain_text("比上年多十八人，请附名单。")
    clerk.locator('[name="stage_year/primary/backbone_teachers"]').fill("7")
    expect(clerk.locator("[data-autosave]")).to_contain_text("已保存")
    confirmed(clerk, "提交")
    expect(answer_of(clerk)).to_contain_text("等待校长签报")
    kept = [version.content["stage_year"][0]["values"]["backbone_teachers"] for version in cast.filing().versions.all()]
    assert kept.count("24") == 2, "what was handed in and signed first stays"
    assert "7" in kept


@pytest.fixture
def many(cast):
    """Twenty-five filings that wait for the county: more than stand on a page of twenty."""
    for number in range(4, 26):
        enter_place(
            kind=PlaceKind.SCHOOL, code=f"99010100{number:02}", name=f"东镇第{number}小学", parent=cast.town,
            acting_user=None, record=dict(RECORD),
        )  # fmt: skip
    take_in_new_schools(period=cast.period, acting_user=cast.officer)
    for filing in cast.period.filings.filter(office="school").select_related("period__county", "place__parent"):
        make_version(fill_soundly(filing), step="sign", acting_user=cast.principal)
    cast.period.filings.filter(office="school").update(state="town_passed", version=3)
    return cast


def test_all_that_is_filtered_is_approved_at_once_and_the_year_is_locked(many, open_as):
    page = open_as(many.officer, "/filings/board/?standing=town_passed&size=20")
    page.get_by_label("选择本页全部").check()
    expect(page.locator("[data-bulk-count]")).to_have_text("已选 20 项")
    page.get_by_role("button", name="选择当前筛选的全部 25 项").click()
    page.get_by_role("button", name="审核通过", exact=True).click()
    question = page.locator("dialog[open]")
    expect(question).to_contain_text("将审核通过 25 份填报")
    question.get_by_role("button", name="审核通过").click()
    expect(answer_of(page)).to_have_text("审核通过：25 份全部完成")
    assert Filing.objects.filter(period=many.period, state="approved").count() == 25

    page.goto(f"/filings/periods/{many.period.pk}/")
    page.get_by_role("button", name="锁定全部已通过的 25 份").click()
    expect(answer_of(page)).to_have_text("锁定 25 份填报？")
    page.get_by_role("button", name="锁定 25").click()
    expect(answer_of(page)).to_have_text("锁定：25 份全部完成")
    page.goto(f"/filings/periods/{many.period.pk}/")
    page.get_by_role("button", name="关闭周期").first.click()
    page.locator("dialog[open]").get_by_role("checkbox").check()
    page.locator("dialog[open]").get_by_role("button", name="关闭周期").click()
    expect(answer_of(page)).to_contain_text("关闭")
    many.period.refresh_from_db()
    assert many.period.closed_at is not None
