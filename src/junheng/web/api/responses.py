"""The answers that every operation may give besides its own."""

from __future__ import annotations

from typing import Any

from junheng.web.api.shapes import Problem

_ALWAYS: dict[int, Any] = {400: Problem, 401: Problem, 404: Problem, 422: Problem, 429: Problem}


def reads(answer: object) -> dict[int, Any]:
    """The answers of an operation that reads."""
    return {200: answer, **_ALWAYS}


def writes(answer: object, conflict: object = Problem) -> dict[int, Any]:
    """The answers of an operation that writes: a token may be read-only, the thing may have changed."""
    return {200: answer, **_ALWAYS, 403: Problem, 409: conflict}
