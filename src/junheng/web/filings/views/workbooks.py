"""The filing as a workbook: down, filled, up again after a look at what it would change."""

from __future__ import annotations

from urllib.parse import quote
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from junheng.base.errors import JunhengError
from junheng.web.failures import words_of
from junheng.web.filings import selectors
from junheng.web.filings.forms import UploadForm
from junheng.web.filings.offices import name_of
from junheng.web.filings.preview import preview_of
from junheng.web.filings.reading import rows_of
from junheng.web.filings.seen import version_seen
from junheng.web.filings.taking import take_upload
from junheng.web.filings.uploads import MOST_MEGABYTES, keep, kept_of, read_kept, sign
from junheng.web.filings.workbook import workbook_of
from junheng.web.limits import UPLOADS, limited
from junheng.web.signed_in import SignedInRequest

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@login_required
@require_GET
def download(request: SignedInRequest, code: UUID) -> HttpResponse:
    filing = selectors.get_filing(code=code, user=request.user)
    name = quote(f"{name_of(filing)}-{filing.period.school_year}.xlsx")
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
    return HttpResponse(workbook_of(filing), content_type=XLSX, headers=headers)


@login_required
@require_http_methods(["GET", "POST"])
@limited(UPLOADS)
def upload(request: SignedInRequest, code: UUID) -> HttpResponse:
    """Take in a file; nothing of it is a cell yet."""
    filing = selectors.get_filing_to_fill(code=code, user=request.user)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            token = sign(keep(form.cleaned_data["file"]), filing=filing, user=request.user)
        except JunhengError as error:
            form.add_error("file", words_of(error))
        else:
            return redirect(reverse("filings:preview", args=[code]) + f"?file={quote(token)}")
    context = {"filing": filing, "name": name_of(filing), "form": form, "limit": MOST_MEGABYTES}
    return render(request, "filings/upload.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def preview(request: SignedInRequest, code: UUID) -> HttpResponse:
    """Show what a file would change; when that is confirmed, take it."""
    filing = selectors.get_filing_to_fill(code=code, user=request.user)
    token = request.POST.get("file") or request.GET.get("file", "")
    try:
        kept = kept_of(token, filing=filing, user=request.user)
        if request.method == "POST":
            count = take_upload(filing=filing, kept=kept, version=version_seen(request.POST), user=request.user)
            messages.success(request, _("已从“{file}”取入 {count} 个数。").format(file=kept.name, count=count))
            return redirect("filings:detail", code=code)
        found = preview_of(filing, read_kept(kept, filing), rows_of(filing), selectors.checked(filing))
    except JunhengError as error:
        messages.error(request, words_of(error))
        return redirect(_after_error(request, code, error.code, token))
    context = {"filing": filing, "name": name_of(filing), "kept": kept, "token": token, "preview": found}
    return render(request, "filings/preview.html", context)


def _after_error(request: SignedInRequest, code: UUID, error: str, token: str) -> str:
    """The preview made anew where the filing changed meanwhile; else the page for another file."""
    if request.method == "POST" and error == "JH-B011":
        return reverse("filings:preview", args=[code]) + f"?file={quote(token)}"
    return reverse("filings:upload", args=[code])
