"""What the offices that file are called; the tables' column ``filled_by`` knows them by their ids."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from junheng.web.filings.models import SCHOOL, Filing

OFFICES: dict[str, Promise] = {
    SCHOOL: _("学校"),
    "county": _("教育局"),
    "finance": _("财政部门"),
    "personnel": _("编制、人社部门"),
    "inspector": _("督导部门"),
}


def office_label(office: str) -> str:
    return str(OFFICES.get(office, office))


def name_of(filing: Filing) -> str:
    """Who files: the school, or the office of the county."""
    return str(filing.place) if filing.office == SCHOOL else f"{filing.place} · {office_label(filing.office)}"
