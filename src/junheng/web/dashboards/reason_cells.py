"""Behind a figure of a reasoning: the cell of the filing it was filed in, who typed it, who approved it.

All figures of a page are looked up together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.dateparse import parse_datetime

from junheng.web.access import Person
from junheng.web.accounts.models import User
from junheng.web.audit.models import Event
from junheng.web.dashboards.models import Evaluation
from junheng.web.dashboards.selectors import RowSource, sources_of
from junheng.web.filings.cells import Address, cell_url
from junheng.web.filings.form import form_of
from junheng.web.filings.models import Filing, FilingVersion
from junheng.web.filings.selectors import filings_for

_APPROVALS = ("step:approve", "step:verify", "step:lock")


@dataclass(frozen=True, slots=True)
class FiledBy:
    """Where a figure was filed.

    Attributes:
        href: the page of the cell; of the filing, where it is no cell that people fill.
        who, when: who typed it last; empty where nobody is known, as after an import.
        approved_by, approved_at: who approved the filing last.
        version: number of the version that went in; None for a draft.
    """

    href: str
    filing: str
    state: str
    version: int | None
    who: str
    when: datetime | None
    approved_by: str
    approved_at: datetime | None


def filed_by(evaluation: Evaluation, addresses: Iterable[str], user: Person) -> Mapping[str, FiledBy]:
    """By the address of each figure where it was filed; only of filings that this person may see."""
    sources = sources_of(evaluation, addresses)
    wanted = {source.filing for source in sources.values()}
    filings = filings_for(user).in_bulk(wanted) if wanted else {}
    versions = FilingVersion.objects.in_bulk({source.version for source in sources.values() if source.version})
    authors = {address: _author(source, versions) for address, source in sources.items()}
    names = dict(User.objects.filter(pk__in={who for who, _ in authors.values() if who}).values_list("pk", "name"))
    approvals = _approvals(filings)
    found = {}
    for address, source in sources.items():
        filing = filings.get(source.filing)
        if filing is None:
            continue
        who, when = authors[address]
        version = versions.get(source.version or 0)
        approval = approvals.get(filing.pk)
        found[address] = FiledBy(
            href=_door(filing, source),
            filing=str(filing),
            state=filing.get_state_display(),
            version=version.number if version else None,
            who=names.get(who or 0, ""),
            when=when,
            approved_by=(approval.user.name if approval.user else approval.username) if approval else "",
            approved_at=approval.made_at if approval else None,
        )
    return found


def _author(source: RowSource, versions: Mapping[int, FilingVersion]) -> tuple[int | None, datetime | None]:
    version = versions.get(source.version or 0)
    if version is None:
        return None, None
    rows: list[dict[str, Any]] = version.content.get(source.table, [])
    row = next((entry for entry in rows if entry["key"] == source.key), {})
    author = row.get("authors", {}).get(source.column)
    return (author[0], parse_datetime(author[1])) if author else (None, None)


def _approvals(filings: Mapping[int, Filing]) -> dict[int, Event]:
    """The last approval of each filing."""
    subjects = {f"filing:{pk}": pk for pk in filings}
    found = Event.objects.filter(subject__in=subjects, action__in=_APPROVALS).select_related("user").order_by("pk")
    return {subjects[event.subject]: event for event in found}


def _door(filing: Filing, source: RowSource) -> str:
    if form_of(filing).column(source.table, source.column) is None:
        return reverse("filings:detail", args=[filing.code])
    return cell_url(filing, Address(source.table, source.key, source.column))
