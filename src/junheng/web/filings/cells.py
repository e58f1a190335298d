"""Addresses of cells in pages and messages: table, key of the row, column."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from junheng.web.filings.models import Filing

NO_KEY = "-"  # in an address, for a table with one row only


def plain(text: str) -> str:
    """Typed text as it can be kept: without NUL and broken characters, which no database takes, trimmed."""
    return text.replace("\0", "").encode(errors="ignore").decode().strip()


@dataclass(frozen=True, slots=True)
class Address:
    """One cell of a filing; its text is the name of its field in the form."""

    table: str
    key: str
    column: str

    def __str__(self) -> str:
        return f"{self.table}/{self.key}/{self.column}"

    @property
    def anchor(self) -> str:
        """The id of its field in the page; of the table where no column is named."""
        if not self.column:
            return f"t-{self.table}"
        return "c-" + "_".join(str(self).split())

    @property
    def in_log(self) -> str:
        """How the log of changes names it."""
        return "/".join(filter(None, (self.table, self.key, self.column)))


def read_address(text: str) -> Address | None:
    """The cell that a field name means; None when it names none."""
    if plain(text) != text.strip():
        return None
    table, first, rest = text.partition("/")
    key, last, column = rest.rpartition("/")
    return Address(table, key, column) if first and last and table and column else None


def cell_url(filing: Filing, address: Address) -> str:
    """The page of one cell: its value, author, changes, approvals and remarks; of the filing where none is named."""
    if not address.column:
        return reverse("filings:detail", args=[filing.code])
    return reverse("filings:cell", args=[filing.code, address.table, address.key or NO_KEY, address.column])
