"""A worker that is killed in the middle of a job: nothing is half done, and another finishes it exactly once."""

import os
import signal
import time

import pytest
from repository import ROOT

from web.other_installation import OtherInstallation

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
start_job(kind="evaluate_counties", title="全省", arguments={"school_year": 2025, "basis": "latest"},
          place=Place.objects.get(code="99"), acting_user=user)
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
start_job(kind="import_workbook", title="导入", acting_user=user, place=period.county,
          arguments={"period": period.pk, "file": kept.digest, "name": "county.xlsx"})
"""
    % (ROOT / "examples/county.xlsx")
)
FILLED = "SELECT count(*) FROM filings_filing WHERE version > 1 AND state = 'draft'"
SILENT = "UPDATE jobs_job SET heartbeat_at = '2020-01-01 00:00:00' WHERE state = 'running'"


@pytest.fixture(scope="module")
def example(tmp_path_factory):
    found = OtherInstallation(tmp_path_factory.mktemp("killed"))
    done = found.web("demo", "--password", "for-this-test-only", "--workbook", str(ROOT / "examples/county.xlsx"))
    assert done.returncode == 0, done.stderr
    yield found
    found.close()


def kill(worker):
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait()


def sound(example):
    """The installation's own checks of the log, the versions and the database."""
    found = example.web("check").stdout.splitlines()
    return [line for line in found if line.startswith("✗") and "页面文件" not in line]


def test_counties_judged_before_the_kill_are_kept_and_the_others_judged_after_it(example):
    before = example.ask("SELECT count(*) FROM dashboards_evaluation")[0][0]
    example.python(COUNTIES)
    worker = example.start("worker")
    example.wait_until("SELECT 1 FROM jobs_job WHERE kind = 'evaluate_counties' AND cast(parts AS text) <> '[]'")
    kill(worker)
    state, parts = example.ask("SELECT state, cast(parts AS text) FROM jobs_job WHERE kind = 'evaluate_counties'")[0]
    made = example.ask("SELECT count(*) FROM dashboards_evaluation")[0][0] - before
    assert (state, made) == ("running", parts.count("99"))
    assert made < 4
    example.ask(SILENT)
    assert example.web("worker", "--once").returncode == 0
    assert example.ask("SELECT state, attempt FROM jobs_job WHERE kind = 'evaluate_counties'") == [("done", 2)]
    assert example.ask("SELECT count(*) FROM dashboards_evaluation")[0][0] - before == 4
    assert sound(example) == []


def test_an_import_that_is_killed_while_it_writes_leaves_nothing_and_is_done_once(example):
    example.python(IMPORT)
    worker = example.start("worker")
    example.wait_until("SELECT 1 FROM jobs_job WHERE kind = 'import_workbook' AND done = 1")
    time.sleep(0.4)  # into the one transaction that writes
    kill(worker)
    assert example.ask("SELECT state FROM jobs_job WHERE kind = 'import_workbook'") == [("running",)]
    assert example.ask(FILLED) == [(0,)]
    example.ask(SILENT)
    assert example.web("worker", "--once").returncode == 0
    assert example.ask("SELECT state, attempt FROM jobs_job WHERE kind = 'import_workbook'") == [("done", 2)]
    assert example.ask(FILLED)[0][0] > 120
    twice = "SELECT subject FROM audit_event WHERE action = 'import' GROUP BY subject HAVING count(*) > 1"
    assert example.ask(twice) == []
    assert sound(example) == []


def test_a_worker_that_is_asked_to_end_gives_its_job_back_at_once(example):
    example.python(COUNTIES)
    worker = example.start("worker")
    example.wait_until("SELECT 1 FROM jobs_job WHERE state = 'running'")
    worker.terminate()
    assert worker.wait(timeout=30) == 0
    assert example.ask("SELECT count(*) FROM jobs_job WHERE state = 'running'") == [(0,)]
    assert example.web("worker", "--once").returncode == 0
    assert example.ask("SELECT count(*) FROM jobs_job WHERE state <> 'done'") == [(0,)]
