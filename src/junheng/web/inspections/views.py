"""督导: findings and their answers, the sheet to print, and verifying filings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from junheng.base.errors import JunhengError
from junheng.web.access import Action, may_anywhere
from junheng.web.exports import export_response
from junheng.web.failures import words_of
from junheng.web.filings.offices import name_of
from junheng.web.filings.seen import version_seen
from junheng.web.filings.selectors import get_filing
from junheng.web.filings.services import take_step
from junheng.web.inspections import services
from junheng.web.inspections.forms import AnswerForm, ClosingForm, FindingFilter, FindingForm
from junheng.web.inspections.models import InspectionFinding
from junheng.web.inspections.selectors import (
    counts,
    findings_for,
    get_finding,
    may_do,
    place_named,
    selected,
    to_verify,
    years_with_findings,
)
from junheng.web.inspections.subject import subject_from, subject_words
from junheng.web.paging import page_of
from junheng.web.signed_in import SignedInRequest


@require_GET
@login_required
def finding_list(request: SignedInRequest) -> HttpResponseBase:
    """The findings that a filter finds: as a list, as a file, or as the sheet to print."""
    if not may_anywhere(request.user, Action.VIEW_INSPECTION):
        raise Http404
    form = FindingFilter(request.GET, years=years_with_findings(request.user))
    mine = findings_for(request.user)
    found = selected(mine, form.wanted())
    if "format" in request.GET:
        return export_response(request, _("督导意见"), _heads(), _rows(found.iterator(500)))
    is_inspector = may_anywhere(request.user, Action.INSPECT)
    context = {
        "form": form,
        "page": page_of(request, found),
        "counts": counts(mine),
        "is_inspector": is_inspector,
        "to_verify": to_verify(request.user).count() if is_inspector else 0,
    }
    return render(request, "inspections/list.html", context)


@require_GET
@login_required
def sheet(request: SignedInRequest) -> HttpResponse:
    """督导意见书: the findings of a filter with all that was written, to print."""
    if not may_anywhere(request.user, Action.VIEW_INSPECTION):
        raise Http404
    form = FindingFilter(request.GET, years=years_with_findings(request.user))
    found = selected(findings_for(request.user), form.wanted()).order_by("place__path", "made_at")
    only_open = "state" not in request.GET  # a sheet asks for what is still to be done, unless all is wanted
    if only_open:
        found = found.filter(closed_at__isnull=True)
    listed = list(found[:500])
    context = {
        "findings": [{"finding": finding, "about": subject_words(finding)} for finding in listed],
        "today": timezone.localdate(),
        "count": found.count(),
        "only_open": only_open,
        "counties": sorted({str(finding.period.county) for finding in listed}),
    }
    return render(request, "inspections/sheet.html", context)


@require_GET
@login_required
def detail(request: SignedInRequest, code: UUID) -> HttpResponse:
    finding = get_finding(code=code, user=request.user)
    context = {
        "finding": finding,
        "about": subject_words(finding),
        "may": may_do(request.user, finding),
        "answer": AnswerForm(initial={"answer": finding.answer}),
        "closing": ClosingForm(),
    }
    return render(request, "inspections/detail.html", context)


@require_GET
@login_required
def find(request: SignedInRequest) -> HttpResponse:
    """From a name or code that an inspector typed to the form for that place."""
    if not may_anywhere(request.user, Action.INSPECT):
        raise Http404
    text = request.GET.get("name", "")
    place = place_named(text, request.user)
    if place is None:
        messages.error(request, _("没有找到“%(name)s”。请核对学校全称、学校标识码或县代码。") % {"name": text[:60]})
        return redirect("inspections:list")
    return redirect(f"{reverse('inspections:new')}?{urlencode({'place': place.code})}")


@require_http_methods(["GET", "POST"])
@login_required
def new(request: SignedInRequest) -> HttpResponse:
    """Leave a finding at the place, cell or requirement that the address names."""
    subject = subject_from(request.GET.dict(), request.user)
    form = FindingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        finding = services.leave_finding(subject=subject, **form.cleaned_data, acting_user=request.user)
        messages.success(request, _("督导意见已留下，并通知了答复人"))
        return redirect("inspections:detail", finding.code)
    return render(request, "inspections/new.html", {"form": form, "subject": subject})


@require_POST
@login_required
def answer(request: SignedInRequest, code: UUID) -> HttpResponse:
    finding = get_finding(code=code, user=request.user)
    text = request.POST.get("answer", "")
    return _done(
        request,
        lambda: services.answer_finding(finding=finding, answer=text[:4000], acting_user=request.user),
        _("答复已送达督学"),
        reverse("inspections:detail", args=[code]),
    )


@require_POST
@login_required
def close(request: SignedInRequest, code: UUID) -> HttpResponse:
    finding = get_finding(code=code, user=request.user)
    text = request.POST.get("closing", "")
    return _done(
        request,
        lambda: services.close_finding(finding=finding, closing=text[:2000], acting_user=request.user),
        _("已办结"),
        reverse("inspections:detail", args=[code]),
    )


@require_GET
@login_required
def verify_list(request: SignedInRequest) -> HttpResponse:
    """The approved filings that wait for an inspector."""
    if not may_anywhere(request.user, Action.VERIFY):
        raise Http404
    waiting = to_verify(request.user)
    if text := request.GET.get("q", "").strip():
        waiting = waiting.filter(place__name__icontains=text)
    page = page_of(request, waiting)
    context = {"page": page, "rows": [(filing, name_of(filing)) for filing in page], "q": text}
    return render(request, "inspections/verify.html", context)


@require_POST
@login_required
def verify(request: SignedInRequest, code: UUID) -> HttpResponse:
    filing = get_filing(code=code, user=request.user)
    version = version_seen(request.POST)
    return _done(
        request,
        lambda: take_step(filing=filing, step="verify", version=version, acting_user=request.user),
        _("%(filing)s：督导核查无误") % {"filing": filing},
        reverse("inspections:verify"),
    )


def _done(request: HttpRequest, act: Callable[[], object], words: str, address: str) -> HttpResponse:
    """Do it, say how it went, go back to the page."""
    try:
        act()
    except JunhengError as error:
        messages.error(request, words_of(error))
    else:
        messages.success(request, words)
    return redirect(address)


def _heads() -> tuple[str, ...]:
    return (
        _("学年"),
        _("对象"),
        _("代码"),
        _("所指"),
        _("方法"),
        _("发现的问题"),
        _("整改要求"),
        _("督学"),
        _("日期"),
        _("状态"),
        _("答复"),
        _("答复人"),
        _("核查结论"),
        _("办结日期"),
    )


def _rows(findings: Iterable[InspectionFinding]) -> Iterator[tuple[object, ...]]:
    for finding in findings:
        yield (
            finding.period.school_year,
            finding.place,
            finding.place.code,
            subject_words(finding),
            finding.get_method_display(),
            finding.text,
            finding.asks_to,
            finding.inspector,
            finding.made_at,
            finding.state.label,
            finding.answer,
            finding.answered_by or "",
            finding.closing,
            finding.closed_at,
        )
