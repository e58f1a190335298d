"""What a person sees when a page cannot be given: never a traceback, always what to do next."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import get_template
from django.utils.translation import get_language, override

from junheng.base.errors import JunhengError


def words_of(error: JunhengError) -> str:
    """What an error says, in the language of the page."""
    return error.message("en" if (get_language() or "").startswith("en") else "zh")


def in_both(error: JunhengError) -> dict[str, str]:
    """What an error says in both languages, whatever the language of the page: its values may be marked strings."""
    with override("zh-hans"):
        chinese = error.message("zh")
    with override("en"):
        return {"zh": chinese, "en": error.message("en")}


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    # Without any context: whatever failed may fail again.
    return HttpResponse(get_template("500.html").render(), status=500)
