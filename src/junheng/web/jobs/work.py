"""What a job sees of itself while it runs: progress, whether to stop, and how to commit a part once and for all."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from junheng.web.accounts.models import User
from junheng.web.jobs.models import Job, JobState

# Set by the signal that asks this process to end: a job then gives way at its next word.
stopping = Event()
_BETWEEN_WORDS = 0.5  # seconds


class CancelledError(Exception):
    """Its owner cancelled the job."""


class StoppedError(Exception):
    """The worker is to end; the job goes back into the queue."""


class LostError(Exception):
    """Another worker has taken the job up, because this one was silent for too long; it must not write any more."""


class Work:
    """One attempt at a job.

    A kind is safe to repeat when all it writes is written inside ``part`` or ``ending``: what was committed is
    remembered in the same transaction, and an attempt that was overtaken by another cannot commit.
    """

    def __init__(self, job: Job) -> None:
        self.job = job
        self.arguments: dict[str, Any] = job.arguments
        self.result: dict[str, Any] = dict(job.result)
        self._last_words = 0.0

    @property
    def user(self) -> User:
        return self.job.user

    def mine(self) -> QuerySet[Job]:
        """The row of this attempt; empty once another has taken over."""
        return Job.objects.filter(pk=self.job.pk, state=JobState.RUNNING, attempt=self.job.attempt)

    def tell(self, done: int, total: int, words: str = "") -> None:
        """Show progress, and find out whether to stop.

        Raises:
            CancelledError, StoppedError, LostError: the job must end here.
        """
        if stopping.is_set():
            raise StoppedError
        now = time.monotonic()
        if now - self._last_words < _BETWEEN_WORDS and done < total:
            return
        self._last_words = now
        self._check()
        self.mine().update(done=done, total=total, words=words[:300], heartbeat_at=timezone.now())

    def _check(self) -> None:
        asked = self.mine().values_list("cancel_asked", flat=True).first()
        if asked is None:
            raise LostError
        if asked:
            raise CancelledError

    def is_done(self, part: str) -> bool:
        """Whether an earlier attempt committed this part."""
        return part in self.job.parts

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        """A transaction that commits one part together with the note that it is done."""
        if stopping.is_set():
            raise StoppedError
        with transaction.atomic():
            self._hold()
            yield
            self.job.parts = [*self.job.parts, name]
            self.mine().update(parts=self.job.parts, result=self.result, heartbeat_at=timezone.now())

    @contextmanager
    def ending(self) -> Iterator[None]:
        """The last transaction: what is written in it, the result and the end of the job are one."""
        with transaction.atomic():
            self._hold()
            yield
            now = timezone.now()
            self.mine().update(
                state=JobState.DONE, result=self.result, done=F("total"), words="", ended_at=now, heartbeat_at=now
            )
        self.job.state = JobState.DONE

    def _hold(self) -> None:
        row = self.mine().select_for_update().first()
        if row is None:
            raise LostError
        if row.cancel_asked:
            raise CancelledError
