"""Taking a confirmed workbook: its figures, then what its 填报说明 say about doubtful ones."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from junheng.tables.finding import Severity
from junheng.web.accounts.models import User
from junheng.web.filings import selectors
from junheng.web.filings.models import Filing
from junheng.web.filings.preview import preview_of
from junheng.web.filings.reading import rows_of
from junheng.web.filings.services import write_explanation
from junheng.web.filings.uploads import Kept, apply_upload, read_kept


def take_upload(*, filing: Filing, kept: Kept, version: int, user: User) -> int:
    """Take the file as the preview showed it, wholly or not at all; return how many cells changed.

    Args:
        version: that of the filing when the preview was made; if it has grown, nothing is taken.

    Raises:
        ChangedMeanwhileError: the filing has changed since.
        JunhengError: see ``read_kept``, ``preview_of`` and ``save_cells``.
    """
    preview = preview_of(filing, read_kept(kept, filing), rows_of(filing), selectors.checked(filing))
    with transaction.atomic():
        saved = apply_upload(
            filing=filing,
            kept=kept,
            changes=preview.changes,
            new_rows=preview.new_rows,
            version=version,
            acting_user=user,
        )
        filing.refresh_from_db()
        explain_by_notes(filing, preview.notes, user)
    return saved.taken


def explain_by_notes(filing: Filing, notes: Mapping[tuple[str, str], str], user: User) -> None:
    """A row's 填报说明 explains every doubtful figure of that row, as it does in a workbook.

    Whoever took the figures has asked whether this person may.
    """
    if not notes:
        return
    for entry in selectors.checked(filing).findings:
        text = notes.get((entry.table, entry.key))
        if text and entry.finding.severity is Severity.EXPLAIN and entry.is_open:
            write_explanation(filing=filing, found=entry, text=text, acting_user=user)
