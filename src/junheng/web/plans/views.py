"""方案: the list, one plan while it is made and afterwards, what is done with it, several side by side."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from junheng.base.errors import JunhengError
from junheng.web.access import Action, may, may_anywhere, places_for
from junheng.web.failures import words_of
from junheng.web.jobs.selectors import time_left
from junheng.web.paging import page_of
from junheng.web.plans import comparing, resources_content, rotation_content, sentences, services, zoning_content
from junheng.web.plans.forms import TitleForm
from junheng.web.plans.models import Plan, PlanKind
from junheng.web.plans.selectors import get_plan, is_open, plans_for, sees_names
from junheng.web.regions.models import PlaceKind
from junheng.web.signed_in import SignedInRequest


@require_GET
@login_required
def plan_list(request: SignedInRequest) -> HttpResponse:
    """The plans of a county, or of all that somebody sees; what can be asked for."""
    if not may_anywhere(request.user, Action.VIEW_PLAN):
        raise Http404
    counties = places_for(request.user, Action.VIEW_PLAN).filter(kind=PlaceKind.COUNTY)
    making = places_for(request.user, Action.MAKE_PLAN).filter(kind=PlaceKind.COUNTY)
    plans = plans_for(request.user)
    if code := request.GET.get("county", ""):
        plans, making = plans.filter(county__code=code), making.filter(code=code)
    kind = request.GET.get("kind", "")
    if kind in PlanKind.values:
        plans = plans.filter(kind=kind)
    page = page_of(request, plans)
    several = counties[1:2].exists()
    context = {
        "page": page,
        "rows": [(plan, *_listed(plan)) for plan in page],
        "making": making.first(),
        "several": several,
        "counties": counties[:200] if several else [],
        "chosen_county": code,
        "kinds": PlanKind.choices,
        "kind": kind,
        "place_name": "" if several else str(counties.first() or ""),
    }
    return render(request, "plans/list.html", context)


def _listed(plan: Plan) -> tuple[str, str]:
    if not plan.is_made:
        return "", ""
    return sentences.listed_as(plan), sentences.gap(plan.proof)


@require_GET
@login_required
def detail(request: SignedInRequest, code: UUID) -> HttpResponse:
    plan = get_plan(code=code, user=request.user)
    context = _about(request, plan)
    if request.headers.get("HX-Target") == "making" and not context["is_open"]:
        return HttpResponse(headers={"HX-Refresh": "true"})  # what comes now is another page
    if not plan.is_made:
        return render(request, "plans/making.html", context)
    context |= {"answer": sentences.answer(plan), "gap": sentences.gap(plan.proof), "document": plan.document}
    return render(request, f"plans/{plan.kind}.html", context | _content(request, plan))


def _about(request: SignedInRequest, plan: Plan) -> dict[str, Any]:
    left = time_left(plan.job) if plan.job else None
    return {
        "plan": plan,
        "job": plan.job,
        "kind": PlanKind(plan.kind),
        "place_name": plan.county.name,
        "period_name": str(plan.evaluation.period) if plan.evaluation else "",
        "may_make": may(request.user, Action.MAKE_PLAN, plan.county),
        "own_job": plan.job is not None and plan.job.user_id == request.user.pk,
        "is_open": is_open(plan),
        "seconds_left": None if left is None else max(1, round(left.total_seconds())),
        "rename": TitleForm(initial={"title": plan.title}),
    }


def _content(request: SignedInRequest, plan: Plan) -> dict[str, Any]:
    match PlanKind(plan.kind):
        case PlanKind.RESOURCES:
            lines = resources_content.school_lines(plan)
            if text := request.GET.get("q", "").strip():
                lines = [line for line in lines if text in line.name or text in line.town or text == line.school]
            return {**resources_content.context_of(plan), "page": page_of(request, lines), "q": text}
        case PlanKind.ROTATION:
            if not (named := sees_names(request.user, plan)):
                plan.document = rotation_content.without_names(plan.document)
            form = rotation_content.PeopleFilter(request.GET)
            people = rotation_content.people(plan.document, form)
            return {**rotation_content.context_of(plan), "form": form, "page": page_of(request, people), "named": named}
        case PlanKind.ZONING:
            text = request.GET.get("q", "").strip()
            found = zoning_content.context_of(plan, request.GET.get("stage", ""))
            page = page_of(request, zoning_content.shown_blocks(plan.document, found["stage"], text))
            return {**found, "page": page, "q": text}


@require_POST
@login_required
def stop(request: SignedInRequest, code: UUID) -> HttpResponse:
    plan = get_plan(code=code, user=request.user)
    words = _("已要求停止，正在整理目前最好的方案。")
    return _done(request, plan, lambda: services.stop_plan(plan=plan, acting_user=request.user), words)


@require_POST
@login_required
def rename(request: SignedInRequest, code: UUID) -> HttpResponse:
    plan = get_plan(code=code, user=request.user)
    form = TitleForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("方案名称不能空着，也不能超过 80 个字。没有改名。"))
        return redirect("plans:detail", code=code)
    title = form.cleaned_data["title"]
    act = lambda: services.rename_plan(plan=plan, title=title, acting_user=request.user)  # noqa: E731
    return _done(request, plan, act, _("已改名"))


@require_POST
@login_required
def keep(request: SignedInRequest, code: UUID) -> HttpResponse:
    plan = get_plan(code=code, user=request.user)
    kept = request.POST.get("keep") == "1"
    words = _("已标为保留，列在最前，不能删除") if kept else _("已取消保留")
    return _done(request, plan, lambda: services.keep_plan(plan=plan, kept=kept, acting_user=request.user), words)


@require_POST
@login_required
def delete(request: SignedInRequest, code: UUID) -> HttpResponse:
    plan = get_plan(code=code, user=request.user)
    reason = request.POST.get("reason", "")[:1000]
    try:
        services.delete_plan(plan=plan, reason=reason, acting_user=request.user)
    except JunhengError as error:
        messages.error(request, words_of(error))
        return redirect("plans:detail", code=code)
    messages.success(request, _("已删除方案“%(title)s”，原因记入操作日志") % {"title": plan.title})
    return redirect(f"{reverse('plans:list')}?county={plan.county.code}")


@require_GET
@login_required
def compare(request: SignedInRequest) -> HttpResponse:
    """Today and several plans side by side, each kind by itself."""
    if not may_anywhere(request.user, Action.VIEW_PLAN):
        raise Http404
    chosen = [get_plan(code=code, user=request.user) for code in _codes(request)[: comparing.MOST]]
    made = [plan for plan in chosen if plan.is_made]
    sections = comparing.sections(made, request) if len(made) > 1 else []
    return render(request, "plans/compare.html", {"plans": made, "sections": sections})


def _codes(request: HttpRequest) -> list[UUID]:
    found = []
    for text in dict.fromkeys(request.GET.getlist("plan")):
        try:
            found.append(UUID(text))
        except ValueError:
            raise Http404 from None
    return found


def _done(request: HttpRequest, plan: Plan, act: Callable[[], object], words: str) -> HttpResponse:
    """Do it, say how it went, go back to the plan."""
    try:
        act()
    except JunhengError as error:
        messages.error(request, words_of(error))
    else:
        messages.success(request, words)
    return redirect("plans:detail", code=plan.code)
