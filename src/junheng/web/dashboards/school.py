"""学校: the list of schools, and the page of one."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from junheng.web.access import Action, may, may_anywhere
from junheng.web.dashboards import answers
from junheng.web.dashboards.choosing import chosen_of_school
from junheng.web.dashboards.models import Evaluation
from junheng.web.dashboards.school_content import among_peers, campuses_of, home_of, stage_tables
from junheng.web.dashboards.school_lines import SchoolLine, lines_of_school
from junheng.web.dashboards.school_list import (
    SchoolFilter,
    counts_of,
    exported,
    heads,
    not_judged,
    related,
    rows_of,
    sorted_as,
)
from junheng.web.dashboards.selectors import (
    county_of,
    get_school,
    history_of,
    judgement_of,
    results_for,
    schools_named,
    visible_schools,
)
from junheng.web.exports import export_response
from junheng.web.filings.selectors import filings_for
from junheng.web.paging import page_of
from junheng.web.regions.models import Place

_LEFT_OUT_SHOWN = 20


@login_required
@require_GET
def schools(request: HttpRequest) -> HttpResponseBase:
    if not may_anywhere(request.user, Action.VIEW_SCHOOL_RESULT):
        raise Http404
    form = SchoolFilter(request, request.user)
    every = results_for(request.user)
    results = form.narrowed(every)
    wanted = sorted_as(results, request.GET.get("sort", ""))
    if "format" in request.GET:
        return export_response(request, _("学校判定清单"), heads(), exported(wanted))
    counted, places = counts_of(results)
    page = page_of(request, related(wanted))
    missing = not_judged(request.user, every)
    context = {
        "form": form,
        "page": page,
        "rows": list(rows_of(page)),
        "answer": answers.schools_answer(counted, places),
        "missing": missing[:_LEFT_OUT_SHOWN],
        "missing_count": missing.count(),
    }
    return render(request, "dashboards/schools.html", context)


@login_required
@require_GET
def school(request: HttpRequest, code: str) -> HttpResponseBase:
    place = get_school(code=code, user=request.user)
    evaluation = chosen_of_school(request, place)
    context: dict[str, Any] = {
        "school": place,
        "place_name": place.name,
        "evaluation": evaluation,
        "filings": filings_for(request.user).filter(place=place).order_by("-period__school_year"),
        "history": history_of(place),
        "sees_gaps": may(request.user, Action.VIEW_GAPS, place),
    }
    if evaluation is None:
        return render(request, "dashboards/school_not_judged.html", context)
    return render(request, "dashboards/school.html", context | _judged(request, place, evaluation))


def _judged(request: HttpRequest, place: Place, evaluation: Evaluation) -> dict[str, Any]:
    judgement, county = judgement_of(evaluation), county_of(place)
    lines = lines_of_school(judgement, place.code)
    sees_county = may(request.user, Action.VIEW_COUNTY_RESULT, county)
    home = home_of(judgement, place.code)
    return {
        "period_name": str(evaluation.period),
        "provisional": evaluation.approved < evaluation.expected,
        "answer": answers.school_answer(judgement, place.name, lines),
        "tables": stage_tables(judgement, evaluation, lines, sees_county=sees_county),
        "campuses": schools_named(campuses_of(judgement, place.code), user=request.user),
        "home": schools_named([home], user=request.user) if home else (),
        "sees_county": sees_county,
        "county": county,
        "peers": _peers(request, place, evaluation, lines),
    }


def _peers(
    request: HttpRequest, place: Place, evaluation: Evaluation, lines: list[SchoolLine]
) -> dict[str, Any] | None:
    """The school among its peers by one indicator: the one asked for, else the worst of its first stage."""
    lines = [line for line in lines if line.outcome]
    if not lines:
        return None
    judgement = judgement_of(evaluation)
    line = next((line for line in lines if line.stage == request.GET.get("stage")), lines[0])
    names = list(judgement.standard.counted())
    asked = request.GET.get("indicator", "")
    name = asked if asked in names else line.worst or names[0]
    visible = visible_schools(request.user, county_of(place))
    return {
        "chosen": name,
        "stage": line.stage,
        "stages": [line.stage for line in lines],
        "names": [(name, answers.indicator_name(judgement, name)) for name in names],
        "plot": among_peers(judgement, evaluation, line, name, visible),
        "unnamed": not may(request.user, Action.VIEW_SCHOOL_RESULT, county_of(place)),
    }
