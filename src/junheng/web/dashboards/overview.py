"""县域总览: does the county meet the standard, which part fails, by how much, because of whom."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from junheng.base.errors import JunhengError
from junheng.base.terms import Stage
from junheng.verdict.notices import notices
from junheng.web.access import Action, may, require
from junheng.web.dashboards import answers, fragments, overview_content
from junheng.web.dashboards.choosing import Choice, chosen, years_of
from junheng.web.dashboards.doors import doors_of, overview_url
from junheng.web.dashboards.matrix_content import Chosen, matrix_of, towns_of
from junheng.web.dashboards.models import Basis, Evaluation
from junheng.web.dashboards.rule_dates import rule_warnings
from junheng.web.dashboards.school_lines import SEVERITY
from junheng.web.dashboards.selectors import (
    changed_since,
    counties_for,
    evaluations_for,
    judgement_of,
    newest_by_county,
    periods_of,
)
from junheng.web.dashboards.services import evaluate
from junheng.web.failures import words_of
from junheng.web.filings.selectors import get_period
from junheng.web.jobs.services import start_job
from junheng.web.paging import page_of
from junheng.web.signed_in import SignedInRequest

_HISTORY = 20
_AT_ONCE = 400  # filings of a county that are judged while one waits


@login_required
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    choice = chosen(request)
    if choice is None:
        return render(request, "dashboards/choose_county.html", _counties(request))
    context = {
        "county": choice.county,
        "place_name": choice.county.name,
        "periods": periods_of(choice.county),
        "may_evaluate": may(request.user, Action.EVALUATE, choice.county),
        "bases": Basis.choices,
        "several": counties_for(request.user)[1:2].exists(),
    }
    if choice.evaluation is None:
        return render(request, "dashboards/nothing_judged.html", context)
    return render(request, "dashboards/overview.html", context | _judged(request, choice, choice.evaluation))


def _counties(request: HttpRequest) -> dict[str, Any]:
    """The counties to choose from, each with what was judged last."""
    page = page_of(request, counties_for(request.user))
    newest = newest_by_county(evaluations_for(request.user).filter(period__county__in=list(page)))
    return {"page": page, "rows": [(county, newest.get(county.pk)) for county in page]}


def _judged(request: HttpRequest, choice: Choice, evaluation: Evaluation) -> dict[str, Any]:
    years = years_of(choice.county, request.user)
    history = evaluations_for(request.user).filter(period__county=choice.county).defer("rows")
    return {
        "evaluation": evaluation,
        "period": evaluation.period,
        "period_name": str(evaluation.period),
        "provisional": evaluation.approved < evaluation.expected,
        "changed": changed_since(evaluation),
        "years": years,
        "history": history.select_related("period", "made_by")[:_HISTORY],
        "answer": _piece("dashboards/pieces/answer.html", evaluation),
        "note": _piece("dashboards/pieces/note.html", evaluation),
        "notes": _piece("dashboards/pieces/notes.html", evaluation, timezone.localdate()),
        "main": _piece("dashboards/pieces/main.html", evaluation),
        "items": _piece("dashboards/pieces/items.html", evaluation),
        "matrix": _matrix(evaluation, _asked(request)),
        "trends": _trends(evaluation, years),
    }


def _piece(template: str, evaluation: Evaluation, *key: object) -> SafeString:
    html = fragments.kept(template, evaluation, *key)
    if html is None:
        html = fragments.drawn(template, evaluation, *key, context=_content(template, evaluation))
    return html


def _content(template: str, evaluation: Evaluation) -> dict[str, Any]:
    """What one piece shows."""
    judgement, county = judgement_of(evaluation), evaluation.period.county
    match template.rsplit("/", 1)[-1]:
        case "answer.html":
            return {"answer": answers.county_answer(judgement, county.code, county.name)}
        case "note.html":
            return {"note": answers.county_note(judgement, county.code)}
        case "notes.html":
            said = [*rule_warnings(judgement, county.code, timezone.localdate()), *notices(judgement)]
            unseen = overview_content.unseen_rules(judgement)
            return {
                "notices": said,
                "unseen": unseen,
                "advice": len(said) + bool(unseen),
                "standard": judgement.standard,
                "differs": str(judgement.outcome(county.code)) != evaluation.outcome,
            }
        case "items.html":
            return {"parts": overview_content.item_tables(judgement, county.code), "evaluation": evaluation}
        case _:
            return {
                "tiles": overview_content.tiles(judgement, county.code),
                "coefficients": overview_content.coefficients(judgement, county.code, evaluation),
                "lack_stages": judgement.standard.stages,
                "lacks": overview_content.lack_lines(judgement, county.code, evaluation),
                "evaluation": evaluation,
            }


def _asked(request: HttpRequest) -> Chosen:
    """Which rows of the matrix were asked for; whatever else somebody types is left out."""
    stage, outcome = request.GET.get("stage", ""), request.GET.get("outcome", "")
    return Chosen(
        stage if stage in [*Stage] else "",
        request.GET.get("town", ""),
        outcome if outcome in SEVERITY else "",
    )


def _matrix(evaluation: Evaluation, asked: Chosen) -> SafeString:
    template, key = "dashboards/pieces/matrix.html", (asked.stage, asked.outcome)
    # Towns are whatever people type: pages narrowed to one are small, and are drawn anew.
    if not asked.town and (html := fragments.kept(template, evaluation, *key)):
        return html
    judgement, county = judgement_of(evaluation), evaluation.period.county.code
    stages = [stage for stage in judgement.standard.stages if stage in judgement.rows["stage"]]
    wanted = Chosen(asked.stage if asked.stage in stages else next(iter(stages), ""), asked.town, asked.outcome)
    matrix = matrix_of(judgement, county, wanted, doors_of(evaluation), _("学校"))
    context = {
        "matrix": matrix,
        "aside": sum(row.outcome is None for row in matrix.rows),
        "stages": stages,
        "towns": towns_of(judgement, county),
        "outcomes": [outcome for outcome in SEVERITY if outcome],
        "chosen": wanted,
        "evaluation": evaluation,
        "address": reverse("dashboards:overview"),
    }
    if asked.town:
        return fragments.rendered(template, context)
    return fragments.drawn(template, evaluation, *key, context=context)


def _trends(evaluation: Evaluation, years: dict[int, Evaluation]) -> SafeString:
    template, key = "dashboards/pieces/trends.html", tuple(sorted(str(found.code) for found in years.values()))
    if html := fragments.kept(template, evaluation, *key):
        return html
    charts = overview_content.trends(judgement_of(evaluation), years)
    return fragments.drawn(template, evaluation, *key, context={"trends": charts})


@login_required
@require_POST
def evaluate_now(request: SignedInRequest) -> HttpResponse:
    """Judge a period again: at once where it takes a second or two, as a job in a large county."""
    wanted = request.POST.get("period", "")
    period = get_period(pk=int(wanted) if wanted.isdecimal() else 0, user=request.user)
    require(request.user, Action.EVALUATE, period.county)
    basis = Basis.LATEST if request.POST.get("basis") == Basis.LATEST else Basis.APPROVED
    if period.filings.count() > _AT_ONCE:
        arguments = {"period": period.pk, "basis": basis.value}
        title = _("判定 %(county)s %(period)s") % {"county": period.county, "period": period}
        job = start_job(
            kind="evaluate", title=title, arguments=arguments, place=period.county, acting_user=request.user
        )
        return redirect("jobs:detail", code=job.code)
    try:
        evaluation = evaluate(period=period, basis=basis, acting_user=request.user)
    except JunhengError as error:
        messages.error(request, words_of(error))
        return redirect(f"{reverse('dashboards:overview')}?county={period.county.code}&period={period.school_year}")
    messages.success(request, _("已重新判定：%(words)s") % {"words": evaluation.get_basis_display()})
    return redirect(overview_url(evaluation))
