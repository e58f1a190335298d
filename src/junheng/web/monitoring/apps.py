"""How Django knows this app."""

from __future__ import annotations

from django.apps import AppConfig


class Config(AppConfig):
    name = "junheng.web.monitoring"
    label = "monitoring"
