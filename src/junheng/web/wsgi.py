"""What the production server runs."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "junheng.web.settings")
application = get_wsgi_application()

from junheng.web.warming import warm  # noqa: E402 - the apps must be set up first (2026-11)

warm()
