"""Pieces of pages that never change: an evaluation is judged once, so what is drawn of it is kept.

A piece must hold nothing that depends on who looks at it but what its key names.
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from django.core.cache import cache
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from junheng.web.dashboards.models import Evaluation

_KEPT_FOR = 24 * 3600


def kept(template: str, evaluation: Evaluation, *key: object) -> SafeString | None:
    """The piece as it was drawn before, or None."""
    found = cache.get(_name(template, evaluation, key))
    return mark_safe(found) if found is not None else None  # it was rendered by a template


def drawn(template: str, evaluation: Evaluation, *key: object, context: Mapping[str, Any]) -> SafeString:
    """Draw a piece and keep it."""
    html = rendered(template, context)
    cache.set(_name(template, evaluation, key), str(html), _KEPT_FOR)
    return html


def rendered(template: str, context: Mapping[str, Any]) -> SafeString:
    """Draw a piece that is not worth keeping."""
    return render_to_string(template, dict(context))


def _name(template: str, evaluation: Evaluation, key: tuple[object, ...]) -> str:
    parts = (template, evaluation.code, evaluation.software, get_language(), *key)
    return f"dashboards:{sha256(repr(parts).encode()).hexdigest()}"
