"""How Django knows the shell around the apps: its templates and tags."""

from __future__ import annotations

from django.apps import AppConfig


class Config(AppConfig):
    name = "junheng.web"
    label = "web"
