"""总览: the counties of an area on a map and in a table."""

from __future__ import annotations

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from junheng.monitoring.declared import warning_rules
from junheng.web.access import Action, may_anywhere
from junheng.web.exports import export_response
from junheng.web.monitoring import overview_content as content
from junheng.web.monitoring.asked import Asked, Choice, ask
from junheng.web.monitoring.map_content import map_chart, map_measures
from junheng.web.monitoring.page import empty, page
from junheng.web.paging import page_of
from junheng.web.templatetags.words import label

_OUTCOMES = (
    ("", gettext_lazy("全部")),
    ("met", gettext_lazy("达标")),
    ("unmet", gettext_lazy("未达标")),
    ("unknown", gettext_lazy("无法判定")),
)


_FILTERS = ("q", "outcome", "warning")


class OverviewChoice(Choice):
    """Besides: what the map shows, and which counties the table lists."""

    measure = forms.ChoiceField(label=gettext_lazy("地图显示"), required=False)
    q = forms.CharField(label=gettext_lazy("县"), required=False, max_length=60)
    outcome = forms.ChoiceField(label=gettext_lazy("结论"), required=False, choices=_OUTCOMES)
    warning = forms.ChoiceField(label=gettext_lazy("预警"), required=False)


@require_GET
@login_required
def overview(request: HttpRequest) -> HttpResponseBase:
    asked = ask(request)
    if asked is None:
        return empty(request)
    if asked.area.is_county:
        return redirect(asked.county_url(asked.area.code))
    measures = map_measures(asked)
    form = OverviewChoice(asked.given(request), asked.choices(measure=list(measures.items()), warning=_warnings()))
    found = content.chosen_rows(content.county_rows(asked), form.chosen)
    ordered = content.sorted_rows(found, request.GET.get("sort", ""))
    if "format" in request.GET:
        span = range(asked.years[0], asked.year + 1)
        return export_response(request, _name(asked), content.heads(span), content.export_rows(ordered))
    measure = form.chosen["measure"] or next(iter(measures))
    context = {
        "form": form,
        "rows": page_of(request, ordered),
        "tiles": content.tiles(asked),
        "map": map_chart(asked, measure, found, is_filtered=any(form.chosen[name] for name in _FILTERS)),
        "absent": list(content.absent(asked).values()),
        "may_load": may_anywhere(request.user, Action.LOAD_NATION),
        "may_draw": may_anywhere(request.user, Action.DRAW_MAP),
    }
    return render(request, "monitoring/overview.html", page(asked, "overview", content.overview_answer(asked), context))


def _name(asked: Asked) -> str:
    return _("%(area)s各县监测%(year)s") % {"area": asked.area.name, "year": asked.year}


def _warnings() -> list[tuple[str, str]]:
    return [
        ("", _("全部")),
        ("any", _("有预警")),
        *((name, label(rule.label)) for name, rule in warning_rules().items()),
    ]
