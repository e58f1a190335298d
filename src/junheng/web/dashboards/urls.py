"""Addresses of this app."""

from __future__ import annotations

from django.urls import path

from junheng.web.dashboards import exports, indicator, overview, reasons, school, standard_pages
from junheng.web.dashboards.further_urls import urlpatterns as further

app_name = "dashboards"
urlpatterns = [
    path("overview/", overview.overview, name="overview"),
    path("evaluate/", overview.evaluate_now, name="evaluate"),
    path("schools/", school.schools, name="schools"),
    path("schools/<str:code>/", school.school, name="school"),
    path("indicators/<str:name>/", indicator.indicator, name="indicator"),
    path("reasons/<uuid:code>/", reasons.county, name="reasons"),
    path("reasons/<uuid:code>/<str:school>/", reasons.school, name="reasons"),
    path("reasons/<uuid:code>/<str:school>/<str:stage>/<str:indicator>/", reasons.indicator, name="reasons"),
    path("book/<uuid:code>/", exports.result_book, name="book"),
    path("items/<uuid:code>/", exports.items, name="items"),
    path("standards/", standard_pages.standards, name="standards"),
    path("standards/diff/", standard_pages.diff, name="standards-diff"),
    path("standards/show/<path:name>/", standard_pages.standard, name="standard"),
    path("standards/book/<path:name>/", exports.standard_book, name="standard-book"),
    *further,
]
