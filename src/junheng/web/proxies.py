"""The address of whoever asks, behind a proxy: taken from its header only when the proxy is one of ours."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse


def real_address(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: the last address in ``X-Forwarded-For`` that is not a proxy of ours.

    Everything to the left of it was written by the client itself and proves nothing.
    """
    ours = set(settings.PROXIES)

    def answer(request: HttpRequest) -> HttpResponse:
        if request.META.get("REMOTE_ADDR") in ours:
            named = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
            outside = [address for address in named if address not in ours]
            if outside:
                request.META["REMOTE_ADDR"] = outside[-1]
        return get_response(request)

    return answer
