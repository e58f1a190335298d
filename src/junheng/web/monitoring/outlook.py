"""预测: the pupils of one county in the years to come, what they need, and which schools would fall below a limit."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from junheng.base.errors import JunhengError
from junheng.web.exports import export_response
from junheng.web.failures import words_of
from junheng.web.monitoring import outlook_content as content
from junheng.web.monitoring.county import ask_county, county_frame
from junheng.web.monitoring.county_content import name_of
from junheng.web.monitoring.errors import ForecastBusyError
from junheng.web.monitoring.page import empty, page


@require_GET
@login_required
def outlook(request: HttpRequest, code: str) -> HttpResponseBase:
    """The forecast; with ``?falls=1`` the years to come are judged too, which takes some seconds."""
    asked = ask_county(request, code)
    if asked is None:
        return empty(request)
    county = name_of(asked)
    judged = request.GET.get("falls") == "1"
    context = {**county_frame(asked, "outlook"), "form": None, "judged": judged}  # no year: it begins with the latest
    try:
        try:
            found = content.forecast_of(asked, judged=judged)
        except ForecastBusyError as error:
            judged = False
            context |= {"judged": judged, "busy": words_of(error)}
            found = content.forecast_of(asked, judged=judged)
    except JunhengError as error:
        answer = _("%(county)s还不能预测") % {"county": county}
        return render(request, "monitoring/outlook.html", page(asked, "", answer, {**context, "why": words_of(error)}))
    if "format" in request.GET:
        name = _("%(county)s学生预测") % {"county": county}
        return export_response(request, name, content.heads(), content.export_rows(found))
    context |= {
        "charts": content.charts(found),
        "needs": content.need_rows(found),
        "falls": content.fall_rows(asked, found),
        "notes": found.notes,
        "falls_url": f"{request.path}?falls=1",
    }
    answer = content.outlook_answer(county, found)
    return render(request, "monitoring/outlook.html", page(asked, "", answer, context))
