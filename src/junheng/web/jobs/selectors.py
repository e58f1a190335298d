"""Reading jobs: everybody sees her own, and nobody those of others."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone

from junheng.web.access import Person
from junheng.web.accounts.models import User
from junheng.web.jobs.models import Job, JobState

OPEN = (JobState.QUEUED, JobState.RUNNING)


def jobs_for(user: Person) -> QuerySet[Job]:
    """The jobs of a person."""
    if not isinstance(user, User):
        return Job.objects.none()
    return Job.objects.filter(user=user).select_related("place")


def get_job(*, code: UUID, user: Person) -> Job:
    found = jobs_for(user).filter(code=code).first()
    if found is None:
        raise Http404
    return found


def time_left(job: Job) -> timedelta | None:
    """How long the rest will take if it goes on as it has; nothing before there is enough to tell by."""
    if job.state != JobState.RUNNING or job.begun_at is None or not 0 < job.done < job.total:
        return None
    passed = timezone.now() - job.begun_at
    if passed < timedelta(seconds=2):
        return None
    return passed / job.done * (job.total - job.done)
