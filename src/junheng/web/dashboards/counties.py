"""省市监测: the counties of a city or province side by side."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from junheng.web.access import Action, may_anywhere
from junheng.web.dashboards import counties_content as content
from junheng.web.dashboards.counties_forms import CountiesFilter
from junheng.web.dashboards.models import Basis
from junheng.web.exports import export_response
from junheng.web.jobs.services import start_job
from junheng.web.limits import JOBS, limited
from junheng.web.paging import page_of
from junheng.web.signed_in import SignedInRequest


@require_GET
@login_required
def counties(request: HttpRequest) -> HttpResponseBase:
    """All counties of a year, those that a filter asks for, and how they lie on one measure."""
    if not may_anywhere(request.user, Action.COMPARE_COUNTIES):
        raise Http404
    years, measures = content.years_compared(request.user), content.measures()
    year = content.year_asked(request.user, request.GET.get("year", ""))
    lines = content.county_lines(request.user, year)
    cities = sorted({line.city for line in lines} - {""})
    form = CountiesFilter({**request.GET.dict(), "year": str(year)}, years=years, cities=cities, measures=measures)
    wanted = form.chosen
    found = content.chosen_lines(lines, wanted["q"].strip(), wanted["city"], wanted["outcome"])
    ordered = content.sorted_lines(found, request.GET.get("sort", ""))
    if "format" in request.GET:
        return export_response(request, f"{_('各县')}{year}", _heads(), content.export_rows(ordered))
    context = {
        "form": form,
        "year": year,
        "page": page_of(request, ordered),
        "answer": content.counties_answer(lines, year),
        "chart": content.spread(found, wanted["measure"] or next(iter(measures))),
        "measure": measures[wanted["measure"] or next(iter(measures))],
    }
    return render(request, "dashboards/counties.html", context)


@require_POST
@login_required
@limited(JOBS)
def evaluate_all(request: SignedInRequest) -> HttpResponse:
    """Judge every county of a year anew, in a job for each city or province whose counties somebody compares."""
    tops = content.tops_compared(request.user)
    if not tops:
        raise Http404
    year = content.year_asked(request.user, request.POST.get("year", ""))
    for top in tops:
        title = _("判定 %(place)s各县 %(year)s 学年") % {"place": top, "year": year}
        arguments = {"school_year": year, "basis": Basis.APPROVED.value}
        job = start_job(kind="evaluate_counties", title=title, arguments=arguments, place=top, acting_user=request.user)
    return redirect("jobs:detail", code=job.code)


def _heads() -> tuple[str, ...]:
    return (
        _("代码"),
        _("县"),
        _("市"),
        _("结论"),
        _("学校（按学段）"),
        _("未达标学校"),
        _("无法判定学校"),
        _("小学最高的差异系数（指标）"),
        _("小学最高的差异系数"),
        _("初中最高的差异系数（指标）"),
        _("初中最高的差异系数"),
        _("填报份数"),
        _("已提交"),
        _("已审核"),
        _("判定用的数据"),
        _("判定时间"),
    )
