"""What inspectors write down."""

from __future__ import annotations

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Method(models.TextChoices):
    """How it was found (DAT-14)."""

    VISIT = "visit", _("实地走访")
    DOCUMENTS = "documents", _("查阅资料")
    DATA = "data", _("数据分析")
    QUESTIONNAIRE = "questionnaire", _("问卷调查")
    TALK = "talk", _("座谈访谈")


class FindingState(models.TextChoices):
    """Where a finding stands; it follows from what was written."""

    OPEN = "open", _("待答复")
    ANSWERED = "answered", _("已答复，待核查")
    CLOSED = "closed", _("已办结")


class InspectionFinding(models.Model):
    """One finding at a place, perhaps at one cell of a filing or one requirement; with the answer to it.

    ``key`` names the row of the table, or of an indicator the stage.
    """

    code = models.UUIDField(default=uuid4, unique=True, editable=False)
    period = models.ForeignKey("filings.Period", on_delete=models.PROTECT, related_name="inspection_findings")
    place = models.ForeignKey("regions.Place", on_delete=models.PROTECT, related_name="inspection_findings")
    filing = models.ForeignKey("filings.Filing", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    table = models.CharField(max_length=40, blank=True)
    key = models.CharField(max_length=200, blank=True)
    column = models.CharField(max_length=60, blank=True)
    indicator = models.CharField(max_length=80, blank=True)
    method = models.CharField(_("方法"), max_length=20, choices=Method.choices)
    text = models.TextField(_("发现的问题"))
    asks_to = models.TextField(_("整改要求"), blank=True)
    inspector = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    answer = models.TextField(_("答复"), blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    closing = models.TextField(_("核查结论"), blank=True)

    class Meta:
        ordering = ("-made_at",)

    def __str__(self) -> str:
        return f"{self.place}：{self.text[:60]}"

    @property
    def state(self) -> FindingState:
        if self.closed_at is not None:
            return FindingState.CLOSED
        return FindingState.ANSWERED if self.answered_at is not None else FindingState.OPEN
