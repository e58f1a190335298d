"""What every process needs is read once before the first person asks.

Else the first minute after a start would be spent by all threads reading the same standards side by side.
"""

from __future__ import annotations

from junheng.web.filings.form import form_of
from junheng.web.filings.models import Filing, Period
from junheng.web.filings.offices import OFFICES


def warm() -> None:
    """Read the forms of the periods that are open."""
    going = Period.objects.filter(closed_at__isnull=True).order_by().values_list("standard", "gate").distinct()
    for standard, gate in going:
        for office in OFFICES:
            form_of(Filing(period=Period(standard=standard, gate=gate), office=office))
