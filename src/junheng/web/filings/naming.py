"""What rows and cells of a filing are called in sentences and heads."""

from __future__ import annotations

from django.utils.translation import gettext as _

from junheng.tables.model import Column
from junheng.web.filings.cells import Address
from junheng.web.filings.form import Form, FormTable
from junheng.web.templatetags.words import label


def key_words(part: FormTable, key: str) -> list[str]:
    """The key of a row in words, column by column: 小学, 2024."""
    return [code_words(part.table.columns[name], value) for name, value in part.key_values(key).items()]


def row_label(part: FormTable, key: str) -> str:
    return " · ".join(filter(None, key_words(part, key)))


def cell_label(form: Form, address: Address) -> str:
    """``学段情况（小学）“在校生数”``, or what is known of a cell that the form has no more."""
    part = form.parts.get(address.table)
    if part is None:
        return str(address)
    column = part.table.columns.get(address.column)
    row = row_label(part, address.key)
    if not address.column:
        return f"{label(part.table)} {row}".strip()
    return _("{table}{row}“{column}”").format(
        table=label(part.table),
        row=_("（%(row)s）") % {"row": row} if row else "",
        column=label(column) if column else address.column,
    )


def code_words(column: Column, value: str) -> str:
    """A code by its word; anything else as it is."""
    if column.codes is None or value not in column.codes.codes:
        return value
    return label(column.codes.codes[value])
