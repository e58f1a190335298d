"""Running a job: claim it, keep its heart beating, say how it ended; take up again what a killed worker left."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from threading import Event, Thread
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.models import F
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, override

from junheng.base.errors import JunhengError
from junheng.web.failures import in_both
from junheng.web.jobs.errors import JobFailedError, NoLongerThereError, TooManyAttemptsError
from junheng.web.jobs.kinds import KINDS
from junheng.web.jobs.models import Job, JobState
from junheng.web.jobs.services import enqueue
from junheng.web.jobs.work import CancelledError, LostError, StoppedError, Work
from junheng.web.notices.services import tell

ATTEMPTS = 3
BEAT = 5.0  # seconds between heartbeats
SILENCE = 30.0  # seconds without one after which a worker counts as dead

_DONE = gettext_lazy("%(job)s：已完成")
_FAILED = gettext_lazy("%(job)s：没有完成")
_log = logging.getLogger(__name__)


def run(code: str) -> str:
    """Run a queued job; return the state it ended in, or nothing when it was not ours to run."""
    work = _claim(code)
    if work is None:
        return ""
    try:
        with _beating(work), override(work.user.language or settings.LANGUAGE_CODE):
            KINDS[work.job.kind].function()(work)
            if work.job.state != JobState.DONE:
                with work.ending():
                    pass
    except CancelledError:
        return _end(work, JobState.CANCELLED)
    except LostError:
        return ""
    except StoppedError:
        return _give_back(work)
    except JunhengError as error:
        return _end(work, JobState.FAILED, error)
    except Http404:
        return _end(work, JobState.FAILED, NoLongerThereError())
    except Exception:
        _log.exception("job %s (%s) failed", code, work.job.kind)
        return _end(work, JobState.FAILED, JobFailedError(code=code[:8]))
    _tell_owner(work.job, _DONE)
    return str(JobState.DONE)


def _claim(code: str) -> Work | None:
    now = timezone.now()
    taken = Job.objects.filter(code=UUID(code), state=JobState.QUEUED).update(
        state=JobState.RUNNING, attempt=F("attempt") + 1, begun_at=now, heartbeat_at=now, words=""
    )
    if not taken:
        return None
    return Work(Job.objects.select_related("user", "place").get(code=UUID(code)))


@contextmanager
def _beating(work: Work) -> Iterator[None]:
    """Say every few seconds that this worker is alive, whatever the job is doing."""
    over = Event()

    def beat() -> None:
        try:
            while not over.wait(BEAT):
                try:
                    work.mine().update(heartbeat_at=timezone.now())
                except DatabaseError:  # busy or away for a moment; the next beat comes
                    _log.warning("heartbeat of job %s missed", work.job.code)
        finally:
            connection.close()

    thread = Thread(target=beat, name="heartbeat", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _end(work: Work, state: str, error: JunhengError | None = None) -> str:
    said = in_both(error) if error else {"zh": ""}
    result = {**work.job.result, **({"error_en": said["en"]} if error else {})}
    changed = work.mine().update(state=state, words=said["zh"][:300], result=result, ended_at=timezone.now())
    if changed and state == JobState.FAILED:
        _tell_owner(work.job, _FAILED)
    return str(state) if changed else ""


def _give_back(work: Work) -> str:
    """Put a job back into the queue; that attempt does not count."""
    with transaction.atomic():
        if work.mine().update(state=JobState.QUEUED, attempt=F("attempt") - 1, heartbeat_at=None):
            enqueue(work.job)
    return str(JobState.QUEUED)


def _tell_owner(job: Job, text: Promise) -> None:
    url = reverse("jobs:detail", args=[job.code])
    tell(users=[job.user], kind="job", text=text, values={"job": job.title}, url=url)


def take_up_abandoned() -> int:
    """Queue again the jobs of workers that have been silent for too long; return how many."""
    silent = timezone.now() - timedelta(seconds=SILENCE)
    count = 0
    for job in Job.objects.filter(state=JobState.RUNNING, heartbeat_at__lt=silent):
        same = Job.objects.filter(pk=job.pk, state=JobState.RUNNING, attempt=job.attempt, heartbeat_at__lt=silent)
        if job.attempt >= ATTEMPTS:
            said = in_both(TooManyAttemptsError(attempts=job.attempt))
            result = {**job.result, "error_en": said["en"]}
            if same.update(state=JobState.FAILED, words=said["zh"], result=result, ended_at=timezone.now()):
                _tell_owner(job, _FAILED)
            continue
        with transaction.atomic():
            if same.update(state=JobState.QUEUED, heartbeat_at=None):
                enqueue(job)
                count += 1
    return count
