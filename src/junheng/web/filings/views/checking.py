"""逻辑校验 and 经验校验: what is wrong, by root cause; why doubtful figures are right."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from junheng.base.errors import JunhengError
from junheng.web.failures import words_of
from junheng.web.filings import selectors
from junheng.web.filings.causes import listed
from junheng.web.filings.explaining import explain_posted
from junheng.web.filings.form import form_of
from junheng.web.filings.models import Filing
from junheng.web.filings.page import moving_parts
from junheng.web.filings.services import count_findings
from junheng.web.signed_in import SignedInRequest


@login_required
@require_POST
def check(request: SignedInRequest, code: UUID) -> HttpResponse:
    """Check the filing now, keep the counts, show the findings."""
    filing = selectors.get_filing(code=code, user=request.user)
    found = selectors.checked(filing)
    count_findings(
        filing=filing, errors=found.errors, to_explain=found.to_explain, filled=found.filled, asked=found.asked
    )
    if "HX-Request" not in request.headers:
        return redirect("filings:detail", code=code)
    return render(request, "filings/checked.html", moving_parts(filing, request.user, found))


@login_required
@require_POST
def explain(request: SignedInRequest, code: UUID) -> HttpResponse:
    """Write down why a doubtful value is right."""
    filing = selectors.get_filing_to_fill(code=code, user=request.user)
    try:
        count = explain_posted(filing=filing, posted=request.POST, acting_user=request.user)
    except JunhengError as error:
        return _not_explained(request, filing, words_of(error))
    if "HX-Request" not in request.headers or count > 1:
        messages.success(request, _("已说明 {count} 处。").format(count=count))
        return _whole_page(request, filing)
    return _explained(request, filing)


def _explained(request: SignedInRequest, filing: Filing) -> HttpResponse:
    """The one finding, with what was just written; the page learns the new version and the new counts."""
    filing.refresh_from_db()
    found = selectors.checked(filing)
    cell = [request.POST.get(name, "") for name in ("check", "table", "key", "column")]
    entry = next((e for e in found.findings if [e.finding.check, e.table, e.key, e.column] == cell), None)
    if entry is None:
        return _whole_page(request, filing)
    context = {
        **moving_parts(filing, request.user, found),
        "entry": listed(form_of(filing), entry),
        "said": True,
    }
    response = render(request, "filings/finding.html", context)
    response["HX-Trigger"] = f'{{"filing-version": {filing.version}}}'
    return response


def _not_explained(request: SignedInRequest, filing: Filing, words: str) -> HttpResponse:
    messages.error(request, words)
    return _whole_page(request, filing)


def _whole_page(request: SignedInRequest, filing: Filing) -> HttpResponse:
    response = redirect("filings:detail", code=filing.code)
    if "HX-Request" in request.headers:
        return HttpResponse(headers={"HX-Redirect": response.url})
    return response
