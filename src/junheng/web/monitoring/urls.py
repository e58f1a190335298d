"""Addresses of this app."""

from __future__ import annotations

from django.urls import path

from junheng.web.monitoring import (
    boundaries_page,
    county,
    inequality,
    load,
    outlook,
    overview,
    ranking,
    targets_page,
    trends,
    warnings,
)
from junheng.web.monitoring.page import readable

app_name = "monitoring"
urlpatterns = [
    path("", readable(overview.overview), name="overview"),
    path("trends/", readable(trends.trends), name="trends"),
    path("warnings/", readable(warnings.warnings), name="warnings"),
    path("ranking/", readable(ranking.ranking), name="ranking"),
    path("inequality/", readable(inequality.inequality), name="inequality"),
    path("counties/<str:code>/", readable(county.county), name="county"),
    path("counties/<str:code>/outlook/", readable(outlook.outlook), name="outlook"),
    path("targets/", readable(targets_page.targets), name="targets"),
    path("targets/send/", targets_page.send_targets, name="send_targets"),
    path("targets/blank/", targets_page.blank_targets, name="blank_targets"),
    path("boundaries/", readable(boundaries_page.boundaries), name="boundaries"),
    path("load/", load.load, name="load"),
]
