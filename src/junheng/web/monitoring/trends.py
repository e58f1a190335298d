"""趋势: a measure over the years, the share that passes, and what pupils find in town and country."""

from __future__ import annotations

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from junheng.web.exports import export_response
from junheng.web.monitoring import trends_content as content
from junheng.web.monitoring.asked import Choice, ask
from junheng.web.monitoring.measures import chosen_measure, measures_of
from junheng.web.monitoring.page import empty, page


class TrendChoice(Choice):
    """Besides: the measure."""

    measure = forms.ChoiceField(label=gettext_lazy("指标"), required=False)
    field_order = ("standard", "region", "measure", "year")


@require_GET
@login_required
def trends(request: HttpRequest) -> HttpResponseBase:
    asked = ask(request)
    if asked is None:
        return empty(request)
    measures = measures_of(asked)
    key = chosen_measure(request, measures)
    given = {**asked.given(request), "measure": key}
    form = TrendChoice(given, asked.choices(measure=[(key, own.label) for key, own in measures.items()]))
    measure = measures[key]
    rows = content.spread_rows(asked, measure)
    if "format" in request.GET:
        name = _("%(area)s%(measure)s逐年") % {"area": asked.area.name, "measure": measure.label}
        return export_response(request, name, content.heads(), content.export_rows(rows))
    context = {
        "form": form,
        "measure": measure,
        "rows": rows,
        "charts": content.charts(asked, measure, rows),
    }
    return render(
        request, "monitoring/trends.html", page(asked, "trends", content.trend_answer(asked, measure, rows), context)
    )
