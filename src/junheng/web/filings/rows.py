"""Rows that people add to tables which grow."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from junheng.tables.model import Column
from junheng.web.accounts.models import User
from junheng.web.errors import UnknownCellError
from junheng.web.filings.errors import SameRowError
from junheng.web.filings.form import form_of
from junheng.web.filings.models import Filing, FilingRow
from junheng.web.filings.services import add_row
from junheng.web.templatetags.words import label


def field_of(table: str, column: str) -> str:
    """The name of the field in which the key of a new row is typed."""
    return f"new:{table}:{column}"


def add_typed_row(*, filing: Filing, table: str, posted: Mapping[str, str], acting_user: User) -> FilingRow:
    """Add the row whose key was typed, codes by their words.

    Raises:
        UnknownCellError: the form has no such table.
        SameRowError: a key column is blank, no code is meant by it, or the row is there already.
        FilingClosedError: the filing is not open.
    """
    part = form_of(filing).parts.get(table)
    if part is None or not part.grows:
        raise UnknownCellError(table=table, key="", column="")
    typed = {name: posted.get(field_of(table, name), "").strip() for name in part.key}
    values = {name: _code(part.table.columns[name], word) for name, word in typed.items()}
    shown = _("、").join(f"{label(part.table.columns[name])} {word or '—'}" for name, word in typed.items())
    if not all(values.values()) or filing.rows.filter(table=table, key=part.key_of(values)).exists():
        raise SameRowError(table=label(part.table), key=shown)
    return add_row(filing=filing, table=table, values=values, acting_user=acting_user)


def _code(column: Column, word: str) -> str:
    """The code that a word stands for; nothing where the column is a closed list without it."""
    return word if column.codes is None else column.codes.read(word) or ""
