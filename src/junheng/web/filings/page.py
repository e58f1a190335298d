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
from junheng.web.filings.reading import check_filing, rows_of
from junheng.web.filings.remarks import may_remark, may_settle
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
    # What leads on comes first; what goes back, last.
    steps = sorted(selectors.steps_for(user, filing), key=lambda step: (step.needs_reason, step.to == State.DRAFT))
    returned = last_return(filing) if filing.state == State.RETURNED else None
    today = timezone.localdate()
    cells = [cell for section in sections for cell in section.cells]
    return {
        "filing": filing,
        "name": name_of(filing),
        "place_name": str(filing.period.county),
        "period_name": str(filing.period),
        "sections": sections,
        "editable": fills and filing.is_open,
        "fills": fills,
        "was": shown([(str(cell.address), cell.value) for cell in cells]),
        "longest": LONGEST,
        "found": found,
        "causes": causes_of(form_of(filing), found.findings),
        "standing": standing_of(filing, found, rows),
        "remarks": remarks_of(filing, comments, user),
        "may_remark": may_remark(user, filing),
        "may_correct": may(user, Action.CORRECT, filing.place) and filing.state in (State.APPROVED, State.VERIFIED),
        "steps": steps,
        "track": track_of(filing),
        "returned": returned,
        "days_left": (filing.period.due_on - today).days,
        "sentence": what_now(
            filing,
            fills=fills,
            steps=steps,
            found=found,
            today=today,
            returned=returned.reason if returned else "",
        ),
    }


def remarks_of(filing: Filing, comments: list[Comment], user: User) -> list[dict[str, Any]]:
    """Open remarks, each with the name and the page of its cell, and whether this person may settle it."""
    form = form_of(filing)
    found = []
    for comment in comments:
        address = Address(comment.table, comment.key, comment.column)
        found.append(
            {
                "comment": comment,
                "settleable": may_settle(user, comment),
                "name": cell_label(form, address) if comment.column else "",
                "url": cell_url(filing, address) if comment.column else "",
                "anchor": address.anchor if comment.column else "",
            }
        )
    return found
