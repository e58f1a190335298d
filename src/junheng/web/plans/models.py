"""Plans: what was asked for, with which inputs, and the document that a planner answered with."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class PlanKind(models.TextChoices):
    RESOURCES = "resources", _("填平补齐")
    ROTATION = "rotation", _("教师交流轮岗")
    ZONING = "zoning", _("划片")


class Plan(models.Model):
    """One plan of a county, from the moment it is asked for.

    Attributes:
        evaluation: the judgement that it starts from; None where the inputs say everything.
        options: what was chosen beside the inputs, plain JSON values (see ``starting``).
        inputs: SHA-256 of the input file, kept with the files of jobs; ``inputs_name`` is what it is called.
        document: as the planner made it; empty until the job is done.
        summary: what lists show of the document; never the truth.
        stop_asked: the best plan so far will do; the search ends at its next word.
        is_kept: cannot be deleted until it is released.
    """

    code = models.UUIDField(default=uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=10, choices=PlanKind.choices)
    county = models.ForeignKey("regions.Place", on_delete=models.PROTECT, related_name="plans")
    evaluation = models.ForeignKey("dashboards.Evaluation", on_delete=models.PROTECT, null=True, related_name="plans")
    title = models.CharField(_("方案名称"), max_length=80)
    options = models.JSONField(default=dict)
    inputs = models.CharField(max_length=64)
    inputs_name = models.CharField(max_length=140)
    document = models.JSONField(default=dict)
    summary = models.JSONField(default=dict)
    job = models.ForeignKey("jobs.Job", on_delete=models.PROTECT, null=True, related_name="+")
    stop_asked = models.BooleanField(default=False)
    is_kept = models.BooleanField(default=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-is_kept", "-made_at", "-pk")

    def __str__(self) -> str:
        return self.title

    @property
    def is_made(self) -> bool:
        return bool(self.summary)

    @property
    def proof(self) -> dict[str, Any]:
        """How good it is proven to be, as lists show it."""
        found: dict[str, Any] = self.summary.get("proof", {})
        return found
