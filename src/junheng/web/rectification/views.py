"""问题清单: the list, the task board, who is behind, one gap, and what is done with them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from junheng.base.errors import JunhengError
from junheng.web.access import Action, may_anywhere
from junheng.web.dashboards.selectors import get_evaluation
from junheng.web.exports import export_response
from junheng.web.failures import words_of
from junheng.web.paging import page_of
from junheng.web.rectification import services
from junheng.web.rectification.bulk import gaps_selected
from junheng.web.rectification.content import HEADS, bulk_actions, door_of, export_rows, facts_of
from junheng.web.rectification.forms import AssignForm, GapFilter, MeasureForm
from junheng.web.rectification.models import Gap
from junheng.web.rectification.selectors import (
    SPANS,
    counts,
    due_in,
    gaps_for,
    get_gap,
    history_of,
    in_order,
    lag,
    may_do,
    newest_evaluation,
    possible_owners,
    sees_whole_counties,
    selected,
    what_is_lacking,
)
from junheng.web.signed_in import SignedInRequest

_ON_THE_BOARD = 20  # of each span; the list shows the rest


@require_GET
@login_required
def gap_list(request: SignedInRequest) -> HttpResponseBase:
    """The gaps that a filter finds, what they add up to, and what can be done with all of them."""
    form, gaps, whole = _filtered(request)
    today = timezone.localdate()
    ordered = in_order(gaps, request.GET.get("sort", ""), today)
    if "format" in request.GET:
        return export_response(request, _("问题清单"), HEADS, export_rows(ordered.iterator(500), today))
    evaluation = newest_evaluation(request.user, form.chosen_period, form.county)
    context = {
        "form": form,
        "page": page_of(request, ordered),
        "counts": counts(whole, today),
        "lacking": what_is_lacking(gaps),
        "actions": bulk_actions(request.user),
        "assign": AssignForm(people=possible_owners(request.user, form.chosen_period)),
        "evaluation": evaluation,
        "whole_counties": sees_whole_counties(request.user),
        "today": today,
    }
    return render(request, "rectification/list.html", context)


@require_GET
@login_required
def board(request: SignedInRequest) -> HttpResponse:
    """What is due when: a column for each span."""
    form, gaps, whole = _filtered(request)
    today = timezone.localdate()
    names = {
        "overdue": _("已逾期"),
        "week": _("7 天内到期"),
        "month": _("8–30 天内到期"),
        "later": _("30 天以后"),
        "none": _("没有时限"),
    }
    spans = []
    for span in (*SPANS, "none"):
        found = in_order(due_in(gaps, span, today), "due", today)
        spans.append({"key": span, "name": names[span], "count": found.count(), "gaps": found[:_ON_THE_BOARD]})
    context = {"form": form, "spans": spans, "counts": counts(whole, today), "today": today}
    return render(request, "rectification/board.html", context)


@require_GET
@login_required
def lag_list(request: SignedInRequest) -> HttpResponseBase:
    """Who is behind the dates: by owner, school or town."""
    form, _gaps, whole = _filtered(request)
    today = timezone.localdate()
    by = request.GET.get("by", "owner")
    rows = lag(whole, by, today)
    if "format" in request.GET:
        heads = (_("对象"), _("问题"), _("未完成"), _("逾期"), _("最早到期"), _("待核验"), _("已销号"))
        cells = [(r.name, r.all, r.not_done, r.overdue, r.oldest, r.mended, r.closed) for r in rows]
        return export_response(request, _("整改滞后名单"), heads, cells)
    context = {"form": form, "rows": rows, "by": by, "counts": counts(whole, today), "today": today}
    return render(request, "rectification/lag.html", context)


@require_GET
@login_required
def detail(request: SignedInRequest, code: UUID) -> HttpResponse:
    """One gap: what is missed, what is done, who confirmed it, what happened."""
    gap = get_gap(code=code, user=request.user)
    context = {
        "gap": gap,
        "facts": facts_of(gap, request.user),
        "may": may_do(request.user, gap),
        "measure": MeasureForm(initial={name: getattr(gap, name) for name in ("measure", "expects", "evidence")}),
        "assign": AssignForm(
            people=possible_owners(request.user, gap.period), initial={"owner": gap.owner_id, "due_on": gap.due_on}
        ),
        "history": history_of(gap),
        "door": door_of(gap, request.user),
        "overdue": gap.is_overdue_on(timezone.localdate()),
    }
    return render(request, "rectification/detail.html", context)


@require_POST
@login_required
def make_list(request: SignedInRequest) -> HttpResponse:
    """Make or renew the list from a judgement."""
    evaluation = get_evaluation(code=_code(request.POST.get("evaluation", "")), user=request.user)
    address = f"{reverse('rectification:list')}?period={evaluation.period_id}"

    def make() -> str:
        listed = services.list_gaps(evaluation, request.user)
        return _(
            "问题清单已更新：新增 %(new)s 项，重现 %(again)s 项，仍在 %(still)s 项，不再发现而销号 %(closed)s 项"
        ) % {
            "new": listed.new,
            "again": listed.again,
            "still": listed.still,
            "closed": listed.closed,
        }

    return _done(request, make, address)


@require_POST
@login_required
def bulk(request: SignedInRequest) -> HttpResponse:
    """Assign, remind about, or confirm everything that was selected."""
    action = request.POST.get("action", "")

    def act() -> str:
        gaps = gaps_selected(request)
        match action:
            case "assign":
                form = AssignForm(request.POST, people=_people(request, gaps.first()))
                if not form.is_valid():
                    return _first_error(request, form)
                count = services.assign_gaps(
                    gaps=gaps, owner=form.chosen_owner, due_on=form.cleaned_data["due_on"], acting_user=request.user
                )
                return _("已指派 %(count)s 项") % {"count": count}
            case "remind":
                count = services.remind_owners(gaps=gaps, acting_user=request.user)
                return _("已提醒 %(count)s 位责任人") % {"count": count}
            case "close":
                reason = request.POST.get("reason", "")
                count = services.close_gaps(gaps=gaps, reason=reason, acting_user=request.user)
                return _("已销号 %(count)s 项") % {"count": count}
            case _other:
                raise Http404

    return _done(request, act, f"{reverse('rectification:list')}?{request.POST.get('filter', '')}")


@require_POST
@login_required
def assign(request: SignedInRequest, code: UUID) -> HttpResponse:
    gap = get_gap(code=code, user=request.user)

    def act() -> str:
        form = AssignForm(request.POST, people=_people(request, gap), initial={"due_on": gap.due_on})
        if not form.is_valid():
            return _first_error(request, form)
        due_on = form.cleaned_data["due_on"]
        services.assign_gaps(gaps=[gap], owner=form.chosen_owner, due_on=due_on, acting_user=request.user)
        return _("已指派")

    return _done(request, act, _address(gap))


@require_POST
@login_required
def measure(request: SignedInRequest, code: UUID) -> HttpResponse:
    """Keep what is done about a gap, or with the other button say that it is mended."""
    gap, form = get_gap(code=code, user=request.user), MeasureForm(request.POST)
    state = request.POST.get("state", "")

    def act() -> str:
        if not form.is_valid():
            return _first_error(request, form)
        given = form.cleaned_data
        if "mended" in request.POST:
            services.say_mended(
                gap=gap,
                measure=given["measure"],
                expects=given["expects"],
                evidence=given["evidence"],
                state=state,
                acting_user=request.user,
            )
            return _("已报完成，等待核验销号")
        services.record_measure(gap=gap, **given, state=state, acting_user=request.user)
        return _("整改措施已保存")

    return _done(request, act, _address(gap))


@require_POST
@login_required
def close(request: SignedInRequest, code: UUID) -> HttpResponse:
    gap, reason = get_gap(code=code, user=request.user), request.POST.get("reason", "")

    def act() -> str:
        services.close_gaps(gaps=[gap], reason=reason, acting_user=request.user)
        return _("已销号")

    return _done(request, act, _address(gap))


@require_POST
@login_required
def reopen(request: SignedInRequest, code: UUID) -> HttpResponse:
    gap, reason = get_gap(code=code, user=request.user), request.POST.get("reason", "")

    def act() -> str:
        services.reopen_gap(gap=gap, reason=reason, state=request.POST.get("state", ""), acting_user=request.user)
        return _("已退回整改")

    return _done(request, act, _address(gap))


def _filtered(request: SignedInRequest) -> tuple[GapFilter, Any, Any]:
    """The filter, the gaps it finds, and all gaps of its period."""
    if not may_anywhere(request.user, Action.VIEW_GAPS):
        raise Http404
    form = GapFilter(request.GET, user=request.user)
    today = timezone.localdate()
    mine = gaps_for(request.user)
    wanted = form.wanted()
    whole_of = {"period": wanted["period"], "county": wanted["county"], "state": "all"}
    whole = selected(mine, whole_of, today=today, user=request.user)
    return form, selected(mine, wanted, today=today, user=request.user), whole


def _people(request: SignedInRequest, gap: Gap | None) -> list[Any]:
    return possible_owners(request.user, gap.period if gap else None)


def _first_error(request: HttpRequest, form: Any) -> str:  # noqa: ANN401 - any form
    first = next(iter(form.errors.values()))[0]
    messages.error(request, str(first))
    return ""


def _done(request: HttpRequest, act: Callable[[], str], address: str) -> HttpResponse:
    """Do it, say how it went, go back to the page."""
    try:
        if words := act():
            messages.success(request, words)
    except JunhengError as error:
        messages.error(request, words_of(error))
    safe = url_has_allowed_host_and_scheme(address, allowed_hosts={request.get_host()})
    return redirect(address if safe else reverse("rectification:list"))


def _address(gap: Gap) -> str:
    return reverse("rectification:detail", args=[gap.code])


def _code(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None
