"""指标页: one indicator, all schools of the county."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from junheng.web.dashboards import answers
from junheng.web.dashboards.choosing import chosen
from junheng.web.dashboards.indicator_content import (
    articles,
    coefficients,
    definition,
    exported,
    heads,
    plots,
    school_values,
    stages_of,
)
from junheng.web.dashboards.selectors import judgement_of
from junheng.web.exports import export_response


@login_required
@require_GET
def indicator(request: HttpRequest, name: str) -> HttpResponseBase:
    choice = chosen(request)
    if choice is None or choice.evaluation is None:
        raise Http404
    evaluation, county = choice.evaluation, choice.county
    judgement = judgement_of(evaluation)
    if name not in judgement.standard.resources:
        raise Http404
    stages = stages_of(judgement, name)
    asked = request.GET.get("stage", "")
    stage = asked if asked in stages else next(iter(stages), "")
    values = school_values(judgement, evaluation, county.code, name, stage) if stage else []
    if "format" in request.GET:
        title = _("%(indicator)s各校情况") % {"indicator": answers.indicator_name(judgement, name)}
        return export_response(request, title, heads(judgement, name), exported(values, stage))
    context = {
        "county": county,
        "place_name": county.name,
        "period_name": str(evaluation.period),
        "evaluation": evaluation,
        "provisional": evaluation.approved < evaluation.expected,
        "name": name,
        "label": answers.indicator_name(judgement, name),
        "unit": judgement.standard.resources[name].unit,
        "names": [(other, answers.indicator_name(judgement, other)) for other in judgement.standard.counted()],
        "stages": stages,
        "stage": stage,
        "answer": answers.indicator_answer(judgement, county.code, name),
        "coefficients": (found := coefficients(judgement, county.code, name)),
        "incomplete": any(entry.absent for entry in found),
        "definition": definition(judgement, name),
        "articles": list(articles(judgement, name)),
        "values": values,
        "plots": plots(judgement, county.code, name, stage, values) if values else {},
    }
    return render(request, "dashboards/indicator.html", context)
