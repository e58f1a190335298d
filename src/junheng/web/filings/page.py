"""All that the page of one filing shows."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from junheng.web.access import Action, may
from junheng.web.accounts.models import User
from junheng.web.filings import selectors
from junheng.web.filings.causes import causes_of
from junheng.web.filings.cells import Address, cell_url
from junheng.web.filings.form import form_of
from junheng.web.filings.history import last_return
from junheng.web.filings.models import Comment, Filing
from junheng.web.filings.naming import cell_label
from junheng.web.filings.offices import name_of
from junheng.web.filings.payload import LONGEST, shown
from junheng.web.filings.reading import Checked, check_filing, rows_of
from junheng.web.filings.sections import sections_of
from junheng.web.filings.standing import standing_of
from junheng.web.filings.states import State
from junheng.web.filings.track import track_of, what_now


def page_of_filing(filing: Filing, user: User) -> dict[str, Any]:
    """The context of the page: form, findings, standing, remarks, and what can be done."""
    before = selectors.rows_before(filing)
    rows = rows_of(filing)
    found = check_filing(filing, rows, before, filing.explanations.all(), selectors.main_campus_of(filing, rows))
    comments = list(filing.comments.filter(settled_at__isnull=True).select_related("user"))
    sections = sections_of(filing, before, found.findings, comments)
    fills = selectors.may_fill(user, filing)
    cells = [cell for section in sections for cell in section.cells]
    return {
        "name": name_of(filing),
        "place_name": str(filing.period.county),
        "period_name": str(filing.period),
        "sections": sections,
        "fills": fills,
        "was": shown([(str(cell.address), cell.value) for cell in cells]),
        "longest": LONGEST,
        **moving_parts(filing, user, found),
        "standing": standing_of(filing, found, rows),
        "remarks": remarks_of(filing, comments, user),
        "may_remark": selectors.may_remark(user, filing),
        "may_correct": may(user, Action.CORRECT, filing.place) and filing.state in (State.APPROVED, State.VERIFIED),
        "track": track_of(filing),
        "days_left": (filing.period.due_on - timezone.localdate()).days,
    }


def moving_parts(filing: Filing, user: User, found: Checked) -> dict[str, Any]:
    """What changes on the page as people type: the sentence, the findings, whether it can be handed in."""
    fills = selectors.may_fill(user, filing)
    # What leads on comes first; what goes back, last.
    steps = sorted(selectors.steps_for(user, filing), key=lambda step: (step.needs_reason, step.to == State.DRAFT))
    returned = last_return(filing) if filing.state == State.RETURNED else None
    return {
        "filing": filing,
        "found": found,
        "causes": causes_of(form_of(filing), found.findings),
        "editable": fills and filing.is_open,
        "steps": steps,
        "returned": returned,
        "first_wrong": first_wrong(found),
        "sentence": what_now(
            filing,
            fills=fills,
            steps=steps,
            found=found,
            today=timezone.localdate(),
            returned=returned.reason if returned else "",
        ),
    }


def first_wrong(found: Checked) -> str:
    """The anchor of the cell to begin with: the first error, or else the first that wants an explanation."""
    wrong = [entry for entry in found.findings if entry.is_error] or found.doubts
    at_cells = [Address(entry.table, entry.key, entry.column).anchor for entry in wrong if entry.column]
    return at_cells[0] if at_cells else "findings"


def remarks_of(filing: Filing, comments: list[Comment], user: User) -> list[dict[str, Any]]:
    """Open remarks, each with the name and the page of its cell, and whether this person may settle it."""
    form = form_of(filing)
    found = []
    for comment in comments:
        address = Address(comment.table, comment.key, comment.column)
        found.append(
            {
                "comment": comment,
                "settleable": selectors.may_settle(user, comment),
                "name": cell_label(form, address) if comment.column else "",
                "url": cell_url(filing, address) if comment.column else "",
                "anchor": address.anchor if comment.column else "",
            }
        )
    return found
