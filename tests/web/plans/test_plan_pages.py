"""The pages of plans: what each opens with, who reads names, what leaves as a file."""

from __future__ import annotations

import io
import json
import re

import openpyxl
import pytest

from junheng.planning.contract import check_document
from junheng.web.accounts.models import Role
from web.conftest import person


def text_of(response) -> str:
    return response.getvalue().decode()


def test_the_list_says_of_each_plan_what_it_costs_and_how_good_it_is(cast, plan, as_user):
    plan()
    page = text_of(as_user(cast.leader).get("/plans/"))
    assert "甲方案" in page
    assert "48.00 万元" in page
    assert "离最优至多差 0.03%" in page  # rounded up, never to the better
    assert "/plans/new/" not in page
    assert "/plans/new/zoning/?county=990101" in text_of(as_user(cast.section).get("/plans/"))


def test_a_resource_plan_opens_with_its_cost_and_verdict_and_leads_to_the_school(cast, plan, as_user):
    page = text_of(as_user(cast.leader).get(f"/plans/{plan().code}/"))
    assert "<h1>甲县花 48.00 万元、1 年，资源配置和校际均衡从“未达标”到“达标”</h1>" in page
    assert f"/results/schools/{cast.school.code}/" in page
    assert "招聘教师 4 名" in page
    assert "交流骨干教师 2 名" in page  # what it gives away, without a minus
    assert '"before": 0.61, "after": 0.42' in page
    assert "单价由填报人核实" in page
    assert "删除" not in page  # a leader reads


def test_the_page_is_in_english_too(cast, plan, as_user):
    cast.leader.language = "en"
    cast.leader.save()
    client = as_user(cast.leader)
    client.cookies["django_language"] = "en"
    page = text_of(client.get(f"/plans/{plan().code}/", HTTP_ACCEPT_LANGUAGE="en"))
    assert "10,000 yuan" in page
    names = "甲县|东镇一小|东镇|甲方案|县领导|县级审核员陈科|中文|2025—2026 学年填报"
    assert re.findall("[\u4e00-\u9fff]+", re.sub(names, "", page)) == []


def test_names_of_teachers_are_for_those_who_make_plans_in_the_county(cast, plan, as_user):
    made = plan("rotation")
    for path in ("", "json/", "people/?format=csv", "book/"):
        own = as_user(cast.officer).get(f"/plans/{made.code}/{path}").getvalue()
        other = as_user(cast.city_user).get(f"/plans/{made.code}/{path}").getvalue()
        if path == "book/":
            own, other = (b"".join(map(_cells, [content])) for content in (own, other))
        for word in ("王小明", "小王庄"):
            assert word.encode() not in other, path
        assert "王小明".encode() in own, path
        assert b"T1" in other, path


def _cells(content: bytes) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return "\n".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row).encode()


def test_a_rotation_plan_shows_both_shares_and_what_stays_open(cast, plan, as_user):
    page = text_of(as_user(cast.officer).get(f"/plans/{plan('rotation').code}/"))
    assert "至少 10%" in page
    assert "至少 20%" in page
    assert "还有 1 个缺口没有补上" in page
    assert "音乐教师" in page


def test_people_are_found_by_name_and_narrowed(cast, plan, as_user):
    address = f"/plans/{plan('rotation').code}/"
    client = as_user(cast.officer)
    assert "补音乐教师" in text_of(client.get(address, {"q": "小明"}))
    assert "没有符合条件的人" in text_of(client.get(address, {"q": "李"}))
    assert "没有符合条件的人" in text_of(client.get(address, {"only": "fixed"}))


def test_a_zoning_plan_shows_the_map_the_checks_and_the_nearest_school(cast, plan, as_user):
    made = plan("zoning")
    page = text_of(as_user(cast.leader).get(f"/plans/{made.code}/"))
    assert '"type": "geoshape"' in page
    assert "学区都连片" in page
    assert "都去最近的学校" in page
    assert "河东小区" in page
    answer = as_user(cast.leader).get(f"/plans/{made.code}/geojson/")
    assert json.loads(answer.content)["type"] == "FeatureCollection"
    assert as_user(cast.leader).get(f"/plans/{plan().code}/geojson/").status_code == 404


@pytest.mark.parametrize(
    ("kind", "what"),
    [
        ("resources", "additions"),
        ("resources", "tasks"),
        ("resources", "schools"),
        ("rotation", "people"),
        ("rotation", "needs"),
        ("zoning", "zones"),
        ("zoning", "blocks"),
    ],
)
def test_every_table_leaves_whole_with_its_count(cast, plan, as_user, kind, what):
    address = f"/plans/{plan(kind).code}/{what}/"
    csv = text_of(as_user(cast.leader).get(address, {"format": "csv"})).splitlines()
    rows = len(csv) - 2
    assert csv[-1].startswith(f"行数,{rows},")
    sheet = openpyxl.load_workbook(io.BytesIO(as_user(cast.leader).get(address, {"format": "xlsx"}).getvalue())).active
    assert sheet.max_row == rows + 2
    heads = [cell.value for cell in sheet[1]]
    if what == "tasks":
        assert heads[-2:] == ["责任人", "完成时限"]


def test_a_table_that_the_kind_does_not_have_is_not_there(cast, plan, as_user):
    assert as_user(cast.officer).get(f"/plans/{plan().code}/people/").status_code == 404


def test_several_plans_stand_beside_today(cast, plan, as_user):
    one, other = plan(), plan(title="乙方案", cost=300000.0)
    page = text_of(as_user(cast.leader).get(f"/plans/compare/?plan={one.code}&plan={other.code}"))
    assert "现在" in page
    assert '<b class="strong">30.00</b>' in page  # the cheapest
    assert '<b class="strong">48.00</b>' not in page
    assert "0.61" in page


def test_plans_of_different_data_are_said_not_to_be_comparable(cast, plan, as_user):
    one, other = plan(), plan(title="乙方案")
    other.document["snapshot"] = "def456"
    other.save()
    page = text_of(as_user(cast.leader).get(f"/plans/compare/?plan={one.code}&plan={other.code}"))
    assert "不能直接相比" in page


@pytest.mark.parametrize("kind", ["rotation", "zoning"])
def test_plans_of_the_other_kinds_are_compared_by_their_figures(cast, plan, as_user, kind):
    one, other = plan(kind), plan(kind, title="乙方案")
    page = text_of(as_user(cast.leader).get(f"/plans/compare/?plan={one.code}&plan={other.code}"))
    assert "乙方案" in page
    assert "平均路程" in page


def test_one_plan_alone_is_nothing_to_compare(cast, plan, as_user):
    page = text_of(as_user(cast.leader).get(f"/plans/compare/?plan={plan().code}"))
    assert "没有可以比较的方案" in page
    assert as_user(cast.leader).get("/plans/compare/?plan=nonsense").status_code == 404


def test_a_foreign_county_reads_nothing(cast, plan, as_user):
    made = plan("rotation")
    stranger = person("乙县科长", Role.COUNTY_OFFICER, cast.other_county)
    for path in ("", "json/", "people/", "inputs/", "book/"):
        assert as_user(stranger).get(f"/plans/{made.code}/{path}").status_code == 404
    assert "甲方案" not in text_of(as_user(stranger).get("/plans/"))
    assert as_user(stranger).get(f"/plans/compare/?plan={made.code}").status_code == 404


@pytest.mark.parametrize("kind", ["resources", "rotation", "zoning"])
def test_the_documents_of_these_tests_are_such_as_planners_make(cast, plan, kind):
    check_document(plan(kind).document, kind)
