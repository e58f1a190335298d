"""Addresses of the log."""

from __future__ import annotations

from django.urls import path

from junheng.web.audit import views

app_name = "audit"
urlpatterns = [
    path("", views.events, name="list"),
    path("<int:pk>/", views.event, name="event"),
]
