"""两步验证: codes of six figures that a phone makes every 30 seconds from a shared secret (RFC 6238)."""

from __future__ import annotations

import base64
import io
import secrets
import time
from urllib.parse import quote, urlencode

import qrcode
from django.db import transaction
from django_otp.oath import hotp
from qrcode.image.svg import SvgPathImage

from junheng.web.accounts.errors import CodeWrongError
from junheng.web.accounts.home import home_of
from junheng.web.accounts.models import User
from junheng.web.audit.services import record

_STEP = 30  # seconds
_TOLERANCE = 1  # steps that a phone's clock may be early or late
_ISSUER = "Junheng"


def new_secret() -> str:
    return base64.b32encode(secrets.token_bytes(20)).decode()


def picture_of(user: User, secret: str) -> str:
    """The code to scan, as the address of an image that stands in the page."""
    label = quote(f"{_ISSUER}:{user.username}")
    address = f"otpauth://totp/{label}?{urlencode({'secret': secret, 'issuer': _ISSUER})}"
    drawn = io.BytesIO()
    qrcode.make(address, image_factory=SvgPathImage).save(drawn)
    return "data:image/svg+xml;base64," + base64.b64encode(drawn.getvalue()).decode()


def fitting_step(secret: str, code: str, after: int = 0) -> int | None:
    """The step of time whose code this is: now, just before or just after, and later than ``after``."""
    if len(code) != 6 or not (code.isascii() and code.isdigit()):
        return None
    key, now = base64.b32decode(secret), int(time.time()) // _STEP
    steps = range(max(now - _TOLERANCE, after + 1), now + _TOLERANCE + 1)
    fitting = [step for step in steps if secrets.compare_digest(f"{hotp(key, step):06d}", code)]
    return fitting[0] if fitting else None


def use_code(user: User, code: str) -> bool:
    """Whether a code fits; it is used up by that, however many try it at once."""
    step = fitting_step(user.totp_secret, code.strip(), user.totp_last_step) if user.totp_secret else None
    if step is None:
        return False
    fresh = User.objects.filter(pk=user.pk, totp_secret=user.totp_secret, totp_last_step__lt=step)
    return fresh.update(totp_last_step=step) == 1


def turn_on(*, user: User, secret: str, code: str) -> None:
    """Ask for a code at every sign-in from now on.

    Raises:
        CodeWrongError: the phone does not show this code, so the person would lock herself out.
    """
    step = fitting_step(secret, code.strip())
    if step is None:
        raise CodeWrongError
    with transaction.atomic():
        user.totp_secret, user.totp_last_step = secret, step
        user.save(update_fields=["totp_secret", "totp_last_step"])
        _record(user, acting_user=user, action="turn_on_second_factor", words="开启两步验证")


def turn_off(*, user: User, acting_user: User) -> None:
    """Sign in with the password alone again: by the person herself, or by an administrator when the phone is lost."""
    with transaction.atomic():
        user.totp_secret, user.totp_last_step = "", 0
        user.save(update_fields=["totp_secret", "totp_last_step"])
        _record(user, acting_user=acting_user, action="turn_off_second_factor", words="关闭两步验证")


def _record(user: User, *, acting_user: User, action: str, words: str) -> None:
    record(
        acting_user=acting_user,
        action=action,
        subject=f"user:{user.pk}",
        place=home_of(user),
        summary=f"{user.name} {words}",
    )
