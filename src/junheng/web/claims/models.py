"""What somebody chose to keep of a check: the file, what it was held against, what she decided."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.db import models


class Check(models.Model):
    """A file that was checked and kept, for whoever kept it. Its text stands in the file only, and is read anew.

    Attributes:
        name: what its owner calls the file.
        digest: SHA-256 of the file.
        evaluation: that it is compared with; None for none.
        standard, day: whose limits on which day are used; empty and None for none.
        decisions: see ``decisions.to_json``.
        figures, inconsistent, missed: what came out when it was kept.
        place: where its events count in the log.
    """

    code = models.UUIDField(default=uuid4, unique=True, editable=False)
    name = models.CharField(max_length=120)
    digest = models.CharField(max_length=64)
    evaluation = models.ForeignKey("dashboards.Evaluation", on_delete=models.PROTECT, null=True, related_name="+")
    standard = models.CharField(max_length=80, blank=True)
    day = models.DateField(null=True)
    decisions = models.JSONField(default=dict)
    figures = models.PositiveIntegerField()
    inconsistent = models.PositiveIntegerField()
    missed = models.PositiveIntegerField()
    place = models.ForeignKey("regions.Place", on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-made_at", "-pk")

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> Path:
        """Where the file lies: a folder of its own, so that no other thing has the same content."""
        return Path(settings.FILES) / "claims" / str(self.code) / f"file{Path(self.name).suffix.casefold()}"
