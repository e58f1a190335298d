"""A workbook between its preview and its confirmation: in the session stands only its hash, never in the page."""

from __future__ import annotations

from django.contrib.sessions.backends.base import SessionBase

from junheng.intake.csv_file import read_csv
from junheng.intake.sheet import Sheet
from junheng.intake.xlsx_file import read_xlsx
from junheng.web.accounts.errors import UploadForgottenError
from junheng.web.filings.uploads import Kept

_KEY = "waiting_file"


def remember(session: SessionBase, purpose: str, kept: Kept, preview: str) -> None:
    """Let a file wait: ``purpose`` says for what and where, ``preview`` is the mark of what the person was shown."""
    session[f"{_KEY}:{purpose}"] = [kept.digest, kept.suffix, kept.name, preview]


def remembered(session: SessionBase, purpose: str) -> tuple[Kept, str]:
    """The file that waits, and the mark of its preview.

    Raises:
        UploadForgottenError: none does.
    """
    digest, suffix, name, preview = session.get(f"{_KEY}:{purpose}", ("", "", "", ""))
    kept = Kept(digest, suffix, name)
    if not digest or not kept.path.exists():
        raise UploadForgottenError
    return kept, preview


def forget(session: SessionBase, purpose: str) -> None:
    session.pop(f"{_KEY}:{purpose}", None)


def sheets_of(kept: Kept) -> list[Sheet]:
    """The sheets of a kept file; formulas and macros in it are never run.

    Raises:
        JunhengError: the file as a whole cannot be read.
    """
    content = kept.path.read_bytes()
    return [read_csv(kept.name, content)] if kept.suffix == ".csv" else read_xlsx(kept.name, content)[0]
