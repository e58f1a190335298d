"""The pages of reports: what may be written, the form, what was written as one reads it, who reads what."""

from __future__ import annotations

import re

import pytest

from junheng.web.jobs.models import JobState
from junheng.web.reports.models import Report
from web.plan_documents import made_plan


def text_of(response) -> str:
    return response.getvalue().decode()


def test_the_list_offers_reports_by_whom_they_are_for_and_says_what_is_missing(cast, as_user):
    page = text_of(as_user(cast.officer).get("/reports/"))
    assert "县级报告" in page
    assert "省市报告" not in page
    assert "还没有判定过" in page
    assert "/reports/new/self_assessment/" not in page
    assert "还没有生成过报告" in page


def test_what_is_there_opens_the_way(cast, evaluation, as_user):
    assert "/reports/new/self_assessment/" in text_of(as_user(cast.officer).get("/reports/"))
    page = text_of(as_user(cast.principal).get("/reports/"))
    assert "学校报告" in page
    assert "县级报告" not in page
    assert "/reports/new/" not in text_of(as_user(cast.leader).get("/reports/"))


def test_a_school_is_chosen_among_those_that_one_sees(cast, evaluation, as_user):
    page = text_of(as_user(cast.town_head).get("/reports/new/school_report/"))
    assert "东镇一小" in page
    assert "县直小学" not in page
    found = text_of(as_user(cast.officer).get("/reports/new/school_report/", {"q": "县直"}))
    assert "县直小学" in found
    assert "东镇一小" not in found
    own = as_user(cast.principal).get("/reports/new/school_report/")  # only one: nothing to choose
    assert own.context["place"] == cast.school


def test_a_report_is_asked_for_and_its_page_says_how_far_it_is(cast, evaluation, as_user, run, drawn):
    client = as_user(cast.officer)
    form = client.get("/reports/new/self_assessment/").context["form"]
    assert form["evaluation"].value() == evaluation.code  # what counts is chosen already
    data = {"evaluation": evaluation.code, "formats": ["docx"], "masked": "", "office": "甲县人民政府"}
    answer = client.post("/reports/new/self_assessment/", data)
    report = Report.objects.get()
    assert answer["Location"] == f"/reports/{report.code}/"
    assert "正在生成" in text_of(client.get(answer["Location"]))
    run(report)
    polled = client.get(answer["Location"], headers={"HX-Request": "true", "HX-Target": "making"})
    assert polled.headers["HX-Refresh"] == "true"
    again = client.get(f"/reports/new/self_assessment/?like={report.code}").context["form"]
    assert (again["office"].value(), again["formats"].value()) == ("甲县人民政府", ["docx"])


def test_bad_input_is_refused_in_words_and_nothing_is_lost(cast, evaluation, as_user):
    data = {"evaluation": "00000000-0000-0000-0000-000000000000", "written_on": "元旦", "text:0": "课后服务走在前列。"}
    page = text_of(as_user(cast.officer).post("/reports/new/self_assessment/", data))
    for words in ("这次判定不在可选的之列", "请至少选一种文件", "这不是日期", "课后服务走在前列。", "没有开始生成"):
        assert words in page
    assert not Report.objects.exists()


def test_a_report_without_what_it_is_written_from_says_where_to_get_it(cast, as_user):
    assert "去县域总览" in text_of(as_user(cast.officer).get("/reports/new/self_assessment/"))


@pytest.mark.parametrize("name", ["nothing", "..", "a%2Fb", "__init__"])
def test_only_installed_reports_can_be_asked_for(cast, as_user, name):
    assert as_user(cast.officer).get(f"/reports/new/{name}/").status_code == 404


def test_a_report_reads_as_it_was_written(cast, made, as_user):
    report = made(writer={"number": "甲政〔2026〕1号"})
    page = text_of(as_user(cast.leader).get(f"/reports/{report.code}/"))
    assert re.search(r'<h2 id="h\d+">一、基本情况</h2>', page)
    assert "甲政〔2026〕1号" in page
    assert '<span class="figure" title="' in page
    assert "编号：" in page
    assert report.checksum in page
    assert report.snapshot in page
    assert "删除" not in page  # a leader reads


def test_files_are_for_everybody_who_sees_the_report_and_for_nobody_else(cast, made, as_user):
    report = made()
    answer = as_user(cast.leader).get(f"/reports/{report.code}/docx/")
    assert answer.getvalue().decode() == f".docx {report.checksum}"
    assert answer.headers["Content-Disposition"].endswith(".docx")
    assert as_user(cast.leader).get(f"/reports/{report.code}/xlsx/").status_code == 404
    assert as_user(cast.principal).get(f"/reports/{report.code}/docx/").status_code == 404


