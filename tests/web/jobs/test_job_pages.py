"""The pages of jobs."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from junheng.web.jobs.models import Job, JobState


@pytest.mark.parametrize("address", ["", "cancel/", "retry/", "file/"])
def test_the_job_of_somebody_else_does_not_exist(cast, start, as_user, address):
    job = start("evaluate", period=cast.period.pk, basis="approved")
    client = as_user(cast.leader)
    ask = client.get if address in ("", "file/") else client.post
    assert ask(f"/jobs/{job.code}/{address}").status_code == 404
    assert Job.objects.get().state == JobState.QUEUED


def test_signed_out_nothing_is_shown(client, cast, start):
    job = start("evaluate", period=cast.period.pk, basis="approved")
    assert client.get(f"/jobs/{job.code}/").status_code == 302


def test_the_list_shows_own_jobs(cast, start, as_user):
    start("evaluate", period=cast.period.pk, basis="approved")
    assert "一项任务" in as_user(cast.officer).get("/jobs/").content.decode()
    assert "一项任务" not in as_user(cast.leader).get("/jobs/").content.decode()


def test_a_running_job_shows_how_far_it_is_and_asks_again_by_itself(cast, start, as_user):
    job = start("evaluate", period=cast.period.pk, basis="approved")
    Job.objects.filter(pk=job.pk).update(
        state=JobState.RUNNING, done=3, total=12, words="某县", begun_at=timezone.now() - timedelta(minutes=1)
    )
    page = as_user(cast.officer).get(f"/jobs/{job.code}/").content.decode()
    assert "3 / 12" in page
    assert "大约还要 3 分钟" in page
    assert 'hx-trigger="every 2s"' in page


def test_an_ended_job_does_not_ask_again(cast, start, as_user):
    job = start("evaluate", period=cast.period.pk, basis="approved")
    Job.objects.filter(pk=job.pk).update(state=JobState.FAILED, words="[JH-B017] 没有数据")
    page = as_user(cast.officer).get(f"/jobs/{job.code}/").content.decode()
    assert "没有数据" in page
    assert "hx-trigger" not in page


def test_a_workbook_is_sent_in_by_whoever_runs_the_period(cast, as_user):
    sent = {"period": cast.period.pk, "file": SimpleUploadedFile("../县数据.xlsx", b"PK")}
    answer = as_user(cast.officer).post("/jobs/import/", sent)
    job = Job.objects.get()
    assert answer["Location"] == f"/jobs/{job.code}/"
    assert (job.kind, job.arguments["name"]) == ("import_workbook", "县数据.xlsx")


def test_a_file_of_another_type_is_refused_at_once(cast, as_user):
    sent = {"period": cast.period.pk, "file": SimpleUploadedFile("脚本.exe", b"MZ")}
    assert "“脚本.exe”" in as_user(cast.officer).post("/jobs/import/", sent).content.decode()
    assert not Job.objects.exists()


def test_nobody_else_sends_in_a_workbook(cast, as_user):
    sent = {"period": cast.period.pk, "file": SimpleUploadedFile("县数据.xlsx", b"PK")}
    assert as_user(cast.leader).post("/jobs/import/", sent).status_code == 404
    assert (
        as_user(cast.other_officer).post("/jobs/import/", sent).status_code == 200
    )  # that period is no choice of hers
    assert not Job.objects.exists()


def test_cancel_and_retry(cast, start, as_user):
    job = start("evaluate", period=cast.period.pk, basis="approved")
    client = as_user(cast.officer)
    client.post(f"/jobs/{job.code}/cancel/")
    assert Job.objects.get().state == JobState.CANCELLED
    client.post(f"/jobs/{job.code}/retry/")
    assert Job.objects.get().state == JobState.QUEUED
