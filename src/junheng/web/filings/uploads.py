"""Workbooks sent in: kept by content, bound to who sent them for which filing, taken only after a look at them."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from tempfile import NamedTemporaryFile, TemporaryDirectory
from typing import Any

from django.conf import settings
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from junheng.intake.read import Reading, read_file
from junheng.web.accounts.models import User
from junheng.web.audit.services import record
from junheng.web.errors import ChangedMeanwhileError
from junheng.web.filings.errors import UploadGoneError, UploadTooLargeError, UploadTypeError
from junheng.web.filings.form import tables_of
from junheng.web.filings.models import Filing
from junheng.web.filings.services import CellChange, Saved, add_row, save_cells

MOST_MEGABYTES = 10
_SUFFIXES = (".xlsx", ".csv")
_SALT = "filing-upload"
_VALID_FOR = 24 * 3600  # seconds between upload and confirmation
_KEPT_FOR = 7 * 24 * 3600  # seconds; a job that reads one may be done over for as long
_CHUNK = 64 * 1024


@dataclass(frozen=True, slots=True)
class Kept:
    """A file as it was sent: its content's hash is its place; the name is only shown."""

    digest: str
    suffix: str
    name: str

    @property
    def path(self) -> Path:
        return Path(settings.FILES) / "uploads" / self.digest[:2] / f"{self.digest}{self.suffix}"


def keep(upload: UploadedFile[bytes]) -> Kept:
    """Keep a file that was sent, unread, for a week; clear away what others sent before that.

    Raises:
        UploadTypeError, UploadTooLargeError: it is not one to read at all.
    """
    # Whatever path stands in the name belongs to the sender's machine; on ours the content names the file.
    name = PurePath(str(upload.name or "").replace("\\", "/")).name[:120]
    suffix = PurePath(name).suffix.casefold()
    if suffix not in _SUFFIXES:
        raise UploadTypeError(file=name)
    if (upload.size or 0) > MOST_MEGABYTES * 2**20:
        raise UploadTooLargeError(file=name, size=(upload.size or 0) / 2**20, limit=MOST_MEGABYTES)
    digest = hashlib.sha256()
    for chunk in upload.chunks(_CHUNK):
        digest.update(chunk)
    kept = Kept(digest.hexdigest(), suffix, name)
    _clear_old()
    kept.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    # Whole or not at all, also where two people send the same file at once; the time of the file is that of today.
    with NamedTemporaryFile(dir=kept.path.parent, delete=False) as partial:
        try:
            for chunk in upload.chunks(_CHUNK):
                partial.write(chunk)
        except BaseException:
            Path(partial.name).unlink()
            raise
    Path(partial.name).replace(kept.path)
    return kept


def _clear_old() -> None:
    """Remove what was sent long ago: what was confirmed of it stands in the database, with the hash in the log."""
    before = time.time() - _KEPT_FOR
    for file in (Path(settings.FILES) / "uploads").glob("*/*"):
        try:
            if file.stat().st_mtime < before:
                file.unlink()
        except FileNotFoundError:  # somebody else was first
            continue


def sign(kept: Kept, *, filing: Filing, user: User) -> str:
    """The token that stands for a kept file until it is confirmed: for this person and this filing only."""
    content = {"digest": kept.digest, "suffix": kept.suffix, "name": kept.name, "filing": filing.pk, "user": user.pk}
    return signing.dumps(content, salt=_SALT, compress=True)


def kept_of(token: str, *, filing: Filing, user: User) -> Kept:
    """The file that a token stands for.

    Raises:
        UploadGoneError: the token is forged, too old, of another person or filing, or the file is gone.
    """
    try:
        content: dict[str, Any] = signing.loads(token, salt=_SALT, max_age=_VALID_FOR)
    except signing.BadSignature as error:
        raise UploadGoneError from error
    kept = Kept(content["digest"], content["suffix"], content["name"])
    if (content["filing"], content["user"]) != (filing.pk, user.pk) or not kept.path.exists():
        raise UploadGoneError
    return kept


def read_kept(kept: Kept, filing: Filing) -> Reading:
    """Read a kept file by the rules of the filing's tables; blanks are no fault of a file that adds to a filing.

    Raises:
        JunhengError: the file as a whole cannot be read.
    """
    with TemporaryDirectory(prefix="junheng-upload-") as folder:
        # Under a name of our own: what the sender called it goes into messages only.
        place = Path(folder) / f"上传的文件{kept.suffix}"  # zh: data
        place.write_bytes(kept.path.read_bytes())
        return read_file(place, tables_of(filing.period).demanding_nothing())


def apply_upload(
    *,
    filing: Filing,
    kept: Kept,
    changes: Sequence[CellChange],
    new_rows: Sequence[tuple[str, Mapping[str, str]]],
    version: int,
    acting_user: User,
) -> Saved:
    """Take what a confirmed preview showed, wholly or not at all.

    Args:
        version: the version of the filing that the preview was made against.

    Raises:
        ChangedMeanwhileError: the filing has changed since; nothing was taken.
        FilingClosedError, UnknownCellError: see ``save_cells``.
    """
    with transaction.atomic():
        standing = Filing.objects.select_for_update().get(pk=filing.pk)
        if standing.version != version:
            raise ChangedMeanwhileError(filing=filing, step=_("上传"))
        for table, values in new_rows:
            add_row(filing=filing, table=table, values=values, acting_user=acting_user)
        saved = save_cells(filing=filing, changes=changes, acting_user=acting_user)
        record(
            acting_user=acting_user,
            action="upload",
            subject=f"filing:{filing.pk}",
            place=filing.place,
            summary=f"{filing}：上传“{kept.name}”，改 {saved.taken} 个数",
            changes=[{"what": "file", "before": None, "after": kept.digest}],
        )
    return saved
