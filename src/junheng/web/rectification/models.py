"""Gaps: one row for every failed or undecided requirement, from its finding to its closing."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from junheng.web.rectification import naming


class GapState(models.TextChoices):
    OPEN = "open", _("待整改")
    IN_HAND = "in_hand", _("整改中")
    MENDED = "mended", _("待核验")  # says whoever mended it
    CLOSED = "closed", _("已销号")  # confirmed by somebody else, or by a later judgement


class Part(models.TextChoices):
    """What a requirement belongs to."""

    GATE = "gate", _("办学基本标准")
    RESOURCES = "resources", _("资源配置")
    BALANCE = "balance", _("校际均衡")
    ELIGIBILITY = "eligibility", _("申报条件")
    COVERAGE = "coverage", _("普及普惠水平")
    GOVERNMENT = "government", _("政府保障程度")
    QUALITY = "quality", _("教育质量")
    SATISFACTION = "satisfaction", _("社会认可度")
    VETOES = "vetoes", _("一票否决")


# What still asks for something to be done.
STANDING = (GapState.OPEN, GapState.IN_HAND, GapState.MENDED)


class Gap(models.Model):
    """One requirement that a school or the county misses.

    ``key`` is that of the judgement: ``resources/<school>/<stage>/<indicator>``, ``balance/<stage>/<indicator>``,
    ``gate/<school>``, ``<part>/<item>``; a later judgement of the period finds the same gap by it.
    """

    code = models.UUIDField(default=uuid4, unique=True, editable=False)
    period = models.ForeignKey("filings.Period", on_delete=models.PROTECT, related_name="gaps")
    place = models.ForeignKey("regions.Place", on_delete=models.PROTECT, related_name="gaps")
    key = models.CharField(max_length=200)
    part = models.CharField(max_length=20)  # see Part
    outcome = models.CharField(max_length=12)
    title = models.CharField(max_length=300)
    indicator = models.CharField(max_length=80, blank=True)  # of a resource or a coefficient; the item of a part
    stage = models.CharField(max_length=10, blank=True)
    lacks = models.CharField(max_length=120, blank=True)  # 13 名, 3416.87 ㎡, or why it cannot be decided
    amount = models.DecimalField(max_digits=20, decimal_places=2, null=True, blank=True)  # of lacks; below 0: too much
    unit = models.CharField(max_length=20, blank=True)
    office = models.CharField(_("责任科室"), max_length=120, blank=True)
    evaluation = models.ForeignKey("dashboards.Evaluation", on_delete=models.PROTECT, null=True, related_name="gaps")
    state = models.CharField(max_length=10, choices=GapState.choices, default=GapState.OPEN, db_index=True)
    measure = models.TextField(_("整改措施"), blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="gaps"
    )
    due_on = models.DateField(_("完成时限"), null=True, blank=True)
    expects = models.CharField(_("预计达成情况"), max_length=300, blank=True)
    evidence = models.TextField(_("佐证说明"), blank=True)
    found_at = models.DateTimeField(auto_now_add=True)
    seen_at = models.DateTimeField()  # the last judgement that still found it
    mended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    mended_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    closed_because = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("part", "place__path", "key")
        constraints = (models.UniqueConstraint(fields=["period", "key"], name="a_gap_is_listed_once"),)

    def __str__(self) -> str:
        return f"{self.place}：{self.title}"

    @property
    def part_label(self) -> str:
        return str(Part(self.part).label)

    @property
    def heading(self) -> str:
        """What is missed, in the language of the page."""
        return naming.heading(
            standard=self.period.standard,
            gate=self.period.gate,
            part=self.part,
            own_stage=self.stage,
            indicator=self.indicator,
            title=self.title,
        )

    @property
    def shortfall(self) -> str:
        """What is lacking, in the language of the page."""
        return naming.shortfall(amount=self.amount, own_unit=self.unit, lacks=self.lacks)

    @property
    def is_standing(self) -> bool:
        return self.state in STANDING

    def is_overdue_on(self, day: date) -> bool:
        """Whether it should be mended by now and nobody says that it is."""
        return self.due_on is not None and self.due_on < day and self.state in (GapState.OPEN, GapState.IN_HAND)
