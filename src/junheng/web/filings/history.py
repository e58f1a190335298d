"""What happened to a filing: its events, its versions and what differs between them, the life of one cell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from junheng.tables.model import Column
from junheng.web.accounts.models import User
from junheng.web.audit.models import Event
from junheng.web.filings.cells import Address
from junheng.web.filings.form import form_of
from junheng.web.filings.models import Comment, Explanation, Filing, FilingVersion
from junheng.web.filings.naming import cell_label
from junheng.web.filings.reading import Rows
from junheng.web.filings.states import steps_named
from junheng.web.filings.versions import rows_of_version

# What the log calls changes of figures; remarks and explanations name cells too.
_CHANGES = ("save_cells", "correct_cell", "remove_row")
_RETURNS = ("step:return", "step:return_in_town", "step:send_back")


@dataclass(frozen=True, slots=True)
class Difference:
    """One cell that is not the same in two versions; ``None`` where the row is not there."""

    name: str
    address: Address
    was: str | None
    now: str | None


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a cell, from the log."""

    made_at: datetime
    who: str
    action: str
    before: str | None
    after: str | None
    reason: str


@dataclass(frozen=True)
class CellTrace:
    """All that is known of one cell."""

    address: Address
    name: str
    column: Column
    value: str
    author: str
    typed_at: datetime | None
    changes: tuple[Change, ...]
    steps: tuple[Event, ...]
    versions: tuple[tuple[FilingVersion, str], ...]
    comments: tuple[Comment, ...]
    explanations: tuple[Explanation, ...]


def events_of(filing: Filing) -> list[Event]:
    """What was done with a filing, newest first."""
    return list(Event.objects.filter(subject=f"filing:{filing.pk}").select_related("user"))


def last_return(filing: Filing) -> Event | None:
    """The last time that a filing came back: who, when and why."""
    return Event.objects.filter(subject=f"filing:{filing.pk}", action__in=_RETURNS).first()


def step_label(name: str) -> str | Promise:
    """What a step is called, by the name that versions and events carry."""
    if name == "correct":
        return gettext_lazy("数据调整")
    return next((step.label for step in steps_named(name.removeprefix("step:"))), name)


def version_numbered(filing: Filing, number: int) -> FilingVersion:
    found = filing.versions.filter(number=number).select_related("made_by").first()
    if found is None:
        raise Http404
    return found


def differences(filing: Filing, before: Rows, after: Rows) -> list[Difference]:
    """The cells that differ, in the order of the form; a row that came or went is told cell by cell."""
    form = form_of(filing)
    found = []
    for table in dict.fromkeys([*form.parts, *before, *after]):
        old, new = before.get(table, {}), after.get(table, {})
        for key in dict.fromkeys([*old, *new]):
            was, now = old.get(key), new.get(key)
            for column in dict.fromkeys([*(was or {}), *(now or {})]):
                values = (was.get(column, "") if was is not None else None, now.get(column, "") if now else None)
                if (values[0] or "") != (values[1] or ""):
                    address = Address(table, key, column)
                    found.append(Difference(cell_label(form, address), address, *values))
    return found


def trace_of(filing: Filing, address: Address) -> CellTrace:
    """Everything about one cell; a cell that the form does not have does not exist."""
    form = form_of(filing)
    column = form.column(address.table, address.column)
    row = filing.rows.filter(table=address.table, key=address.key).first()
    if column is None or row is None:
        raise Http404
    events = events_of(filing)
    author = row.authors.get(address.column)
    versions = filing.versions.select_related("made_by").order_by("-number")
    of_cell = {"table": address.table, "key": address.key, "column": address.column}
    return CellTrace(
        address=address,
        name=cell_label(form, address),
        column=column,
        value=row.values.get(address.column, ""),
        author=User.objects.filter(pk=author[0]).values_list("name", flat=True).first() or "" if author else "",
        typed_at=datetime.fromisoformat(author[1]) if author else None,
        changes=tuple(_changes(events, address)),
        steps=tuple(event for event in events if event.action.startswith("step:")),
        versions=tuple((version, _value(version, address)) for version in versions),
        comments=tuple(filing.comments.filter(**of_cell).select_related("user")),
        explanations=tuple(filing.explanations.filter(**of_cell).select_related("user")),
    )


def _changes(events: list[Event], address: Address) -> Iterator[Change]:
    for event in (event for event in events if event.action in _CHANGES):
        changes: list[dict[str, Any]] = event.changes
        for change in changes:
            if change["what"] == address.in_log:
                who = event.user.name if event.user else event.username
                yield Change(event.made_at, who, event.action, change["before"], change["after"], event.reason)


def _value(version: FilingVersion, address: Address) -> str:
    return rows_of_version(version).get(address.table, {}).get(address.key, {}).get(address.column, "")
