"""From where a write comes: the address of the request being answered, kept beside the call, not in its arguments."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponse

_address: ContextVar[str] = ContextVar("address", default="")


def address_of_request() -> str:
    """The address of whoever sent the request being answered; empty in a job or a command."""
    return _address.get()


def keep_address(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: remember the address for as long as the request is answered."""

    def answer(request: HttpRequest) -> HttpResponse:
        token = _address.set(str(request.META.get("REMOTE_ADDR", ""))[:45])
        try:
            return get_response(request)
        finally:
            _address.reset(token)

    return answer