def test_reports_on_people_are_for_those_who_make_plans(cast, made, evaluation, as_user):
    report = made()
    Report.objects.filter(pk=report.pk).update(names_people=True)
    assert as_user(cast.officer).get(f"/reports/{report.code}/").status_code == 200
    assert as_user(cast.leader).get(f"/reports/{report.code}/").status_code == 404
    assert report.title not in text_of(as_user(cast.city_user).get("/reports/"))


def test_the_history_shows_what_each_was_written_from(cast, made, as_user):
    report = made(masked="figures")
    page = text_of(as_user(cast.leader).get("/reports/"))
    for words in (report.standard, "2025-12-31", report.checksum[:12], report.snapshot[:8], "隐去数字", "Word", "PDF"):
        assert words in page


def test_a_report_that_failed_says_why_and_can_be_asked_for_once_more(cast, ask, as_user):
    report = ask()
    report.job.state, report.job.words = JobState.FAILED, "[JH-R999] 没有中文字体。"
    report.job.save()
    page = text_of(as_user(cast.officer).get(f"/reports/{report.code}/"))
    assert "没有中文字体" in page
    assert f"like={report.code}" in page


def test_a_report_is_kept_and_deleted_from_its_page(cast, made, as_user):
    report, client = made(), as_user(cast.officer)
    client.post(f"/reports/{report.code}/keep/", {"keep": "1"})
    assert "已标为保留" in text_of(client.post(f"/reports/{report.code}/delete/", {"reason": "旧"}, follow=True))
    client.post(f"/reports/{report.code}/keep/", {"keep": "0"})
    assert "已删除报告" in text_of(client.post(f"/reports/{report.code}/delete/", {"reason": "旧"}, follow=True))
    assert not Report.objects.exists()


def test_a_school_keeps_and_deletes_its_own_reports_and_none_of_the_county(cast, made, as_user):
    own = made("school_report", place=cast.school, user=cast.principal)
    from_county = made("school_report", place=cast.school)
    client = as_user(cast.principal)
    assert "delete-report" in text_of(client.get(f"/reports/{own.code}/"))
    assert "delete-report" not in text_of(client.get(f"/reports/{from_county.code}/"))
    for report, status in ((own, 302), (from_county, 404)):
        assert client.post(f"/reports/{report.code}/delete/", {"reason": "旧"}).status_code == status
    assert as_user(cast.officer).post(f"/reports/{from_county.code}/keep/", {"keep": "1"}).status_code == 302


def test_what_another_version_wrote_is_said_and_its_files_stay(cast, made, as_user):
    report = made()
    Report.objects.update(content='{"format": 99}', checksum="f" * 64)
    page = text_of(as_user(cast.leader).get(f"/reports/{report.code}/"))
    assert "是用别的版本生成的" in page
    assert f"/reports/{report.code}/docx/" in page


def test_a_report_on_plans_of_any_kind_asks_for_one(cast, evaluation, as_user):
    client = as_user(cast.officer)
    assert "/reports/new/attachments/" not in text_of(client.get("/reports/"))
    assert "去方案" in text_of(client.get("/reports/new/attachments/"))
    plan = made_plan("zoning", county=cast.county, school=cast.school, user=cast.officer, evaluation=evaluation)
    form = client.get("/reports/new/attachments/").context["form"]
    assert form["attached"].value() == [plan.code]
    assert "请至少选一个方案" in text_of(client.post("/reports/new/attachments/", {"formats": ["docx"]}))
    client.post("/reports/new/attachments/", {"formats": ["docx"], "attached": [plan.code]})
    assert Report.objects.get().options["plans"] == [str(plan.code)]


def test_whoever_reads_english_is_told_that_reports_are_chinese(cast, made, as_user):
    report, client = made(), as_user(cast.leader)
    cast.leader.language = "en"
    cast.leader.save()
    client.cookies["django_language"] = "en"
    page = text_of(client.get(f"/reports/{report.code}/", HTTP_ACCEPT_LANGUAGE="en"))
    around = re.sub(r"<article.*</article>", "", page, flags=re.DOTALL)
    assert "in Chinese only" in around
    listed = text_of(client.get("/reports/", HTTP_ACCEPT_LANGUAGE="en"))
    names = f"{report.title}|甲县|县领导|县级审核员陈科|中文|义务教育优质均衡发展（2017）|2025—2026 学年填报|学年"
    names += "|" + "|".join(re.findall(r'<nav class="card report-contents.*?</nav>', page, flags=re.DOTALL) or ["甲县"])
    assert re.findall("[\u4e00-\u9fff]+", re.sub(names, "", listed)) == []
