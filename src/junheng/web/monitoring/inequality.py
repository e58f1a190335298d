"""差距: how much of the inequality of a resource lies between counties and how much within them, and where."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from junheng.standards.library import load_standard
from junheng.web.exports import export_response
from junheng.web.monitoring import inequality_content as content
from junheng.web.monitoring.asked import Choice, ask
from junheng.web.monitoring.page import empty, page
from junheng.web.paging import page_of
from junheng.web.templatetags.words import label
from junheng.web.templatetags.words import stage as stage_word


class InequalityChoice(Choice):
    """Besides: stage and resource."""

    stage = forms.ChoiceField(label=gettext_lazy("学段"), required=False)
    indicator = forms.ChoiceField(label=gettext_lazy("资源"), required=False)


@require_GET
@login_required
def inequality(request: HttpRequest) -> HttpResponseBase:
    asked = ask(request, of_several=True)
    if asked is None:
        return empty(request)
    standard = load_standard(asked.watch.standard)
    stages = [(own, stage_word(own)) for own in standard.stages]
    indicators = [(name, label(entry)) for name, entry in standard.resources.items()]
    form = InequalityChoice(asked.given(request), asked.choices(stage=stages, indicator=indicators))
    stage = form.chosen["stage"] or stages[0][0]
    indicator = form.chosen["indicator"] or indicators[0][0]
    years = content.by_year(asked, stage, indicator)
    counties = content.by_county(asked, stage, indicator)
    name = dict(indicators)[indicator]
    if "format" in request.GET:
        title = _("%(area)s差距分解%(year)s") % {"area": asked.area.name, "year": asked.year}
        return export_response(request, title, _heads(), _export(counties))
    context = {
        "form": form,
        "charts": content.charts(asked, stage, indicator, name, years),
        "layers": content.layers(asked, stage, indicator),
        "years": years,
        "rows": page_of(request, counties),
        "indicator": name,
    }
    answer = content.inequality_answer(asked, stage_word(stage), name, years)
    return render(request, "monitoring/inequality.html", page(asked, "inequality", answer, context))


def _heads() -> tuple[str, ...]:
    return (_("代码"), _("县"), _("学校"), _("学生"), _("平均"), _("县内泰尔指数"), _("城乡之间"), _("占县内总差距"))


def _export(rows: Iterable[dict[str, Any]]) -> Iterable[tuple[object, ...]]:
    keys = ("code", "county", "schools", "pupils", "mean", "theil", "between_locations", "share")
    for row in rows:
        yield tuple(row[key] for key in keys)
