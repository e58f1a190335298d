"""重新判定: who may, on which data, and what is said when it cannot be done."""

from __future__ import annotations

import pytest

from junheng.web.audit.models import Event
from junheng.web.dashboards import overview
from junheng.web.dashboards.models import Evaluation
from junheng.web.jobs.models import Job

ACTION = "/results/evaluate/"


def test_an_officer_judges_again_and_lands_on_the_new_result(cast, evaluation, as_user):
    answer = as_user(cast.officer).post(ACTION, {"period": cast.period.pk, "basis": "approved"})
    newest = Evaluation.objects.first()
    assert newest != evaluation
    assert answer.url == f"/results/overview/?evaluation={newest.code}"
    assert newest.made_by == cast.officer


def test_judging_on_the_latest_data_is_asked_for(cast, evaluation, as_user):
    as_user(cast.officer).post(ACTION, {"period": cast.period.pk, "basis": "latest"})
    assert Evaluation.objects.first().basis == "latest"
    as_user(cast.officer).post(ACTION, {"period": cast.period.pk, "basis": "nonsense"})
    assert Evaluation.objects.first().basis == "approved"


def test_judging_is_one_event(cast, evaluation, as_user):
    before = Event.objects.count()
    as_user(cast.officer).post(ACTION, {"period": cast.period.pk, "basis": "approved"})
    assert Event.objects.count() == before + 1
    assert Event.objects.first().action == "evaluate"


def test_a_period_without_approved_filings_is_told_so_and_nothing_is_kept(cast, as_user):
    client = as_user(cast.officer)
    page = client.post(ACTION, {"period": cast.period.pk, "basis": "approved"}, follow=True)
    assert "没有可以判定的数据" in page.content.decode()
    assert not Evaluation.objects.exists()


def test_a_large_county_is_judged_as_a_job(cast, evaluation, as_user, monkeypatch):
    monkeypatch.setattr(overview, "_AT_ONCE", 3)
    answer = as_user(cast.officer).post(ACTION, {"period": cast.period.pk, "basis": "latest"})
    job = Job.objects.get()
    assert answer.url == f"/jobs/{job.code}/"
    assert (job.kind, job.arguments, job.user) == (
        "evaluate",
        {"period": cast.period.pk, "basis": "latest"},
        cast.officer,
    )
    assert Evaluation.objects.count() == 1, "it runs later"


@pytest.mark.parametrize("name", ["leader", "section", "inspector", "town_head", "clerk", "analyst", "other_officer"])
def test_nobody_else_judges(cast, evaluation, as_user, name):
    answer = as_user(cast.people[name]).post(ACTION, {"period": cast.period.pk, "basis": "approved"})
    assert answer.status_code == 404
    assert Evaluation.objects.count() == 1


def test_judging_is_never_a_link(cast, evaluation, as_user):
    assert as_user(cast.officer).get(ACTION).status_code == 405


def test_only_whoever_may_judge_is_offered_it(cast, evaluation, as_user):
    assert "重新判定" in as_user(cast.officer).get("/results/overview/").content.decode()
    assert "重新判定" not in as_user(cast.leader).get("/results/overview/").content.decode()


@pytest.mark.parametrize("period", ["", "x", "0", "999999"])
def test_a_period_that_is_not_there_does_not_exist(cast, as_user, period):
    assert as_user(cast.officer).post(ACTION, {"period": period, "basis": "approved"}).status_code == 404
