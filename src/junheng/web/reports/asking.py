"""Asking for a report: of which place, from which judgement, in which forms."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from junheng.base.errors import JunhengError
from junheng.reporting.library import Maker, installed_report
from junheng.web.dashboards.models import Evaluation
from junheng.web.dashboards.selectors import newest_of
from junheng.web.limits import JOBS, limited
from junheng.web.paging import page_of
from junheng.web.plans.models import Plan
from junheng.web.regions.models import Place, PlaceKind
from junheng.web.reports.forms import ReportForm, initial_of
from junheng.web.reports.models import Report
from junheng.web.reports.selectors import get_report, place_to_report, places_to_report, plans_to_report
from junheng.web.reports.services import start_report
from junheng.web.reports.sources import evaluations_to_report, rounds_to_report
from junheng.web.signed_in import SignedInRequest


@require_http_methods(["GET", "POST"])
@login_required
@limited(JOBS)
def new(request: SignedInRequest, maker: str) -> HttpResponse:
    """Choose the place where there are several, then fill in the form; what is right becomes a job."""
    found = _maker(maker)
    scope = found.definition.scope
    if code := request.GET.get("place", ""):
        return _form(request, found, place_to_report(request.user, scope, code))
    places = places_to_report(request.user, scope).select_related("parent")
    first = list(places[:2])
    if not first:
        raise Http404
    return _form(request, found, first[0]) if len(first) == 1 else _choose(request, found, places)


def _maker(name: str) -> Maker:
    try:
        return installed_report(name)
    except JunhengError:
        raise Http404 from None


def _choose(request: HttpRequest, maker: Maker, places: Any) -> HttpResponse:  # noqa: ANN401 - a set of places
    if text := request.GET.get("q", "").strip():
        places = places.filter(Q(name__icontains=text) | Q(code__startswith=text))
    context = {
        "maker": maker,
        "page": page_of(request, places),
        "q": text,
        "is_school": maker.definition.scope == "school",
    }
    return render(request, "reports/choose.html", context)


def _form(request: SignedInRequest, maker: Maker, place: Place) -> HttpResponse:
    asked = _Asked(request, maker, place)
    form = asked.form()
    context = {
        "maker": maker,
        "place": place,
        "place_name": place.name,
        "several": places_to_report(request.user, maker.definition.scope)[1:2].exists(),
        "form": form,
        "missing": asked.missing,
    }
    if request.method == "GET" or asked.missing or not form.is_valid():
        return render(request, "reports/new.html", context)
    report = start_report(
        maker=maker,
        place=place,
        evaluation=form.cleaned_data.get("evaluation"),
        plans=form.plans,
        options=form.options,
        acting_user=request.user,
    )
    return redirect("reports:detail", code=report.code)


class _Asked:
    """What the form of one report of one place offers and begins with."""

    def __init__(self, request: SignedInRequest, maker: Maker, place: Place) -> None:
        self.request, self.maker, self.place = request, maker, place
        self.definition = maker.definition
        judged = self.definition.scope in ("county", "school")
        self.evaluations = evaluations_to_report(request.user, place, maker) if judged else Evaluation.objects.none()
        self.rounds = rounds_to_report(request.user, place, maker) if self.definition.scope == "counties" else []
        self.plans = Plan.objects.none()
        if place.kind == PlaceKind.COUNTY:
            self.plans = plans_to_report(request.user, place, self.definition.needs.plan)

    @property
    def missing(self) -> str:
        """What there is none of: ``evaluation``, ``round`` or ``plan``."""
        if self.definition.scope in ("county", "school") and not self.evaluations.exists():
            return "evaluation"
        if self.definition.scope == "counties" and not self.rounds:
            return "round"
        needs = self.definition.needs
        return "plan" if (needs.plan or needs.any_plan) and not self.plans.exists() else ""

    def form(self) -> ReportForm:
        return ReportForm(
            self.request.POST if self.request.method == "POST" else None,
            maker=self.maker,
            evaluations=self.evaluations,
            rounds=self.rounds,
            plans=self.plans,
            initial=self._initial(),
        )

    def _initial(self) -> dict[str, Any]:
        """As the report named in the address was asked for, else from what counts now."""
        like = self._like()
        chapters = [entry for entry in self.definition.chapters if entry.heading]
        before = initial_of(like.options, chapters) if like else {}
        evaluation = self._evaluation() or (like.evaluation if like else None) or newest_of(self.evaluations)
        plan = self.plans.filter(code__in=like.options.get("plans", [])).first() if like else None
        plan = plan or self.plans.first()
        if plan and not like and self.definition.needs.any_plan:
            before["attached"] = [plan.code]
        return {
            **before,
            **({"evaluation": evaluation.code} if evaluation else {}),
            **({"plan": plan.code} if plan else {}),
        }

    def _like(self) -> Report | None:
        if not (code := self.request.GET.get("like")):
            return None
        report = get_report(code=_uuid(code), user=self.request.user)
        return report if report.maker == self.maker.id else None

    def _evaluation(self) -> Evaluation | None:
        if not (code := self.request.GET.get("evaluation")):
            return None
        return self.evaluations.filter(code=_uuid(code)).first()


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None
