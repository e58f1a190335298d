"""Notices: what a person is told."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext


class Notice(models.Model):
    """One line for one person, with where to go."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=30)  # returned, reminder, comment, to_review, gap …
    text = models.CharField(max_length=400)  # as marked in the source: Chinese, with %(names)s of the values
    values = models.JSONField(default=dict)
    url = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField(auto_now_add=True, db_index=True)
    read_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-made_at",)
        indexes = (models.Index(fields=["user", "read_at"]),)

    def __str__(self) -> str:
        return self.words

    @property
    def words(self) -> str:
        """What it says, in the language of whoever reads it."""
        if not self.values:
            return gettext(self.text)
        return gettext(self.text) % {name: gettext(value) if value else "" for name, value in self.values.items()}
