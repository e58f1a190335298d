"""The worker: takes tasks from the queue one after another until it is asked to end."""

from __future__ import annotations

import logging
import signal
import time
from datetime import timedelta
from types import FrameType
from uuid import uuid4

from django.db import OperationalError, close_old_connections
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from django_tasks_db.utils import exclusive_transaction

from junheng.web.jobs.running import take_up_abandoned
from junheng.web.jobs.work import stopping

_IDLE = 1.0  # seconds between looks into an empty queue
_LOOK_AROUND = 10.0  # seconds between looks for what killed workers left
_KEPT = timedelta(days=7)  # how long the queue remembers tasks that have ended; the jobs themselves stay

_log = logging.getLogger(__name__)


class Worker:
    """A loop over the tables of django-tasks-db.

    Its own worker knows nothing of heartbeats, takes the database's write lock every second even when there is nothing
    to do, and finishes a job of an hour before it obeys a signal to end.
    """

    def __init__(self) -> None:
        self.name = uuid4().hex
        self._looked_around = -_LOOK_AROUND

    def run(self, *, once: bool) -> None:
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, _stop)
        while not stopping.is_set():
            close_old_connections()
            try:
                self._look_around()
                worked = self.work_one()
            except OperationalError:
                _log.exception("the database is away; trying again")
                worked = False
            if once and not worked:
                return
            if not worked:
                stopping.wait(_IDLE)

    def work_one(self) -> bool:
        """Take one task and run it; say whether there was one."""
        waiting = DBTaskResult.objects.ready()
        if not waiting.exists():
            return False
        with exclusive_transaction():
            task = waiting.get_locked()
            if task is None:
                return False
            task.claim(self.name)
        try:
            result = task.task_result
            task.set_successful(task.task.call(*result.args, **result.kwargs))
        except Exception as error:
            _log.exception("task %s failed", task.pk)
            task.set_failed(error)
        return True

    def _look_around(self) -> None:
        now = time.monotonic()
        if now - self._looked_around < _LOOK_AROUND:
            return
        self._looked_around = now
        take_up_abandoned()
        DBTaskResult.objects.filter(enqueued_at__lt=timezone.now() - _KEPT).delete()


def _stop(_signal: int, _frame: FrameType | None) -> None:
    stopping.set()
