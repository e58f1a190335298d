"""Word files of before 2007 (.doc, also of WPS, and RTF): LibreOffice turns them into .docx, which is then read."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from junheng.base.terms import Label
from junheng.documents import limits
from junheng.documents.document import Document
from junheng.documents.errors import OldWordError
from junheng.documents.word import read_word

_ABSENT = Label(
    zh="这台机器上没有安装 LibreOffice，不能代为转换", en="LibreOffice, which would convert it, is not installed"
)
_FAILED = Label(
    zh="LibreOffice 转换不了，可能已损坏或有密码", en="LibreOffice cannot convert it; it may be damaged or encrypted"
)


def read_old_word(file: str, content: bytes) -> Document:
    """The text of a .doc.

    Raises:
        OldWordError: there is no LibreOffice here, or it cannot convert the file.
        JunhengError: what came out does not read (see ``documents.errors``).
    """
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        raise OldWordError(file=file, reason=_ABSENT)
    with TemporaryDirectory(prefix="junheng-document-") as folder:
        return read_word(file, _converted(office, file, content, Path(folder)))


def _converted(office: str, file: str, content: bytes, folder: Path) -> bytes:
    source = folder / "document.doc"  # never the name that a sender gave it
    source.write_bytes(content)
    # A profile of its own: one that is open elsewhere would swallow the job. Macros of the file are never run.
    command = [
        office, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore",
        "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder), str(source),
    ]  # fmt: skip
    started = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        started.wait(limits.SECONDS)
    except subprocess.TimeoutExpired as error:
        raise OldWordError(file=file, reason=_FAILED) from error
    finally:
        if started.poll() is None:
            os.killpg(started.pid, signal.SIGKILL)  # the launcher's child does the work
            started.wait()
    try:
        return source.with_suffix(".docx").read_bytes()
    except OSError as error:
        raise OldWordError(file=file, reason=_FAILED) from error
