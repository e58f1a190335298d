"""Addresses of 系统: places and people."""

from __future__ import annotations

from django.urls import path

from junheng.web.regions import people_list_views, people_views, school_list_views, views

app_name = "regions"
urlpatterns = [
    path("", views.index, name="index"),
    path("places/", views.places, name="places"),
    path("places/<int:pk>/", views.place, name="place"),
    path("places/<int:pk>/add/<slug:kind>/", views.add_place, name="add-place"),
    path("places/<int:pk>/change/", views.change_place, name="change-place"),
    path("places/<int:pk>/close/", views.close_place, name="close-place"),
    path("places/<int:pk>/reopen/", views.reopen_place, name="reopen-place"),
    path("places/<int:pk>/schools/template/", school_list_views.template, name="schools-template"),
    path("places/<int:pk>/schools/", school_list_views.upload, name="schools-upload"),
    path("places/<int:pk>/schools/preview/", school_list_views.preview, name="schools-preview"),
    path("people/", people_views.people, name="people"),
    path("people/add/", people_views.add_person, name="add-person"),
    path("people/upload/", people_list_views.upload, name="people-upload"),
    path("people/upload/template/", people_list_views.template, name="people-template"),
    path("people/upload/preview/", people_list_views.preview, name="people-preview"),
    path("people/upload/done/", people_list_views.entered, name="people-entered"),
    path("people/upload/passwords/", people_list_views.passwords, name="people-passwords"),
    path("people/roles/<int:pk>/end/", people_views.end_role, name="end-role"),
    path("people/<int:pk>/", people_views.person, name="person"),
    path("people/<int:pk>/roles/", people_views.give_role, name="give-role"),
    path("people/<int:pk>/password/", people_views.reset_password, name="reset-password"),
    path("people/<int:pk>/account/<slug:what>/", people_views.account, name="person-account"),
]
