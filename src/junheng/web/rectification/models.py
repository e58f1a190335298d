"""Gaps: one row for every failed or undecided requirement, from its finding to its closing."""

from __future__ import annotations

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class GapState(models.TextChoices):
    OPEN = "open", _("待整改")
    IN_HAND = "in_hand", _("整改中")
    MENDED = "mended", _("待核验")  # says whoever mended it
    CLOSED = "closed", _("已销号")  # confirmed by somebody else, or by a later judgement


class Gap(models.Model):
    """One requirement that a school or the county misses.

    ``key`` is that of the judgement: ``resources/<school>/<stage>/<indicator>``, ``balance/<stage>/<indicator>``,
    ``<part>/<item>``; a later judgement of the period finds the same gap by it.
    """

    code = models.UUIDField(default=uuid4, unique=True, editable=False)
    period = models.ForeignKey("filings.Period", on_delete=models.PROTECT, related_name="gaps")
    place = models.ForeignKey("regions.Place", on_delete=models.PROTECT, related_name="gaps")
    key = models.CharField(max_length=200)
    part = models.CharField(max_length=20)  # resources, balance, government, quality, satisfaction
    outcome = models.CharField(max_length=12)
    title = models.CharField(max_length=300)
    lacks = models.CharField(max_length=120, blank=True)  # 13 名, 3416.87 ㎡
    state = models.CharField(max_length=10, choices=GapState.choices, default=GapState.OPEN, db_index=True)
    measure = models.TextField(_("整改措施"), blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="gaps"
    )
    due_on = models.DateField(_("完成时限"), null=True, blank=True)
    evidence = models.TextField(_("佐证说明"), blank=True)
    found_at = models.DateTimeField(auto_now_add=True)
    seen_at = models.DateTimeField()  # the last judgement that still found it
    mended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("part", "place__path", "key")
        constraints = (models.UniqueConstraint(fields=["period", "key"], name="a_gap_is_listed_once"),)

    def __str__(self) -> str:
        return self.title
