from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from junheng.web.claims import views
from web.claim_documents import TEXT, checked


@pytest.fixture(autouse=True)
def own_folders(settings, tmp_path):
    settings.FILES = tmp_path / "files"
    settings.SNAPSHOTS = tmp_path / "snapshots"


@pytest.fixture
def asked(monkeypatch):
    """What the checker was asked; it answers at once, and says the same of every report."""
    found = []

    def check(path, name, against):
        found.append((path, against))
        return checked(path.read_text(encoding="utf-8"), name)

    views._checked_once.cache_clear()
    monkeypatch.setattr(views, "check_apart", check)
    yield found
    views._checked_once.cache_clear()


@pytest.fixture
def report():
    """The report as a browser sends it: ``report()``, or under another name, with other content."""

    def made(name="自查报告.txt", content=None):
        return SimpleUploadedFile(name, TEXT.encode() if content is None else content)

    return made
