"""What a job does, and what it leaves when it is cancelled, fails, is stopped or is overtaken."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from junheng.web.audit.models import Event
from junheng.web.dashboards.models import Evaluation
from junheng.web.jobs import running, services, work
from junheng.web.jobs.errors import JobNotOverError, JobOverError
from junheng.web.jobs.models import Job, JobState
from junheng.web.notices.models import Notice
from web.conftest import approve, fill_soundly


@pytest.fixture
def county_filed(cast):
    for place in (cast.school, cast.neighbour, cast.direct):
        approve(fill_soundly(cast.filing(place)), cast.officer)


def test_a_job_is_queued_together_with_one_event(start):
    before = Event.objects.count()
    job = start("evaluate", period=1, basis="approved")
    assert DBTaskResult.objects.get().args_kwargs["args"] == [str(job.code)]
    assert list(Event.objects.values_list("action", flat=True)[: Event.objects.count() - before]) == ["start_job"]


def test_it_judges_and_tells_its_owner(cast, start, run, county_filed):
    job = run(start("evaluate", period=cast.period.pk, basis="approved"))
    assert (job.state, job.attempt) == (JobState.DONE, 1)
    assert Evaluation.objects.get().made_by == cast.officer
    assert Notice.objects.get(kind="job").user == cast.officer


def test_it_runs_with_the_rights_of_its_owner(cast, start, run, county_filed):
    job = run(start("evaluate", user=cast.other_officer, period=cast.period.pk, basis="approved"))
    assert (job.state, job.words[:9]) == (JobState.FAILED, "[JH-B077]")
    assert not Evaluation.objects.exists()


def test_a_refusal_is_told_in_both_languages_and_can_be_done_over(cast, start, run, county_filed):
    job = run(start("evaluate", period=cast.other_period.pk, user=cast.other_officer, basis="approved"))
    assert job.state == JobState.FAILED
    assert job.words.startswith("[JH-B017]")
    assert job.result["error_en"].startswith("[JH-B017]")
    services.retry_job(job=job, acting_user=cast.other_officer)
    fill = cast.filing(cast.other_school)
    approve(fill_soundly(fill), cast.other_officer)
    again = run(job)
    assert (again.state, "error_en" in again.result) == (JobState.DONE, False)


def test_a_fault_of_the_program_shows_no_traceback(cast, start, run, monkeypatch):
    monkeypatch.setattr("junheng.web.jobs.judging.evaluate", lambda **_: 1 / 0)
    job = run(start("evaluate", period=cast.period.pk, basis="approved"))
    assert job.state == JobState.FAILED
    assert job.words.startswith("[JH-B076]")
    assert "ZeroDivisionError" not in job.words


def test_a_waiting_job_is_cancelled_at_once_and_never_runs(cast, start, run, county_filed):
    job = start("evaluate", period=cast.period.pk, basis="approved")
    services.cancel_job(job=job, acting_user=cast.officer)
    assert run(job).state == JobState.CANCELLED
    assert not Evaluation.objects.exists()


def test_a_running_job_that_is_cancelled_commits_nothing(cast, start, run, county_filed, monkeypatch):
    job = start("evaluate", period=cast.period.pk, basis="approved")
    judge = services.cancel_job

    def cancelled_meanwhile(**arguments):
        judge(job=job, acting_user=cast.officer)
        return real(**arguments)

    real = running.KINDS["evaluate"].function().__globals__["evaluate"]
    monkeypatch.setattr("junheng.web.jobs.judging.evaluate", cancelled_meanwhile)
    assert run(job).state == JobState.CANCELLED
    assert not Evaluation.objects.exists()


def test_what_has_ended_cannot_be_cancelled_and_what_has_not_cannot_be_done_over(cast, start, run, county_filed):
    job = start("evaluate", period=cast.period.pk, basis="approved")
    with pytest.raises(JobNotOverError):
        services.retry_job(job=job, acting_user=cast.officer)
    run(job)
    with pytest.raises(JobOverError):
        services.cancel_job(job=job, acting_user=cast.officer)


def test_a_job_is_run_by_one_worker_only(cast, start, run, county_filed):
    job = start("evaluate", period=cast.period.pk, basis="approved")
    run(job)
    run(job)
    assert Evaluation.objects.count() == 1


def silent_since(job, seconds):
    Job.objects.filter(pk=job.pk).update(
        state=JobState.RUNNING, attempt=1, heartbeat_at=timezone.now() - timedelta(seconds=seconds)
    )


def test_the_job_of_a_worker_that_fell_silent_is_taken_up_again(cast, start, run, county_filed):
    job = start("evaluate", period=cast.period.pk, basis="approved")
    silent_since(job, 60)
    assert running.take_up_abandoned() == 1
    assert DBTaskResult.objects.count() == 2
    again = run(job)
    assert (again.state, again.attempt, Evaluation.objects.count()) == (JobState.DONE, 2, 1)


def test_a_worker_that_is_alive_is_left_alone(cast, start):
    job = start("evaluate", period=cast.period.pk, basis="approved")
    silent_since(job, 5)
    assert running.take_up_abandoned() == 0


def test_an_attempt_that_was_overtaken_commits_nothing(cast, start, county_filed):
    job = start("evaluate", period=cast.period.pk, basis="approved")
    silent_since(job, 60)
    job.refresh_from_db()
    slow = work.Work(job)
    running.take_up_abandoned()
    with pytest.raises(work.LostError), slow.ending():
        type(cast.period).objects.update(label="改了")
    cast.period.refresh_from_db()
    assert cast.period.label != "改了"


def test_after_three_attempts_it_is_given_up_with_words(cast, start):
    job = start("evaluate", period=cast.period.pk, basis="approved")
    silent_since(job, 60)
    Job.objects.filter(pk=job.pk).update(attempt=3)
    assert running.take_up_abandoned() == 0
    job.refresh_from_db()
    assert (job.state, job.words[:9]) == (JobState.FAILED, "[JH-B075]")


def test_a_worker_that_is_asked_to_end_gives_its_job_back(cast, start, run, county_filed):
    job = start("evaluate", period=cast.period.pk, basis="approved")
    work.stopping.set()
    try:
        stopped = run(job)
    finally:
        work.stopping.clear()
    assert (stopped.state, stopped.attempt) == (JobState.QUEUED, 0)
    assert run(job).state == JobState.DONE


def test_counties_are_judged_one_by_one_and_one_that_cannot_be_does_not_stop_the_others(cast, start, run, county_filed):
    job = services.start_job(
        kind="evaluate_counties",
        title="全省判定",
        arguments={"school_year": 2025, "basis": "approved"},
        place=cast.province,
        acting_user=cast.analyst,
    )
    ended = run(job)
    assert ended.parts == ["990101", "990102"]
    assert ended.result["done"] == 1
    assert ended.result["not_done"][0][0] == "乙县"


def test_a_county_that_was_judged_before_an_interruption_is_not_judged_again(cast, start, run, county_filed):
    job = services.start_job(
        kind="evaluate_counties",
        title="全省判定",
        arguments={"school_year": 2025, "basis": "approved"},
        place=cast.province,
        acting_user=cast.analyst,
    )
    Job.objects.filter(pk=job.pk).update(parts=["990101"])
    run(job)
    assert not Evaluation.objects.exists()
