"""Notices of a person: nobody reads another's."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404

from junheng.web.accounts.models import User
from junheng.web.notices.models import Notice


def notices_for(user: User, *, unread: bool = False) -> QuerySet[Notice]:
    """What a person was told, the newest first."""
    found = Notice.objects.filter(user=user)
    return found.filter(read_at__isnull=True) if unread else found


def get_notice(*, pk: int, user: User) -> Notice:
    found = notices_for(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
