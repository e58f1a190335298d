"""Words of the checker in the language of the page."""

from __future__ import annotations

from django import template

from junheng.claims.account import summary_words
from junheng.claims.marking import Counts
from junheng.web.templatetags.words import in_english

register = template.Library()


@register.filter
def summary(counts: Counts) -> str:
    """How many figures there are, could be checked, do not hold, miss a limit."""
    return summary_words(counts, "en" if in_english() else "zh")
