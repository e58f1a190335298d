"""Asking for the job that puts counties into the national store."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from junheng.web.access import Action, places_for
from junheng.web.jobs.services import start_job
from junheng.web.limits import JOBS, limited
from junheng.web.signed_in import SignedInRequest


@require_POST
@login_required
@limited(JOBS)
def load(request: SignedInRequest) -> HttpResponse:
    """A job for each place under which somebody may load counties."""
    held = places_for(request.user, Action.LOAD_NATION)
    tops = list(held.exclude(parent__in=held).order_by("path"))
    if not tops:
        raise Http404
    for top in tops:
        title = _("把%(place)s的数据汇入监测") % {"place": top}
        job = start_job(kind="nation", title=title, arguments={}, place=top, acting_user=request.user)
    return redirect("jobs:detail", code=job.code)
