from uuid import UUID

import pytest

from junheng.web.jobs import running
from junheng.web.jobs.models import Job
from junheng.web.jobs.services import start_job


@pytest.fixture(autouse=True)
def own_folders(settings, tmp_path):
    settings.FILES = tmp_path / "files"
    settings.SNAPSHOTS = tmp_path / "snapshots"


@pytest.fixture
def start(cast):
    """Queue a job of the county's officer."""

    def queued(kind, *, user=None, **arguments):
        return start_job(
            kind=kind, title="一项任务", arguments=arguments, place=cast.county, acting_user=user or cast.officer
        )

    return queued


@pytest.fixture
def run():
    """Run a job here and now; return it as it stands afterwards."""

    def ended(job):
        running.run(str(UUID(str(job.code))))
        return Job.objects.get(pk=job.pk)

    return ended
