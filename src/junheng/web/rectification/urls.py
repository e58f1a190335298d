"""Addresses of this app."""

from __future__ import annotations

from django.urls import path

from junheng.web.rectification import views

app_name = "rectification"
urlpatterns = [
    path("", views.gap_list, name="list"),
    path("board/", views.board, name="board"),
    path("lag/", views.lag_list, name="lag"),
    path("make/", views.make_list, name="make"),
    path("bulk/", views.bulk, name="bulk"),
    path("<uuid:code>/", views.detail, name="detail"),
    path("<uuid:code>/assign/", views.assign, name="assign"),
    path("<uuid:code>/measure/", views.measure, name="measure"),
    path("<uuid:code>/close/", views.close, name="close"),
    path("<uuid:code>/reopen/", views.reopen, name="reopen"),
]
