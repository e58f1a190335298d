"""报告: what can be written and what was, one report while it is written and afterwards, its files."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from junheng.base.errors import JunhengError
from junheng.web.access import Action, may, may_anywhere
from junheng.web.dashboards.selectors import evaluations_for
from junheng.web.failures import words_of
from junheng.web.jobs import files
from junheng.web.jobs.models import JobState
from junheng.web.paging import page_of
from junheng.web.reports import services
from junheng.web.reports.making import FORMS
from junheng.web.reports.models import Report
from junheng.web.reports.offers import Offer, offers_for
from junheng.web.reports.preview import preview_of
from junheng.web.reports.selectors import get_report, is_open, may_remove, reports_for
from junheng.web.signed_in import SignedInRequest


@require_GET
@login_required
def report_list(request: SignedInRequest) -> HttpResponse:
    """What this person may have written, and what was written of the places that she sees."""
    if not may_anywhere(request.user, Action.VIEW_REPORT):
        raise Http404
    reports = reports_for(request.user).prefetch_related("files")
    if text := request.GET.get("q", "").strip():
        reports = reports.filter(place__name__icontains=text)
    page = page_of(request, reports)
    context = {
        "page": page,
        "q": text,
        "groups": _offered(request),
        "several": page.paginator.count > len(page) or text or len({report.place_id for report in page}) > 1,
        "forms": FORMS,
    }
    return render(request, "reports/list.html", context)


def _offered(request: SignedInRequest) -> list[tuple[str, list[Offer]]]:
    try:
        return offers_for(request.user)
    except JunhengError as error:  # the folder of a report does not read: what was written stays at hand
        messages.error(request, words_of(error))
        return []


@require_GET
@login_required
def detail(request: SignedInRequest, code: UUID) -> HttpResponse:
    report = get_report(code=code, user=request.user)
    context = _about(request, report)
    if request.headers.get("HX-Target") == "making" and not context["is_open"]:
        return HttpResponse(headers={"HX-Refresh": "true"})  # what comes now is another page
    if not report.is_made:
        return render(request, "reports/making.html", context)
    kept = list(report.files.all())
    try:
        shown: dict[str, Any] = {
            "preview": preview_of(report.model, request.GET.get("page", "")),
            "model": report.model,
        }
    except JunhengError as error:
        shown = {"unreadable": words_of(error)}
    context |= shown | {
        "files": [(file, FORMS[file.form]) for file in kept],
        "file_notices": list(dict.fromkeys(notice for file in kept for notice in file.notices)),
        "may_open_evaluation": evaluations_for(request.user).filter(pk=report.evaluation_id or 0).exists(),
    }
    return render(request, "reports/detail.html", context)


def _about(request: SignedInRequest, report: Report) -> dict[str, Any]:
    return {
        "report": report,
        "job": report.job,
        "place_name": report.place.name,
        "period_name": str(report.evaluation.period) if report.evaluation else "",
        "may_make": may(request.user, Action.MAKE_REPORT, report.place),
        "may_remove": may_remove(request.user, report),
        "own_job": report.job is not None and report.job.user_id == request.user.pk,
        "is_open": is_open(report),
        "is_cancelled": report.job is not None and report.job.state == JobState.CANCELLED,
    }


@require_GET
@login_required
def file(request: SignedInRequest, code: UUID, form: str) -> HttpResponseBase:
    """A file of a report, for everybody who may see the report."""
    report = get_report(code=code, user=request.user)
    kept = report.files.filter(form=form).first()
    if kept is None:
        raise Http404
    name = f"{report}.{form}"
    try:
        place = files.find(kept.digest, name=name)
    except JunhengError as error:
        messages.error(request, words_of(error))
        return redirect("reports:detail", code=code)
    return FileResponse(place.open("rb"), as_attachment=True, filename=name)


@require_POST
@login_required
def keep(request: SignedInRequest, code: UUID) -> HttpResponse:
    report = get_report(code=code, user=request.user)
    kept = request.POST.get("keep") == "1"
    services.keep_report(report=report, kept=kept, acting_user=request.user)
    messages.success(request, _("已标为保留，列在最前，不能删除") if kept else _("已取消保留"))
    return redirect("reports:detail", code=code)


@require_POST
@login_required
def delete(request: SignedInRequest, code: UUID) -> HttpResponse:
    report = get_report(code=code, user=request.user)
    title = str(report)
    try:
        services.delete_report(report=report, reason=request.POST.get("reason", "")[:1000], acting_user=request.user)
    except JunhengError as error:
        messages.error(request, words_of(error))
        return redirect("reports:detail", code=code)
    messages.success(request, _("已删除报告“%(title)s”，原因记入操作日志") % {"title": title})
    return redirect(reverse("reports:list"))
