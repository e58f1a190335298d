"""Who signs in with a password that somebody else chose is asked for one of her own before anything else."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import resolve

# What can be reached before: the page itself, the way out, the language.
_FREE = {"accounts:own-password", "accounts:sign-out", "set_language"}


def ask_for_own_password(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: redirect to the page for an own password."""

    def answer(request: HttpRequest) -> HttpResponse:
        user = request.user
        asked = (
            user.is_authenticated and user.must_change_password and not request.path.startswith(("/static/", "/api/"))
        )
        if asked and resolve(request.path_info).view_name not in _FREE:
            return redirect("accounts:own-password")
        return get_response(request)

    return answer
