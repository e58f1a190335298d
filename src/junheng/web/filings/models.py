"""Periods, filings, their rows as typed, and the versions that were handed in."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from junheng.web.filings.states import OPEN_FOR_FILING, Route, State

SCHOOL = "school"  # the office of a school's own filing


class Period(models.Model):
    """A time of filing in a county: for which school year, by which standard, until when."""

    county = models.ForeignKey("regions.Place", on_delete=models.PROTECT, related_name="periods")
    label = models.CharField(_("名称"), max_length=60)
    school_year = models.PositiveSmallIntegerField(_("学年"))
    standard = models.CharField(_("评估标准"), max_length=80)
    gate = models.CharField(_("办学基本标准"), max_length=80, blank=True)
    day = models.DateField(_("评估日期"))  # on which the standard is applied
    opens_on = models.DateField(_("开始填报"))
    due_on = models.DateField(_("截止日期"))
    closed_at = models.DateTimeField(null=True, blank=True)  # locked as a whole

    class Meta:
        ordering = ("-school_year", "-pk")
        constraints = (models.UniqueConstraint(fields=["county", "school_year"], name="one_period_a_year"),)

    def __str__(self) -> str:
        return self.label

    def has_begun_on(self, day: date) -> bool:
        return self.opens_on <= day

    def is_open_on(self, day: date) -> bool:
        return self.closed_at is None and self.has_begun_on(day)


class Filing(models.Model):
    """What one school, or one office of the county, files for a period.

    ``version`` grows with every write, so that nobody signs, returns or approves what she has not seen.
    """

    code = models.UUIDField(default=uuid4, unique=True, editable=False)
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="filings")
    place = models.ForeignKey("regions.Place", on_delete=models.PROTECT, related_name="filings")
    office = models.CharField(max_length=20, default=SCHOOL)
    route = models.CharField(max_length=20, choices=Route.choices)
    state = models.CharField(max_length=20, choices=State.choices, default=State.DRAFT, db_index=True)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(auto_now=True)
    handed_in_at = models.DateTimeField(null=True, blank=True)
    # Counts of the last check, for lists; the check itself is made again wherever it decides.
    filled = models.PositiveIntegerField(default=0)
    asked = models.PositiveIntegerField(default=0)
    errors = models.PositiveIntegerField(default=0)
    to_explain = models.PositiveIntegerField(default=0)
    jumps = models.PositiveIntegerField(default=0)  # figures that are far from the year before
    reminded_on = models.DateField(null=True, blank=True)  # once a day is enough

    class Meta:
        ordering = ("place__path", "office")
        constraints = (models.UniqueConstraint(fields=["period", "place", "office"], name="one_filing_an_office"),)
        # All that the board counts: read from the index alone.
        indexes = (models.Index(fields=["period", "state", "version", "filled", "asked"], name="filings_board"),)

    def __str__(self) -> str:
        return f"{self.place} {self.period}"

    @property
    def is_begun(self) -> bool:
        """Whether anything is filled in; the same as ``NOT_BEGUN`` of the board asks of the database."""
        return self.state != State.DRAFT or self.filled > 0

    @property
    def standing_label(self) -> str:
        """Where it stands, in the words of every list: not begun is not the same as being filled in."""
        return self.get_state_display() if self.is_begun else _("未开始")  # type: ignore[return-value]

    @property
    def is_open(self) -> bool:
        """Whether its rows may be changed by whoever files."""
        return self.state in OPEN_FOR_FILING and self.period.is_open_on(timezone.localdate())

    @property
    def school_code(self) -> str:
        return self.place.code if self.office == SCHOOL else ""


class FilingRow(models.Model):
    """One row of a table in a draft: what was typed, column by column, never reformatted.

    ``key`` names the row within its table by the key columns that the filing does not fix: ``primary`` of 学段情况.
    ``authors`` says of each column who typed it last and when: ``{"pupils": [3, "2025-10-01T08:00:00+00:00"]}``.
    """

    filing = models.ForeignKey(Filing, on_delete=models.CASCADE, related_name="rows")
    table = models.CharField(max_length=40)
    key = models.CharField(max_length=200)
    order = models.PositiveIntegerField(default=0)
    values = models.JSONField(default=dict)
    authors = models.JSONField(default=dict)

    class Meta:
        ordering = ("table", "order", "pk")
        constraints = (models.UniqueConstraint(fields=["filing", "table", "key"], name="one_row_a_key"),)

    def __str__(self) -> str:
        return f"{self.table}/{self.key}"


class FilingVersion(models.Model):
    """What was handed in, signed or corrected: all rows as they were, and their hash. Never changed or deleted."""

    filing = models.ForeignKey(Filing, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    step = models.CharField(max_length=20)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    content = models.JSONField()  # {table: [{"key": …, "values": {…}, "authors": {…}}]}
    digest = models.CharField(max_length=64)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ("filing", "number")
        constraints = (models.UniqueConstraint(fields=["filing", "number"], name="versions_are_numbered"),)

    def __str__(self) -> str:
        return f"{self.filing} v{self.number}"


class Explanation(models.Model):
    """填写说明: why a doubtful figure is right; kept with the filing as evidence."""

    filing = models.ForeignKey(Filing, on_delete=models.CASCADE, related_name="explanations")
    check_code = models.CharField(max_length=20)
    table = models.CharField(max_length=40)
    key = models.CharField(max_length=200)
    column = models.CharField(max_length=60, blank=True)
    digest = models.CharField(max_length=64)  # of the finding that was explained; another value or figure asks again
    text = models.TextField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["filing", "check_code", "table", "key", "column"], name="explained_once"),
        )

    def __str__(self) -> str:
        return self.text


class Comment(models.Model):
    """A remark on a filing or on one of its cells; settled when whoever made it says so."""

    filing = models.ForeignKey(Filing, on_delete=models.CASCADE, related_name="comments")
    table = models.CharField(max_length=40, blank=True)
    key = models.CharField(max_length=200, blank=True)
    column = models.CharField(max_length=60, blank=True)
    text = models.TextField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("made_at",)

    def __str__(self) -> str:
        return self.text
