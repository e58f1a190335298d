"""A page with one specimen of every chart, for the browser alone."""

from django.http import HttpRequest, HttpResponse
from django.template import RequestContext, Template
from django.urls import path

from junheng.reporting.charts.table import table
from junheng.web.urls import urlpatterns as pages
from web.charts.specimens import SCHOOLS, specimens

PAGE = Template(
    '{% extends "bare.html" %}{% block page_class %}wide{% endblock %}{% block content %}'
    "{% for name, spec in charts.items %}"
    '{% include "components/chart.html" with id=name title=name spec=spec table=schools %}'
    "{% endfor %}"
    '{% include "components/chart.html" with id="broken" title="broken" src="/nowhere.json" table=schools %}'
    "{% endblock %}"
)


def charts(request: HttpRequest) -> HttpResponse:
    schools = table(SCHOOLS, [("school", "学校"), ("value", "数值")])
    return HttpResponse(PAGE.render(RequestContext(request, {"charts": specimens(), "schools": schools})))


urlpatterns = [path("charts/", charts), *pages]
handler404 = "junheng.web.failures.not_found"
