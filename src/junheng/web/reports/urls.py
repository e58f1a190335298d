"""Addresses of this app."""

from __future__ import annotations

from django.urls import path

from junheng.web.reports import asking, checking, views

app_name = "reports"
urlpatterns = [
    path("", views.report_list, name="list"),
    path("check/made/", checking.check, name="check"),
    path("new/<str:maker>/", asking.new, name="new"),
    path("<uuid:code>/", views.detail, name="detail"),
    path("<uuid:code>/keep/", views.keep, name="keep"),
    path("<uuid:code>/delete/", views.delete, name="delete"),
    path("<uuid:code>/<str:form>/", views.file, name="file"),
]
