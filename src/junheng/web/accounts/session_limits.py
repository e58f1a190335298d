"""How long a session lasts unused, how many a person may have, and how they are ended."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from junheng.web.accounts.models import Session, User
from junheng.web.accounts.session_store import BEGUN_AT

_SEEN = "seen"
_NOTED_EVERY = 60  # seconds: not every page view writes to the database


def end_idle(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: a session is over that nobody used for ``SESSION_IDLE_SECONDS``, or that began long ago."""

    def answer(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now = int(timezone.now().timestamp())
            seen = request.session.get(_SEEN, now)
            if now - seen > settings.SESSION_IDLE_SECONDS:
                logout(request)
                messages.info(request, _("长时间没有操作，已自动退出。请重新登录。"))
            elif _is_old(request.session):
                logout(request)
                messages.info(request, _("登录时间已满，已自动退出。请重新登录。"))
            elif now - seen >= _NOTED_EVERY or _SEEN not in request.session:
                request.session[_SEEN] = now
        return get_response(request)

    return answer


def _is_old(session: SessionBase) -> bool:
    begun = session.get(BEGUN_AT)
    longest = timedelta(seconds=settings.SESSION_LONGEST_SECONDS)
    return begun is not None and timezone.now() - datetime.fromisoformat(begun) > longest


def end_sessions(user: User, *, but: SessionBase | None = None) -> int:
    """End somebody's sessions, all or all but one; return how many."""
    sessions = Session.objects.filter(user=user)
    if but is not None and but.session_key:
        sessions = sessions.exclude(pk=but.session_key)
    return sessions.delete()[0]


def keep_newest(user: User) -> None:
    """End the oldest sessions beyond ``SESSIONS_A_PERSON``, and whatever has run out."""
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
    newest = Session.objects.filter(user=user).order_by("-begun_at").values_list("pk", flat=True)
    Session.objects.filter(pk__in=list(newest[settings.SESSIONS_A_PERSON :])).delete()
