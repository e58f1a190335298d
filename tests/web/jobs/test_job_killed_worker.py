"""A worker that is killed in the middle of a job: nothing is half done, and another finishes it exactly once."""

import signal
from contextlib import closing

import pytest
from repository import ROOT

from web.other_installation import PATIENCE, OtherInstallation

pytestmark = pytest.mark.slow

START = """
from junheng.web.accounts.models import User
from junheng.web.filings.models import Filing, FilingRow, Period
from django.core.files.uploadedfile import SimpleUploadedFile
from junheng.web.filings.uploads import keep
from junheng.web.jobs.services import start_job
from junheng.web.regions.models import Place
"""
COUNTIES = (
    START
    + """
user = User.objects.get(username="province")
print(start_job(kind="evaluate_counties", title="全省", arguments={"school_year": 2025, "basis": "latest"},
                place=Place.objects.get(code="99"), acting_user=user).pk)
"""
)
IMPORT = (
    START
    + """
from pathlib import Path
user, period = User.objects.get(username="officer"), Period.objects.get(county__code="990101", school_year=2025)
Filing.objects.filter(period=period).update(state="draft", version=1)
FilingRow.objects.filter(filing__period=period).update(values={})
kept = keep(SimpleUploadedFile("county.xlsx", Path(r"%s").read_bytes()))
print(start_job(kind="import_workbook", title="导入", acting_user=user, place=period.county,
                arguments={"period": period.pk, "file": kept.digest, "name": "county.xlsx"}).pk)
"""
    % (ROOT / "examples/county.xlsx")
)
EVALUATED = "SELECT count(*) FROM dashboards_evaluation"
FILLED = "SELECT count(*) FROM filings_filing WHERE version > 1 AND state = 'draft'"
IMPORTED = "SELECT count(*) FROM audit_event WHERE action = 'import'"
SILENT = "UPDATE jobs_job SET heartbeat_at = '2020-01-01 00:00:00' WHERE state = 'running'"


@pytest.fixture(scope="module")
def example(tmp_path_factory):
    with closing(OtherInstallation(tmp_path_factory.mktemp("killed"))) as found:
        done = found.web("demo", "--password", "for-this-test-only", "--workbook", str(ROOT / "examples/county.xlsx"))
        assert done.returncode == 0, done.stderr
        yield found


def work(example, *at):
    """Let a worker work until it is ended by the signal that it sends to itself; return how it ended."""
    return example.start("worker", at=at).wait(timeout=PATIENCE)


def stands(example, job, *columns):
    return example.ask(f"SELECT {', '.join(columns)} FROM jobs_job WHERE id = {job}")[0]


def sound(example):
    """The installation's own checks of the log, the versions and the database."""
    found = example.web("check").stdout.splitlines()
    return [line for line in found if line.startswith("✗") and "页面文件" not in line]


def test_counties_judged_before_the_kill_are_kept_and_the_others_judged_after_it(example):
    before = example.ask(EVALUATED)[0][0]
    job = example.python(COUNTIES)
    # The first county is judged and committed, the second written and not committed.
    assert work(example, signal.SIGKILL, 2, 'INSERT INTO "dashboards_evaluation"') == -signal.SIGKILL
    state, parts = stands(example, job, "state", "cast(parts AS text)")
    made = example.ask(EVALUATED)[0][0] - before
    assert (state, made) == ("running", parts.count("99"))
    assert made == 1
    example.ask(SILENT)
    assert example.web("worker", "--once").returncode == 0
    assert stands(example, job, "state", "attempt") == ("done", 2)
    assert example.ask(EVALUATED)[0][0] - before == 4
    assert sound(example) == []


def test_an_import_that_is_killed_while_it_writes_leaves_nothing_and_is_done_once(example):
    job = example.python(IMPORT)
    imported = example.ask(IMPORTED)
    # With some of the rows written; then with everything written, the end of the job too, and nothing committed.
    for at in ((2, 'UPDATE "filings_filingrow"'), (1, 'UPDATE "jobs_job" SET "state" = %s, "result"')):
        assert work(example, signal.SIGKILL, *at) == -signal.SIGKILL
        assert stands(example, job, "state") == ("running",)
        assert example.ask(FILLED) == [(0,)]
        assert example.ask(IMPORTED) == imported
        example.ask(SILENT)
    assert example.web("worker", "--once").returncode == 0
    assert stands(example, job, "state", "attempt") == ("done", 3)
    assert example.ask(FILLED)[0][0] > 120
    twice = "SELECT subject FROM audit_event WHERE action = 'import' GROUP BY subject HAVING count(*) > 1"
    assert example.ask(twice) == []
    assert sound(example) == []


def test_a_worker_that_is_asked_to_end_gives_its_job_back_at_once(example):
    before = example.ask(EVALUATED)[0][0]
    job = example.python(COUNTIES)
    # Asked while it writes the first county: that one it commits, the second it does not begin.
    assert work(example, signal.SIGTERM, 1, 'INSERT INTO "dashboards_evaluation"') == 0
    assert example.ask("SELECT count(*) FROM jobs_job WHERE state = 'running'") == [(0,)]
    assert stands(example, job, "state", "attempt") == ("queued", 0)
    assert example.ask(EVALUATED)[0][0] - before == 1
    assert example.web("worker", "--once").returncode == 0
    assert example.ask("SELECT count(*) FROM jobs_job WHERE state <> 'done'") == [(0,)]
    assert example.ask(EVALUATED)[0][0] - before == 4
