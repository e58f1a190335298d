"""标准: for everybody who is signed in; what applies today, what was not seen, what differs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from junheng.standards.library import load_standard, standard_ids
from junheng.web.dashboards.rule_dates import rule_warnings
from junheng.web.dashboards.selectors import judgement_of
from junheng.web.dashboards.standard_list import all_rows, is_old

LIST = "/results/standards/"


def test_everybody_signed_in_may_read_the_standards(cast, as_user):
    for name in ("clerk", "finance", "nobody", "leader"):
        page = as_user(cast.people[name]).get(LIST)
        assert page.status_code == 200
        assert "CN/youzhi_2017" in page.content.decode()


def test_nobody_else_may(client, db):
    assert client.get(LIST).status_code == 302


def test_the_list_says_what_applies_to_the_county_today(cast, as_user):
    page = as_user(cast.clerk).get(LIST)
    assert page.context["county"] == cast.county
    assert "适用于甲县" in page.content.decode()


def test_the_list_is_narrowed_by_purpose_and_region(cast, as_user):
    rows = as_user(cast.clerk).get(LIST, {"purpose": "gate", "region": "CN-37"}).context["rows"]
    assert [row.id for row in rows] == ["CN-37/banxue"]
    assert as_user(cast.clerk).get(LIST, {"q": "没有这个"}).context["rows"] == []


def test_the_list_is_exported_whole(cast, as_user):
    answer = as_user(cast.clerk).get(LIST, {"format": "csv"})
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").strip().splitlines()
    assert lines[-1] == f"行数,{len(standard_ids())}"


@pytest.mark.parametrize("name", standard_ids())
def test_every_standard_has_a_page(cast, as_user, name):
    page = as_user(cast.clerk).get(f"{LIST}show/{name}/")
    assert page.status_code == 200
    assert load_standard(name).label.zh in page.content.decode()


def test_a_standard_names_what_was_not_found(cast, as_user):
    body = as_user(cast.clerk).get(f"{LIST}show/CN-37/banxue/").content.decode()
    assert "未见的内容" in body
    assert "处内容没有找到" in body


def test_a_standard_is_a_workbook_too(cast, as_user):
    answer = as_user(cast.clerk).get(f"{LIST}book/CN/youzhi_2017/")
    assert b"".join(answer.streaming_content).startswith(b"PK")


@pytest.mark.parametrize("name", ["CN/nonsense", "../../etc/passwd", "CN"])
def test_nothing_but_installed_standards_is_opened(cast, as_user, name):
    for address in (f"{LIST}show/{name}/", f"{LIST}book/{name}/", f"{LIST}diff/?before={name}&after={name}"):
        assert as_user(cast.clerk).get(address).status_code == 404


def test_two_standards_are_laid_side_by_side(cast, as_user):
    asked = {"before": "CN/jiben_2012", "after": "CN/youzhi_2017"}
    page = as_user(cast.clerk).get(f"{LIST}diff/", asked)
    assert page.context["both"]
    assert f"有 {len(page.context['found'])} 处不同" in page.content.decode()
    answer = as_user(cast.clerk).get(f"{LIST}diff/", asked | {"format": "csv"})
    lines = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert lines.strip().endswith(f"行数,{len(page.context['found'])}")


def test_a_standard_that_nobody_checked_for_a_year_is_old():
    standard = load_standard("CN/youzhi_2017")
    checked = standard.in_force.checked_on
    assert not is_old(standard, checked.replace(year=checked.year + 1, day=min(checked.day, 28)))
    assert is_old(standard, checked.replace(year=checked.year + 2))
    assert all(row.old for row in all_rows(date(2100, 1, 1)))


def test_a_result_by_a_standard_that_has_ended_warns(evaluation):
    judgement = judgement_of(evaluation)
    force = judgement.standard.in_force.model_copy(update={"ends": date(2026, 1, 31)})
    ended = replace(judgement, standard=judgement.standard.model_copy(update={"in_force": force}))
    assert rule_warnings(judgement, "990101", date(2026, 2, 1)) == []
    assert rule_warnings(ended, "990101", date(2026, 1, 31)) == []
    [warning] = rule_warnings(ended, "990101", date(2026, 2, 1))
    assert "不再执行" in warning


def test_a_result_by_a_national_standard_warns_where_the_province_has_its_own(evaluation):
    judgement = judgement_of(evaluation)
    national = replace(judgement, standard=load_standard("CN/jiben_2012"))
    [warning] = rule_warnings(national, "370102", date(2026, 1, 1))
    assert "山东省义务教育发展基本均衡" in warning
