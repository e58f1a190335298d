"""Signing in: the password, then the code of the phone where one is asked for; both count against the lock."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from axes.handlers.proxy import AxesProxyHandler
from axes.helpers import get_failure_limit
from axes.utils import reset
from django.contrib.auth import authenticate, login, logout
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.signals import user_login_failed
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from junheng.web.accounts.home import home_of
from junheng.web.accounts.models import User, comparable
from junheng.web.accounts.second_factor import use_code
from junheng.web.accounts.session_limits import keep_newest
from junheng.web.accounts.session_store import ADDRESS, BEGUN_AT
from junheng.web.audit.origin import address_of_request
from junheng.web.audit.services import record

_HALF_WAY = "half_way"  # in the session: who gave the password and still owes a code, since when
_TIME_FOR_CODE = 300  # seconds
_BACKEND = f"{ModelBackend.__module__}.{ModelBackend.__qualname__}"


def name_that_is_locked(request: HttpRequest, credentials: Mapping[str, Any] | None) -> str | None:
    """The name against which wrong tries count, however it was typed; a setting of django-axes."""
    typed = (credentials or request.POST).get("username")
    return comparable(str(typed))[:60] if typed else None


def check_password(request: HttpRequest, *, username: str, password: str) -> User | None:
    """Who this is; None when name and password do not fit or the name is locked (then the answer says so)."""
    user = authenticate(request, username=username, password=password)
    if user is None:
        _tell_of_lock(request, username)
    return user


def confirm_password(request: HttpRequest, *, password: str) -> bool:
    """Whether somebody who is signed in knows her password; wrong tries count as at signing in."""
    return check_password(request, username=request.user.get_username(), password=password) is not None


def begin(request: HttpRequest, user: User) -> None:
    """Sign somebody in whose password, and code where one is asked for, were right."""
    with transaction.atomic():
        login(request, user, backend=_BACKEND)
        request.session.pop(_HALF_WAY, None)
        request.session[ADDRESS] = address_of_request()
        request.session[BEGUN_AT] = timezone.now().isoformat()
        request.session.save()
        keep_newest(user)
        _record(user, user, "sign_in", "登录")


def ask_for_code(request: HttpRequest, user: User) -> None:
    """Remember that the password was right."""
    request.session.cycle_key()
    request.session[_HALF_WAY] = [user.pk, int(time.time()), user.get_session_auth_hash()]


def who_owes_code(request: HttpRequest) -> User | None:
    """Who gave her password a moment ago and has not shown the code yet."""
    pk, since, mark = request.session.get(_HALF_WAY, (None, 0, ""))
    if pk is None or time.time() - since > _TIME_FOR_CODE:
        return None
    user = User.objects.filter(pk=pk, is_active=True).first()
    # Not after the password was changed meanwhile.
    return user if user and user.get_session_auth_hash() == mark else None


def check_code(request: HttpRequest, *, user: User, code: str) -> bool:
    """Whether the code is right; a wrong one counts like a wrong password."""
    credentials = {"username": user.get_username()}
    if not AxesProxyHandler.is_allowed(request, credentials):
        request.axes_locked_out = True  # type: ignore[attr-defined] # the middleware of django-axes answers
        return False
    if use_code(user, code):
        return True
    user_login_failed.send(sender=__name__, credentials=credentials, request=request)
    _tell_of_lock(request, user.username)
    return False


def end(request: HttpRequest) -> None:
    """Sign out."""
    user = request.user
    with transaction.atomic():
        if isinstance(user, User):
            _record(user, user, "sign_out", "退出")
        logout(request)


def unlock(*, user: User, acting_user: User) -> None:
    """Forget wrong tries, so that a locked person may try again at once."""
    with transaction.atomic():
        reset(username=comparable(user.username))
        _record(user, acting_user, "unlock_sign_in", "解除登录锁定")


def _tell_of_lock(request: HttpRequest, username: str) -> None:
    """Log the try that locked a name, once; later ones in vain are not worth a row each."""
    if getattr(request, "axes_failures_since_start", 0) != get_failure_limit(request, None):
        return
    user = User.objects.named([username]).first()
    if user:
        with transaction.atomic():
            _record(user, None, "lock_sign_in", "因密码或验证码连续错误被锁定登录")


def _record(user: User, acting_user: User | None, action: str, words: str) -> None:
    record(
        acting_user=acting_user,
        action=action,
        subject=f"user:{user.pk}",
        place=home_of(user),
        summary=f"{user.name} {words}",
    )
