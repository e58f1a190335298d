"""Evaluations: what was judged, with what, when; the verdict itself can always be made again from these.

What lists show of schools is kept beside them.
"""

from __future__ import annotations

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Basis(models.TextChoices):
    """Which filings went in."""

    APPROVED = "approved", _("已审核数据")
    LATEST = "latest", _("最新数据（含未审核）")


class Evaluation(models.Model):
    """One judgement of a county's period.

    Attributes:
        snapshot: the dataset in the store; with standard, gate and day it gives the verdict again.
        rows: by table, in the dataset's order, where the cells of each row came from:
            ``[filing, version or None, key, columns]`` for every filing that has a part in it.
        filings: every filing that went in, with what differs as soon as other data of it would.
        summary: for lists of counties; never the truth.
    """

    code = models.UUIDField(default=uuid4, unique=True, editable=False)
    period = models.ForeignKey("filings.Period", on_delete=models.PROTECT, related_name="evaluations")
    basis = models.CharField(max_length=10, choices=Basis.choices)
    snapshot = models.CharField(max_length=64)
    standard = models.CharField(max_length=80)
    gate = models.CharField(max_length=80, blank=True)
    day = models.DateField()
    software = models.CharField(max_length=30)
    rows = models.JSONField(default=dict)
    filings = models.JSONField(default=dict)
    outcome = models.CharField(max_length=12)
    summary = models.JSONField(default=dict)
    approved = models.PositiveIntegerField(default=0)  # filings that were approved, of how many
    expected = models.PositiveIntegerField(default=0)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-made_at", "-pk")

    def __str__(self) -> str:
        return f"{self.period} {self.made_at:%Y-%m-%d %H:%M}"


class SchoolResult(models.Model):
    """What an evaluation says of one school and stage, for lists over many counties; never the truth.

    Attributes:
        outcome: empty where the school is not in scope.
        severity: the order of the outcomes, the worst first.
        worst: the indicator furthest from its limit, by its name in the standard.
        lacks: of every missed indicator ``[indicator, amount or None, unit, outcome]``, the worst
            first.
    """

    evaluation = models.ForeignKey(Evaluation, on_delete=models.CASCADE, related_name="schools")
    place = models.ForeignKey("regions.Place", on_delete=models.PROTECT, related_name="+")
    stage = models.CharField(max_length=10)
    outcome = models.CharField(max_length=12, blank=True)
    severity = models.PositiveSmallIntegerField()
    met = models.PositiveSmallIntegerField()
    counted = models.PositiveSmallIntegerField()
    pupils = models.PositiveIntegerField(null=True)
    worst = models.CharField(max_length=80, blank=True)
    lacks = models.JSONField(default=list)

    class Meta:
        ordering = ("severity", "met", "pk")
        constraints = (
            models.UniqueConstraint(fields=["evaluation", "place", "stage"], name="a_school_is_judged_once"),
        )
        indexes = (models.Index(fields=["evaluation", "severity", "met"], name="worst_school_first"),)

    def __str__(self) -> str:
        return f"{self.place} {self.stage}"
