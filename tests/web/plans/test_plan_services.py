"""Writing plans: renamed, kept, deleted with a reason; every write is in the log."""

from __future__ import annotations

import pytest
from django.http import Http404

from junheng.web.audit.models import Event
from junheng.web.errors import ReasonMissingError
from junheng.web.jobs.errors import FileGoneError
from junheng.web.jobs.files import find
from junheng.web.jobs.models import JobState
from junheng.web.plans.errors import PlanKeptError, PlanNotRunningError, PlanRunningError
from junheng.web.plans.inputs import InputFile, keep_written
from junheng.web.plans.models import Plan
from junheng.web.plans.services import delete_plan, keep_plan, rename_plan, start_plan, stop_plan


@pytest.fixture
def asked(cast, evaluation):
    return start_plan(
        kind="resources",
        county=cast.county,
        evaluation=evaluation,
        title="填平补齐",
        inputs=InputFile("0" * 64, "输入.xlsx"),
        options={"seconds": 20, "gap": 0.001},
        acting_user=cast.officer,
    )


def test_asking_for_a_plan_queues_a_job_and_writes_the_log(cast, asked):
    assert (asked.job.state, asked.job.place) == (JobState.QUEUED, cast.county)
    event = Event.objects.get(action="start_plan")
    assert (event.user, event.place_path) == (cast.officer, cast.county.path)


def test_a_plan_is_renamed(cast, plan):
    made = plan()
    rename_plan(plan=made, title="定稿", acting_user=cast.officer)
    assert Plan.objects.get(pk=made.pk).title == "定稿"
    assert Event.objects.get(action="rename_plan").changes == [{"what": "title", "before": "甲方案", "after": "定稿"}]


def test_a_plan_is_deleted_with_a_reason_only(cast, plan):
    made = plan()
    with pytest.raises(ReasonMissingError):
        delete_plan(plan=made, reason="  ", acting_user=cast.officer)
    delete_plan(plan=made, reason="单价错了", acting_user=cast.officer)
    assert not Plan.objects.exists()
    assert Event.objects.get(action="delete_plan").reason == "单价错了"


def test_the_inputs_go_with_the_last_plan_that_has_them(cast, plan, django_capture_on_commit_callbacks):
    kept = keep_written(lambda place: place.write_bytes(b"roster"), "inputs.xlsx")
    first, second = plan(), plan()
    Plan.objects.update(inputs=kept.digest)
    with django_capture_on_commit_callbacks(execute=True):
        delete_plan(plan=first, reason="重做", acting_user=cast.officer)
    assert find(kept.digest, name="inputs.xlsx").is_file()
    with django_capture_on_commit_callbacks(execute=True):
        delete_plan(plan=second, reason="重做", acting_user=cast.officer)
    with pytest.raises(FileGoneError):
        find(kept.digest, name="inputs.xlsx")


def test_a_kept_plan_is_not_deleted(cast, plan):
    made = plan()
    keep_plan(plan=made, kept=True, acting_user=cast.officer)
    with pytest.raises(PlanKeptError):
        delete_plan(plan=made, reason="单价错了", acting_user=cast.officer)
    keep_plan(plan=made, kept=False, acting_user=cast.officer)
    delete_plan(plan=made, reason="单价错了", acting_user=cast.officer)


def test_a_plan_that_is_being_made_is_not_deleted(cast, asked):
    with pytest.raises(PlanRunningError):
        delete_plan(plan=asked, reason="不要了", acting_user=cast.officer)


def test_only_a_search_can_be_stopped(cast, asked, plan):
    stop_plan(plan=asked, acting_user=cast.officer)
    assert Plan.objects.get(pk=asked.pk).stop_asked
    with pytest.raises(PlanNotRunningError):
        stop_plan(plan=plan(), acting_user=cast.officer)


@pytest.mark.parametrize("who", ["leader", "city_user", "task_force", "other_officer"])
def test_who_only_reads_writes_nothing(cast, plan, who):
    made, user = plan(), getattr(cast, who)
    for write in (
        lambda: rename_plan(plan=made, title="x", acting_user=user),
        lambda: keep_plan(plan=made, kept=True, acting_user=user),
        lambda: delete_plan(plan=made, reason="x", acting_user=user),
        lambda: stop_plan(plan=made, acting_user=user),
    ):
        with pytest.raises(Http404):
            write()
