"""Which way a filing goes, and its way anew when a school has moved to another town, or out of one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from junheng.web.filings.models import SCHOOL, Filing
from junheng.web.filings.states import APPROVED, Route, State
from junheng.web.regions.models import Place, PlaceKind


def route_of(place: Place) -> Route:
    """The way of a school's own filing."""
    in_town = place.parent is not None and place.parent.kind == PlaceKind.TOWN
    return Route.TOWN_SCHOOL if in_town else Route.COUNTY_SCHOOL


def reroute(places: Sequence[Place]) -> list[dict[str, Any]]:
    """Send the filings under way of moved schools their new way; what changed, for the event of the move.

    What waits for a town that no longer is the school's waits for the county from now on.
    """
    moved = {place.pk: place for place in places}
    under_way = Filing.objects.select_for_update().filter(
        place__in=moved, office=SCHOOL, period__closed_at__isnull=True
    )
    filings, changes = [], []
    for filing in under_way.exclude(state__in=APPROVED).order_by("pk"):
        route = route_of(moved[filing.place_id])
        if route == filing.route:
            continue
        before = f"{filing.route} {filing.state}"
        filing.route = route
        if route == Route.COUNTY_SCHOOL and filing.state == State.SIGNED:
            filing.state = State.TOWN_PASSED
        filing.version += 1
        filings.append(filing)
        changes.append({"what": f"filing:{filing.pk}", "before": before, "after": f"{route} {filing.state}"})
    Filing.objects.bulk_update(filings, ["route", "state", "version"])
    return changes
