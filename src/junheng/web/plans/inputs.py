"""Input files of plans: hostile until the planner has read them, then kept by content as long as a plan has them."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q

from junheng.web.filings.errors import UploadTooLargeError
from junheng.web.filings.uploads import MOST_MEGABYTES
from junheng.web.jobs import files
from junheng.web.plans.errors import InputFileTypeError
from junheng.web.plans.models import Plan

_SUFFIXES = {
    "resources": (".xlsx",),
    "rotation": (".xlsx",),
    "zoning": (".xlsx", ".geojson", ".json"),
}
_OWN_NAME = "输入"  # zh: data


@dataclass(frozen=True, slots=True)
class InputFile:
    """A kept file: its content's hash, and what it is called."""

    digest: str
    name: str

    @property
    def suffix(self) -> str:
        return PurePath(self.name).suffix.casefold()


def keep_upload(upload: UploadedFile[bytes], kind: str) -> InputFile:
    """Keep a file that was sent, unread.

    Raises:
        InputFileTypeError, UploadTooLargeError: it is not one to read at all.
    """
    name = PurePath(str(upload.name or "").replace("\\", "/")).name[-120:]
    suffix = PurePath(name).suffix.casefold()
    if suffix not in _SUFFIXES[kind]:
        raise InputFileTypeError(file=name, kinds=" / ".join(_SUFFIXES[kind]))
    if (upload.size or 0) > MOST_MEGABYTES * 2**20:
        raise UploadTooLargeError(file=name, size=(upload.size or 0) / 2**20, limit=MOST_MEGABYTES)

    def write(place: Path) -> None:
        with place.open("wb") as target:
            for chunk in upload.chunks():
                target.write(chunk)

    return keep_written(write, name)


def keep_written(write: Callable[[Path], None], name: str) -> InputFile:
    """Keep a file that ``write`` writes."""
    with files.new_file(PurePath(name).suffix) as draft:
        write(draft)
        return InputFile(files.keep(draft), name)


def forget_unused(digests: Iterable[str]) -> None:
    """Remove the files that no plan has any more: a roster must not outlive the plan that it was sent for."""
    for digest in digests:
        if not Plan.objects.filter(Q(inputs=digest) | Q(options__outlines=digest)).exists():
            files.forget(digest)


@contextmanager
def opened(kept: InputFile) -> Iterator[Path]:
    """A kept file under a name of our own, for as long as it is read.

    Raises:
        FileGoneError: it is no longer there.
    """
    place = files.find(kept.digest, name=kept.name)
    Path(settings.FILES).mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="junheng-plan-") as folder:
        copy = Path(folder) / f"{_OWN_NAME}{kept.suffix}"
        shutil.copyfile(place, copy)
        yield copy
