"""A school files: by workbook, by typing, with explanations; its principal signs on her phone."""

from __future__ import annotations

import openpyxl
import pytest
from playwright.sync_api import expect

from browser.story.acting import PHONE, answer_of, confirmed, fits_a_phone, go_on, type_in
from junheng.web.notices.models import Notice
from web.conftest import SOUND

pytestmark = pytest.mark.browser


def fill_workbook(file):
    """Type the sound figures of a school into the workbook that was downloaded for it."""
    from junheng.tables.catalogue import load_tables

    book, tables = openpyxl.load_workbook(file), load_tables()
    for table, values in SOUND.items():
        sheet = book[tables[table].label.zh]
        for cell in sheet[1]:
            column = next((c for c in tables[table].columns.values() if str(cell.value).startswith(c.label.zh)), None)
            if column and column.name not in tables[table].key and sheet.cell(3, cell.column).value is None:
                sheet.cell(3, cell.column, float(values[column.name]) if column.name in values else None)
    book.save(file)


def test_the_prefilled_workbook_goes_down_comes_back_filled_and_is_taken_after_a_look(cast, open_as, tmp_path):
    page = open_as(cast.clerk, "/")
    page.get_by_role("link", name="东镇一小").first.click()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="下载预填表").click()
    file = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(file)
    fill_workbook(file)
    page.get_by_role("link", name="上传工作簿").click()
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="上传并查看差别").click()
    expect(answer_of(page)).to_contain_text("确认后会改")
    row = page.get_by_role("row").filter(has_text="在校生数").first
    expect(row.locator(".now")).to_have_text("500")
    assert "pupils" not in cast.filing().rows.get(table="stage_year").values
    page.get_by_role("button", name="确认取入").click()
    expect(page.locator('[name="stage_year/primary/pupils"]')).to_have_value("500")
    assert cast.filing().rows.get(table="stage_year").values["backbone_teachers"] == "6"


def test_typing_moves_what_is_lacking_and_what_is_doubtful_is_explained_before_handing_in(cast, open_as):
    type_in(cast.filing(), cast.clerk, backbone_teachers="3")
    page = open_as(cast.clerk, f"/filings/{cast.filing().code}/")
    expect(page.locator("#standing")).to_contain_text("差 2 名")
    page.locator('[name="stage_year/primary/backbone_teachers"]').fill("6")
    expect(page.locator("#standing")).not_to_contain_text("差 2 名")
    expect(page.locator("#counts")).to_contain_text("待说明 0")
    page.locator('[name="stage_year/primary/teachers_pe"]').fill("")
    page.get_by_role("button", name="校验", exact=True).click()
    expect(page.locator("#counts")).to_contain_text("待说明 1")
    page.locator("#findings summary").first.click()
    page.locator("#findings textarea").fill("体育课由外校教师走教")
    page.get_by_role("button", name="填写说明").click()
    expect(page.locator("#counts")).to_contain_text("待说明 0")
    confirmed(page, "提交")
    expect(answer_of(page)).to_contain_text("等待校长签报")
    assert Notice.objects.filter(user=cast.principal).exists(), "her turn is told to the principal"


def test_a_principal_finds_her_task_and_signs_it_on_her_phone(cast, open_as):
    type_in(cast.filing(), cast.clerk)
    go_on(cast.filing(), ("hand_in", cast.clerk))
    page = open_as(cast.principal, "/", viewport=PHONE, has_touch=True, is_mobile=True)
    assert fits_a_phone(page)
    page.get_by_role("main").get_by_role("link", name="东镇一小").first.tap()
    page.wait_for_url("**/filings/**")
    assert fits_a_phone(page)
    if not page.url.endswith("/summary/"):
        page.get_by_role("link", name="摘要").tap()
    expect(page.get_by_role("main")).to_contain_text("500")
    assert fits_a_phone(page)
    page.get_by_role("button", name="签报", exact=True).tap()
    page.locator("dialog[open]").get_by_role("button", name="签报").tap()
    expect(answer_of(page)).to_contain_text("等待乡镇审核")
    assert cast.filing().state == "signed"
