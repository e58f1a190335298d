"""What happened to a filing, and to one of its cells."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from junheng.base.errors import JunhengError
from junheng.web.access import Action, may
from junheng.web.failures import words_of
from junheng.web.filings import selectors
from junheng.web.filings.cells import NO_KEY, Address
from junheng.web.filings.forms import CorrectionForm, RemarkForm
from junheng.web.filings.history import events_of, trace_of
from junheng.web.filings.models import Filing
from junheng.web.filings.offices import name_of
from junheng.web.filings.services import CellChange, correct_cell
from junheng.web.filings.states import State
from junheng.web.filings.two_versions import two_versions
from junheng.web.paging import page_of
from junheng.web.signed_in import SignedInRequest


@login_required
@require_GET
def history(request: SignedInRequest, code: UUID) -> HttpResponse:
    filing = selectors.get_filing(code=code, user=request.user)
    comparison = two_versions(filing, request.GET.get("from", ""), request.GET.get("to", ""))
    context = {
        "filing": filing,
        "name": name_of(filing),
        "page": page_of(request, events_of(filing)),
        "comparison": comparison,
    }
    return render(request, "filings/history.html", context)


@login_required
@require_GET
def cell(request: SignedInRequest, code: UUID, table: str, key: str, column: str) -> HttpResponse:
    filing = selectors.get_filing(code=code, user=request.user)
    address = Address(table, "" if key == NO_KEY else key, column)
    trace = trace_of(filing, address)
    before = selectors.rows_before(filing).get(table, {}).get(address.key, {}).get(column, "")
    context = {
        "filing": filing,
        "name": name_of(filing),
        "trace": trace,
        "before": before,
        "filing_before": selectors.filing_before(filing),
        "settleable": {comment.pk for comment in trace.comments if selectors.may_settle(request.user, comment)},
        "remark_form": RemarkForm() if selectors.may_remark(request.user, filing) else None,
        "correction_form": _correction(filing, trace.value) if _may_correct(request, filing) else None,
    }
    return render(request, "filings/cell_page.html", context)


@login_required
@require_http_methods(["POST"])
def correct(request: SignedInRequest, code: UUID, table: str, key: str, column: str) -> HttpResponse:
    """数据调整: correct an approved figure, with a reason."""
    filing = selectors.get_filing(code=code, user=request.user)
    if not may(request.user, Action.CORRECT, filing.place):
        raise Http404
    form = CorrectionForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("没有调整：请写明改为多少和原因。"))
        return redirect("filings:cell", code=code, table=table, key=key, column=column)
    sent = form.cleaned_data
    change = CellChange(table, "" if key == NO_KEY else key, column, sent["before"], sent["after"])
    try:
        correct_cell(
            filing=filing, change=change, version=sent["version"], reason=sent["reason"], acting_user=request.user
        )
    except JunhengError as error:
        messages.error(request, words_of(error))
    else:
        messages.success(request, _("已调整，原来的版本仍然保留。"))
    return redirect("filings:cell", code=code, table=table, key=key, column=column)


def _may_correct(request: SignedInRequest, filing: Filing) -> bool:
    return filing.state in (State.APPROVED, State.VERIFIED) and may(request.user, Action.CORRECT, filing.place)


def _correction(filing: Filing, value: str) -> CorrectionForm:
    return CorrectionForm(initial={"version": filing.version, "before": value, "after": value})
