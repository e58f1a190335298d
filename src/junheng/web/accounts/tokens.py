"""接口令牌: keys for programs that act for a person. The text is shown once; only its hash is kept."""

from __future__ import annotations

import hashlib
import secrets
from datetime import date, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from junheng.web.accounts.errors import TooManyTokensError
from junheng.web.accounts.home import home_of
from junheng.web.accounts.models import ApiToken, User
from junheng.web.audit.services import record

_MARK = "jh"
_MOST = 10  # valid ones of a person
LONGEST_DAYS = 366
_NOTED_EVERY = timedelta(minutes=1)


def make_token(*, user: User, name: str, expires_on: date, may_write: bool, acting_user: User) -> tuple[ApiToken, str]:
    """Make a token.

    Returns:
        The token, and its text, which nobody can read again.

    Raises:
        TooManyTokensError: the person has as many as she may.
    """
    with transaction.atomic():
        valid = list(tokens_of(user).select_for_update())
        if len(valid) >= _MOST:
            raise TooManyTokensError(count=len(valid))
        prefix, secret = secrets.token_hex(6), secrets.token_urlsafe(32)
        latest = timezone.localdate() + timedelta(days=LONGEST_DAYS)
        token = ApiToken.objects.create(
            user=user,
            name=name,
            prefix=prefix,
            digest=_digest(secret),
            may_write=may_write,
            expires_on=min(expires_on, latest),
        )
        kind = "可写" if may_write else "只读"  # zh: data
        _record(token, acting_user, "make_token", f"新建接口令牌“{name}”（{kind}，到 {token.expires_on}）")
    return token, f"{_MARK}_{prefix}_{secret}"


def revoke_token(*, token: ApiToken, acting_user: User) -> None:
    """Make a token worthless at once."""
    with transaction.atomic():
        token.revoked_at = timezone.now()
        token.save(update_fields=["revoked_at"])
        _record(token, acting_user, "revoke_token", f"撤销接口令牌“{token.name}”")


def revoke_tokens(user: User) -> int:
    """Make all tokens of a person worthless, inside the transaction and event of whoever calls; return how many."""
    return ApiToken.objects.filter(user=user, revoked_at__isnull=True).update(revoked_at=timezone.now())


def tokens_of(user: User) -> QuerySet[ApiToken]:
    """The valid tokens of a person."""
    today = timezone.localdate()
    return ApiToken.objects.filter(user=user, revoked_at__isnull=True, expires_on__gte=today).order_by("-made_at")


def user_of_token(text: str) -> tuple[User, ApiToken] | None:
    """Whose token this is, if it is valid: known, not revoked, not run out, of a person who may sign in."""
    mark, _, rest = text.partition("_")
    prefix, _, secret = rest.partition("_")
    token = ApiToken.objects.select_related("user").filter(prefix=prefix).first() if mark == _MARK else None
    # Compared in any case, so that the time it takes does not tell whether there is such a token.
    fits = secrets.compare_digest(_digest(secret), token.digest if token else _digest(""))
    if token is None or not fits or token.revoked_at is not None or token.expires_on < timezone.localdate():
        return None
    if not token.user.is_active or token.user.must_change_password:
        return None
    now = timezone.now()
    if token.used_at is None or now - token.used_at > _NOTED_EVERY:
        ApiToken.objects.filter(pk=token.pk).update(used_at=now)
    return token.user, token


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _record(token: ApiToken, acting_user: User, action: str, words: str) -> None:
    record(
        acting_user=acting_user,
        action=action,
        subject=f"user:{token.user_id}",
        place=home_of(token.user),
        summary=f"{token.user.name} {words}",
    )
