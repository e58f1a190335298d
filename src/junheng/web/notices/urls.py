"""Addresses of this app."""

from __future__ import annotations

from django.urls import path

from junheng.web.notices import views

app_name = "notices"
urlpatterns = [
    path("", views.listing, name="list"),
    path("read/", views.read, name="read"),
    path("<int:pk>/", views.follow, name="follow"),
]
