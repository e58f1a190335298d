"""Addresses of this app."""

from __future__ import annotations

from django.urls import path

from junheng.web.claims import views

app_name = "claims"
urlpatterns = [
    path("", views.check, name="check"),
    path("<uuid:code>/", views.detail, name="detail"),
    path("<uuid:code>/decide/", views.decide, name="decide"),
    path("<uuid:code>/delete/", views.delete, name="delete"),
    path("<uuid:code>/<str:form>/", views.file, name="file"),
]
