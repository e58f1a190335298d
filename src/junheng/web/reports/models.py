"""Reports: what was asked for, what was written, and the files that it was written to."""

from __future__ import annotations

from functools import cached_property, lru_cache
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from junheng.base.errors import JunhengError
from junheng.base.terms import Label
from junheng.reporting.library import load_report
from junheng.reporting.report.report import Report as Model
from junheng.reporting.report.serial import from_json
from junheng.web.reports.errors import ReportUnreadableError


class Masked(models.TextChoices):
    """What is masked in a copy that leaves the house."""

    NOTHING = "", _("不脱敏")
    NAMES = "names", _("隐去名称")
    FIGURES = "figures", _("隐去数字")
    ALL = "all", _("名称和数字都隐去")


class Report(models.Model):
    """One report, from the moment it is asked for.

    Attributes:
        maker: id of the report's folder.
        place: a county, a school, or the place whose counties it is about.
        evaluation: the judgement that it is written from; None for reports on plans or on several counties.
        options: plain JSON values: ``formats``, ``masked``, ``writer``, ``texts``; the codes of the ``plans`` that it
            draws on and of ``counties``, the evaluations that are judged together.
        content: the report as it was written (see ``serial``); empty until the job is done.
        names_people: it holds names of persons, which are for those who make plans.
        is_kept: cannot be deleted until it is released.
    """

    code = models.UUIDField(default=uuid4, unique=True, editable=False)
    maker = models.CharField(max_length=80)
    place = models.ForeignKey("regions.Place", on_delete=models.PROTECT, related_name="reports")
    evaluation = models.ForeignKey("dashboards.Evaluation", on_delete=models.PROTECT, null=True, related_name="+")
    options = models.JSONField(default=dict)
    content = models.TextField(blank=True)
    title = models.CharField(max_length=200, blank=True)
    checksum = models.CharField(max_length=64, blank=True)
    snapshot = models.CharField(max_length=64, blank=True)
    standard = models.CharField(max_length=80, blank=True)
    day = models.DateField(null=True)
    software = models.CharField(max_length=30, blank=True)
    names_people = models.BooleanField(default=False)
    job = models.ForeignKey("jobs.Job", on_delete=models.PROTECT, null=True, related_name="+")
    is_kept = models.BooleanField(default=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-is_kept", "-made_at", "-pk")

    def __str__(self) -> str:
        return self.title or self.label.zh

    @property
    def is_made(self) -> bool:
        return bool(self.checksum)

    @cached_property
    def label(self) -> Label:
        """What the report is called in lists; its id where its folder is no longer installed."""
        try:
            return load_report(self.maker).label
        except JunhengError:
            return Label(zh=self.maker, en=self.maker)

    @property
    def model(self) -> Model:
        """The report as it was written; read anew only where it was not just looked at.

        Raises:
            ReportUnreadableError: another version of this software wrote it.
        """
        try:
            return _model(self.pk, self.checksum)
        except (ValueError, KeyError, TypeError) as error:
            raise ReportUnreadableError(report=self) from error

    @property
    def masked(self) -> str:
        """What is masked, in words; empty where nothing is."""
        chosen = Masked(self.options.get("masked", ""))
        return "" if chosen == Masked.NOTHING else str(chosen.label)


@lru_cache(maxsize=2)  # whoever pages through one of hundreds of schools asks for the same again and again
def _model(key: int, _checksum: str) -> Model:
    return from_json(Report.objects.values_list("content", flat=True).get(pk=key))


class ReportFile(models.Model):
    """One file of a report: kept by content with the files of jobs.

    Attributes:
        pages, rows: how long it is, where that was counted.
        notices: what the reader should know of it, in Chinese, such as a font that was replaced.
    """

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="files")
    form = models.CharField(max_length=4)  # docx, pdf, xlsx
    digest = models.CharField(max_length=64, db_index=True)
    size = models.PositiveIntegerField()
    pages = models.PositiveIntegerField(null=True)
    rows = models.PositiveIntegerField(null=True)
    notices = models.JSONField(default=list)

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=["report", "form"], name="a_report_has_a_file_of_each_form"),)

    def __str__(self) -> str:
        return f"{self.report}.{self.form}"
