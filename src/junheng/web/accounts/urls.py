"""Addresses of signing in and of one's own account."""

from __future__ import annotations

from django.urls import path

from junheng.web.accounts import account_views, views

app_name = "accounts"
urlpatterns = [
    path("", account_views.account, name="account"),
    path("sign-in/", views.sign_in, name="sign-in"),
    path("sign-in/code/", views.code, name="code"),
    path("sign-out/", views.sign_out, name="sign-out"),
    path("password/", views.own_password, name="own-password"),
    path("sessions/end/", account_views.other_sessions, name="end-other-sessions"),
    path("second-factor/", account_views.second_factor_on, name="second-factor"),
    path("second-factor/off/", account_views.second_factor_off, name="second-factor-off"),
    path("tokens/", account_views.new_token, name="new-token"),
    path("tokens/<int:pk>/revoke/", account_views.token_revoke, name="revoke-token"),
]
