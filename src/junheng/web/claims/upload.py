"""A file sent in to be checked: bounded, under a name of our own, gone with the answer."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory

from django.core.files.uploadedfile import UploadedFile

from junheng.web.claims.errors import SentFileTooLargeError, SentFileTypeError

SUFFIXES = (".docx", ".pdf", ".txt", ".html", ".htm", ".xlsx")
MOST_MEGABYTES = 10


@dataclass(frozen=True, slots=True)
class Sent:
    """A file as it lies on the disk while it is read.

    Attributes:
        name: what its sender calls it, without folders.
        digest: SHA-256 of its content.
    """

    path: Path
    name: str
    digest: str


@contextmanager
def received(upload: UploadedFile[bytes]) -> Iterator[Sent]:
    """The file under a name of our own, for as long as it is needed.

    Raises:
        SentFileTypeError, SentFileTooLargeError: it is not read at all.
    """
    name = PurePath(str(upload.name or "").replace("\\", "/")).name[-120:]
    suffix = PurePath(name).suffix.casefold()
    if suffix not in SUFFIXES:
        raise SentFileTypeError(file=name, kinds=" ".join(SUFFIXES))
    if (upload.size or 0) > MOST_MEGABYTES * 2**20:
        raise SentFileTooLargeError(file=name, size=(upload.size or 0) / 2**20, limit=MOST_MEGABYTES)
    digest = hashlib.sha256()
    with TemporaryDirectory(prefix="junheng-claims-") as folder:
        path = Path(folder) / f"file{suffix}"
        with path.open("wb") as target:
            for chunk in upload.chunks():
                digest.update(chunk)
                target.write(chunk)
        yield Sent(path, name, digest.hexdigest())
