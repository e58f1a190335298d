"""Typed cells and rows: saved one by one by the grid, or all together by a form that is sent without script."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from junheng.base.errors import JunhengError
from junheng.web.failures import words_of
from junheng.web.filings import selectors
from junheng.web.filings.cells import Address
from junheng.web.filings.form import form_of
from junheng.web.filings.models import Filing
from junheng.web.filings.naming import cell_label
from junheng.web.filings.payload import changes_in_form, changes_in_json
from junheng.web.filings.rows import add_typed_row
from junheng.web.filings.services import Conflict, Saved, remove_row, save_cells
from junheng.web.signed_in import SignedInRequest


@login_required
@require_POST
def save(request: SignedInRequest, code: UUID) -> HttpResponse:
    filing = selectors.get_filing_to_fill(code=code, user=request.user)
    if request.content_type == "application/json":
        return _save_json(request, filing)
    _save_form(request, filing)
    return redirect("filings:detail", code=code)


def _save_json(request: SignedInRequest, filing: Filing) -> JsonResponse:
    try:
        saved = save_cells(filing=filing, changes=changes_in_json(request.body), acting_user=request.user)
    except JunhengError as error:
        # 409: what was typed stays with the page, which says why it could not be taken.
        return JsonResponse({"error": words_of(error), "code": error.code}, status=409)
    conflicts = [
        {"name": str(Address(c.table, c.key, c.column)), "mine": c.mine, "theirs": c.theirs, "who": c.who}
        for c in saved.conflicts
    ]
    return JsonResponse({"version": saved.version, "taken": saved.taken, "conflicts": conflicts})


def _save_form(request: SignedInRequest, filing: Filing) -> Saved | None:
    """Save what a form without script holds, and say in messages what became of it."""
    try:
        saved = save_cells(filing=filing, changes=changes_in_form(request.POST), acting_user=request.user)
    except JunhengError as error:
        messages.error(request, words_of(error))
        return None
    messages.success(request, _("已保存 {count} 个数。").format(count=saved.taken))
    for conflict in saved.conflicts:
        messages.warning(request, _conflict_words(filing, conflict))
    return saved


def _conflict_words(filing: Filing, conflict: Conflict) -> str:
    address = Address(conflict.table, conflict.key, conflict.column)
    return _("{cell}：您填 {mine}，{who}已改为 {theirs}，没有覆盖。请核对后再填。").format(
        cell=cell_label(form_of(filing), address), mine=conflict.mine, theirs=conflict.theirs, who=conflict.who
    )


@login_required
@require_POST
def add(request: SignedInRequest, code: UUID, table: str) -> HttpResponse:
    """Add a row; what else was typed in the form is saved with it."""
    filing = selectors.get_filing_to_fill(code=code, user=request.user)
    if _save_form(request, filing) is not None:
        try:
            add_typed_row(filing=filing, table=table, posted=request.POST, acting_user=request.user)
        except JunhengError as error:
            messages.error(request, words_of(error))
    return redirect(f"{filing_url(filing)}#t-{table}")


@login_required
@require_POST
def remove(request: SignedInRequest, code: UUID, table: str) -> HttpResponse:
    """Take a row out; what else was typed in the form is saved first."""
    filing = selectors.get_filing_to_fill(code=code, user=request.user)
    if _save_form(request, filing) is not None:
        try:
            remove_row(filing=filing, table=table, key=request.POST.get("row", ""), acting_user=request.user)
        except JunhengError as error:
            messages.error(request, words_of(error))
    return redirect(f"{filing_url(filing)}#t-{table}")


def filing_url(filing: Filing) -> str:
    return redirect("filings:detail", code=filing.code).url
