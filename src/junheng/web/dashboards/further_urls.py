"""Addresses of comparing, trying out and the monitoring of counties."""

from __future__ import annotations

from django.urls import path

from junheng.web.dashboards import compare, counties, try_out

urlpatterns = [
    path("compare/", compare.compare, name="compare"),
    path("try-out/", try_out.try_out, name="try-out"),
    path("try-out/change/", try_out.change, name="try-out-change"),
    path("try-out/raise/", try_out.raise_school, name="try-out-raise"),
    path("try-out/drop/", try_out.drop, name="try-out-drop"),
    path("counties/", counties.counties, name="counties"),
    path("counties/evaluate/", counties.evaluate_all, name="evaluate-counties"),
]
