"""Addresses of this app."""

from __future__ import annotations

from django.urls import path

from junheng.web.jobs import views

app_name = "jobs"
urlpatterns = [
    path("", views.job_list, name="list"),
    path("import/", views.import_workbook, name="import"),
    path("export/", views.export_filed, name="export"),
    path("<uuid:code>/", views.detail, name="detail"),
    path("<uuid:code>/cancel/", views.cancel, name="cancel"),
    path("<uuid:code>/retry/", views.retry, name="retry"),
    path("<uuid:code>/file/", views.download, name="download"),
]
