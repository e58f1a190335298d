"""Moving a filing on: hand in, sign, pass, return, approve, verify, lock, unlock."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from junheng.base.errors import JunhengError
from junheng.web.failures import words_of
from junheng.web.filings import selectors
from junheng.web.filings.seen import version_seen
from junheng.web.filings.services import take_step
from junheng.web.signed_in import SignedInRequest


@login_required
@require_POST
def step(request: SignedInRequest, code: UUID, name: str) -> HttpResponse:
    filing = selectors.get_filing(code=code, user=request.user)
    posted = request.POST
    try:
        filing = take_step(
            filing=filing,
            step=name,
            version=version_seen(posted),
            reason=posted.get("reason", ""),
            acting_user=request.user,
        )
    except JunhengError as error:
        messages.error(request, words_of(error))
    else:
        messages.success(request, _("已办理，现在是“{state}”。").format(state=filing.get_state_display()))
    return redirect("filings:detail", code=code)
