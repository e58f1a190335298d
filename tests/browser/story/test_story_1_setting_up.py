"""The story begins: an administrator sets up a county, and the first clerk signs in."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest
from django.utils import timezone
from playwright.sync_api import expect

from browser.story.acting import answer_of
from junheng.web.accounts.models import Role
from junheng.web.filings.models import Filing, Period
from junheng.web.regions.models import Place, PlaceKind
from junheng.web.regions.services import enter_place
from web.conftest import RECORD, person

pytestmark = pytest.mark.browser
EXAMPLE = Path(__file__).parents[3] / "examples" / "county.xlsx"


@pytest.fixture
def county(transactional_db):
    """A county with nothing in it but somebody who will set it up."""
    found = enter_place(kind=PlaceKind.COUNTY, code="990101", name="甲县", parent=None, acting_user=None)
    found.administrator = person("管理员", Role.ADMINISTRATOR, found)
    return found


def with_schools(county, count=2):
    town = enter_place(kind=PlaceKind.TOWN, code="990101-东镇", name="东镇", parent=county, acting_user=None)
    return [
        enter_place(
            kind=PlaceKind.SCHOOL, code=f"99010100{number:02}", name=f"东镇第{number}小学", parent=town,
            acting_user=None, record=dict(RECORD),
        )
        for number in range(1, count + 1)
    ]  # fmt: skip


def fetched(page, name, folder):
    """Download what a link or button gives."""
    with page.expect_download() as waiting:
        page.get_by_role("main").get_by_text(name, exact=True).click()
    target = folder / waiting.value.suggested_filename
    waiting.value.save_as(target)
    return target


def sent(page, file, button):
    page.locator("input[type=file]").set_input_files(file)
    expect(page.locator("[data-drop-chosen]")).to_contain_text(Path(file).name)
    page.get_by_role("button", name=button).click()


def write_rows(file, sheet, rows, first):
    """Fill a downloaded list as one fills it in a spreadsheet: under the heads that stand there."""
    book = openpyxl.load_workbook(file)
    heads = {str(cell.value).partition("（")[0]: cell.column for cell in book[sheet][1]}
    for number, row in enumerate(rows, first):
        for head, value in row.items():
            book[sheet].cell(number, heads[head], value)
    book.save(file)


def test_a_town_is_added_and_twelve_schools_by_a_workbook(county, open_as, tmp_path):
    page = open_as(county.administrator, "/")
    page.get_by_role("navigation", name="主菜单").get_by_role("link", name="系统").click()
    page.get_by_role("link", name="单位").first.click()
    page.get_by_role("complementary").get_by_role("link", name="甲县").first.click()
    page.get_by_role("link", name="新增乡镇（学区）").click()
    page.get_by_label("名称").fill("东镇")
    page.get_by_role("button", name="保存").click()
    expect(page.locator(".messages, #messages").first).to_contain_text("东镇")
    page.get_by_role("navigation", name="当前位置").get_by_role("link", name="甲县").click()
    page.get_by_role("link", name="上传学校名录").click()
    file = fetched(page, "下载名录", tmp_path)
    schools = [
        {
            "学校标识码": f"99010100{number:02}", "学校名称": f"东镇第{number}小学", "县代码": "990101",
            "乡镇街道": "东镇", "办学类型": "小学", "城乡分类": "镇区", "举办者": "本县政府", "是否寄宿制": "否",
        }
        for number in range(1, 13)
    ]  # fmt: skip
    write_rows(file, "学校名录", schools, first=3)
    sent(page, file, "上传并比较")
    expect(answer_of(page)).to_have_text("将新增 12 所学校，修改 0 所")
    assert not Place.objects.filter(kind=PlaceKind.SCHOOL).exists(), "nothing is written before it is confirmed"
    page.get_by_role("button", name="确认写入").click()
    expect(page.get_by_text("新增 12 所，修改 0 所")).to_be_visible()
    assert Place.objects.filter(kind=PlaceKind.SCHOOL, parent__name="东镇").count() == 12


def test_a_county_of_a_hundred_and_thirty_schools_comes_in_one_workbook(county, open_as):
    page = open_as(county.administrator, f"/system/places/{county.pk}/schools/")
    sent(page, EXAMPLE, "上传并比较")
    expect(answer_of(page)).to_have_text("将新增 130 所学校，修改 0 所")
    page.get_by_role("button", name="确认写入").click()
    expect(page.get_by_text("新增 130 所，修改 0 所")).to_be_visible()
    assert Place.objects.filter(kind=PlaceKind.SCHOOL).count() == 130


def test_people_come_by_a_workbook_and_sign_in_with_a_password_that_they_must_change(county, open_as, tmp_path):
    with_schools(county)
    page = open_as(county.administrator, "/system/people/upload/")
    file = fetched(page, "下载模板", tmp_path)
    people = [
        {"用户名": "li.ming", "姓名": "李明", "角色": "学校填报员", "单位": "东镇第1小学（9901010001）"},
        {"用户名": "zhang.hua", "姓名": "张华", "角色": "校长", "单位": "东镇第1小学（9901010001）"},
    ]
    write_rows(file, "人员", people, first=2)
    sent(page, file, "上传并检查")
    expect(answer_of(page)).to_have_text("将新增 2 人，授予 2 个角色")
    page.get_by_role("button", name="确认导入").click()
    book = openpyxl.load_workbook(fetched(page, "生成初始密码并下载名单", tmp_path))
    given = {row[1]: row[2] for row in book.active.iter_rows(min_row=2, values_only=True)}

    clerk = page.context.browser.new_context(locale="zh-CN", base_url=page.url.partition("/system")[0]).new_page()
    clerk.goto("/filings/")
    clerk.get_by_label("用户名").fill("li.ming")
    clerk.get_by_label("密码").fill(given["li.ming"])
    clerk.get_by_role("button", name="登录").click()
    expect(answer_of(clerk)).to_have_text("请先设置自己的密码")
    clerk.goto("/filings/")
    expect(answer_of(clerk)).to_have_text("请先设置自己的密码")
    clerk.get_by_label("新密码", exact=False).first.fill("dongzhen-2025-lihua")
    clerk.get_by_label("再输一次新密码").fill("dongzhen-2025-lihua")
    clerk.get_by_role("button", name="保存密码").click()
    expect(clerk.get_by_role("navigation", name="主菜单")).to_contain_text("填报")
    clerk.context.close()


def test_a_period_is_opened_with_its_due_dates_and_the_clerk_sees_her_task(county, open_as):
    school = with_schools(county)[0]
    clerk = person("填报员小李", Role.CLERK, school)
    page = open_as(county.administrator, "/filings/periods/")
    page.get_by_role("link", name="开启填报周期").first.click()
    page.get_by_label("县（市、区）").select_option("990101")
    page.get_by_label("评估日期").fill("2025-12-31")
    page.get_by_role("button", name="选标准").click()
    due = timezone.localdate() + timedelta(days=20)
    form = page.locator("form[method=post]").filter(has=page.get_by_label("评估标准"))
    form.get_by_label("评估标准").select_option("CN/youzhi_2017")
    form.get_by_label("开始填报").fill(timezone.localdate().isoformat())
    form.get_by_label("截止日期").fill(due.isoformat())
    form.get_by_role("button", name="开启").click()
    expect(answer_of(page)).to_contain_text("2025—2026")
    assert Period.objects.get().due_on == due
    assert Filing.objects.filter(office="school").count() == 2

    task = open_as(clerk, "/")
    expect(answer_of(task)).to_contain_text("件事要办")
    task.get_by_role("link", name="东镇第1小学").first.click()
    expect(task.locator("#filing")).to_be_visible()
    expect(task.locator(".opening-note")).to_contain_text(f"截止 {due}")
