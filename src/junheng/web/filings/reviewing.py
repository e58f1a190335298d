"""Deciding on one filing: the remarks on its cells and the step are taken together, or neither."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from junheng.web.access import Action
from junheng.web.accounts.models import User
from junheng.web.errors import UnknownCellError
from junheng.web.filings.cells import Address, read_address
from junheng.web.filings.form import form_of
from junheng.web.filings.models import Filing
from junheng.web.filings.remarks import remark
from junheng.web.filings.services import take_step
from junheng.web.filings.states import Step

# What reviewers decide; filling and signing have pages of their own.
DECISIONS = frozenset({Action.REVIEW_IN_TOWN, Action.REVIEW_IN_COUNTY, Action.VERIFY, Action.LOCK})
_FIELD = "remark:"
_LONGEST = 1000


def is_decision(step: Step) -> bool:
    return step.action in DECISIONS


def remarks_in(posted: Mapping[str, str]) -> dict[Address, str]:
    """The remarks that were typed, by cell: fields ``remark:stage_year/primary/pupils``."""
    found = {}
    for name, text in posted.items():
        address = read_address(name.removeprefix(_FIELD)) if name.startswith(_FIELD) else None
        if address and text.strip():
            found[address] = text.strip()[:_LONGEST]
    return found


def decide_on(
    *, filing: Filing, step: str, version: int, reason: str, remarks: Mapping[Address, str], acting_user: User
) -> Filing:
    """Keep the remarks and take the step (none: only the remarks), all or nothing.

    Raises:
        UnknownCellError: a remark is on a cell that the form does not have.
        JunhengError: the step was refused; see ``take_step``.
    """
    form = form_of(filing)
    with transaction.atomic():
        for address, text in remarks.items():
            if form.column(address.table, address.column) is None:
                raise UnknownCellError(table=address.table, key=address.key, column=address.column)
            remark(filing=filing, address=address, text=text, acting_user=acting_user)
        if step:
            filing = take_step(filing=filing, step=step, version=version, acting_user=acting_user, reason=reason)
    return filing
