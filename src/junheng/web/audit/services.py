"""Write to the log: the only writer, called by every service inside its own transaction."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from junheng.web.accounts.models import User
from junheng.web.audit.models import ChainHead, Event
from junheng.web.audit.origin import address_of_request
from junheng.web.regions.models import Place

GENESIS = "0" * 64
_CHAINED = (
    "made_at",
    "user_id",
    "username",
    "address",
    "action",
    "subject",
    "place_path",
    "summary",
    "changes",
    "reason",
)


def digest_of(before: str, event: Event) -> str:
    """The link of an event: SHA-256 over the link before it and its own content, field by field."""
    content = {name: getattr(event, name) for name in _CHAINED} | {"made_at": event.made_at.isoformat()}
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(f"{before}\n{text}".encode()).hexdigest()


def in_chinese(words: object) -> str:
    """A marked word as the log keeps it, whatever the language of whoever acts."""
    with override("zh-hans"):
        return str(words)


def record(
    *,
    acting_user: User | None,
    action: str,
    subject: str,
    place: Place | None,
    summary: str,
    changes: Sequence[Mapping[str, Any]] = (),
    reason: str = "",
) -> Event:
    """Add one event to the chain, in the transaction of the write itself.

    Args:
        acting_user: None when the system does it by itself.
        place: where it counts; None for what concerns the installation as a whole.
        changes: what, before, after; plain JSON values.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("an event is recorded in the transaction of its write")
    head = ChainHead.objects.select_for_update().get_or_create(pk=1, defaults={"digest": GENESIS})[0]
    event = Event(
        made_at=timezone.now(),
        user=acting_user,
        username=acting_user.username if acting_user else "",
        address=address_of_request(),
        action=action,
        subject=subject,
        place_path=place.path if place else "",
        summary=summary[:300],
        changes=list(changes),
        reason=reason,
        before_digest=head.digest,
    )
    event.digest = digest_of(head.digest, event)
    event.save()
    head.digest, head.count = event.digest, head.count + 1
    head.save(update_fields=["digest", "count"])
    return event
