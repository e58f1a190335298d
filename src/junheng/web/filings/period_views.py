"""Periods of filing: the list, opening one, its dates, taking in schools, closing and opening again."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from junheng.base.errors import JunhengError
from junheng.standards.library import load_standard
from junheng.web.access import Action, may, may_anywhere
from junheng.web.accounts.models import User
from junheng.web.failures import words_of
from junheng.web.filings.board_selectors import STANDINGS, standing_of
from junheng.web.filings.models import Period
from junheng.web.filings.offices import name_of
from junheng.web.filings.period_forms import DatesForm, PeriodForm, WhereForm
from junheng.web.filings.period_selectors import get_managed_period, managed_periods, not_locked
from junheng.web.filings.period_services import (
    change_period,
    close_period,
    open_period,
    reopen_period,
    take_in_new_schools,
)
from junheng.web.paging import page_of
from junheng.web.regions.models import Place

_SHOWN = 20  # filings that keep a period from being closed


@login_required
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    if not may_anywhere(request.user, Action.MANAGE_PERIODS):
        raise Http404
    found = managed_periods(request.user)
    going = found.filter(closed_at__isnull=True).first()
    context = {"page": page_of(request, found), "going": going, "today": timezone.localdate()}
    return render(request, "filings/periods/list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def open_one(request: HttpRequest) -> HttpResponse:
    """Ask for county and day first: the standards to choose from follow from these."""
    if not may_anywhere(request.user, Action.MANAGE_PERIODS):
        raise Http404
    asked = {"county": request.GET.get("county", ""), "day": request.GET.get("day", "")}
    where = WhereForm(asked if any(asked.values()) else None, user=request.user)
    if len(where.counties) == 1 and not where.is_bound:
        day = date(timezone.localdate().year, 12, 31)
        where = WhereForm({"county": next(iter(where.counties)), "day": day}, user=request.user)
    form = None
    if where.is_bound and where.is_valid():
        county, day = where.counties[where.cleaned_data["county"]], where.cleaned_data["day"]
        form = PeriodForm(request.POST or None, county=county, day=day)
        if request.method == "POST" and form.is_valid() and (opened := _open(request, form, county, day)):
            return redirect("filings:period", pk=opened.pk)
    return render(request, "filings/periods/open.html", {"where": where, "form": form})


def _open(request: HttpRequest, form: PeriodForm, county: Place, day: date) -> Period | None:
    try:
        period = open_period(**form.cleaned_data, county=county, day=day, acting_user=_user(request))
    except JunhengError as error:
        messages.error(request, words_of(error))
        return None
    count = period.filings.count()
    messages.success(request, _("已开启“%(period)s”，共 %(count)s 份填报。") % {"period": period, "count": count})
    return period


@login_required
@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One period: how far it is, its dates to change, and what can be done with it as a whole."""
    period = get_managed_period(pk=pk, user=request.user)
    dates = {name: getattr(period, name) for name in ("label", "opens_on", "due_on")}
    form = DatesForm(request.POST or None, initial=dates)
    if request.method == "POST" and form.is_valid():
        given = {**form.cleaned_data, "label": form.cleaned_data["label"] or period.label}
        change_period(period=period, acting_user=_user(request), **given)
        messages.success(request, _("已修改。"))
        return redirect("filings:period", pk=pk)
    waiting = not_locked(period)
    shown = [(f, name_of(f), standing_of(f), STANDINGS[standing_of(f)][0]) for f in waiting[:_SHOWN]]
    context = {
        "period": period,
        "form": form,
        "standard": load_standard(period.standard),
        "gate": load_standard(period.gate) if period.gate else None,
        "not_locked": shown,
        "open": waiting.count(),
        "may_lock": may(request.user, Action.LOCK, period.county),
    }
    return render(request, "filings/periods/one.html", context)


@login_required
@require_POST
def take_in(request: HttpRequest, pk: int) -> HttpResponse:
    count = take_in_new_schools(period=get_managed_period(pk=pk, user=request.user), acting_user=_user(request))
    if count:
        messages.success(request, _("已补 %(count)s 份填报。") % {"count": count})
    else:
        messages.info(request, _("没有要补的：本周期的学校和部门都有填报了。"))
    return redirect("filings:period", pk=pk)


@login_required
@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a period; with filings that are not locked only when somebody confirmed to leave them."""
    period = get_managed_period(pk=pk, user=request.user)
    try:
        close_period(period=period, leaving=bool(request.POST.get("leaving")), acting_user=_user(request))
    except JunhengError as error:
        messages.error(request, words_of(error))
    else:
        messages.success(request, _("已关闭“%(period)s”。") % {"period": period})
    return redirect("filings:period", pk=pk)


@login_required
@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    period = get_managed_period(pk=pk, user=request.user)
    try:
        reopen_period(period=period, reason=request.POST.get("reason", ""), acting_user=_user(request))
    except JunhengError as error:
        messages.error(request, words_of(error))
    else:
        messages.success(request, _("已重新开放“%(period)s”。") % {"period": period})
    return redirect("filings:period", pk=pk)


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user
