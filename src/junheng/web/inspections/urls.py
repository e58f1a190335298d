"""Addresses of this app."""

from __future__ import annotations

from django.urls import path

from junheng.web.inspections import views

app_name = "inspections"
urlpatterns = [
    path("", views.finding_list, name="list"),
    path("find/", views.find, name="find"),
    path("new/", views.new, name="new"),
    path("sheet/", views.sheet, name="sheet"),
    path("verify/", views.verify_list, name="verify"),
    path("verify/<uuid:code>/", views.verify, name="verify-filing"),
    path("<uuid:code>/", views.detail, name="detail"),
    path("<uuid:code>/answer/", views.answer, name="answer"),
    path("<uuid:code>/close/", views.close, name="close"),
]
