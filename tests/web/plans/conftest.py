from uuid import UUID

import pytest

from junheng.web.jobs import running
from web.plan_documents import made_plan


@pytest.fixture(autouse=True)
def own_folders(settings, tmp_path):
    settings.FILES = tmp_path / "files"
    settings.SNAPSHOTS = tmp_path / "snapshots"


@pytest.fixture
def plan(cast, evaluation):
    """Make a plan of a kind, as if its job were done."""

    def made(kind="resources", **changed):
        about = {"county": cast.county, "school": cast.school, "user": cast.officer, "evaluation": evaluation}
        return made_plan(kind, **about | changed)

    return made


@pytest.fixture
def run():
    """Run the job of a plan here and now; return the plan as it stands afterwards."""

    def ended(plan):
        running.run(str(UUID(str(plan.job.code))))
        plan.refresh_from_db()
        plan.job.refresh_from_db()
        return plan

    return ended
