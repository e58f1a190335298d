"""Reading one's own account."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone

from junheng.web.accounts.models import ApiToken, Session, User
from junheng.web.accounts.tokens import tokens_of


def list_sessions(user: User) -> QuerySet[Session]:
    """The sessions of a person that have not run out, the newest first."""
    return Session.objects.filter(user=user, expire_date__gte=timezone.now()).order_by("-begun_at")


def get_own_token(*, pk: int, user: User) -> ApiToken:
    found = tokens_of(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
