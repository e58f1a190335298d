"""Writing jobs: starting, cancelling, doing over."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from junheng.web.accounts.models import User
from junheng.web.audit.services import record
from junheng.web.filings.models import Period
from junheng.web.jobs.errors import JobNotOverError, JobOverError
from junheng.web.jobs.models import Job, JobState
from junheng.web.jobs.tasks import run_job
from junheng.web.regions.models import Place


def start_job(*, kind: str, title: str, arguments: Mapping[str, Any], place: Place, acting_user: User) -> Job:
    """Queue a job. What it does is done with the rights that its owner has when it runs.

    Args:
        kind: a name of ``junheng.web.jobs.kinds``.
        arguments: plain JSON values.
    """
    with transaction.atomic():
        job = Job.objects.create(kind=kind, title=title[:200], arguments=dict(arguments), place=place, user=acting_user)
        enqueue(job)
        _record(job, acting_user, "start_job", f"开始任务：{job.title}")
    return job


def start_import(*, period: Period, file: str, name: str, acting_user: User) -> Job:
    """Queue the import of a county's workbook that was sent in and kept."""
    return start_job(
        kind="import_workbook",
        title=_("导入“%(name)s”到 %(county)s %(period)s") % {"name": name, "county": period.county, "period": period},
        arguments={"period": period.pk, "file": file, "name": name},
        place=period.county,
        acting_user=acting_user,
    )


def start_export(*, period: Period, acting_user: User) -> Job:
    """Queue the export of what a county has filed."""
    return start_job(
        kind="filed_data",
        title=_("导出 %(county)s %(period)s 的填报数据") % {"county": period.county, "period": period},
        arguments={"period": period.pk},
        place=period.county,
        acting_user=acting_user,
    )


def enqueue(job: Job) -> None:
    """Put a job into the queue, in the transaction of whoever calls."""
    run_job.enqueue(str(job.code))


def cancel_job(*, job: Job, acting_user: User) -> Job:
    """Cancel a job: at once while it waits; one that runs stops at its next word, keeping the parts it has committed.

    Raises:
        JobOverError: it has ended.
    """
    with transaction.atomic():
        job = Job.objects.select_for_update().get(pk=job.pk)
        if job.state == JobState.QUEUED:
            job.state, job.ended_at = JobState.CANCELLED, timezone.now()
        elif job.state == JobState.RUNNING:
            job.cancel_asked = True
        else:
            raise JobOverError(job=job, state=job.get_state_display())
        job.save(update_fields=["state", "ended_at", "cancel_asked"])
        _record(job, acting_user, "cancel_job", f"取消任务：{job.title}")
    return job


def retry_job(*, job: Job, acting_user: User) -> Job:
    """Do a failed or cancelled job over; parts that were committed are left as they are.

    Raises:
        JobNotOverError: it is queued, running or done.
    """
    with transaction.atomic():
        job = Job.objects.select_for_update().get(pk=job.pk)
        if job.state not in (JobState.FAILED, JobState.CANCELLED):
            raise JobNotOverError(job=job, state=job.get_state_display())
        job.state, job.attempt, job.cancel_asked, job.words, job.ended_at = JobState.QUEUED, 0, False, "", None
        job.result = {name: value for name, value in job.result.items() if name != "error_en"}
        job.save()
        enqueue(job)
        _record(job, acting_user, "retry_job", f"重做任务：{job.title}")
    return job


def _record(job: Job, user: User, action: str, summary: str) -> None:
    changes = [{"what": "state", "before": None, "after": str(job.state)}]
    record(acting_user=user, action=action, subject=f"job:{job.pk}", place=job.place, summary=summary, changes=changes)
