"""An officer checks what somebody wrote: sees what does not hold and why, decides, takes the list along."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from browser.story.acting import PHONE, fits_a_phone
from junheng.web.claims.models import Check

pytestmark = pytest.mark.browser
TEXT = "全县有小学生1000人，小学图书30000册，小学生均图书32册。\n小学专任教师100人，小学师生比为1:10。\n"


def test_a_report_is_checked_by_keyboard_and_what_is_wrong_is_taken_along(cast, open_as, tmp_path):
    file = tmp_path / "自查报告.txt"
    file.write_text(TEXT, encoding="utf-8")
    page = open_as(cast.officer, "/")
    page.get_by_role("navigation", name="主菜单").get_by_role("link", name="核对").click()
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="核对", exact=True).click()
    card = page.locator(".claims-card.is-current")
    expect(card).to_contain_text("30册")
    wrong = page.locator(".claims-text .claim.is-wrong")
    expect(wrong).to_contain_text("32册")
    expect(page.locator(".claims-text .is-used").first).to_be_visible()

    page.get_by_text("全部", exact=True).click()
    wrong.focus()
    page.keyboard.press("ArrowRight")
    expect(card).not_to_contain_text("重算 30册")
    expect(page.locator(".claims-text .claim.is-current")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowUp")  # from “还没定” to “不是问题”
    expect(card.get_by_label("为什么不是问题")).to_be_focused()
    card.get_by_label("确认有误").check()
    expect(wrong).to_have_class("claim is-wrong is-current is-accepted")

    file.write_text("改过了", encoding="utf-8")  # what was checked is what is exported
    with page.expect_download() as got:
        page.get_by_role("button", name="CSV 清单").click()
    listed = got.value.path().read_text(encoding="utf-8-sig")
    assert "小学生均图书32册" in listed
    assert not Check.objects.exists()


def test_on_a_phone_a_report_is_kept_and_decided_about(cast, open_as, tmp_path):
    file = tmp_path / "自查报告.txt"
    file.write_text(TEXT, encoding="utf-8")
    page = open_as(cast.clerk, "/reports/check/", viewport=PHONE)
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_label("保存这份材料").check()
    page.get_by_role("button", name="核对", exact=True).click()
    page.get_by_role("button", name="下一处").click()
    card = page.locator(".claims-card.is-current")
    with page.expect_response("**/decide/"):
        card.get_by_label("确认有误").check()
    assert fits_a_phone(page)
    page.reload()
    page.get_by_role("button", name="下一处").click()
    expect(card.get_by_label("确认有误")).to_be_checked()
