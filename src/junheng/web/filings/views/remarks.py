"""Remarks on a filing and on its cells."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from junheng.web.filings import selectors
from junheng.web.filings.cells import Address, cell_url, read_address
from junheng.web.filings.form import form_of
from junheng.web.filings.forms import RemarkForm
from junheng.web.filings.models import Filing
from junheng.web.filings.remarks import remark, settle
from junheng.web.signed_in import SignedInRequest


@login_required
@require_POST
def add(request: SignedInRequest, code: UUID) -> HttpResponse:
    filing = selectors.get_filing(code=code, user=request.user)
    address = _address(filing, request.POST.get("cell", ""))
    if address is None or not selectors.may_remark(request.user, filing):
        raise Http404
    form = RemarkForm(request.POST)
    if form.is_valid():
        remark(filing=filing, address=address, text=form.cleaned_data["text"], acting_user=request.user)
        messages.success(request, _("批注已发给有关的人。"))
    else:
        messages.error(request, _("批注没有写内容，或超过 1000 字，没有发出。"))
    return redirect(cell_url(filing, address))


@login_required
@require_POST
def settle_one(request: SignedInRequest, code: UUID, pk: int) -> HttpResponse:
    filing = selectors.get_filing(code=code, user=request.user)
    comment = settle(filing=filing, pk=pk, acting_user=request.user)
    messages.success(request, _("批注已处理。"))
    return redirect(cell_url(filing, Address(comment.table, comment.key, comment.column)))


def _address(filing: Filing, text: str) -> Address | None:
    """The cell that is meant; the filing as a whole where none is named; None for a cell that is not there."""
    if not text:
        return Address("", "", "")
    address = read_address(text)
    if address is None or form_of(filing).column(address.table, address.column) is None:
        return None
    return address if filing.rows.filter(table=address.table, key=address.key).exists() else None
