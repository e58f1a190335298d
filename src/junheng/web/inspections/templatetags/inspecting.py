"""留督导意见: the door to a new finding at what a page shows, for those who inspect there."""

from __future__ import annotations

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from junheng.web.access import Action, may
from junheng.web.filings.models import Filing, Period
from junheng.web.regions.models import Place

register = template.Library()


@register.simple_tag(takes_context=True)
def leave_finding(
    context: Context,
    place: Place,
    *,
    filing: Filing | None = None,
    period: Period | None = None,
    table: str = "",
    key: str = "",
    column: str = "",
    indicator: str = "",
) -> str | SafeString:
    """A button that leads to a new finding at a place: at a cell of its filing, or at an indicator and its stage."""
    if not may(context["request"].user, Action.INSPECT, place):
        return ""
    about = {
        "filing": str(filing.code) if filing else "",
        "place": "" if filing else place.code,
        "period": str(period.pk) if period and not filing else "",
        "table": table,
        "key": key,
        "column": column,
        "indicator": indicator,
    }
    query = urlencode({name: value for name, value in about.items() if value})
    return format_html('<a class="button" href="{}?{}">{}</a>', reverse("inspections:new"), query, _("留督导意见"))
