"""One row a write, chained by hashes."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Event(models.Model):
    """Who did what to what, when, from where, and what changed.

    ``digest`` is the SHA-256 of the digest before and of this row's content, so that a row that is changed, removed or
    slipped in breaks the chain; triggers of the database refuse to update or delete rows at all.
    """

    made_at = models.DateTimeField(db_index=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    username = models.CharField(max_length=60)  # as it was then; empty: the system itself
    address = models.CharField(max_length=45, blank=True)
    action = models.CharField(max_length=60, db_index=True)
    subject = models.CharField(max_length=120, db_index=True)  # "filing:12", "user:3"
    place_path = models.CharField(max_length=300, db_index=True)  # who may read it: those responsible for the place
    summary = models.CharField(max_length=300)
    changes = models.JSONField(default=list)  # [{"what": …, "before": …, "after": …}]
    reason = models.TextField(blank=True)
    before_digest = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d %H:%M} {self.username} {self.summary}"


class ChainHead(models.Model):
    """The newest link: one row, locked by whoever adds the next."""

    digest = models.CharField(max_length=64)
    count = models.BigIntegerField(default=0)
