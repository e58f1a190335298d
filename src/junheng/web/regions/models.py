"""A place is a node of the tree of administration; its path names all above it, so that scope is one comparison."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from junheng.web.regions.below import is_below


class PlaceKind(models.TextChoices):
    """Levels of the tree, from the top down."""

    NATION = "nation", _("全国")
    PROVINCE = "province", _("省")
    CITY = "city", _("市")
    COUNTY = "county", _("县")
    TOWN = "town", _("乡镇（学区）")
    SCHOOL = "school", _("学校")


class Place(models.Model):
    """One place.

    ``code`` is the official one: GB/T 2260 down to the county, ``<county>-<name>`` of a town, 学校标识码 of a school.
    ``path`` ends with the own code: ``/37/3701/370102/370102-城关镇/2137000001/``.
    """

    kind = models.CharField(max_length=10, choices=PlaceKind.choices)
    code = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    path = models.CharField(max_length=300, unique=True)
    opened_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="absorbed")
    # Of a school or a county: its row of the table 学校名录 or 县基本情况, column by column as written, without what
    # stands above: the name, the code, the town, the county, the two days.
    record = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ("path",)
        indexes = (models.Index(fields=["kind", "path"]),)
        # People do not tell codes apart by capitals.
        constraints = (models.UniqueConstraint(Lower("code"), name="a_code_is_one_place"),)

    def __str__(self) -> str:
        return self.name

    def is_open_on(self, day: date) -> bool:
        """Whether the place is at work on a day."""
        return (self.opened_on is None or self.opened_on <= day) and (self.closed_on is None or day < self.closed_on)

    def is_below(self, top: Place) -> bool:
        """Whether this is that place, or lies below it."""
        return is_below(self.path, top.path)

    @property
    def above(self) -> list[str]:
        """The codes of the places above, from the top."""
        return self.path.strip("/").split("/")[:-1]
