"""Pages of jobs: one's own, how far they are, what they made."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from junheng.base.errors import JunhengError
from junheng.web.access import Action, may_anywhere, require
from junheng.web.failures import words_of
from junheng.web.filings.uploads import keep
from junheng.web.jobs import files, selectors, services
from junheng.web.jobs.forms import ExportForm, ImportForm, counties_to_export
from junheng.web.jobs.kinds import KINDS
from junheng.web.limits import JOBS, UPLOADS, limited
from junheng.web.paging import page_of
from junheng.web.signed_in import SignedInRequest


@login_required
def job_list(request: SignedInRequest) -> HttpResponse:
    jobs = selectors.jobs_for(request.user)
    running = jobs.filter(state__in=selectors.OPEN).count()
    context = {
        "page": page_of(request, jobs),
        "running": running,
        "may_import": may_anywhere(request.user, Action.MANAGE_PERIODS),
        "may_export": counties_to_export(request.user).exists(),
    }
    return render(request, "jobs/list.html", context)


@login_required
@limited(UPLOADS)
def import_workbook(request: SignedInRequest) -> HttpResponse:
    """Send in a county's workbook; it is taken by a job, all or nothing."""
    if not may_anywhere(request.user, Action.MANAGE_PERIODS):
        raise Http404
    form = ImportForm(request.POST or None, request.FILES or None, user=request.user)
    if not form.is_valid():
        return render(request, "jobs/import.html", {"form": form})
    try:
        kept = keep(form.cleaned_data["file"])
    except JunhengError as error:
        form.add_error("file", words_of(error))
        return render(request, "jobs/import.html", {"form": form})
    job = services.start_import(
        period=form.cleaned_data["period"], file=kept.digest, name=kept.name, acting_user=request.user
    )
    return redirect("jobs:detail", code=job.code)


@login_required
@limited(JOBS)
def export_filed(request: SignedInRequest) -> HttpResponse:
    """Have what a county has filed written into a workbook."""
    if not counties_to_export(request.user).exists():
        raise Http404
    form = ExportForm(request.POST or None, user=request.user)
    if not form.is_valid():
        return render(request, "jobs/export.html", {"form": form})
    job = services.start_export(period=form.cleaned_data["period"], acting_user=request.user)
    return redirect("jobs:detail", code=job.code)


@login_required
def detail(request: SignedInRequest, code: UUID) -> HttpResponse:
    job = selectors.get_job(code=code, user=request.user)
    left = selectors.time_left(job)
    context = {
        "job": job,
        "kind": KINDS[job.kind].label,
        "is_open": job.state in selectors.OPEN,
        "minutes_left": None if left is None else max(1, round(left.total_seconds() / 60)),
        "lines": _lines(job.result),
    }
    return render(request, "jobs/detail.html", context)


@login_required
@require_POST
def cancel(request: SignedInRequest, code: UUID) -> HttpResponse:
    job = selectors.get_job(code=code, user=request.user)
    try:
        services.cancel_job(job=job, acting_user=request.user)
    except JunhengError as error:
        messages.error(request, words_of(error))
    else:
        messages.success(request, _("已要求取消。正在做的一步做完或放弃后停止，已经完成的部分保留。"))
    return redirect("jobs:detail", code=code)


@login_required
@require_POST
def retry(request: SignedInRequest, code: UUID) -> HttpResponse:
    job = selectors.get_job(code=code, user=request.user)
    try:
        services.retry_job(job=job, acting_user=request.user)
    except JunhengError as error:
        messages.error(request, words_of(error))
    else:
        messages.success(request, _("已重新排队。"))
    return redirect("jobs:detail", code=code)


@login_required
def download(request: SignedInRequest, code: UUID) -> HttpResponse | FileResponse:
    """The file of a job, for its owner alone, as long as her roles let her read what is in it."""
    job = selectors.get_job(code=code, user=request.user)
    if to_read := KINDS[job.kind].to_read:
        require(request.user, to_read, job.place)
    if "file" not in job.result:
        raise Http404
    try:
        file = files.find(job.result["file"], name=job.result["name"])
    except JunhengError as error:
        messages.error(request, words_of(error))
        return redirect("jobs:detail", code=code)
    return FileResponse(file.open("rb"), as_attachment=True, filename=job.result["name"])


def _lines(result: dict[str, object]) -> list[tuple[str, object]]:
    """What a job counted, in words."""
    words = {
        "done": _("已完成"),
        "rows": _("行数"),
        "filled": _("填入的填报"),
        "cells": _("填入的数"),
        "same": _("没有变化的填报"),
    }
    return [(word, result[name]) for name, word in words.items() if name in result]
