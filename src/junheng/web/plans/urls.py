"""Addresses of this app."""

from __future__ import annotations

from django.urls import path

from junheng.web.plans import asking, downloads, views

app_name = "plans"
urlpatterns = [
    path("", views.plan_list, name="list"),
    path("compare/", views.compare, name="compare"),
    path("new/<str:kind>/", asking.new, name="new"),
    path("new/<str:kind>/template/", asking.template, name="template"),
    path("<uuid:code>/", views.detail, name="detail"),
    path("<uuid:code>/stop/", views.stop, name="stop"),
    path("<uuid:code>/rename/", views.rename, name="rename"),
    path("<uuid:code>/keep/", views.keep, name="keep"),
    path("<uuid:code>/delete/", views.delete, name="delete"),
    path("<uuid:code>/json/", downloads.as_json, name="json"),
    path("<uuid:code>/geojson/", downloads.as_geojson, name="geojson"),
    path("<uuid:code>/book/", downloads.book, name="book"),
    path("<uuid:code>/inputs/", downloads.inputs, name="inputs"),
    path("<uuid:code>/<str:what>/", downloads.table, name="table"),
]
