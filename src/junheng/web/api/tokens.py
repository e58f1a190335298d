"""Who a request speaks for: the owner of its token."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest
from ninja.security import HttpBearer

from junheng.web import limits
from junheng.web.accounts.models import ApiToken, User
from junheng.web.accounts.tokens import user_of_token
from junheng.web.api.errors import NoTokenError, ReadOnlyTokenError

_READS = ("GET", "HEAD", "OPTIONS")


class TokenRequest(HttpRequest):
    """A request that came with a valid token."""

    auth: ApiToken
    user: User


class Token(HttpBearer):
    """``Authorization: Bearer jh_…``. Sign-in by cookie is not accepted here, so no page elsewhere can use it."""

    openapi_description = "“我的账号”里新建的接口令牌。 A token made in “account”."

    def __call__(self, request: HttpRequest) -> ApiToken:
        scheme, _, text = request.headers.get("Authorization", "").partition(" ")
        return self.authenticate(request, text.strip() if scheme.casefold() == "bearer" else "")

    def authenticate(self, request: HttpRequest, token: str) -> ApiToken:
        """Find the owner, count the request, and refuse to write with a token that may only read."""
        found = user_of_token(token) if token else None
        if found is None:
            limits.API_REFUSED.take(f"address/{request.META.get('REMOTE_ADDR', '')}")
            raise NoTokenError
        user, kept = found
        limits.API.take(f"token/{kept.pk}")
        if request.method not in _READS and not kept.may_write:
            raise ReadOnlyTokenError
        request.user = user
        return kept


def owner(request: HttpRequest) -> User:
    """The person for whom the request speaks."""
    return cast(TokenRequest, request).user
