"""Leaders, inspectors and those above see whether the county passes, why not, and who said so."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from browser.story.acting import answer_of, judge, year_before
from junheng.web.dashboards.services import evaluate
from web.conftest import approve, fill_soundly

pytestmark = pytest.mark.browser
CHINESE = re.compile("[\u4e00-\u9fff]+")


def test_a_leader_reads_one_sentence_and_goes_down_to_who_filed_and_who_approved(cast, open_as):
    judge(cast, backbone_teachers="1")
    page = open_as(cast.leader, "/")
    page.get_by_role("navigation", name="主菜单").get_by_role("link", name="县域总览").click()
    expect(answer_of(page)).to_contain_text("甲县")
    page.locator("#cv svg").wait_for()
    page.locator(".matrix").get_by_role("link", name="东镇一小").click()
    expect(answer_of(page)).to_contain_text("东镇一小")
    row = page.get_by_role("row").filter(has_text="骨干教师").first
    expect(row).to_contain_text("差 4 名")
    row.get_by_role("rowheader").get_by_role("link").click()
    expect(answer_of(page)).to_contain_text("骨干教师")
    page.locator("#dots svg").wait_for()
    page.get_by_role("row").filter(has=page.get_by_role("link", name="东镇一小")).locator("td.num a").first.click()
    page.wait_for_url("**/reasons/**")
    figure = page.locator(".reason-cells").filter(has_text="骨干教师").first
    expect(figure).to_contain_text("填报员小李")
    expect(figure).to_contain_text("县级审核员陈科")
    figure.get_by_role("link").click()
    page.wait_for_url("**/cells/**")
    main = page.get_by_role("main")
    expect(answer_of(page)).to_contain_text("= 1")
    expect(main).to_contain_text("填报员小李")
    for who, step in (("张校长", "签报"), ("东镇孙主任", "乡镇审核通过"), ("县级审核员陈科", "县级审核通过")):
        expect(page.locator(".history li").filter(has_text=who).filter(has_text=step)).to_be_visible()


def test_an_inspector_leaves_a_finding_at_a_cell_the_school_answers_and_it_is_settled(cast, open_as):
    judge(cast)
    cell = f"/filings/{cast.filing().code}/cells/school_year/-/multimedia_classrooms/"
    page = open_as(cast.inspector, cell)
    page.get_by_role("link", name="留督导意见").click()
    expect(answer_of(page)).to_contain_text("东镇一小")
    page.get_by_label("发现的问题").fill("一间多媒体教室的设备已停用。")
    page.get_by_label("整改要求").fill("请报维修计划。")
    page.get_by_role("button", name="留下意见并通知").click()
    expect(page.get_by_role("main")).to_contain_text("一间多媒体教室的设备已停用。")
    where = page.url

    school = open_as(cast.principal, "/")
    school.get_by_role("main").get_by_role("link").filter(has_text="东镇一小").first.click()
    school.goto(where)
    school.get_by_label("答复").fill("已报修，本月底前修好。")
    school.get_by_role("button", name="送出答复").click()
    expect(school.get_by_role("main")).to_contain_text("已报修，本月底前修好。")

    page.reload()
    page.get_by_label("核查结论").fill("已现场核对，修好了。")
    page.get_by_role("button", name="办结").click()
    expect(page.get_by_role("main")).to_contain_text("已现场核对，修好了。")


def test_next_year_opens_with_last_years_figures_beside_and_the_trend_appears(cast, open_as):
    year_before(cast, backbone_teachers="4")
    clerk = open_as(cast.clerk, f"/filings/{cast.filing().code}/")
    beside = clerk.locator('[data-cell="stage_year/primary/backbone_teachers"]')
    expect(beside).to_contain_text("上年 4")
    assert beside.locator("input").input_value() == "", "last year's figure is shown, never copied"

    judge(cast)
    page = open_as(cast.leader, "/results/overview/")
    page.locator("#trend svg").first.wait_for()
    assert page.locator("#history tbody tr").count() == 2


def test_the_province_sees_its_counties_side_by_side(cast, open_as):
    judge(cast)
    other = cast.other_period.filings.select_related("period__county", "place__parent").get(place=cast.other_school)
    approve(fill_soundly(other, backbone_teachers="0"), cast.other_officer)
    evaluate(period=cast.other_period, basis="approved", acting_user=cast.other_officer)
    page = open_as(cast.analyst, "/")
    page.get_by_role("navigation", name="主菜单").get_by_role("link", name="各县", exact=True).click()
    expect(answer_of(page)).to_contain_text("2 个县中")
    page.locator("#spread svg").wait_for()
    expect(page.locator("#rows tbody tr")).to_have_count(2)
    page.locator("#rows").get_by_role("link", name="乙县").click()
    expect(answer_of(page)).to_contain_text("乙县")


def test_the_interface_turns_to_english_and_back(cast, open_as):
    judge(cast)
    page = open_as(cast.leader, "/results/overview/")
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    names = f"[{''.join(place.name for place in (cast.county, cast.town, cast.school, cast.neighbour, cast.direct))}]"
    for path in ("/", "/results/overview/", "/results/schools/", "/filings/board/", "/gaps/", "/results/standards/"):
        page.goto(path)
        said = page.locator("nav a, h1, h2, thead th, .actions .button").all_inner_texts()
        assert said
        assert [words for words in said if CHINESE.search(re.sub(names, "", words))] == [], path
    page.get_by_role("button", name="中文").click()
    expect(page.get_by_role("navigation", name="主菜单")).to_contain_text("县域总览")
