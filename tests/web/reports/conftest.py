from __future__ import annotations

from pathlib import Path
from uuid import UUID

import pytest

from junheng.reporting.library import load_report
from junheng.web.jobs import running
from junheng.web.reports import making
from junheng.web.reports.models import Report
from junheng.web.reports.services import start_report
from junheng.workflow import Written


@pytest.fixture(autouse=True)
def own_folders(settings, tmp_path):
    settings.FILES = tmp_path / "files"
    settings.SNAPSHOTS = tmp_path / "snapshots"


@pytest.fixture
def drawn(monkeypatch):
    """Files are not laid out, which takes seconds and has tests of its own; each says what it was asked for."""

    def write(report, path, *, template=None):
        Path(path).write_text(f"{Path(path).suffix} {report.checksum}", encoding="utf-8")
        return Written(Path(path), pages=7 if Path(path).suffix == ".pdf" else None)

    monkeypatch.setattr(making, "write_report", write)


@pytest.fixture
def run():
    """Run the job of a report here and now; return the report as it stands afterwards."""

    def ended(report):
        running.run(str(UUID(str(report.job.code))))
        return Report.objects.select_related("job", "place", "evaluation__period__county").get(pk=report.pk)

    return ended


@pytest.fixture
def ask(cast, evaluation):
    """Ask for a report; ``changed`` are options that differ."""

    def asked(maker="self_assessment", *, place=None, user=None, plans=(), judged=True, **changed):
        options = {"formats": ["docx", "pdf"], "masked": "", "writer": {}, "texts": {}} | changed
        return start_report(
            maker=load_report(maker),
            place=place or cast.county,
            evaluation=evaluation if judged else None,
            plans=plans,
            options=options,
            acting_user=user or cast.officer,
        )

    return asked


@pytest.fixture
def made(ask, run, drawn):
    """Ask for a report and have it written."""
    return lambda *args, **changed: run(ask(*args, **changed))
