"""A clerk fills her form: by keys alone, by pasting, with somebody else at it, with the network gone."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import expect

from junheng.web.filings.services import CellChange, save_cells
from web.conftest import fill_soundly

pytestmark = pytest.mark.browser

PUPILS, CLASSES = "stage_year/primary/pupils", "stage_year/primary/classes"


def field(page, name):
    return page.locator(f'[name="{name}"]')


def form(cast, open_as, who="clerk", **options):
    page = open_as(cast.people[who], f"/filings/{cast.filing().code}/", **options)
    expect(page.locator("[data-without-script]")).to_be_hidden()  # the script is at work
    return page


def stands(cast, table="stage_year"):
    return cast.filing().rows.get(table=table).values


def wait_for(cast, values, table="stage_year"):
    """Until the server holds these: what the page says of it is looked at apart."""
    for _attempt in range(600):
        if values.items() <= stands(cast, table).items():
            return
        time.sleep(0.1)
    raise AssertionError(f"{values} not in {stands(cast, table)}")


def paste(page, text):
    """As the clipboard of a spreadsheet gives it."""
    page.evaluate(
        """text => {
            const data = new DataTransfer();
            data.setData("text/plain", text);
            const event = new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true});
            document.activeElement.dispatchEvent(event);
        }""",
        text,
    )


def test_a_form_is_filled_with_the_keyboard_alone(cast, open_as):
    page = form(cast, open_as)
    field(page, PUPILS).focus()
    for figure in ("500", "12", "1"):
        page.keyboard.type(figure)
        page.keyboard.press("Enter")
    page.keyboard.press("ArrowUp")
    page.keyboard.type("2")  # the cell is selected whole, so that typing replaces it
    page.keyboard.press("Tab")
    expect(page.locator("[data-autosave]")).to_contain_text("已保存")
    wait_for(cast, {"pupils": "500", "classes": "12", "classes_50": "2"})


def test_in_a_list_the_arrow_goes_on_choosing_and_alt_or_enter_moves_on(cast, open_as):
    page = form(cast, open_as)
    location = field(page, "school//location")
    location.focus()
    before = location.input_value()
    page.keyboard.press("ArrowDown")
    expect(location).to_be_focused()
    assert location.input_value() != before
    chosen = location.input_value()
    for key in ("Alt+ArrowDown", "Enter"):
        location.focus()
        page.keyboard.press(key)
        expect(location).not_to_be_focused()
        assert location.input_value() == chosen


def test_arrows_go_down_a_column_and_across_to_the_next(cast, open_as):
    page = form(cast, open_as, viewport={"width": 1600, "height": 900})
    where = "() => { const b = document.activeElement.getBoundingClientRect(); return [b.left, b.top + scrollY]; }"
    field(page, CLASSES).focus()
    left, top = page.evaluate(where)
    page.keyboard.press("ArrowDown")
    below = page.evaluate(where)
    assert below[0] == left
    assert below[1] > top
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowRight")
    across = page.evaluate(where)
    assert across[0] > left
    assert abs(across[1] - top) < 60
    page.keyboard.press("ArrowLeft")
    expect(field(page, CLASSES)).to_be_focused()


def test_escape_takes_back_what_was_typed(cast, open_as):
    fill_soundly(cast.filing())
    page = form(cast, open_as)
    field(page, PUPILS).focus()
    page.keyboard.type("777")
    page.keyboard.press("Escape")
    assert field(page, PUPILS).input_value() == "500"


def test_a_column_of_a_spreadsheet_is_pasted_and_escape_takes_it_back_whole(cast, open_as):
    page = form(cast, open_as)
    field(page, PUPILS).focus()
    paste(page, "500\r\n12\r\n3\r\n")
    wait_for(cast, {"pupils": "500", "classes": "12", "classes_50": "3"})
    page.keyboard.press("Escape")
    wait_for(cast, {"pupils": "", "classes": "", "classes_50": ""})


def test_a_line_of_a_spreadsheet_goes_down_the_form_and_choices_are_pasted_by_their_words(cast, open_as):
    page = form(cast, open_as)
    field(page, "school//school_kind").focus()
    paste(page, "九年一贯制学校\t乡村\t不是选项")
    wait_for(cast, {"location": "乡村", "operator": "县级教育部门"}, "school")
    expect(page.locator("#toasts")).to_contain_text("不是选项")


def test_a_block_that_mostly_does_not_fit_is_asked_about_first(cast, open_as):
    page = form(cast, open_as)
    field(page, PUPILS).focus()
    paste(page, "姓名\t年龄\t班级\t备注\r\n张三\t7\t一班\t好\r\n李四\t8\t二班\t好\r\n")
    dialog = page.locator("dialog[open]")
    expect(dialog).to_contain_text("对不上")
    dialog.get_by_role("button", name="取消").click()
    assert field(page, PUPILS).input_value() == ""
    assert stands(cast) == {}


def test_a_paste_says_how_many_it_wrote_and_is_taken_back(cast, open_as):
    page = form(cast, open_as)
    field(page, PUPILS).focus()
    paste(page, "500\r\n12\r\n3\r\n")
    expect(page.locator("#toasts")).to_contain_text("已粘贴 3 格")
    wait_for(cast, {"pupils": "500", "classes": "12"})
    page.locator("#toasts").get_by_role("button", name="撤销").click()
    wait_for(cast, {"pupils": "", "classes": "", "classes_50": ""})


def test_what_cannot_be_read_is_marked_by_itself_after_a_pause(cast, open_as):
    fill_soundly(cast.filing())
    page = form(cast, open_as)
    field(page, PUPILS).fill("abc")
    expect(page.locator(f'[data-cell="{PUPILS}"] [data-told]')).to_contain_text("应填数字")
    expect(field(page, PUPILS)).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#counts")).to_contain_text("错误 1")
    expect(page.locator("h1")).to_contain_text("还有 1 处错误要改")
    page.get_by_role("button", name="提交", exact=True).click()
    dialog = page.locator("dialog[open]")
    expect(dialog.get_by_role("button", name="提交")).to_have_count(0)
    dialog.get_by_role("link", name="到第一处错误").click()
    expect(field(page, PUPILS)).to_be_focused()


def test_the_form_fits_a_phone(cast, open_as):
    page = form(cast, open_as, viewport={"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_two_people_at_one_cell_see_both_values_and_choose(cast, open_as):
    page = form(cast, open_as)
    change = CellChange("stage_year", "primary", "pupils", "", "480")
    save_cells(filing=cast.filing(), changes=[change], acting_user=cast.principal)
    field(page, PUPILS).fill("500")
    conflict = page.locator(".filing-conflicts")
    expect(conflict).to_contain_text("张校长")
    expect(conflict).to_contain_text("480")
    field(page, CLASSES).fill("12")
    wait_for(cast, {"pupils": "480", "classes": "12"})
    conflict.get_by_role("button", name="用我的").click()
    wait_for(cast, {"pupils": "500"})


def test_the_other_value_can_be_taken_too(cast, open_as):
    page = form(cast, open_as)
    change = CellChange("stage_year", "primary", "pupils", "", "480")
    save_cells(filing=cast.filing(), changes=[change], acting_user=cast.principal)
    field(page, PUPILS).fill("500")
    page.get_by_role("button", name="用对方的").click()
    assert field(page, PUPILS).input_value() == "480"
    assert stands(cast)["pupils"] == "480"


def test_what_could_not_be_saved_is_saved_when_the_network_is_back(cast, open_as):
    page = form(cast, open_as)
    page.context.set_offline(True)
    field(page, PUPILS).fill("500")
    expect(page.locator("[data-autosave]")).to_contain_text("未保存")
    assert stands(cast) == {}
    page.context.set_offline(False)
    wait_for(cast, {"pupils": "500"})
    expect(page.locator("[data-autosave]")).to_contain_text("已保存")


def test_what_a_killed_page_had_not_saved_is_offered_again(cast, open_as):
    page = form(cast, open_as)
    page.route("**/save/", lambda route: route.abort())
    field(page, PUPILS).fill("500")
    expect(page.locator("[data-autosave]")).to_contain_text("未保存")
    again = page.context.new_page()
    page.close(run_before_unload=False)  # killed: nobody is asked
    again.goto(f"/filings/{cast.filing().code}/")
    assert field(again, PUPILS).input_value() == ""
    again.get_by_role("button", name="恢复").click()
    wait_for(cast, {"pupils": "500"})
    again.reload()
    expect(again.locator(".filing-kept")).to_have_count(0)


def test_leaving_with_unsaved_figures_is_asked_about(cast, open_as):
    page = form(cast, open_as)
    page.route("**/save/", lambda route: route.abort())
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    field(page, PUPILS).click()
    page.keyboard.type("500")
    page.goto("/filings/")
    assert asked == ["beforeunload"]


def test_the_standing_moves_after_a_pause_in_typing(cast, open_as):
    fill_soundly(cast.filing(), backbone_teachers="1")
    page = form(cast, open_as)
    expect(page.locator("#standing")).to_contain_text("差 4 名")
    field(page, "stage_year/primary/backbone_teachers").fill("3")
    expect(page.locator("#standing")).to_contain_text("差 2 名")


def test_a_check_saves_first_and_shows_what_is_wrong_at_the_cell(cast, open_as):
    fill_soundly(cast.filing())
    page = form(cast, open_as)
    field(page, PUPILS).fill("五百")
    page.get_by_role("button", name="校验", exact=True).click()
    expect(page.locator(f'[data-cell="{PUPILS}"] [data-told]')).to_contain_text("应填数字")
    page.locator("#findings [data-cell-link]").first.click()
    expect(field(page, PUPILS)).to_be_focused()


def test_a_doubtful_figure_is_explained_without_leaving_the_page_and_handed_in(cast, open_as):
    fill_soundly(cast.filing(), teachers_pe="")
    page = form(cast, open_as)
    page.locator("#findings summary").first.click()
    page.locator("#findings textarea").fill("体育教师由外校走教")
    page.get_by_role("button", name="填写说明").click()
    expect(page.locator("#counts")).to_contain_text("待说明 0")
    page.get_by_role("button", name="提交", exact=True).click()
    page.locator("dialog[open]").get_by_role("button", name="提交").click()
    expect(page.locator("h1")).to_contain_text("等待校长签报")
    assert cast.filing().state == "handed_in"


def test_handing_in_saves_what_was_typed_just_before(cast, open_as):
    fill_soundly(cast.filing())
    page = form(cast, open_as)
    field(page, PUPILS).fill("510")
    page.get_by_role("button", name="提交", exact=True).click()
    page.locator("dialog[open]").get_by_role("button", name="提交").click()
    expect(page.locator("h1")).to_contain_text("等待校长签报")
    assert cast.filing().versions.get().content["stage_year"][0]["values"]["pupils"] == "510"


def test_a_principal_signs_on_her_phone(cast, open_as):
    filing = fill_soundly(cast.filing())
    filing.state = "handed_in"
    filing.save()
    page = open_as(cast.principal, f"/filings/{filing.code}/summary/", viewport={"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("button", name="签报", exact=True).click()
    page.locator("dialog[open]").get_by_role("button", name="签报").click()
    expect(page.locator("h1")).to_contain_text("等待乡镇审核")
    assert cast.filing().state == "signed"


def test_a_row_is_added_with_what_was_typed_before_and_removed_after_a_question(cast, open_as):
    filing = cast.filing(cast.county, "county")
    page = open_as(cast.officer, f"/filings/{filing.code}/")
    expect(page.locator("[data-without-script]")).to_be_hidden()
    field(page, "county_year//special_pupils").fill("12")
    field(page, "new:monitoring:stage").select_option("小学")
    field(page, "new:monitoring:subject").fill("数学")
    page.keyboard.press("Enter")
    expect(page.locator("#t-monitoring tbody")).to_contain_text("数学")
    assert filing.rows.get(table="county_year").values["special_pupils"] == "12"
    page.locator("#t-monitoring [name=row]").click()
    page.locator("dialog[open]").get_by_role("button", name="删除").click()
    expect(page.locator("#t-monitoring tbody")).not_to_contain_text("数学")


def test_without_script_the_form_still_saves(cast, open_as):
    page = open_as(cast.clerk, f"/filings/{cast.filing().code}/", java_script_enabled=False)
    field(page, PUPILS).fill("500")
    page.get_by_role("button", name="保存").click()
    wait_for(cast, {"pupils": "500"})
    assert stands(cast) == {"pupils": "500"}


def test_signing_out_leaves_nothing_typed_in_the_browser(cast, open_as):
    page = form(cast, open_as)
    page.route("**/save/", lambda route: route.abort())
    page.on("dialog", lambda dialog: dialog.accept())
    field(page, PUPILS).fill("500")
    expect(page.locator("[data-autosave]")).to_contain_text("未保存")
    page.locator("header .dropdown summary").last.click()
    page.get_by_role("button", name="退出登录").click()
    page.wait_for_url("**/account/**")
    assert page.evaluate("Object.keys(localStorage)") == []
