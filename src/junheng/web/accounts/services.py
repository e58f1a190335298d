"""Writing one's own account."""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction

from junheng.web.accounts.home import home_of
from junheng.web.accounts.models import User
from junheng.web.accounts.session_limits import end_sessions
from junheng.web.audit.services import record

_OWN = ("email", "phone", "language")


def change_own_data(*, user: User, **fields: str) -> None:
    """Change address, telephone or language; nothing else is a person's own to change."""
    changes: list[dict[str, Any]] = []
    with transaction.atomic():
        standing = User.objects.select_for_update().get(pk=user.pk)
        for name in _OWN:
            before, after = getattr(standing, name), fields.get(name, getattr(standing, name))
            setattr(user, name, after)
            if before != after:
                changes.append({"what": name, "before": before, "after": after})
        if changes:
            user.save(update_fields=list(_OWN))
            _record(user, "change_own_data", "修改本人信息", changes)


def end_other_sessions(*, user: User, session: SessionBase) -> int:
    """End one's sessions on other machines; return how many."""
    with transaction.atomic():
        count = end_sessions(user, but=session)
        if count:
            _record(user, "end_sessions", f"结束本人其他登录 {count} 个", [])
    return count


def _record(user: User, action: str, words: str, changes: list[dict[str, Any]]) -> None:
    record(
        acting_user=user,
        action=action,
        subject=f"user:{user.pk}",
        place=home_of(user),
        summary=f"{user.name} {words}",
        changes=changes,
    )
