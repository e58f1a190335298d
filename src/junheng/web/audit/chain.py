"""Hold the log against its chain of hashes: a row that was changed, removed or slipped in shows."""

from __future__ import annotations

from dataclasses import dataclass

from junheng.web.audit.models import ChainHead, Event
from junheng.web.audit.services import GENESIS, digest_of

_AT_ONCE = 1000


@dataclass(frozen=True)
class ChainReport:
    """What the log holds, and where its chain breaks first.

    Attributes:
        count: how many rows were read.
        head: the newest link, to be kept somewhere else; whoever holds it can show later that nothing before it went.
        broken_at: number of the first row that does not fit; 0 when rows are missing at the end.
        because: why it does not fit: ``changed`` (its content), ``gap`` (a row before it is missing or was slipped
            in), ``end`` (rows at the end are missing or were added), ``unknown`` (the link kept elsewhere is gone).
    """

    count: int
    head: str
    broken_at: int | None = None
    because: str = ""

    @property
    def is_whole(self) -> bool:
        return self.broken_at is None


def check_chain(kept: str = "") -> ChainReport:
    """Recompute every link, oldest first.

    Args:
        kept: a link that was noted down earlier, which must still be there. Without it, somebody who can write to
            the database and takes away the newest rows and their count alike goes unseen.
    """
    before, count, met = GENESIS, 0, kept in ("", GENESIS)
    for event in Event.objects.order_by("pk").iterator(chunk_size=_AT_ONCE):
        if event.before_digest != before:
            return ChainReport(count, before, event.pk, "gap")
        if event.digest != digest_of(before, event):
            return ChainReport(count, before, event.pk, "changed")
        before, count = event.digest, count + 1
        met = met or before == kept
    head = ChainHead.objects.filter(pk=1).first()
    if (head.digest, head.count) != (before, count) if head else bool(count):
        return ChainReport(count, before, 0, "end")
    if not met:
        return ChainReport(count, before, 0, "unknown")
    return ChainReport(count, before)
