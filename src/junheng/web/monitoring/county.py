"""One county over the years: its verdicts, its measures with room and direction, its warnings, its schools."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from junheng.web.exports import export_response
from junheng.web.monitoring import county_content as content
from junheng.web.monitoring.asked import Asked, Choice, ask
from junheng.web.monitoring.overview_content import warnings_of
from junheng.web.monitoring.page import empty, page
from junheng.web.monitoring.warnings import warning_rows


class CountyChoice(Choice):
    """Standard and year: the county is the page's."""

    region = None  # type: ignore[assignment]  # how a form leaves out a field of its parent


@require_GET
@login_required
def county(request: HttpRequest, code: str) -> HttpResponseBase:
    asked = ask_county(request, code)
    if asked is None:
        return empty(request)
    measures = content.measure_rows(asked)
    if "format" in request.GET:
        name = _("%(county)s监测%(year)s") % {"county": content.name_of(asked), "year": asked.year}
        return export_response(request, name, content.heads(), content.export_rows(measures))
    context = {
        **county_frame(asked, "county"),
        "years": content.year_rows(asked),
        "warnings": warning_rows(asked, warnings_of(asked)),
        "measures": measures,
        "charts": content.charts(asked),
        "slipped": content.slipped_rows(asked, request.user),
        "parts": content.part_rows(asked),
    }
    return render(request, "monitoring/county.html", page(asked, "", content.county_answer(asked), context))


def ask_county(request: HttpRequest, code: str) -> Asked | None:
    """What a page of a county is about; None where nothing was judged of it.

    Raises:
        Http404: it is no county, or not one of whoever asks.
    """
    asked = ask(request, region=code)
    if asked is not None and (not asked.area.is_county or asked.now.is_empty()):
        raise Http404
    return asked


def county_frame(asked: Asked, tab: str) -> dict[str, object]:
    """What the pages of a county have in common."""
    name = content.name_of(asked)
    tabs = [(_("监测"), "county"), (_("预测"), "outlook")]
    return {
        "crumb": name,
        "crumb_url": asked.url_above(),
        "form": CountyChoice({"standard": asked.watch.standard, "year": str(asked.year)}, asked.choices()),
        "tabs": [
            {"name": word, "url": asked.county_url(asked.area.code, own), "current": own == tab} for word, own in tabs
        ],
        "name": name,
    }
