"""One filing: fill it in, see what is wrong, how the school stands, what happened."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from junheng.web.filings import selectors
from junheng.web.filings.page import moving_parts, page_of_filing
from junheng.web.filings.reading import rows_of
from junheng.web.filings.services import count_findings
from junheng.web.filings.standing import standing_of
from junheng.web.filings.summary import summary_of
from junheng.web.signed_in import SignedInRequest


@login_required
@require_GET
def detail(request: SignedInRequest, code: UUID) -> HttpResponse:
    filing = selectors.get_filing(code=code, user=request.user)
    return render(request, "filings/detail.html", page_of_filing(filing, request.user))


@login_required
@require_GET
def summary(request: SignedInRequest, code: UUID) -> HttpResponse:
    """What whoever signs or reviews has to see, on a phone too."""
    filing = selectors.get_filing(code=code, user=request.user)
    context = page_of_filing(filing, request.user)
    return render(request, "filings/summary.html", {**context, "summary": summary_of(filing, context["found"])})


@login_required
@require_GET
def standing(request: SignedInRequest, code: UUID) -> HttpResponse:
    """The parts of the page that move as people type: what is wrong, how the school stands, what is to be done."""
    filing = selectors.get_filing(code=code, user=request.user)
    rows = rows_of(filing)
    found = selectors.checked(filing)
    if filing.is_open and selectors.may_fill(request.user, filing):
        count_findings(
            filing=filing, errors=found.errors, to_explain=found.to_explain, filled=found.filled, asked=found.asked
        )
    context = {**moving_parts(filing, request.user, found), "standing": standing_of(filing, found, rows)}
    return render(request, "filings/moving.html", context)
