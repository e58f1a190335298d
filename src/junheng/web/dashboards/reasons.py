"""判定说明: why a county, a school or one indicator of a school came out as it did, down to the filed cell."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from junheng.base.errors import JunhengError
from junheng.base.terms import Stage
from junheng.verdict.reason import Reason
from junheng.verdict.reasons import county_reasons, indicator_reasons, school_reasons
from junheng.web.access import Action, may
from junheng.web.dashboards import answers, fragments
from junheng.web.dashboards.models import Evaluation
from junheng.web.dashboards.reason_cells import filed_by
from junheng.web.dashboards.reason_tree import addresses_in, doors_from, tree
from junheng.web.dashboards.school_lines import lines_of_school
from junheng.web.dashboards.selectors import (
    get_evaluation,
    get_evaluation_of_school,
    get_school,
    judgement_of,
    last_change_of,
)
from junheng.web.regions.models import Place


@login_required
@require_GET
def county(request: HttpRequest, code: UUID) -> HttpResponse:
    evaluation = get_evaluation(code=code, user=request.user)
    place = evaluation.period.county
    judgement = judgement_of(evaluation)
    context = _about(request, evaluation, place) | {
        "answer": answers.county_answer(judgement, place.code, place.name),
        "tree": _county_tree(request, evaluation, place),
    }
    return render(request, "dashboards/reasons.html", context)


def _county_tree(request: HttpRequest, evaluation: Evaluation, place: Place) -> str:
    # What it shows of a filing is the same for all who may see the county's filings, until one of them is approved.
    template = "dashboards/pieces/reason_tree.html"
    key = (may(request.user, Action.VIEW_FILING, place), last_change_of(evaluation.period), _opens(request))
    if html := fragments.kept(template, evaluation, *key):
        return html
    reasons = [county_reasons(judgement_of(evaluation), place.code)]
    return fragments.drawn(template, evaluation, *key, context=_tree(request, evaluation, place, reasons))


@login_required
@require_GET
def school(request: HttpRequest, code: UUID, school: str) -> HttpResponse:
    place = get_school(code=school, user=request.user)
    evaluation = get_evaluation_of_school(code=code, school=place)
    judgement = judgement_of(evaluation)
    try:
        reasons = school_reasons(judgement, place.code)
    except JunhengError:
        raise Http404 from None
    answer = answers.school_answer(judgement, place.name, lines_of_school(judgement, place.code))
    return _of_school(request, evaluation, place, reasons, answer)


@login_required
@require_GET
def indicator(request: HttpRequest, code: UUID, school: str, stage: str, indicator: str) -> HttpResponse:
    place = get_school(code=school, user=request.user)
    evaluation = get_evaluation_of_school(code=code, school=place)
    judgement = judgement_of(evaluation)
    if stage not in [*Stage]:
        raise Http404
    try:
        reasons = indicator_reasons(judgement, place.code, indicator, stage)
    except JunhengError:
        raise Http404 from None
    if not reasons:
        raise Http404
    answer = answers.figure_answer(judgement, place.name, stage, indicator, reasons[0].outcome)
    return _of_school(request, evaluation, place, reasons, answer, figure=answers.indicator_name(judgement, indicator))


def _of_school(
    request: HttpRequest, evaluation: Evaluation, place: Place, reasons: list[Reason], answer: str, figure: str = ""
) -> HttpResponse:
    context = _about(request, evaluation, evaluation.period.county) | {
        "school": place,
        "figure": figure,
        "answer": answer,
        "tree": fragments.rendered(
            "dashboards/pieces/reason_tree.html",
            _tree(request, evaluation, evaluation.period.county, reasons, opens=bool(figure)),
        ),
    }
    return render(request, "dashboards/reasons.html", context)


def _tree(
    request: HttpRequest, evaluation: Evaluation, place: Place, reasons: list[Reason], *, opens: bool = False
) -> dict[str, Any]:
    sees_county = may(request.user, Action.VIEW_COUNTY_RESULT, place)
    # The page of one figure is where its title would lead.
    known = () if opens else judgement_of(evaluation).standard.resources
    door = doors_from(evaluation, known, sees_county=sees_county)
    filed = filed_by(evaluation, set(addresses_in(reasons)), request.user)
    return {"steps": tree(reasons, filed, door), "top": True, "open": opens or _opens(request)}


def _opens(request: HttpRequest) -> bool:
    """``?open=1``: every level open, for print."""
    return request.GET.get("open") == "1"


def _about(request: HttpRequest, evaluation: Evaluation, place: Place) -> dict[str, Any]:
    return {
        "evaluation": evaluation,
        "county": place,
        "place_name": place.name,
        "period_name": str(evaluation.period),
        "provisional": evaluation.approved < evaluation.expected,
        "sees_county": may(request.user, Action.VIEW_COUNTY_RESULT, place),
        "opened": _opens(request),
        "title": _("判定说明"),
    }
