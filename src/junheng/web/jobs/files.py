"""Files that jobs have written, kept by content below a name that nobody chooses."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from junheng.web.jobs.errors import FileGoneError


@contextmanager
def new_file(suffix: str = "") -> Iterator[Path]:
    """A file to write; whoever wants to keep it calls ``keep`` before the end."""
    settings.FILES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".draft-", dir=settings.FILES) as folder:
        yield Path(folder) / f"file{suffix}"


def keep(file: Path) -> str:
    """Move a finished file to its place; return its SHA-256, which is its name."""
    with file.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    place = _place(digest)
    place.parent.mkdir(parents=True, exist_ok=True)
    file.chmod(0o600)
    os.replace(file, place)  # noqa: PTH105 - the same content may be there already
    return digest


def find(digest: str, *, name: str) -> Path:
    """Where a kept file lies.

    Raises:
        FileGoneError: it is no longer there.
    """
    place = _place(digest)
    if not place.is_file():
        raise FileGoneError(name=name)
    return place


def forget(digest: str) -> None:
    """Remove a kept file for good. The caller sees to it that nothing else has the same content."""
    _place(digest).unlink(missing_ok=True)


def _place(digest: str) -> Path:
    return Path(settings.FILES) / digest[:2] / digest
