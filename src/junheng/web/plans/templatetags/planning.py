"""Money as plans show it."""

from __future__ import annotations

from django import template

from junheng.web.plans.sentences import money

register = template.Library()


@register.filter
def ten_thousand(yuan: float) -> str:
    """元 as 万元, to two decimals."""
    return money(yuan)
