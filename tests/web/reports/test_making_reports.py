"""The job that makes a report: what it keeps, what it says when it cannot, and that it may be done over."""

from __future__ import annotations

import pytest
from django.http import Http404

from junheng.base.errors import JunhengError
from junheng.web.audit.models import Event
from junheng.web.errors import ReasonMissingError
from junheng.web.jobs.errors import FileGoneError
from junheng.web.jobs.files import find
from junheng.web.jobs.models import Job, JobState
from junheng.web.jobs.services import retry_job
from junheng.web.notices.models import Notice
from junheng.web.reports import making
from junheng.web.reports.errors import ReportKeptError, ReportRunningError
from junheng.web.reports.models import Report
from junheng.web.reports.services import delete_report, keep_report
from web.plan_documents import made_plan


def test_a_report_is_kept_with_its_files_and_the_log_says_so(cast, evaluation, made):
    report = made()
    assert report.job.state == JobState.DONE, report.job.words
    assert report.job.result["url"] == f"/reports/{report.code}/"
    assert "甲县" in report.title
    assert (report.snapshot, report.standard, report.day) == (evaluation.snapshot, evaluation.standard, evaluation.day)
    assert report.model.checksum == report.checksum
    assert [(file.form, file.pages) for file in report.files.all()] == [("docx", None), ("pdf", 7)]
    assert find(report.files.get(form="pdf").digest, name="").read_text() == f".pdf {report.checksum}"
    assert Event.objects.get(action="make_report").changes[0]["after"] == report.checksum
    assert Notice.objects.filter(user=cast.officer, kind="job").exists()


def test_the_same_data_make_the_same_report(made):
    assert made().checksum == made().checksum


def test_what_the_writer_knows_and_what_is_masked_reach_the_report(made):
    writer = {"office": "甲县人民政府", "to": "示例市人民政府", "number": "甲政〔2026〕1号", "written_on": "2026-01-08"}
    said = made(writer=writer, texts={"conclusion": "课后服务走在前列。"}).content
    for words in ("甲县人民政府", "示例市人民政府", "甲政〔2026〕1号", "2026年1月8日", "课后服务走在前列。"):
        assert words in said
    masked = made(masked="names")
    assert "甲县" not in masked.title
    assert masked.model.redacted


def test_whatever_cannot_be_drawn_is_said_and_the_job_may_be_done_over(ask, run, drawn, monkeypatch):
    class NoFontError(JunhengError):
        code = "JH-R999"
        zh = "没有中文字体。"
        en = "No Chinese face."

    write = making.write_report

    def fails(*args, **options):
        raise NoFontError

    monkeypatch.setattr(making, "write_report", fails)
    report = run(ask())
    assert (report.job.state, report.is_made) == (JobState.FAILED, False)
    assert "没有中文字体" in report.job.words
    assert not report.files.exists()
    monkeypatch.setattr(making, "write_report", write)
    retry_job(job=report.job, acting_user=report.made_by)
    assert run(report).is_made


def test_a_cancelled_job_keeps_nothing(ask, run, drawn, settings):
    report = ask()
    Job.objects.update(cancel_asked=True)
    assert run(report).job.state == JobState.CANCELLED
    assert not Report.objects.get().is_made
    assert not any(path.is_file() for path in settings.FILES.rglob("*"))


def test_whoever_lost_the_right_makes_no_report(cast, ask, run, drawn):
    report = ask()
    cast.officer.assignments.update(place=cast.other_county)
    assert run(report).job.state == JobState.FAILED


def test_a_school_has_no_report_of_another_written(cast, ask):
    with pytest.raises(Http404):
        ask("school_report", place=cast.neighbour, user=cast.principal)


def test_counties_are_judged_together_from_what_was_judged_of_each(cast, evaluation, ask):
    options = {"counties": [str(evaluation.code)], "formats": []}
    report = ask(place=cast.city, user=cast.city_user, judged=False, **options)
    judgement = making._judgement(report)
    assert judgement.counties["county_code"].to_list() == ["990101"]
    assert judgement.snapshot


def test_a_report_is_deleted_with_a_reason_and_its_files_go_with_it(
    cast, made, ask, django_capture_on_commit_callbacks
):
    report, same = made(), made()
    digest = report.files.get(form="pdf").digest
    with pytest.raises(ReasonMissingError):
        delete_report(report=report, reason=" ", acting_user=cast.officer)
    with pytest.raises(ReportRunningError):
        delete_report(report=ask(), reason="重做", acting_user=cast.officer)
    keep_report(report=report, kept=True, acting_user=cast.officer)
    with pytest.raises(ReportKeptError):
        delete_report(report=report, reason="重做", acting_user=cast.officer)
    keep_report(report=report, kept=False, acting_user=cast.officer)
    with django_capture_on_commit_callbacks(execute=True):
        delete_report(report=report, reason="重做", acting_user=cast.officer)
    assert find(digest, name="").is_file(), "another report has the same file"
    with django_capture_on_commit_callbacks(execute=True):
        delete_report(report=same, reason="重做", acting_user=cast.officer)
    with pytest.raises(FileGoneError):
        find(digest, name="")
    assert [event.reason for event in Event.objects.filter(action="delete_report")] == ["重做", "重做"]


def test_plans_are_written_of_and_one_that_is_gone_is_said(cast, evaluation, ask, run, drawn):
    about = {"county": cast.county, "school": cast.school, "user": cast.officer, "evaluation": evaluation}
    plan = made_plan("resources", **about)
    report = run(ask("attachments", plans=[plan]))
    assert report.is_made, report.job.words
    assert ("方案", "abc123") in report.model.provenance.others
    waiting = ask("attachments", plans=[plan])
    plan.delete()
    failed = run(waiting)
    assert failed.job.state == JobState.FAILED
    assert "方案已被删除" in failed.job.words


def test_a_report_that_draws_on_a_roster_is_closed_until_it_is_known_to_name_nobody(cast, evaluation, ask, run, drawn):
    about = {"county": cast.county, "school": cast.school, "user": cast.officer, "evaluation": evaluation}
    report = ask("attachments", plans=[made_plan("rotation", **about)])
    assert report.names_people
    assert not run(report).names_people
