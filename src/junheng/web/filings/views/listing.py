"""填报: the filings that somebody fills or signs."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from junheng.web.filings.duties import duties_of, sentence_of
from junheng.web.paging import page_of
from junheng.web.signed_in import SignedInRequest


@login_required
@require_GET
def listing(request: SignedInRequest) -> HttpResponse:
    duties = duties_of(request.user, timezone.localdate())
    return render(request, "filings/list.html", {"page": page_of(request, duties), "sentence": sentence_of(duties)})
