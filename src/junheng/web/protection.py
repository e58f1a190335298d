"""Headers of every answer: nothing is loaded from elsewhere, no script or style stands in the page itself.

And how much anybody may send.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    ]
)


MOST_SENT = 25 * 2**20  # the largest workbook, with what stands around it
MOST_SENT_BY_STRANGERS = 2**20


def protect(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Add the Content-Security-Policy; answers with figures of people are kept by no cache between."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        if not request.path.startswith("/static/"):
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    return answer


def bound_bodies(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: refuse a body that is too large before anything reads it.

    The check against forged requests reads the whole form, files too, before a view can ask who sends it. The interface
    for programs asks for the token before it reads.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        if "Transfer-Encoding" in request.headers and not request.META.get("CONTENT_LENGTH"):
            return render(request, "400.html", status=411)
        length = _length(request)
        if length > MOST_SENT or (length > MOST_SENT_BY_STRANGERS and not _is_known(request)):
            return render(request, "400.html", status=413)
        return get_response(request)

    return answer


def _length(request: HttpRequest) -> int:
    text = request.META.get("CONTENT_LENGTH") or "0"
    return int(text) if len(text) < 15 and text.isdecimal() else MOST_SENT + 1


def _is_known(request: HttpRequest) -> bool:
    return request.user.is_authenticated or request.path.startswith("/api/")
