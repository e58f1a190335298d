"""The one task of the queue: run a job."""

from __future__ import annotations

from django_tasks import task


@task()
def run_job(code: str) -> str:
    from junheng.web.jobs.running import run

    return run(code)
